"""Ways to choose blocks without learning a distribution over masks."""

import torch
from torch import Tensor
from torch.nn import functional

from ..denoiser import Denoiser, time_features
from .calibration import Calibration
from .masked import masked_answer, pruning_loss
from .masks import largest


@torch.no_grad()
def least_of_random(model: Denoiser, crops: Calibration, kept: int, tries: int, generator: torch.Generator) -> Tensor:
    """Random-min: of so many random masks the one that loses least, without any co-adaptation."""
    blocks = len(model.blocks)
    masks = [largest(torch.rand(blocks, generator=generator), kept) for _ in range(tries)]
    losses = [pruning_loss(masked_answer(model, crops, mask[None]), crops).item() for mask in masks]
    return masks[losses.index(min(losses))]


@torch.no_grad()
def block_influence(model: Denoiser, crops: Calibration) -> Tensor:
    """1 - cosine of what enters and what leaves a block, mean over places (ShortGPT), [blocks]."""
    embedding = functional.silu(model.time(time_features(crops.timesteps(), model.config.timeFeatures)))
    features = model.stem(torch.cat([crops.noisy, crops.original], 1))
    influences = []
    for block in model.blocks:
        following = block(features, embedding)
        influences.append(1 - functional.cosine_similarity(features.float(), following.float(), 1).mean())
        features = following
    return torch.stack(influences)


def most_influential(model: Denoiser, crops: Calibration, kept: int) -> Tensor:
    """Similarity: keeps the blocks that change their input most."""
    return largest(block_influence(model, crops), kept)
