"""Start of the full autoencoder: the best linear code of 8 x 8 patches.

From random weights an autoencoder spends its first thousand steps on what principal
component analysis gives at once; the residual blocks start as the identity, so the linear
code is what the first step sees.
"""

import torch
from torch import Tensor
from torch.nn import functional

from .vae import SHUFFLED_CHANNELS, Autoencoder


def patch_components(pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Pictures [B, 3, H, W] in [0, 1] -> mean [192], directions [192, 192], deviations [192].

    The 192 values of a patch stand in the order of pixel-unshuffle by 4, then by 2.
    """
    patches = functional.pixel_unshuffle(functional.pixel_unshuffle(pictures * 2 - 1, 4), 2)
    rows = patches.permute(0, 2, 3, 1).reshape(-1, SHUFFLED_CHANNELS * 4).double()
    mean = rows.mean(0)
    values, vectors = torch.linalg.eigh(torch.cov(rows.T))
    order = torch.argsort(values, descending=True)
    deviations = values[order].clamp(min=1e-8).sqrt()
    return mean.float(), vectors[:, order].T.float(), deviations.float()


@torch.no_grad()
def initialise(model: Autoencoder, pictures: Tensor) -> None:
    """Writes the linear code into the model's stems, projections and heads.

    Needs a standard encoder and widths of at least 48 (high) and the latent channels (low).
    """
    mean, directions, deviations = patch_components(pictures)
    latent, low = model.config.latentChannels, model.config.lowWidth
    wide, kept = model.config.highWidth, min(model.config.lowWidth, SHUFFLED_CHANNELS * 4)
    identity = torch.eye(SHUFFLED_CHANNELS)

    stem, down, head = model.encoder.stem, model.encoder.down, model.encoder.head
    stem.weight.mul_(0.3)
    stem.weight[:SHUFFLED_CHANNELS] = 0
    stem.weight[:SHUFFLED_CHANNELS, :, 1, 1] = identity
    stem.bias.zero_()
    raw = (torch.arange(wide * 4) // 4) < SHUFFLED_CHANNELS
    projection = down.weight[:, :, 0, 0]
    projection.mul_(0.3)
    projection[:, raw] = 0
    scaled = directions[:kept] / deviations[:kept, None].clamp(min=0.05)
    projection[:kept, raw] = scaled
    down.bias.zero_()
    down.bias[:kept] = -(scaled @ mean)
    head.weight.mul_(0.1)
    head.weight[:, :latent] = 0
    head.weight[:, :latent, 1, 1] = torch.eye(latent)
    head.bias.zero_()

    stem, up, head = model.decoder.stem, model.decoder.up, model.decoder.head
    stem.weight[:latent] = 0
    stem.weight[:latent, :, 1, 1] = torch.eye(latent)
    stem.bias.zero_()
    expansion = up.weight[:, :, 0, 0]
    expansion[raw] = 0
    expansion[raw, :latent] = (directions[:latent] * deviations[:latent, None].clamp(min=0.05)).T
    up.bias.zero_()
    up.bias[raw] = mean
    head.weight.mul_(0.1)
    head.weight[:, :SHUFFLED_CHANNELS] = 0
    head.weight[:, :SHUFFLED_CHANNELS, 1, 1] = identity
    head.bias.zero_()
    assert low >= latent and wide >= SHUFFLED_CHANNELS
