"""Properties of the parts, and published values where there are some."""

import unittest

import numpy
import torch
from diopter_training.adversary import Adversary, Case, PairedAdversary
from diopter_training.damage import damage, plain_reduction, with_clean
from diopter_training.degradation.apply import apply_recipe
from diopter_training.degradation.kernels import bessel1
from diopter_training.degradation.ranges import FULL
from diopter_training.degradation.recipe import draw_recipe
from diopter_training.degradation.resize import resize_matrix
from diopter_training.layers import ResidualBlock, fold_branch_scales, set_branch_scales, start_at_random
from diopter_training.linear_start import imitate
from diopter_training.losses import decibel_loss
from diopter_training.metrics.reference import gmsd, nlpd, ssim
from diopter_training.philox import gaussian_noise, philox4x32
from diopter_training.pictures import synthetic_pictures
from diopter_training.principal_components import initialise
from diopter_training.process import ResidualShift, ScaledLinear
from diopter_training.sampling import dense_schedule, uniform_schedule
from diopter_training.vae import Autoencoder, VaeConfig


class NoiseTest(unittest.TestCase):
    def test_philox_gives_the_published_words(self) -> None:
        zero = numpy.zeros(1, numpy.uint64)
        words = [int(word[0]) for word in philox4x32((zero, zero, zero, zero), (0, 0))]
        self.assertEqual(words, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8])

    def test_noise_is_standard_normal_and_belongs_to_its_place(self) -> None:
        noise = gaussian_noise(3, 1, 5, 60, 70)
        self.assertAlmostEqual(float(noise.mean()), 0, delta=0.02)
        self.assertAlmostEqual(float(noise.std()), 1, delta=0.02)
        numpy.testing.assert_array_equal(gaussian_noise(3, 1, 5, 20, 30), noise[..., :20, :30])


class DegradationTest(unittest.TestCase):
    def test_recipes_end_at_a_quarter_and_repeat_exactly(self) -> None:
        picture = synthetic_pictures(1, 64)[0]
        for seed in range(6):
            recipe = draw_recipe(numpy.random.default_rng(seed), 64, 64, FULL)
            self.assertEqual(recipe, draw_recipe(numpy.random.default_rng(seed), 64, 64, FULL))
            result = apply_recipe(picture, recipe)
            self.assertEqual(result.shape, (16, 16, 3))
            numpy.testing.assert_array_equal(result, apply_recipe(picture, recipe))

    def test_bessel_function_has_its_tabulated_values(self) -> None:
        # Abramowitz and Stegun, table 9.1: J1(1), J1(5), J1(10).
        values = bessel1(numpy.array([1.0, 5.0, 10.0]))
        numpy.testing.assert_allclose(values, [0.4400505857, -0.3275791376, 0.0434727462], atol=1e-9)

    def test_resizing_agrees_with_torch(self) -> None:
        line = torch.rand(1, 1, 1, 40)
        for outputs in (13, 97):
            matrix = torch.from_numpy(resize_matrix(40, outputs, "bicubic"))
            wanted = torch.nn.functional.interpolate(line, (1, outputs), mode="bicubic", antialias=True)
            torch.testing.assert_close(line @ matrix.T, wanted, atol=1e-5, rtol=0)


class ProcessTest(unittest.TestCase):
    def test_two_jumps_reach_the_distribution_of_one(self) -> None:
        """Noising to t and stepping to s must have the mean and variance of noising to s."""
        generator = torch.Generator().manual_seed(1)
        shape = (200_000,)
        clean, degraded = torch.full(shape, 0.4), torch.full(shape, -0.9)
        now, then = torch.tensor(700.0), torch.tensor(210.5)
        for process in (ResidualShift(kappa=1.3), ScaledLinear()):
            noises = [torch.randn(shape, generator=generator) for _ in range(3)]
            noisy = process.add_noise(clean, degraded, now, noises[0])
            stepped = process.step(noisy, clean, now, then, noises[1])
            direct = process.add_noise(clean, degraded, then, noises[2])
            self.assertAlmostEqual(stepped.mean().item(), direct.mean().item(), delta=0.01)
            self.assertAlmostEqual(stepped.std().item(), direct.std().item(), delta=0.01)

    def test_the_last_step_gives_the_prediction(self) -> None:
        clean, noisy = torch.randn(2, 5)
        for process in (ResidualShift(), ScaledLinear()):
            result = process.step(noisy, clean, torch.tensor(30.0), torch.tensor(0.0), torch.randn(5))
            torch.testing.assert_close(result, clean)

    def test_schedules_fall_from_the_last_timestep_to_zero(self) -> None:
        self.assertEqual(uniform_schedule(3), [1000.0, 666.0, 333.0, 0.0])
        dense = dense_schedule(7, 2.0)
        self.assertEqual((dense[0], dense[-1]), (1000.0, 0.0))
        self.assertEqual(dense, sorted(dense, reverse=True))


class AutoencoderTest(unittest.TestCase):
    def test_linear_starts_reconstruct_and_folding_keeps_the_function(self) -> None:
        pictures = torch.from_numpy(numpy.stack(synthetic_pictures(2, 128))).permute(0, 3, 1, 2) / 255
        model = Autoencoder(VaeConfig(16, 64, 64, 1, 1, 1, 1))
        initialise(model, pictures)
        small = Autoencoder(VaeConfig(16, 64, 64, 1, 1, 1, 1, separableEncoder=True))
        imitate(small, model, pictures)
        with torch.no_grad():
            spread = (pictures - pictures.mean()).square().mean()
            for candidate in (model, small):
                error = (candidate.decode(candidate.encode(pictures)) - pictures).square().mean()
                self.assertLess(error.item(), 0.5 * spread.item())
            set_branch_scales(model, 0.2)
            for parameter in model.parameters():
                parameter.add_(torch.randn_like(parameter) * 0.01)
            before = model.decode(model.encode(pictures))
            fold_branch_scales(model)
            torch.testing.assert_close(model.decode(model.encode(pictures)), before, atol=1e-4, rtol=0)


    def test_random_blocks_speak_and_decibels_are_those_of_each_picture(self) -> None:
        block = ResidualBlock(8)
        features = torch.randn(2, 8, 16, 16)
        torch.testing.assert_close(block(features), features)
        start_at_random(block)
        loudness = (block(features) - features).std().item()
        self.assertGreater(loudness, 0.01)
        self.assertLess(loudness, 0.3)
        target = torch.full((2, 3, 8, 8), 0.5)
        # Off by 0.1 everywhere is 20 dB, by 0.01 it is 40 dB.
        errors = torch.tensor([0.1, 0.01]).view(2, 1, 1, 1)
        self.assertAlmostEqual(decibel_loss(target + errors, target).item(), -30, delta=1)


class CriticTest(unittest.TestCase):
    def test_a_new_critic_learns_before_it_pulls(self) -> None:
        adversary = Adversary(0, 1e-3, 0.5, torch.device("cpu"), 2)
        real = torch.rand(2, 3, 32, 32)
        pulls = []
        for _ in range(5):
            made = torch.rand(2, 3, 32, 32, requires_grad=True)
            loss = (made - real).abs().mean()
            pulls.append(abs((adversary.join(loss, made) - loss).item()))
            adversary.learn(real, made)
        self.assertEqual(pulls[:3], [0, 0, 0])
        self.assertGreater(min(pulls[3:]), 0)

    def test_a_judge_of_pairs_learns_to_tell_and_pulls_where_it_may(self) -> None:
        torch.manual_seed(4)
        small = torch.rand(4, 3, 32, 32)
        # Both are as likely as photographs; only beside the small picture can the right one be told.
        real, wrong = small, small.flip(0)
        adversary = PairedAdversary(0, 2e-3, 0.5, torch.device("cpu"))
        made = wrong.clone().requires_grad_(True)
        free = torch.tensor([1.0, 0.0, 1.0, 1.0]).view(4, 1, 1, 1)
        for _ in range(80):
            adversary.learn(Case(real, made, small))
        self.assertIsNone(made.grad)
        self.assertGreater(adversary.margin(Case(real, made, small)).mean().item(), 0.2)
        loss = made.square().mean()
        pull = torch.autograd.grad(adversary.join(loss, Case(real, made, small, free)) - loss, made)[0]
        self.assertEqual(pull[1].abs().max().item(), 0.0)
        self.assertGreater(pull[2].abs().max().item(), 0.0)
        torch.manual_seed(5)
        before = adversary.margin(Case(real, made, small)).mean()
        torch.manual_seed(5)
        after = adversary.margin(Case(real, made - 100 * pull, small)).mean()
        self.assertLess(after.item(), before.item())

    def test_what_was_only_made_small_counts_as_whole(self) -> None:
        sharp = torch.from_numpy(numpy.stack(synthetic_pictures(2, 64, seed=3))).permute(0, 3, 1, 2) / 255
        noisy = torch.rand(2, 3, 16, 16)
        plain = plain_reduction(sharp, noisy)
        self.assertEqual(damage(plain, plain).abs().max().item(), 0)
        self.assertGreater(damage(plain, noisy).min().item(), 0.8)
        self.assertTrue(torch.equal(with_clean(plain, noisy, 1.0), plain))
        self.assertTrue(torch.equal(with_clean(plain, noisy, 0.0), noisy))


class MeasureTest(unittest.TestCase):
    def test_equal_pictures_are_perfect_and_noise_is_worse(self) -> None:
        picture = torch.rand(1, 1, 200, 210)
        noisy = (picture + 0.1 * torch.randn_like(picture)).clamp(0, 1)
        self.assertAlmostEqual(ssim(picture, picture), 1, places=9)
        self.assertAlmostEqual(nlpd(picture, picture), 0, places=9)
        self.assertAlmostEqual(gmsd(picture, picture), 0, places=9)
        self.assertLess(ssim(noisy, picture), 0.99)
        self.assertGreater(nlpd(noisy, picture), 0.01)


if __name__ == "__main__":
    unittest.main()
