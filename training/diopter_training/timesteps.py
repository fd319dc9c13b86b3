"""Timesteps to train at: real numbers in (0, T], now and then a smooth map of them."""

import torch
from torch import Tensor
from torch.nn import functional


def draw_timesteps(
    batch: int, size: int, total: int, map_share: float, last_share: float, device: torch.device
) -> Tensor:
    """[B, 1, 1, 1], or with probability `map_share` [B, 1, size, size].

    A share of the pictures, `last_share`, stands at T itself, where every sampling starts. A map
    is a coarse random picture, enlarged bilinearly, between two random bounds.
    """
    if torch.rand(()) < map_share:
        cells = int(torch.randint(2, 6, ()))
        coarse = torch.rand(batch, 1, cells, cells)
        smooth = functional.interpolate(coarse, (size, size), mode="bilinear", align_corners=False)
        bounds = torch.rand(2, batch, 1, 1, 1)
        values = torch.lerp(bounds[0].expand_as(smooth), bounds[1].expand_as(smooth), smooth)
    else:
        values = torch.rand(batch, 1, 1, 1)
        values[torch.rand(batch) < last_share] = 1.0
    return (values * total).clamp(min=1e-3).to(device)
