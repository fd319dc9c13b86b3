"""All measures of one result against its target, and their confidence intervals."""

from collections.abc import Sequence

import numpy
from torch import Tensor

from ..evaluation_pictures import luminance, psnr
from .bands import high_band_energy
from .niqe import Array, niqe
from .reference import gmsd, nlpd, ssim

MEASURES = ("psnrRgb", "psnrY", "ssim", "nlpd", "niqe", "gmsd", "highBand")


def score(result: Tensor, target: Tensor, pristine: tuple[Array, Array]) -> dict[str, float]:
    """Both [1, 3, H, W] in [0, 1], at 8 bits, H and W at least 192."""
    gray, gray_target = luminance(result), luminance(target)
    return {
        "psnrRgb": psnr(result, target),
        "psnrY": psnr(gray, gray_target),
        "ssim": ssim(gray, gray_target),
        "nlpd": nlpd(gray, gray_target),
        "niqe": niqe(gray, pristine),
        "gmsd": gmsd(gray, gray_target),
        "highBand": high_band_energy(gray),
    }


def bootstrap_interval(values: Sequence[float], seed: int = 0, draws: int = 10_000) -> tuple[float, float]:
    """95 % interval of the mean over pictures, drawn with replacement."""
    array = numpy.asarray(values)
    generator = numpy.random.default_rng(seed)
    means = array[generator.integers(len(array), size=(draws, len(array)))].mean(1)
    low, high = numpy.percentile(means, [2.5, 97.5])
    return float(low), float(high)
