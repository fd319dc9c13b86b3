"""The denoiser under masks that differ from picture to picture, and what is lost by them."""

import torch
from torch import Tensor
from torch.nn import functional

from ..denoiser import Denoiser, channel_norm, time_features
from .calibration import Calibration


def masked_answer(model: Denoiser, crops: Calibration, masks: Tensor) -> Tensor:
    """x_(i+1) = m_i phi_i(x_i) + (1 - m_i) x_i (TinySR, eq. 1); masks [B, blocks] or [1, blocks]."""
    embedding = functional.silu(model.time(time_features(crops.timesteps(), model.config.timeFeatures)))
    features = model.stem(torch.cat([crops.noisy, crops.original], 1))
    for block, mask in zip(model.blocks, masks.unbind(1), strict=True):
        if mask.requires_grad or bool(mask.any()):
            change = block(features, embedding) - features
            features = features + mask.view(-1, 1, 1, 1).to(change.dtype) * change
    shift, scale = model.final.modulation(embedding).chunk(2, 1)
    residual = model.head(channel_norm(features) * (1 + scale) + shift)
    return crops.original[:, : model.config.latentChannels] + residual


def pruning_loss(answer: Tensor, crops: Calibration) -> Tensor:
    """Task and distillation, both L2, in latent space."""
    task = (answer.float() - crops.clean).square().mean()
    return task + (answer.float() - crops.answer).square().mean()
