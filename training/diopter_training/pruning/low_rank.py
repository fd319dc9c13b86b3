"""Low-rank changes to convolutions (LoRA), which learn along with the mask."""

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize


class LowRank(nn.Module):
    """weight + up @ down, of the rank given; zero at first."""

    def __init__(self, weight: Tensor, rank: int) -> None:
        super().__init__()
        inputs = weight[0].numel()
        self.down = nn.Parameter(torch.randn(rank, inputs) * inputs**-0.5)
        self.up = nn.Parameter(torch.zeros(len(weight), rank))

    def forward(self, weight: Tensor) -> Tensor:
        return weight + (self.up @ self.down).view_as(weight)


def add_low_rank(model: nn.Module, rank: int) -> list[nn.Parameter]:
    """Gives every convolution a low-rank change; returns what is to be trained, all else is frozen."""
    model.requires_grad_(False)
    for layer in [layer for layer in model.modules() if isinstance(layer, nn.Conv2d)]:
        parametrize.register_parametrization(layer, "weight", LowRank(layer.weight, rank))
        layer.parametrizations.weight.original.requires_grad_(False)
    return [parameter for parameter in model.parameters() if parameter.requires_grad]
