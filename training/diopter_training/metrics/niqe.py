"""NIQE (A. Mittal et al., 2013), fitted on sharp crops of the training photographs."""

import math
from functools import lru_cache

import numpy
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from .windows import filter_replicate, gaussian_window

Array = NDArray[numpy.float64]
BLOCK = 96
SHIFTS = ((0, 1), (1, 0), (1, 1), (1, -1))


@lru_cache(maxsize=1)
def shape_table() -> tuple[Array, Array]:
    """Shapes 0.2..10 in steps of 0.001 and G(2/a)^2 / (G(1/a) G(3/a)) of each."""
    shapes = numpy.arange(0.2, 10.001, 0.001)
    log_gamma = numpy.vectorize(math.lgamma)
    ratios = numpy.exp(2 * log_gamma(2 / shapes) - log_gamma(1 / shapes) - log_gamma(3 / shapes))
    return shapes, ratios


def fit_asymmetric(values: Array) -> tuple[float, float, float, float]:
    """Asymmetric generalised Gaussian of a block: shape, mean, left and right deviation."""
    left = math.sqrt(max((values[values < 0] ** 2).mean() if (values < 0).any() else 0, 1e-12))
    right = math.sqrt(max((values[values > 0] ** 2).mean() if (values > 0).any() else 0, 1e-12))
    balance = left / right
    ratio = numpy.abs(values).mean() ** 2 / max((values**2).mean(), 1e-12)
    ratio *= (balance**3 + 1) * (balance + 1) / (balance**2 + 1) ** 2
    shapes, ratios = shape_table()
    shape = float(shapes[numpy.argmin((ratios - ratio) ** 2)])
    spread = math.exp((math.lgamma(1 / shape) - math.lgamma(3 / shape)) / 2)
    mean = (right - left) * spread * math.exp(math.lgamma(2 / shape) - math.lgamma(1 / shape))
    return shape, mean, left * spread, right * spread


def block_features(block: Array) -> list[float]:
    """Eighteen numbers of normalised luminance [n, n]."""
    shape, _, left, right = fit_asymmetric(block)
    features = [shape, (left + right) / 2]
    for rows, columns in SHIFTS:
        features.extend(fit_asymmetric(block * numpy.roll(block, (rows, columns), (0, 1))))
    return features


def normalised_luminance(gray: Tensor) -> tuple[Array, Array]:
    """Mean-subtracted contrast-normalised values and local deviations of 0..255 [1, 1, H, W]."""
    window = gaussian_window(7, 7 / 6)
    mean = filter_replicate(gray, window)
    deviation = (filter_replicate(gray * gray, window) - mean**2).abs().sqrt()
    return ((gray - mean) / (deviation + 1))[0, 0].numpy(), deviation[0, 0].numpy()


def picture_features(luminance: Tensor) -> tuple[Array, Array]:
    """[1, 1, H, W] in [0, 1] -> features of every block [n, 36], sharpness of every block [n]."""
    gray = luminance.double() * 255
    rows, columns = gray.shape[2] // BLOCK, gray.shape[3] // BLOCK
    gray = gray[..., : rows * BLOCK, : columns * BLOCK]
    half = functional.interpolate(gray, scale_factor=0.5, mode="bicubic", antialias=True)
    parts, sharpness = [], []
    for scale, picture in ((1, gray), (2, half)):
        values, deviations = normalised_luminance(picture)
        side = BLOCK // scale
        features = []
        for row in range(rows):
            for column in range(columns):
                place = numpy.s_[row * side : (row + 1) * side, column * side : (column + 1) * side]
                features.append(block_features(values[place]))
                if scale == 1:
                    sharpness.append(deviations[place].mean())
        parts.append(numpy.array(features))
    return numpy.concatenate(parts, 1), numpy.array(sharpness)


def fit_pristine(pictures: list[Tensor], threshold: float = 0.75) -> tuple[Array, Array]:
    """Mean [36] and covariance [36, 36] of the sharpest blocks of luminances [1, 1, H, W]."""
    kept = []
    for picture in pictures:
        features, sharpness = picture_features(picture)
        kept.append(features[sharpness > threshold * sharpness.max()])
    rows = numpy.concatenate(kept)
    return rows.mean(0), numpy.cov(rows, rowvar=False)


def niqe(luminance: Tensor, pristine: tuple[Array, Array]) -> float:
    """Distance to the pristine statistics; lower is more natural. Needs sides of at least 192."""
    features, _ = picture_features(luminance)
    mean, covariance = pristine
    difference = features.mean(0) - mean
    pooled = (numpy.cov(features, rowvar=False) + covariance) / 2
    return float(numpy.sqrt(difference @ numpy.linalg.pinv(pooled) @ difference))
