"""The gain, its measures and the injections."""

import unittest

import torch
from diopter_training.denoiser import Denoiser, DenoiserConfig
from diopter_training.gain import GainConfig, GainRegressor
from diopter_training.injected_sampling import InjectedDenoiser, sample_injected
from diopter_training.injection import KINDS, Injection, InjectionConfig
from diopter_training.metrics.natural import natural_features
from diopter_training.metrics.niqe import picture_features
from diopter_training.process import ResidualShift
from diopter_training.quality import combine, full_reference
from diopter_training.sampling import sample, uniform_schedule
from diopter_training.trajectories import draw_intervals
from numpy.random import default_rng
from torch import Tensor


def loud(model: torch.nn.Module) -> torch.nn.Module:
    """Every parameter random, also those that training starts at zero."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.2)
    return model


class QualityTest(unittest.TestCase):
    def test_features_of_a_batch_are_those_of_single_blocks(self) -> None:
        pictures = torch.rand(2, 1, 96, 96, dtype=torch.float64)
        pictures[1] = torch.nn.functional.avg_pool2d(pictures[1], 5, 1, 2)
        features, _ = natural_features(pictures)
        for own, picture in zip(features, pictures, strict=True):
            wanted, _ = picture_features(picture[None])
            torch.testing.assert_close(own, torch.from_numpy(wanted[0]), atol=1e-9, rtol=0)

    def test_a_result_nearer_to_the_target_has_the_higher_quality(self) -> None:
        target = torch.rand(3, 3, 64, 64)
        weights = {"psnr": 0.1, "ssim": 3.0, "nlpd": -4.0, "gmsd": -9.0}
        noise = torch.randn_like(target)
        near, far = (combine(full_reference(target + noise * size, target), weights) for size in (0.02, 0.1))
        self.assertTrue(bool((near > far).all()))

    def test_intervals_hold_the_four_of_the_paper(self) -> None:
        intervals = draw_intervals(default_rng(1), 60, 8, 1000)
        self.assertGreaterEqual(float(intervals.min()), 0)
        steady = (intervals[:, 1:] == intervals[:, 1:2]).all(1)
        self.assertEqual(set(intervals[steady, 1].tolist()), {5.0, 10.0, 15.0, 20.0})


class RegressorTest(unittest.TestCase):
    def test_no_change_is_no_gain_and_small_changes_are_nearly_linear(self) -> None:
        model = loud(GainRegressor(GainConfig(4, 8)))
        previous, direction, original = torch.randn(3, 2, 4, 9, 11)
        self.assertEqual(float(model(previous, previous, original).detach().abs().max()), 0.0)

        def gain(size: float) -> Tensor:
            return model(previous + size * direction, previous, original).detach()

        torch.testing.assert_close(gain(2e-3), 2 * gain(1e-3), rtol=0.05, atol=1e-6)


class InjectionTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.manual_seed(3)
        self.original = torch.randn(2, 7, 6, 5)
        self.denoiser = loud(Denoiser(DenoiserConfig(4, 7, 8, 2, 16, 8)))
        self.process = ResidualShift(kappa=0.3, minNoise=0.012)

    def test_every_kind_starts_as_the_identity_and_then_heeds_the_gain(self) -> None:
        for kind in KINDS:
            with self.subTest(kind):
                model = Injection(InjectionConfig(kind, 7, 8, tokens=3))
                torch.testing.assert_close(model(self.original, torch.randn(2, 2, 1, 1)), self.original)
                loud(model)
                low, high = (model(self.original, torch.full((2, 2, 1, 1), size)) for size in (0.0, 0.02))
                self.assertGreater(float((low - high).detach().abs().max()), 1e-3)

    def test_without_injection_sampling_is_what_it_was(self) -> None:
        schedule = uniform_schedule(3)
        wanted = sample(self.denoiser, self.process, self.original, schedule, seed=4)
        bare = InjectedDenoiser(self.denoiser, self.process, self.original)
        torch.testing.assert_close(sample_injected(bare, schedule, seed=4), wanted)

    def test_the_gain_reaches_the_denoiser_from_the_third_step_on(self) -> None:
        def result(steps: int, regressor: GainRegressor | None) -> Tensor:
            torch.manual_seed(5)
            injection = loud(Injection(InjectionConfig("pfj", 7, 8)))
            model = InjectedDenoiser(self.denoiser, self.process, self.original, injection, regressor)
            return sample_injected(model, uniform_schedule(steps))

        regressor = loud(GainRegressor(GainConfig(4, 8)))
        torch.testing.assert_close(result(2, regressor), result(2, None))
        self.assertGreater(float((result(3, regressor) - result(3, None)).detach().abs().max()), 1e-6)


if __name__ == "__main__":
    unittest.main()
