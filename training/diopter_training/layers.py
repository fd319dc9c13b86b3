"""Convolutional layers that the autoencoders share."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class SeparableConvolution(nn.Module):
    """Depthwise k x k convolution that carries the stride, then a pointwise one.

    No activation stands between the two (TinySR, component streamlining).
    [B, in, H, W] -> [B, out, ceil(H / stride), ceil(W / stride)].
    """

    def __init__(self, inputs: int, outputs: int, stride: int = 1, kernel: int = 3) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(
            inputs, inputs, kernel, stride, kernel // 2, groups=inputs, bias=False
        )
        self.pointwise = nn.Conv2d(inputs, outputs, 1)

    def forward(self, features: Tensor) -> Tensor:
        return self.pointwise(self.depthwise(features))


def convolution(inputs: int, outputs: int, separable: bool, stride: int = 1) -> nn.Module:
    """A 3 x 3 convolution with zero padding, standard or separable."""
    if separable:
        return SeparableConvolution(inputs, outputs, stride)
    return nn.Conv2d(inputs, outputs, 3, stride, 1)


def last_convolution(block: "ResidualBlock") -> nn.Module:
    """The convolution whose weights scale the block's branch."""
    if isinstance(block.conv2, SeparableConvolution):
        return block.conv2.pointwise
    return block.conv2


class ResidualBlock(nn.Module):
    """x + conv2(SiLU(conv1(x))), shape-preserving; starts as the identity.

    In training the branch may be scaled, which keeps long chains without normalisation stable
    at high learning rates; `fold_branch_scales` multiplies the scale into conv2, so that files
    never hold it.
    """

    def __init__(self, channels: int, separable: bool = False) -> None:
        super().__init__()
        self.branch_scale = 1.0
        self.conv1 = convolution(channels, channels, separable)
        self.conv2 = convolution(channels, channels, separable)
        last = last_convolution(self)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)

    def forward(self, features: Tensor) -> Tensor:
        branch = self.conv2(functional.silu(self.conv1(features)))
        return features + branch if self.branch_scale == 1.0 else features + branch * self.branch_scale


def residual_blocks_of(model: nn.Module) -> list[ResidualBlock]:
    return [module for module in model.modules() if isinstance(module, ResidualBlock)]


def set_branch_scales(model: nn.Module, scale: float) -> None:
    for block in residual_blocks_of(model):
        block.branch_scale = scale


@torch.no_grad()
def start_at_random(model: nn.Module) -> None:
    """Lets the blocks' branches speak from the first step on, a tenth as loud as what passes them by."""
    for block in residual_blocks_of(model):
        last = last_convolution(block)
        nn.init.kaiming_normal_(last.weight)
        last.weight.mul_(0.1)


@torch.no_grad()
def fold_branch_scales(model: nn.Module) -> None:
    """Multiplies every block's branch scale into its last convolution; the function stays."""
    for block in residual_blocks_of(model):
        last = last_convolution(block)
        last.weight.mul_(block.branch_scale)
        if last.bias is not None:
            last.bias.mul_(block.branch_scale)
        block.branch_scale = 1.0
