"""Antialiased resampling, separable, defined by its weights alone.

Output pixel i of n has its centre at c = (i + 0.5) * m / n among m input pixels whose centres
are at j + 0.5. With s = max(m / n, 1) the weight of pixel j is filter((j + 0.5 - c) / s),
normalised to sum 1 over the pixels that exist (no padding). `bilinear` is the triangle of
support 1, `bicubic` Keys' cubic with a = -0.5 of support 2; `area` is the share of
[i * m / n, (i + 1) * m / n] that lies in [j, j + 1].
"""

from functools import lru_cache

import numpy
import torch
from numpy.typing import NDArray

Matrix = NDArray[numpy.float32]


def triangle(x: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    return numpy.clip(1 - numpy.abs(x), 0, None)


def cubic(x: NDArray[numpy.float64], a: float = -0.5) -> NDArray[numpy.float64]:
    x = numpy.abs(x)
    near = ((a + 2) * x - (a + 3)) * x * x + 1
    far = (((x - 5) * x + 8) * x - 4) * a
    return numpy.where(x < 1, near, numpy.where(x < 2, far, 0))


@lru_cache(maxsize=256)
def resize_matrix(inputs: int, outputs: int, filter_name: str) -> Matrix:
    """[outputs, inputs], rows of sum 1."""
    ratio = inputs / outputs
    pixels = numpy.arange(inputs)[None, :]
    index = numpy.arange(outputs)[:, None]
    if filter_name == "area":
        ends = numpy.minimum((index + 1) * ratio, pixels + 1)
        weights = numpy.clip(ends - numpy.maximum(index * ratio, pixels), 0, None)
    else:
        shape = {"bilinear": triangle, "bicubic": cubic}[filter_name]
        weights = shape((pixels + 0.5 - (index + 0.5) * ratio) / max(ratio, 1))
    return (weights / weights.sum(1, keepdims=True)).astype(numpy.float32)


def resize(picture: Matrix, height: int, width: int, filter_name: str) -> Matrix:
    """[3, H, W] -> [3, height, width]: columns (horizontal) first, then rows; not clamped."""
    horizontal = torch.from_numpy(resize_matrix(picture.shape[2], width, filter_name))
    vertical = torch.from_numpy(resize_matrix(picture.shape[1], height, filter_name))
    return (vertical @ (torch.from_numpy(picture) @ horizontal.T)).numpy()
