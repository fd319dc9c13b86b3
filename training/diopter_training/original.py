"""What the denoiser knows of the low-resolution picture, and the way from there to a result."""

from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional

from .degradation.resize import resize_matrix
from .vae import Autoencoder

SCALE = 4


@lru_cache(maxsize=64)
def enlargement(inputs: int, outputs: int, device: torch.device) -> Tensor:
    return torch.from_numpy(resize_matrix(inputs, outputs, "bicubic")).to(device)


def upsample(picture: Tensor, scale: int = SCALE) -> Tensor:
    """[B, 3, h, w] -> [B, 3, h * scale, w * scale]: bicubic (a = -0.5, see `resize`), clamped to [0, 1]."""
    height, width = picture.shape[-2:]
    vertical = enlargement(height, height * scale, picture.device)
    horizontal = enlargement(width, width * scale, picture.device)
    return (vertical @ (picture @ horizontal.T)).clamp(0, 1)


def make_original(autoencoder: Autoencoder, picture: Tensor) -> Tensor:
    """Low-resolution picture [B, 3, h, w], even sides, in [0, 1] -> [B, 28, h / 2, w / 2].

    Sixteen channels: the latent of the upsampled picture. Twelve: the picture itself in [-1, 1],
    pixel-unshuffled by 2, so that nothing is lost by encoding.
    """
    enlarged = upsample(picture).contiguous(memory_format=torch.channels_last)
    latent = autoencoder.encode(enlarged)
    return torch.cat([latent, functional.pixel_unshuffle(picture * 2 - 1, 2).to(latent.dtype)], 1)
