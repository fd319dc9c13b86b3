"""Reconstruction losses in image space. Pictures are [B, 3, H, W] in [0, 1]."""

import torch
from torch import Tensor
from torch.nn import functional


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


def local_energy(luminance: Tensor, window: int = 8) -> Tensor:
    """[B, 1, H, W] -> root of the mean square of its detail (less a 3 x 3 mean) in windows."""
    detail = luminance - functional.avg_pool2d(luminance, 3, 1, 1, count_include_pad=False)
    return (functional.avg_pool2d(detail.square(), window, window // 2) + 1e-6).sqrt()


def texture_loss(prediction: Tensor, target: Tensor) -> Tensor:
    """L1 between local energies of detail, whatever its phase, at full and half resolution.

    An L1 loss alone is least where uncertain detail is left out; this one is least where there is as
    much detail as in the target. Of luminance only, so that it rewards no invented colour.
    """
    weights = torch.tensor([0.299, 0.587, 0.114], device=target.device).view(1, 3, 1, 1)
    pair = [(picture * weights).sum(1, keepdim=True) for picture in (prediction, target)]
    loss = torch.zeros((), device=target.device)
    for _ in range(2):
        loss = loss + (local_energy(pair[0]) - local_energy(pair[1])).abs().mean()
        pair = [functional.avg_pool2d(picture, 2) for picture in pair]
    return loss
