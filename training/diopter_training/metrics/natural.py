"""Statistics of natural scenes for a batch of pictures: NIQE's and BRISQUE's 36 features of each.

Every picture counts as one block. The features are those of `niqe.block_features` and of A. Mittal
et al., 2012, table I.
"""

from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional

from .niqe import SHIFTS, shape_table
from .windows import filter_replicate, gaussian_window

LEAST_VARIANCE = 1e-12


@lru_cache(maxsize=1)
def tables() -> tuple[Tensor, Tensor]:
    shapes, ratios = (torch.from_numpy(values) for values in shape_table())
    return shapes, ratios


def nearest_shape(ratio: Tensor) -> Tensor:
    """The shape in the table whose ratio is nearest; float64."""
    shapes, ratios = (table.to(ratio.device) for table in tables())
    above = torch.searchsorted(ratios, ratio.double().contiguous()).clamp(1, len(ratios) - 1)
    nearer = (ratios[above] - ratio).abs() < (ratios[above - 1] - ratio).abs()
    return shapes[torch.where(nearer, above, above - 1)]


def fit(values: Tensor) -> dict[str, Tensor]:
    """Moments of generalised Gaussians, symmetric and asymmetric, of values [B, ...]: each [B]."""
    values = values.flatten(1).double()
    squares, negative = values.square(), values < 0
    positive = values > 0

    def side(chosen: Tensor) -> Tensor:
        mean = (squares * chosen).sum(1) / chosen.sum(1).clamp(min=1)
        return mean.clamp(min=LEAST_VARIANCE).sqrt()

    left, right = side(negative), side(positive)
    variance = squares.mean(1).clamp(min=LEAST_VARIANCE)
    ratio = values.abs().mean(1).square() / variance
    balance = left / right
    skewed = ratio * (balance**3 + 1) * (balance + 1) / (balance**2 + 1) ** 2
    shape = nearest_shape(skewed)
    spread = torch.exp((torch.lgamma(1 / shape) - torch.lgamma(3 / shape)) / 2)
    mean = (right - left) * spread * torch.exp(torch.lgamma(2 / shape) - torch.lgamma(1 / shape))
    return {
        "shape": shape, "mean": mean, "left": left, "right": right, "spread": spread,
        "variance": variance, "symmetric": nearest_shape(ratio),
    }


def natural_features(luminance: Tensor) -> tuple[Tensor, Tensor]:
    """[B, 1, H, W] in [0, 1], even sides -> NIQE's features [B, 36] and BRISQUE's [B, 36]; float64."""
    gray = luminance * 255
    half = functional.interpolate(gray, scale_factor=0.5, mode="bicubic", antialias=True)
    window = gaussian_window(7, 7 / 6)
    niqe, brisque = [], []
    for picture in (gray, half):
        mean = filter_replicate(picture, window)
        deviation = (filter_replicate(picture * picture, window) - mean**2).abs().sqrt()
        values = (picture - mean) / (deviation + 1)
        own = fit(values)
        niqe += [own["shape"], (own["left"] + own["right"]) / 2 * own["spread"]]
        brisque += [own["symmetric"], own["variance"]]
        for shift in SHIFTS:
            pair = fit(values * values.roll(shift, (2, 3)))
            niqe += [pair["shape"], pair["mean"], pair["left"] * pair["spread"], pair["right"] * pair["spread"]]
            brisque += [pair["shape"], pair["mean"], pair["left"] ** 2, pair["right"] ** 2]
    return torch.stack(niqe, 1), torch.stack(brisque, 1)
