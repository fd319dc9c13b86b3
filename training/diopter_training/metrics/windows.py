"""Gaussian windows and filtering that several measures share."""

import torch
from torch import Tensor
from torch.nn import functional


def gaussian_window(size: int, sigma: float) -> Tensor:
    """[size, size] float64, sum 1."""
    x = torch.arange(size, dtype=torch.float64) - (size - 1) / 2
    line = torch.exp(-(x**2) / (2 * sigma**2))
    window = line[:, None] * line[None, :]
    return window / window.sum()


def filter_valid(values: Tensor, window: Tensor) -> Tensor:
    """[B, 1, H, W] correlated with the window, no padding."""
    return functional.conv2d(values, window.to(values)[None, None])


def filter_replicate(values: Tensor, window: Tensor) -> Tensor:
    """[B, 1, H, W], borders repeated, same size."""
    margin_y, margin_x = window.shape[0] // 2, window.shape[1] // 2
    padded = functional.pad(values, (margin_x, margin_x, margin_y, margin_y), mode="replicate")
    return filter_valid(padded, window)
