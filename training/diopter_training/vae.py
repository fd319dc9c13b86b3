"""The autoencoder family "diopter-vae": 8-fold, purely convolutional, no normalisation.

Nothing in it looks further than its convolutions reach, so tiles with enough overlap
give exactly the result of the whole picture.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .layers import ResidualBlock, SeparableConvolution, convolution

FAMILY = "diopter-vae"
SHUFFLED_CHANNELS = 48
"""Channels of an RGB picture after pixel-unshuffle by 4."""


@dataclass(frozen=True)
class VaeConfig:
    """Widths at a quarter (high) and an eighth (low) of the resolution, and block counts."""

    latentChannels: int = 16
    highWidth: int = 96
    lowWidth: int = 160
    encoderHigh: int = 3
    encoderLow: int = 3
    decoderHigh: int = 6
    decoderLow: int = 4
    separableEncoder: bool = False


def residual_blocks(count: int, channels: int, separable: bool = False) -> nn.Sequential:
    return nn.Sequential(*(ResidualBlock(channels, separable) for _ in range(count)))


class Encoder(nn.Module):
    """Picture [B, 3, H, W] in [0, 1] -> raw latent [B, 16, H / 8, W / 8]."""

    def __init__(self, config: VaeConfig) -> None:
        super().__init__()
        separable = config.separableEncoder
        self.stem = convolution(SHUFFLED_CHANNELS, config.highWidth, separable)
        self.high = residual_blocks(config.encoderHigh, config.highWidth, separable)
        self.down: nn.Module
        if separable:
            self.down = SeparableConvolution(config.highWidth, config.lowWidth, stride=2)
        else:
            self.down = nn.Conv2d(config.highWidth * 4, config.lowWidth, 1)
        self.low = residual_blocks(config.encoderLow, config.lowWidth, separable)
        self.head = convolution(config.lowWidth, config.latentChannels, separable)

    def forward(self, picture: Tensor) -> Tensor:
        features = functional.pixel_unshuffle(picture * 2 - 1, 4)
        features = self.high(self.stem(features))
        if not isinstance(self.down, SeparableConvolution):
            features = functional.pixel_unshuffle(features, 2)
        return self.head(self.low(self.down(features)))


class Decoder(nn.Module):
    """Raw latent [B, 16, h, w] -> picture [B, 3, 8h, 8w], about [0, 1], not clamped."""

    def __init__(self, config: VaeConfig) -> None:
        super().__init__()
        self.stem = nn.Conv2d(config.latentChannels, config.lowWidth, 3, 1, 1)
        self.low = residual_blocks(config.decoderLow, config.lowWidth)
        self.up = nn.Conv2d(config.lowWidth, config.highWidth * 4, 1)
        self.high = residual_blocks(config.decoderHigh, config.highWidth)
        self.head = nn.Conv2d(config.highWidth, SHUFFLED_CHANNELS, 3, 1, 1)

    def forward(self, latent: Tensor) -> Tensor:
        features = functional.pixel_shuffle(self.up(self.low(self.stem(latent))), 2)
        picture = functional.pixel_shuffle(self.head(self.high(features)), 4)
        return (picture + 1) / 2


class Autoencoder(nn.Module):
    """Encoder and decoder around latents of zero mean and unit variance per channel."""

    latent_mean: Tensor
    latent_std: Tensor

    def __init__(self, config: VaeConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self.register_buffer("latent_mean", torch.zeros(config.latentChannels))
        self.register_buffer("latent_std", torch.ones(config.latentChannels))

    def normalise(self, raw: Tensor) -> Tensor:
        return (raw - self.latent_mean.view(1, -1, 1, 1)) / self.latent_std.view(1, -1, 1, 1)

    def encode(self, picture: Tensor) -> Tensor:
        """Picture [B, 3, H, W] in [0, 1], H and W divisible by 8 -> latent [B, 16, H/8, W/8]."""
        return self.normalise(self.encoder(picture))

    def decode(self, latent: Tensor) -> Tensor:
        """Latent [B, 16, h, w] -> picture [B, 3, 8h, 8w]."""
        mean = self.latent_mean.view(1, -1, 1, 1)
        return self.decoder(latent * self.latent_std.view(1, -1, 1, 1) + mean)
