"""Reconstruction losses in image space. Pictures are [B, 3, H, W] in [0, 1]."""

import torch
from torch import Tensor

from .metrics.reference import normalised_pyramid


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


def decibel_loss(prediction: Tensor, target: Tensor) -> Tensor:
    """Less the mean PSNR of the pictures: each counts alike, however much fine structure it has.

    Ends at 45 dB, so that flat pictures do not take over.
    """
    error = (prediction - target).square().mean((1, 2, 3))
    return (10 * torch.log10(error + 10**-4.5)).mean()


def contrast_loss(prediction: Tensor, target: Tensor) -> Tensor:
    """Normalised Laplacian pyramid distance of luminance, per picture: error where the eye sees it.

    Differences count by the contrast around them, so faint structure in quiet areas weighs as much
    as strong edges (V. Laparra et al., 2016; used as a loss as in their work of 2017).
    """
    weights = torch.tensor([0.299, 0.587, 0.114], device=target.device).view(1, 3, 1, 1)
    levels = [normalised_pyramid((picture * weights).sum(1, keepdim=True)) for picture in (prediction, target)]
    distances = [((a - b).square().mean((1, 2, 3)) + 1e-8).sqrt() for a, b in zip(*levels, strict=True)]
    return torch.stack(distances).mean()


def image_loss(prediction: Tensor, target: Tensor, weight: Tensor, settings: dict[str, float]) -> Tensor:
    """Structure and frequency losses of pictures scaled by the weight of each [B, 1, H, W], and contrast's."""
    loss = reconstruction_loss(prediction * weight, target * weight, settings["gradientWeight"])
    loss = loss + settings["frequencyWeight"] * frequency_loss(prediction * weight, target * weight)
    return loss + settings["contrastWeight"] * contrast_loss(prediction, target)
