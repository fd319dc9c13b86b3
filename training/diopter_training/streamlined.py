"""The denoiser family "diopter-denoiser-fixed": one timestep, no time modules (TinySR, streamlining).

At one timestep every modulation is a constant. Shift and scale become the affine part of the norm
before them, and the gate is multiplied into the convolution behind it: the same function, to rounding.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from .denoiser import Denoiser, channel_norm, time_features
from .process import Process, make_process
from .weights import read_file, save_model

FAMILY = "diopter-denoiser-fixed"


@dataclass(frozen=True)
class FixedConfig:
    """`timestep`: the one it knows. `noise`: what the noise at the start is multiplied by, 1 as the
    process has it, 0 for networks that begin at the original's latent itself."""

    latentChannels: int = 16
    originalChannels: int = 28
    width: int = 128
    blocks: int = 3
    expansion: int = 2
    timestep: float = 1000.0
    noise: float = 0.0


class ChannelNorm(nn.Module):
    """`channel_norm` with an affine part per channel."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, features: Tensor) -> Tensor:
        return channel_norm(features) * self.weight.view(1, -1, 1, 1) + self.bias.view(1, -1, 1, 1)


class FixedBlock(nn.Module):
    """x + mix(norm1(x)), then x + mlp(norm2(x))."""

    def __init__(self, config: FixedConfig) -> None:
        super().__init__()
        width, hidden = config.width, config.width * config.expansion
        self.norm1, self.norm2 = ChannelNorm(width), ChannelNorm(width)
        self.mix = nn.Conv2d(width, width, 3, 1, 1)
        self.mlp = nn.Sequential(nn.Conv2d(width, hidden, 1), nn.GELU(), nn.Conv2d(hidden, width, 1))

    def forward(self, features: Tensor) -> Tensor:
        features = features + self.mix(self.norm1(features))
        return features + self.mlp(self.norm2(features))


class FixedDenoiser(nn.Module):
    """Predicts the clean latent in one evaluation, at its own timestep."""

    def __init__(self, config: FixedConfig) -> None:
        super().__init__()
        self.config = config
        self.stem = nn.Conv2d(config.latentChannels + config.originalChannels, config.width, 3, 1, 1)
        self.blocks = nn.ModuleList(FixedBlock(config) for _ in range(config.blocks))
        self.norm = ChannelNorm(config.width)
        self.head = nn.Conv2d(config.width, config.latentChannels, 3, 1, 1)

    def forward(self, noisy: Tensor, original: Tensor) -> Tensor:
        """Noisy latent, already input-scaled, [B, 16, h, w]; original [B, 28, h, w] -> clean latent."""
        features = self.stem(torch.cat([noisy, original], 1))
        for block in self.blocks:
            features = block(features)
        return original[:, : self.config.latentChannels] + self.head(self.norm(features))

    def restore(self, process: Process, original: Tensor) -> Tensor:
        """One step from the original alone, for networks that begin without noise."""
        base = original[:, : self.config.latentChannels]
        timestep = torch.tensor(self.config.timestep)
        start = process.start(base, torch.zeros_like(base))
        return self(start / process.input_scale(timestep).to(start.device), original)


@torch.no_grad()
def streamline(model: Denoiser, timestep: float, mask: Sequence[bool] | None = None, noise: float = 1.0) -> FixedDenoiser:
    """The same function at that timestep, of the blocks that the mask keeps."""
    kept = [block for index, block in enumerate(model.blocks) if mask is None or mask[index]]
    source = model.config
    config = FixedConfig(
        source.latentChannels, source.originalChannels, source.width, len(kept), source.expansion, timestep, noise
    )
    fixed = FixedDenoiser(config)
    features = time_features(torch.full((1, 1, 1, 1), timestep), source.timeFeatures)
    embedding = functional.silu(model.time(features))
    fixed.stem.load_state_dict(model.stem.state_dict())
    fixed.head.load_state_dict(model.head.state_dict())
    set_norm(fixed.norm, *model.final.modulation(embedding).flatten().chunk(2))
    for target, block in zip(fixed.blocks, kept, strict=True):
        shift1, scale1, gate1, shift2, scale2, gate2 = block.modulation(embedding).flatten().chunk(6)
        set_norm(target.norm1, shift1, scale1)
        set_norm(target.norm2, shift2, scale2)
        set_gated(target.mix, block.mix, gate1)
        target.mlp[0].load_state_dict(block.mlp[0].state_dict())
        set_gated(target.mlp[2], block.mlp[2], gate2)
    return fixed


def set_norm(norm: ChannelNorm, shift: Tensor, scale: Tensor) -> None:
    norm.weight.copy_(1 + scale)
    norm.bias.copy_(shift)


def set_gated(target: nn.Conv2d, source: nn.Conv2d, gate: Tensor) -> None:
    target.weight.copy_(source.weight * gate.view(-1, 1, 1, 1))
    target.bias.copy_(source.bias * gate)


def save_fixed(model: FixedDenoiser, process: Process, path: Path, dtype: torch.dtype = torch.float32, **extra: str) -> None:
    config = {**asdict(model.config), "prediction": "x0", "process": asdict(process)}
    save_model(model, path, FAMILY, config, extra, dtype)


def load_fixed(path: Path) -> tuple[FixedDenoiser, Process]:
    tensors, metadata = read_file(path)
    config = json.loads(metadata["config"])
    process = make_process(config.pop("process"))
    config.pop("prediction")
    model = FixedDenoiser(FixedConfig(**config))
    model.load_state_dict(tensors)
    return model.eval(), process
