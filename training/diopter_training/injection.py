"""Injections, family "diopter-injection": the original as the gain says it should be seen.

`pfj`: AdaDiffSR's progressive feature injection, alpha * o + beta. `concat` and `cross-attention`
are what its ablation puts in the same place. All start as the identity.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

FAMILY = "diopter-injection"
KINDS = ("pfj", "concat", "cross-attention")


@dataclass(frozen=True)
class InjectionConfig:
    """`softness`: the gain at which its effect is half of the most. `tokens`: cross-attention only."""

    kind: str = "pfj"
    originalChannels: int = 28
    width: int = 48
    softness: float = 0.02
    tokens: int = 8


def soften(gain: Tensor, softness: float) -> Tensor:
    """Gains of a few thousandths and of some tenths on one scale, -1..1."""
    return gain / (gain.abs() + softness)


def silence(layer: nn.Conv2d) -> None:
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)


class Trunk(nn.Module):
    """Features of the original with a constant map of the gain beside it (without its borders)."""

    def __init__(self, config: InjectionConfig) -> None:
        super().__init__()
        self.stem = nn.Conv2d(config.originalChannels, config.width, 3, 1, 1)
        self.gain = nn.Conv2d(2, config.width, 1, bias=False)
        self.middle = nn.Conv2d(config.width, config.width, 3, 1, 1)

    def forward(self, original: Tensor, gain: Tensor) -> Tensor:
        return functional.silu(self.middle(functional.silu(self.stem(original) + self.gain(gain))))


class Modulation(nn.Module):
    """`pfj`: (alpha - 1, beta) = phi(o, gain)."""

    def __init__(self, config: InjectionConfig) -> None:
        super().__init__()
        self.trunk = Trunk(config)
        self.head = nn.Conv2d(config.width, 2 * config.originalChannels, 3, 1, 1)
        silence(self.head)

    def forward(self, original: Tensor, gain: Tensor) -> Tensor:
        scale, shift = self.head(self.trunk(original, gain)).chunk(2, 1)
        return original * (1 + scale) + shift


class Concatenation(nn.Module):
    """`concat`: a network over both, with a linear path beside it that starts as the identity."""

    def __init__(self, config: InjectionConfig) -> None:
        super().__init__()
        channels = config.originalChannels
        self.trunk = Trunk(config)
        self.skip = nn.Conv2d(channels, channels, 1, bias=False)
        self.head = nn.Conv2d(config.width, channels, 3, 1, 1)
        silence(self.head)
        nn.init.dirac_(self.skip.weight)

    def forward(self, original: Tensor, gain: Tensor) -> Tensor:
        return self.skip(original) + self.head(self.trunk(original, gain))


class CrossAttention(nn.Module):
    """`cross-attention`: every place of the original attends, one head, to tokens made of the gain."""

    def __init__(self, config: InjectionConfig) -> None:
        super().__init__()
        width, self.tokens = config.width, config.tokens
        self.stem = nn.Conv2d(config.originalChannels, width, 3, 1, 1)
        self.query = nn.Conv2d(width, width, 1)
        self.token = nn.Conv2d(2, width // 2, 1)
        self.key = nn.Conv2d(width // 2, self.tokens * width, 1)
        self.value = nn.Conv2d(width // 2, self.tokens * width, 1)
        self.middle = nn.Conv2d(width, width, 3, 1, 1)
        self.head = nn.Conv2d(width, config.originalChannels, 3, 1, 1)
        silence(self.head)

    def attend(self, features: Tensor, gain: Tensor) -> Tensor:
        batch, width = features.shape[:2]
        token = functional.silu(self.token(gain))
        keys = self.key(token).view(batch, self.tokens, width)
        values = self.value(token).view(batch, width, self.tokens)
        scores = keys @ self.query(features).flatten(2) * width**-0.5
        return (values @ scores.softmax(1)).view_as(features)

    def forward(self, original: Tensor, gain: Tensor) -> Tensor:
        features = functional.silu(self.stem(original))
        features = features + self.attend(features, gain)
        return original + self.head(functional.silu(self.middle(features)))


BODIES = {"pfj": Modulation, "concat": Concatenation, "cross-attention": CrossAttention}


class Injection(nn.Module):
    """One of the three, around the softened gain."""

    def __init__(self, config: InjectionConfig) -> None:
        super().__init__()
        self.config = config
        self.body: nn.Module = BODIES[config.kind](config)

    def forward(self, original: Tensor, gain: Tensor) -> Tensor:
        """Original [B, 28, h, w] and gain [B, 2, 1, 1] in (-1, 1) -> what the denoiser sees in its place."""
        return self.body(original, soften(gain, self.config.softness))
