"""The gain regressor, family "diopter-gain": how much one sampling step changed the quality.

Quality changes, to first order, by an inner product of its gradient with the change of the
estimate. The network has that form: what it knows of the two states gates linear features of their
difference, so equal states have exactly no gain, and small steps have small ones.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

FAMILY = "diopter-gain"


@dataclass(frozen=True)
class GainConfig:
    """Channels of the latent, width, and how often the resolution is halved before the mean."""

    latentChannels: int = 16
    width: int = 48
    levels: int = 2


class GainRegressor(nn.Module):
    """Predicts the multi-dimensional gain of AdaDiffSR's eq. 1 without computing a metric."""

    def __init__(self, config: GainConfig) -> None:
        super().__init__()
        self.config = config
        latent, width = config.latentChannels, config.width
        self.stem = nn.Conv2d(3 * latent, width, 3, 1, 1)
        self.down = nn.ModuleList(nn.Conv2d(width, width, 3, 2, 1) for _ in range(config.levels))
        self.gate = nn.ModuleList(nn.Conv2d(width, width, 1) for _ in range(config.levels))
        inputs = [latent] + [width] * (config.levels - 1)
        self.detail = nn.ModuleList(nn.Conv2d(count, width, 3, 2, 1, bias=False) for count in inputs)
        self.head = nn.Conv2d(width, 2, 1, bias=False)

    def forward(self, clean: Tensor, previous: Tensor, original: Tensor) -> Tensor:
        """Estimates of the clean latent after and before a step and the original's latent, each
        [B, 16, h, w], h and w at least 8 -> gain [B, 2, 1, 1] in (-1, 1): full-reference, no-reference."""
        context = functional.silu(self.stem(torch.cat([clean, previous, original], 1)))
        change = clean - previous
        for down, gate, detail in zip(self.down, self.gate, self.detail, strict=True):
            context = functional.silu(down(context))
            change = detail(change) * gate(context)
        return self.head(change.mean((2, 3), keepdim=True)).tanh()
