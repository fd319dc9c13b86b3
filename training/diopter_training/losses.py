"""Reconstruction losses in image space. Pictures are [B, 3, H, W] in [0, 1]."""

import torch
from torch import Tensor


def gradient_loss(prediction: Tensor, target: Tensor) -> Tensor:
    """L1 between horizontal and vertical differences: edges and texture, no flat colour."""
    error = prediction - target
    horizontal = error[..., :, 1:] - error[..., :, :-1]
    vertical = error[..., 1:, :] - error[..., :-1, :]
    return horizontal.abs().mean() + vertical.abs().mean()


def frequency_loss(prediction: Tensor, target: Tensor) -> Tensor:
    """L1 between orthonormal Fourier coefficients, real and imaginary parts."""
    spectrum = torch.fft.rfft2((prediction - target).float(), norm="ortho")
    return torch.view_as_real(spectrum).abs().mean()


def reconstruction_loss(prediction: Tensor, target: Tensor, gradient: float = 0.5) -> Tensor:
    """L1 + gradient weight x gradient L1."""
    loss = (prediction - target).abs().mean()
    return loss + gradient * gradient_loss(prediction, target)
