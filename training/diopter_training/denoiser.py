"""The denoiser family "diopter-denoiser": isotropic residual blocks on the latent grid.

Fully convolutional: any size. The time embedding is made of 1 x 1 convolutions, so one
timestep per picture ([B, 1, 1, 1]) and a map of timesteps ([B, 1, h, w]; the spatial time
embedding of TSS) are the same code, and the modulation broadcasts.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

FAMILY = "diopter-denoiser"


@dataclass(frozen=True)
class DenoiserConfig:
    """Sizes of the network. `originalChannels`: 16 of the latent and 12 of the picture."""

    latentChannels: int = 16
    originalChannels: int = 28
    width: int = 128
    blocks: int = 14
    timeFeatures: int = 128
    timeWidth: int = 128
    expansion: int = 2


def time_features(timesteps: Tensor, count: int) -> Tensor:
    """Timesteps [B, 1, h, w] -> [B, count, h, w]: cosines, then sines, of t * 10000^(-i / half)."""
    half = count // 2
    indices = torch.arange(half, dtype=torch.float32, device=timesteps.device)
    frequencies = torch.exp(indices * (-math.log(10000.0) / half)).view(1, -1, 1, 1)
    angles = timesteps.float() * frequencies
    return torch.cat([angles.cos(), angles.sin()], 1)


def channel_norm(features: Tensor) -> Tensor:
    """Layer normalisation over the channels at every pixel, no affine, eps 1e-6; float32."""
    values = features.float()
    mean = values.mean(1, keepdim=True)
    centred = values - mean
    variance = centred.square().mean(1, keepdim=True)
    return (centred * torch.rsqrt(variance + 1e-6)).to(features.dtype)


class Block(nn.Module):
    """adaLN-Zero block (DiT, section 3.2) with a 3 x 3 convolution in the place of attention."""

    def __init__(self, config: DenoiserConfig) -> None:
        super().__init__()
        width, hidden = config.width, config.width * config.expansion
        self.modulation = nn.Conv2d(config.timeWidth, 6 * width, 1)
        self.mix = nn.Conv2d(width, width, 3, 1, 1)
        self.mlp = nn.Sequential(nn.Conv2d(width, hidden, 1), nn.GELU(), nn.Conv2d(hidden, width, 1))
        nn.init.zeros_(self.modulation.weight)
        nn.init.zeros_(self.modulation.bias)

    def forward(self, features: Tensor, embedding: Tensor) -> Tensor:
        """Features [B, C, h, w]; embedding after its SiLU [B, E, 1 or h, 1 or w]."""
        modulation = self.modulation(embedding).chunk(6, 1)
        shift1, scale1, gate1, shift2, scale2, gate2 = modulation
        features = features + gate1 * self.mix(channel_norm(features) * (1 + scale1) + shift1)
        return features + gate2 * self.mlp(channel_norm(features) * (1 + scale2) + shift2)


class Denoiser(nn.Module):
    """Predicts the clean latent from a scaled noisy latent, timesteps and the original."""

    def __init__(self, config: DenoiserConfig) -> None:
        super().__init__()
        self.config = config
        self.time = nn.Sequential(
            nn.Conv2d(config.timeFeatures, config.timeWidth, 1),
            nn.SiLU(),
            nn.Conv2d(config.timeWidth, config.timeWidth, 1),
        )
        self.stem = nn.Conv2d(config.latentChannels + config.originalChannels, config.width, 3, 1, 1)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.blocks))
        self.final = nn.Module()
        self.final.modulation = nn.Conv2d(config.timeWidth, 2 * config.width, 1)
        self.head = nn.Conv2d(config.width, config.latentChannels, 3, 1, 1)
        for layer in (self.final.modulation, self.head):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(
        self, noisy: Tensor, timesteps: Tensor, original: Tensor, mask: Sequence[bool] | None = None
    ) -> Tensor:
        """Noisy latent, already divided by the process's input scale, [B, 16, h, w]; timesteps
        [B, 1, 1, 1] or [B, 1, h, w] in 0..T; original [B, 28, h, w]; mask: which blocks run.
        Returns the clean latent [B, 16, h, w]."""
        embedding = functional.silu(self.time(time_features(timesteps, self.config.timeFeatures)))
        features = self.stem(torch.cat([noisy, original], 1))
        for index, block in enumerate(self.blocks):
            if mask is None or mask[index]:
                features = block(features, embedding)
        shift, scale = self.final.modulation(embedding).chunk(2, 1)
        residual = self.head(channel_norm(features) * (1 + scale) + shift)
        return original[:, : self.config.latentChannels] + residual
