"""The adversarial loss of TinySR's second stage: a critic of patches, and both sides' losses."""

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import spectral_norm


class PatchCritic(nn.Module):
    """Pictures [B, 3, H, W] -> how real each patch looks, [B, 1, H / 8, W / 8], unbounded.

    Strided convolutions with spectral norm, so that it stays smooth without further penalties.
    """

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        widths = (3, width, 2 * width, 4 * width)
        layers: list[nn.Module] = []
        for inputs, outputs in zip(widths, widths[1:], strict=False):
            layers += [spectral_norm(nn.Conv2d(inputs, outputs, 4, 2, 1)), nn.LeakyReLU(0.2)]
        self.layers = nn.Sequential(*layers, spectral_norm(nn.Conv2d(widths[-1], 1, 3, 1, 1)))

    def forward(self, pictures: Tensor) -> Tensor:
        return self.layers(pictures * 2 - 1)


def critic_loss(critic: PatchCritic, real: Tensor, made: Tensor) -> Tensor:
    """Hinge loss; what was made is taken as it is."""
    return functional.relu(1 - critic(real)).mean() + functional.relu(1 + critic(made.detach())).mean()


def adversarial_loss(critic: PatchCritic, made: Tensor) -> Tensor:
    """What the student gets: the less real its pictures look, the more."""
    return -critic(made).mean()


def make_critic(seed: int, learning_rate: float) -> tuple[PatchCritic, torch.optim.Optimizer]:
    torch.manual_seed(seed)
    critic = PatchCritic()
    return critic, torch.optim.Adam(critic.parameters(), learning_rate, betas=(0.5, 0.9))
