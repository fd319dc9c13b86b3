"""Full-reference measures of luminance in [0, 1]: SSIM, NLPD, GMSD.

`ssim`, `nlpd`, `gmsd` take [1, 1, H, W] and calculate in double precision; their `_each` forms take
[B, 1, H, W], in the precision given, and return [B].
"""

import torch
from torch import Tensor
from torch.nn import functional

from .windows import filter_valid, gaussian_window


def ssim_each(x: Tensor, y: Tensor) -> Tensor:
    """Z. Wang et al., 2004: 11 x 11 window, sigma 1.5, valid region, K = 0.01, 0.03."""
    window = gaussian_window(11, 1.5)
    mean_x, mean_y = filter_valid(x, window), filter_valid(y, window)
    variance_x = filter_valid(x * x, window) - mean_x**2
    variance_y = filter_valid(y * y, window) - mean_y**2
    covariance = filter_valid(x * y, window) - mean_x * mean_y
    c1, c2 = 0.01**2, 0.03**2
    numerator = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    return (numerator / ((mean_x**2 + mean_y**2 + c1) * (variance_x + variance_y + c2))).mean((1, 2, 3))


def ssim(result: Tensor, target: Tensor) -> float:
    return ssim_each(result.double(), target.double()).item()


def gmsd_each(result: Tensor, target: Tensor) -> Tensor:
    """W. Xue et al., 2014: Prewitt gradients after a 2 x 2 mean, T = 170, of 0..255."""
    line = torch.tensor([1.0, 0.0, -1.0], dtype=torch.float64) / 3
    prewitt = line.repeat(3, 1)

    def magnitude(picture: Tensor) -> Tensor:
        values = functional.avg_pool2d(picture * 255, 2)
        padded = functional.pad(values, (1, 1, 1, 1))
        return torch.hypot(filter_valid(padded, prewitt), filter_valid(padded, prewitt.T))

    a, b = magnitude(result), magnitude(target)
    return ((2 * a * b + 170) / (a**2 + b**2 + 170)).std((1, 2, 3), correction=0)


def gmsd(result: Tensor, target: Tensor) -> float:
    return gmsd_each(result.double(), target.double()).item()


PYRAMID = torch.tensor([0.05, 0.25, 0.4, 0.25, 0.05], dtype=torch.float64)
SIGMAS = (0.0248, 0.0185, 0.0179, 0.0191, 0.0220, 0.2782)
NEIGHBOURS = (
    (0.1011, 0.1493, 0.1460, 0.1015),
    (0.0757, 0.1986, 0.1846, 0.0837),
    (0.0477, 0.2138, 0.2243, 0.0467),
    (0.0, 0.2503, 0.2616, 0.0),
    (0.0, 0.2598, 0.2552, 0.0),
    (0.0, 0.2215, 0.0717, 0.0),
)
"""Weights of the pixels above, left, right and below, per level."""


def pad_symmetric(values: Tensor, margin: int) -> Tensor:
    """Mirrors with the edge pixel repeated; margin at most the side."""
    for axis in (2, 3):
        size = values.shape[axis]
        index = torch.arange(-margin, size + margin, device=values.device) % (2 * size)
        values = values.index_select(axis, torch.where(index < size, index, 2 * size - 1 - index))
    return values


def smooth(values: Tensor) -> Tensor:
    return filter_valid(pad_symmetric(values, 2), PYRAMID[:, None] * PYRAMID[None, :])


def expand(values: Tensor, height: int, width: int) -> Tensor:
    """Zero insertion, then the pyramid's filter times 4."""
    spread = values.new_zeros(*values.shape[:2], values.shape[2] * 2, values.shape[3] * 2)
    spread[..., ::2, ::2] = values
    return 4 * smooth(spread)[..., :height, :width]


def normalised_pyramid(picture: Tensor) -> list[Tensor]:
    """[B, 1, H, W] -> six levels, in the precision given; differentiable."""
    levels, current = [], picture
    for level, sigma in enumerate(SIGMAS):
        if level < len(SIGMAS) - 1:
            following = smooth(current)[..., ::2, ::2]
            band = current - expand(following, *current.shape[-2:])
            current = following
        else:
            band = current
        above, left, right, below = NEIGHBOURS[level]
        kernel = torch.tensor([[0, above, 0], [left, 0, right], [0, below, 0]], dtype=torch.float64)
        amplitude = filter_valid(pad_symmetric(band.abs(), 1), kernel)
        levels.append(band / (sigma + amplitude))
    return levels


def nlpd_each(result: Tensor, target: Tensor) -> Tensor:
    """Normalised Laplacian pyramid distance (V. Laparra et al., 2016), six levels; 0 is equal."""
    pairs = zip(normalised_pyramid(result), normalised_pyramid(target), strict=True)
    return torch.stack([(a - b).square().mean((1, 2, 3)).sqrt() for a, b in pairs]).mean(0)


def nlpd(result: Tensor, target: Tensor) -> float:
    return nlpd_each(result.double(), target.double()).item()
