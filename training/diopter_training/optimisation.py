"""Averaged weights and the course of the learning rate."""

import math

import torch
from torch import nn

from .layers import residual_blocks_of


def learning_rate_factor(progress: float, warm_up: float = 0.02, floor: float = 0.01) -> float:
    """Linear warm-up, then a half cosine down to floor; progress in [0, 1]."""
    if progress < warm_up:
        return max(progress / warm_up, 0.02)
    fraction = min((progress - warm_up) / (1 - warm_up), 1.0)
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * fraction))


@torch.no_grad()
def update_average(average: nn.Module, model: nn.Module, step: int, decay: float) -> None:
    """Exponential moving average of parameters; follows faster in the first steps."""
    weight = 1 - min(decay, (1 + step) / (10 + step))
    targets, sources = list(average.parameters()), list(model.parameters())
    torch._foreach_lerp_(targets, sources, weight)
    for target, source in zip(average.buffers(), model.buffers(), strict=True):
        target.copy_(source)


def parameter_groups(model: nn.Module, config: dict[str, float]) -> list[dict[str, object]]:
    """Residual blocks learn fast; the layers that hold the linear code slowly."""
    blocks = {id(p) for block in residual_blocks_of(model) for p in block.parameters()}
    fast = [p for p in model.parameters() if id(p) in blocks]
    slow = [p for p in model.parameters() if id(p) not in blocks]
    return [
        {"params": fast, "peak": config["learningRate"]},
        {"params": slow, "peak": config["linearLearningRate"]},
    ]
