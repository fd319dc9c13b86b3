"""Masks, their distribution and methods; streamlining; the critic."""

import copy
import unittest
from collections import Counter
from math import comb

import torch
from diopter_training.adversary import Adversary, adversarial_loss, critic_loss, gradient_ratio, make_critic
from diopter_training.denoiser import Denoiser, DenoiserConfig
from diopter_training.process import ResidualShift
from diopter_training.prune_decoder import prune_decoder
from diopter_training.pruning.baselines import block_influence, least_of_random
from diopter_training.pruning.calibration import Calibration
from diopter_training.pruning.distribution import MaskDistribution
from diopter_training.pruning.low_rank import add_low_rank
from diopter_training.pruning.masked import masked_answer, pruning_loss
from diopter_training.pruning.masks import Layout, intersection, make_layout, moved, options, union, written
from diopter_training.streamlined import streamline
from diopter_training.vae import Autoencoder, VaeConfig
from prune_denoiser import learn_mask

CONFIG = DenoiserConfig(latentChannels=4, originalChannels=7, width=16, blocks=6, timeFeatures=16, timeWidth=16)
SETTINGS = {
    "seed": 3, "steps": 150, "batch": 8, "rank": 2, "loraLearningRate": 1e-4, "fullLearningRate": 1e-5,
    "logitLearningRate": 0.05, "scaleStart": 1.0, "scaleEnd": 4.0, "temperatureStart": 2.0, "temperatureEnd": 0.2,
    "expansionShare": 0.4, "gradientNorm": 1.0, "bfloat16": False,
}


def random_denoiser() -> Denoiser:
    """Weights everywhere, also where training begins at zero; gates near 1."""
    torch.manual_seed(1)
    model = Denoiser(CONFIG)
    with torch.no_grad():
        for layer in (*(block.modulation for block in model.blocks), model.final.modulation, model.head):
            layer.weight.normal_(0, 0.05)
            layer.bias.normal_(0, 0.3)
    return model.eval()


def random_crops(model: Denoiser, count: int = 16) -> Calibration:
    """Crops whose clean latent is the whole model's answer."""
    generator = torch.Generator().manual_seed(2)
    noisy, original = (torch.randn(count, channels, 4, 4, generator=generator) for channels in (4, 7))
    with torch.no_grad():
        answer = model(noisy, torch.full((count, 1, 1, 1), 1000.0), original)
    return Calibration(torch.zeros(count, 3, 8, 8), noisy, original, answer, answer, 1000.0)


class MaskTest(unittest.TestCase):
    def test_as_many_masks_are_reachable_as_equation_5_counts(self) -> None:
        layout = make_layout(24, 12)
        self.assertEqual(layout.reachable(), 46_656)
        self.assertEqual(comb(layout.blocks, sum(layout.kept)), 2_704_156)
        small = make_layout(8, 4)
        self.assertEqual(len(MaskDistribution(small, moving=False).probabilities()), small.reachable())
        # (2, 2), (1, 3) and (3, 1) of two groups of four: 36 + 16 + 16.
        self.assertEqual(len(MaskDistribution(small, moving=True).probabilities()), 68)

    def test_groups_that_do_not_divide_leave_a_smaller_one(self) -> None:
        kept = {kept: make_layout(14, kept).kept for kept in (9, 7, 5, 4)}
        self.assertEqual(kept, {9: (3, 3, 2, 1), 7: (2, 2, 2, 1), 5: (2, 1, 1, 1), 4: (1, 1, 1, 1)})
        self.assertEqual(make_layout(14, 7).sizes, (4, 4, 4, 2))

    def test_a_transformation_keeps_the_number_of_running_blocks(self) -> None:
        for kept in range(1, 14):
            for mask in MaskDistribution(make_layout(14, kept), moving=True).probabilities():
                self.assertEqual(mask.count("1"), kept)
        before = torch.tensor([1.0, 0, 1, 0, 0, 1, 0, 1])
        after = moved(before, 4, 1)
        self.assertEqual(len({written(mask) for mask in after}), 4)
        self.assertEqual(after[:, :4].sum(1).tolist(), [3.0] * 4)

    def test_expansion_and_corrosion(self) -> None:
        first, second = torch.tensor([1.0, 1, 0, 0]), torch.tensor([1.0, 0, 1, 0])
        self.assertEqual(written(union(first, second)), "1110")
        self.assertEqual(written(intersection(first, second)), "1000")
        self.assertEqual(len(options(4, 2)), 6)


class DistributionTest(unittest.TestCase):
    def test_draws_are_as_frequent_as_enumeration_says(self) -> None:
        chances = MaskDistribution(Layout((4, 4, 2), (2, 1, 1)), moving=True)
        generator = torch.Generator().manual_seed(5)
        with torch.no_grad():
            for logits in chances.parameters():
                logits.copy_(torch.randn(logits.shape, generator=generator))
        count = 40_000
        drawn = Counter(written(mask) for mask in chances.sample(count, 1.0, 0.7, generator))
        expected = chances.probabilities()
        self.assertAlmostEqual(sum(expected.values()), 1, places=5)
        self.assertLessEqual(set(drawn), set(expected))
        for mask, chance in expected.items():
            self.assertAlmostEqual(drawn[mask] / count, chance, delta=4.5 * (chance / count) ** 0.5 + 1e-4)
        marginals = sum(p * torch.tensor([float(digit) for digit in mask]) for mask, p in expected.items())
        torch.testing.assert_close(chances.marginals(), marginals, atol=1e-5, rtol=0)
        self.assertAlmostEqual(chances.marginals().sum().item(), 4, places=4)

    def test_the_decision_takes_the_transformation_first(self) -> None:
        chances = MaskDistribution(Layout((2, 2), (1, 1)), moving=True)
        pair = chances.pairs[0]
        with torch.no_grad():
            pair.move[pair.moves.index((2, 0))] = 0.5
            pair.first[0] = 3.0
        self.assertEqual(written(chances.decide()), "1100")
        with torch.no_grad():
            pair.move[pair.moves.index((1, 1))] = 1.0
        self.assertEqual(written(chances.decide())[:2], "10")

    def test_masks_carry_gradients_to_every_logit(self) -> None:
        chances = MaskDistribution(make_layout(8, 4), moving=True)
        generator = torch.Generator().manual_seed(6)
        (chances.sample(64, 1.0, 1.0, generator) * torch.arange(8.0).square()).sum().backward()
        for logits in chances.parameters():
            self.assertTrue(bool((logits.grad != 0).all()))


class MethodTest(unittest.TestCase):
    def setUp(self) -> None:
        self.model = random_denoiser()
        with torch.no_grad():
            for index in (0, 2, 4, 5):
                self.model.blocks[index].mix.weight.mul_(0.02)
                self.model.blocks[index].mlp[2].weight.mul_(0.02)
                self.model.blocks[index].mix.bias.zero_()
                self.model.blocks[index].mlp[2].bias.zero_()
        self.crops = random_crops(self.model)

    def test_a_mask_of_ones_changes_nothing(self) -> None:
        ones = torch.ones(len(self.crops), 6)
        torch.testing.assert_close(masked_answer(self.model, self.crops, ones), self.crops.answer, atol=1e-5, rtol=1e-5)
        mask = torch.tensor([[1.0, 0, 1, 1, 0, 1]])
        expected = self.model(self.crops.noisy, self.crops.timesteps(), self.crops.original, mask[0].tolist())
        torch.testing.assert_close(masked_answer(self.model, self.crops, mask), expected, atol=1e-5, rtol=1e-5)

    def test_every_method_finds_the_two_blocks_that_matter(self) -> None:
        self.assertEqual(sorted(block_influence(self.model, self.crops).topk(2).indices.tolist()), [1, 3])
        generator = torch.Generator().manual_seed(4)
        self.assertEqual(written(least_of_random(self.model, self.crops, 2, 200, generator)), "010100")
        # Groups of four and two: both lie in the first, which only a transformation allows.
        for adaptation in ("lora", "full"):
            mask = learn_mask(self.model, self.crops, 2, True, adaptation, SETTINGS)
            self.assertEqual(written(mask), "010100", adaptation)
        plain = written(learn_mask(self.model, self.crops, 2, False, "lora", SETTINGS))
        self.assertEqual((plain[:4].count("1"), plain[4:].count("1")), (1, 1))

    def test_low_rank_changes_begin_at_nothing_and_train_alone(self) -> None:
        changed = copy.deepcopy(self.model)
        learning = add_low_rank(changed, 2)
        mask = torch.ones(1, 6)
        torch.testing.assert_close(masked_answer(changed, self.crops, mask), self.crops.answer, atol=1e-5, rtol=1e-5)
        off = torch.tensor([[1.0, 1, 0, 1, 1, 1]])
        pruning_loss(masked_answer(changed, self.crops, off), self.crops).backward()
        trained = [parameter for parameter in changed.parameters() if parameter.grad is not None]
        self.assertLessEqual({id(p) for p in trained}, {id(p) for p in learning})
        self.assertGreater(len(trained), 10)


class StreamlinedTest(unittest.TestCase):
    def test_it_is_the_whole_model_at_its_timestep(self) -> None:
        model = random_denoiser()
        noisy, original = torch.randn(2, 4, 5, 7), torch.randn(2, 7, 5, 7)
        for timestep, mask in ((1000.0, None), (321.5, [True, False, True, True, False, True])):
            with torch.no_grad():
                expected = model(noisy, torch.full((2, 1, 1, 1), timestep), original, mask)
                actual = streamline(model, timestep, mask)(noisy, original)
            torch.testing.assert_close(actual, expected, atol=1e-5, rtol=1e-5)

    def test_it_restores_without_noise_from_the_start_of_the_process(self) -> None:
        model, process = random_denoiser(), ResidualShift()
        original = torch.randn(2, 7, 5, 7)
        base = original[:, :4]
        start = process.start(base, torch.zeros_like(base)) / process.input_scale(torch.tensor(1000.0))
        with torch.no_grad():
            expected = model(start, torch.full((2, 1, 1, 1), 1000.0), original)
            actual = streamline(model, 1000.0).restore(process, original)
        torch.testing.assert_close(actual, expected, atol=1e-5, rtol=1e-5)


class DecoderTest(unittest.TestCase):
    def test_the_blocks_that_do_nothing_go(self) -> None:
        torch.manual_seed(7)
        model = Autoencoder(VaeConfig(4, 8, 8, 1, 1, 3, 2, separableEncoder=True)).eval()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.normal_(0, 0.2)
            for block in (model.decoder.high[1], model.decoder.low[0]):
                block.conv2.weight.zero_()
                block.conv2.bias.zero_()
            picture = torch.rand(1, 3, 32, 32)
            whole = model.decode(model.encode(picture))
            pruned, chosen = prune_decoder(model, 2, 1, picture)
            self.assertEqual(chosen, "((0, 2), (1,))")
            self.assertEqual((pruned.config.decoderHigh, pruned.config.decoderLow), (2, 1))
            torch.testing.assert_close(pruned.decode(pruned.encode(picture)), whole, atol=1e-5, rtol=1e-5)


class AdversaryTest(unittest.TestCase):
    def test_the_critic_learns_to_tell_and_the_loss_pulls_towards_the_real(self) -> None:
        critic, optimiser = make_critic(1, 2e-3)
        generator = torch.Generator().manual_seed(8)
        real = torch.rand(4, 1, 32, 32, generator=generator)
        made = torch.full_like(real, 0.5).requires_grad_(True)
        first = critic_loss(critic, real, made).item()
        for _ in range(60):
            loss = critic_loss(critic, real, made)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        self.assertIsNone(made.grad)
        self.assertLess(critic_loss(critic, real, made).item(), 0.7 * first)
        before = adversarial_loss(critic, made)
        before.backward()
        after = adversarial_loss(critic, made.detach() - 0.5 * made.grad.sign())
        self.assertLess(after.item(), before.item())

    def test_an_adversary_joins_the_loss_of_the_pictures_from_the_first_one_on(self) -> None:
        torch.manual_seed(3)
        adversary = Adversary(1, 2e-3, 0.5, torch.device("cpu"))
        made = torch.rand(3, 3, 32, 32, requires_grad=True)
        loss = made.square().mean()
        pull = torch.autograd.grad(adversary.join(loss, made, first=1) - loss, made, retain_graph=True)[0]
        self.assertEqual(pull[0].abs().max().item(), 0.0)
        self.assertGreater(pull[1:].abs().max().item(), 0.0)
        own = torch.autograd.grad(loss, made)[0]
        torch.testing.assert_close(pull.norm(), 0.5 * own.norm())
        before = [parameter.clone() for parameter in adversary.critic.parameters()]
        adversary.learn(torch.rand(3, 3, 32, 32), made)
        self.assertTrue(any(not torch.equal(a, b) for a, b in zip(before, adversary.critic.parameters(), strict=True)))

    def test_both_losses_pull_equally_after_weighing_by_the_ratio(self) -> None:
        made = torch.rand(2, 3, 8, 8, requires_grad=True)
        loss, adversarial = made.square().mean(), -3 * made.mean()
        ratio = gradient_ratio(loss, adversarial, made)
        wanted = torch.autograd.grad(loss, made)[0].norm()
        pull = torch.autograd.grad(ratio * adversarial, made)[0].norm()
        torch.testing.assert_close(pull, wanted)
        self.assertFalse(ratio.requires_grad)


if __name__ == "__main__":
    unittest.main()
