"""Start of the small autoencoder: the best linear imitation of the full one.

Least squares give the linear map from patches to the full encoder's latents and back. A
separable encoder can hold the first exactly: every latent's map from 4 places x 48 channels has
rank at most 4, and each rank is one depthwise filter after one pointwise projection.
"""

import torch
from torch import Tensor
from torch.nn import functional

from .vae import SHUFFLED_CHANNELS, Autoencoder

RANK = 4


def rows(features: Tensor) -> Tensor:
    """[B, C, h, w] -> [B * h * w, C]."""
    return features.permute(0, 2, 3, 1).flatten(0, 2).double()


def with_one(values: Tensor) -> Tensor:
    return torch.cat([values, torch.ones_like(values[:, :1])], 1)


@torch.no_grad()
def imitate(model: Autoencoder, teacher: Autoencoder, pictures: Tensor) -> None:
    """Writes the linear maps into the small model; pictures [B, 3, H, W] in [0, 1].

    Needs a high width of at least 64 (16 latents of rank 4) and a low width of at least 64.
    """
    patches = functional.pixel_unshuffle(functional.pixel_unshuffle(pictures * 2 - 1, 4), 2)
    latent = teacher.encode(pictures)
    forward = torch.linalg.lstsq(with_one(rows(patches)), rows(latent)).solution.float()
    backward = torch.linalg.lstsq(with_one(rows(latent)), rows(patches)).solution.float()
    write_encoder(model, forward[:-1].T, forward[-1])
    write_decoder(model, backward[:-1].T, backward[-1])


def write_encoder(model: Autoencoder, weights: Tensor, bias: Tensor) -> None:
    """Weights [16, 192], rows in the order of pixel-unshuffle by 4, then by 2; bias [16]."""
    encoder, latents = model.encoder, len(weights)
    encoder.stem.depthwise.weight.zero_()
    encoder.stem.depthwise.weight[:, 0, 1, 1] = 1
    encoder.stem.pointwise.bias.zero_()
    encoder.down.depthwise.weight.zero_()
    encoder.down.pointwise.weight.zero_()
    encoder.down.pointwise.bias.zero_()
    for latent in range(latents):
        channels, strengths, places = torch.linalg.svd(
            weights[latent].view(SHUFFLED_CHANNELS, RANK), full_matrices=False
        )
        for rank in range(RANK):
            index, share = latent * RANK + rank, strengths[rank].sqrt()
            encoder.stem.pointwise.weight[index, :, 0, 0] = channels[:, rank] * share
            encoder.down.depthwise.weight[index, 0, 1:, 1:] = places[rank].view(2, 2) * share
            encoder.down.pointwise.weight[latent, index, 0, 0] = 1
    encoder.down.pointwise.bias[:latents] = bias
    encoder.head.depthwise.weight.zero_()
    encoder.head.depthwise.weight[:, 0, 1, 1] = 1
    encoder.head.pointwise.weight.mul_(0.05)
    encoder.head.pointwise.weight[:, :latents, 0, 0] = torch.eye(latents)
    encoder.head.pointwise.bias.zero_()


def write_decoder(model: Autoencoder, weights: Tensor, bias: Tensor) -> None:
    """Weights [192, 16], bias [192]."""
    decoder, latents = model.decoder, weights.shape[1]
    identity = torch.eye(latents)
    decoder.stem.weight[:latents] = 0
    decoder.stem.weight[:latents, :, 1, 1] = identity
    decoder.stem.bias.zero_()
    raw = torch.arange(model.config.highWidth * 4) // 4 < SHUFFLED_CHANNELS
    expansion = decoder.up.weight[:, :, 0, 0]
    expansion[raw] = 0
    expansion[raw, :latents] = weights
    decoder.up.bias.zero_()
    decoder.up.bias[raw] = bias
    decoder.head.weight.mul_(0.1)
    decoder.head.weight[:, :SHUFFLED_CHANNELS] = 0
    decoder.head.weight[:, :SHUFFLED_CHANNELS, 1, 1] = torch.eye(SHUFFLED_CHANNELS)
    decoder.head.bias.zero_()
