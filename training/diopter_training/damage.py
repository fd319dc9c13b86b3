"""What was done to a picture beyond making it small."""

import torch
from torch import Tensor
from torch.nn import functional

HALF = 0.02
"""Root mean square distance from the plain reduction at which half of the truth counts as lost."""


def plain_reduction(sharp: Tensor, degraded: Tensor) -> Tensor:
    """The sharp pictures made as small as the degraded ones, bicubically and in 8 bits."""
    reduced = functional.interpolate(sharp, size=degraded.shape[-2:], mode="bicubic", antialias=True)
    return (reduced.clamp(0, 1) * 255).round() / 255


def damage(plain: Tensor, degraded: Tensor) -> Tensor:
    """[B, 1, 1, 1], from 0 where a picture is the plain reduction towards 1 where noise, blur and compression rule."""
    distance = (plain - degraded).square().mean((1, 2, 3), keepdim=True).sqrt()
    return distance / (distance + HALF)


def with_clean(plain: Tensor, degraded: Tensor, share: float) -> Tensor:
    """The degraded pictures, a share of them replaced by the plain reduction, drawn anew at each call."""
    if share == 0:
        return degraded
    clean = torch.rand(len(plain), 1, 1, 1, device=plain.device) < share
    return torch.where(clean, plain, degraded)
