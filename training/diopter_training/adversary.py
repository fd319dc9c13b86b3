"""The adversarial losses of the student's refinement and of the denoiser's: critics of patches, and both sides' losses.

The critic sees luminance alone, shifted at random: its strides would otherwise fall on the same places of
the decoder's pixel shuffles at every step, and pull dots of their period, coloured ones too, into edges.
"""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import spectral_norm

from .evaluation_pictures import luminance


STRIDE = 8


class PatchCritic(nn.Module):
    """Luminance [B, inputs, H, W] in [0, 1] -> how real each patch looks, [B, 1, H / 8, W / 8], unbounded.

    Strided convolutions with spectral norm, so that it stays smooth without further penalties.
    """

    def __init__(self, width: int = 32, inputs: int = 1) -> None:
        super().__init__()
        widths = (inputs, width, 2 * width, 4 * width)
        layers: list[nn.Module] = []
        for inputs, outputs in zip(widths, widths[1:], strict=False):
            layers += [spectral_norm(nn.Conv2d(inputs, outputs, 4, 2, 1)), nn.LeakyReLU(0.2)]
        self.layers = nn.Sequential(*layers, spectral_norm(nn.Conv2d(widths[-1], 1, 3, 1, 1)))

    def forward(self, gray: Tensor) -> Tensor:
        return self.layers(gray * 2 - 1)


def seen_by_critic(pictures: Tensor, *others: Tensor) -> Tensor:
    """Pictures [B, 3, H, W] -> luminance [B, 1, H - top, W - left], without up to seven rows and columns; that of
    others [B, 3, H, W], cut alike, in further channels."""
    top, left = (int(offset) for offset in torch.randint(0, STRIDE, (2,)))
    return torch.cat([luminance(seen) for seen in (pictures, *others)], 1)[..., top:, left:]


def critic_loss(critic: PatchCritic, real: Tensor, made: Tensor) -> Tensor:
    """Hinge loss; what was made is taken as it is."""
    return functional.relu(1 - critic(real)).mean() + functional.relu(1 + critic(made.detach())).mean()


def adversarial_loss(critic: PatchCritic, made: Tensor) -> Tensor:
    """What the generator gets: the less real its pictures look, the more."""
    return -critic(made).mean()


def gradient_ratio(loss: Tensor, adversarial: Tensor, made: Tensor) -> Tensor:
    """How much stronger the one loss pulls at what was made than the other (Esser et al., 2021, eq. 7, at
    the picture instead of the last layer): with it a weight means the same however sure the critic is."""
    own, other = (torch.autograd.grad(each, made, retain_graph=True)[0].norm() for each in (loss, adversarial))
    return (own / (other + 1e-8)).clamp(max=1e4).detach()


def make_critic(seed: int, learning_rate: float, inputs: int = 1) -> tuple[PatchCritic, torch.optim.Optimizer]:
    torch.manual_seed(seed)
    critic = PatchCritic(inputs=inputs)
    return critic, torch.optim.Adam(critic.parameters(), learning_rate, betas=(0.5, 0.9))


class Opponent:
    """A critic that learns beside what it judges; its pull is `weight` times that of the other losses.

    For the first `warm_up` steps it only learns, and its pull grows over as many again: a new critic's is noise.
    """

    INPUTS = 1

    def __init__(
        self, seed: int, learning_rate: float, weight: float, device: torch.device, warm_up: int = 0
    ) -> None:
        self.weight = weight
        self.warm_up = warm_up
        self.step = 0
        self.critic, self.optimiser = make_critic(seed, learning_rate, self.INPUTS)
        self.critic.to(device)

    def add(self, loss: Tensor, adversarial: Tensor, made: Tensor) -> Tensor:
        grown = min(1.0, self.step / self.warm_up - 1) if self.warm_up else 1.0
        return loss + self.weight * max(0.0, grown) * gradient_ratio(loss, adversarial, made) * adversarial

    def improve(self, loss: Tensor) -> None:
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.step += 1

    def state(self) -> dict[str, object]:
        return {"critic": self.critic.state_dict(), "criticOptimiser": self.optimiser.state_dict(), "criticStep": self.step}

    def restore(self, state: dict[str, Any]) -> None:
        self.critic.load_state_dict(state["critic"])
        self.optimiser.load_state_dict(state["criticOptimiser"])
        self.step = state["criticStep"]


Kind = TypeVar("Kind", bound=Opponent)


class Adversary(Opponent):
    """Judges whether a picture looks like a photograph, whatever it was made of."""

    def join(self, loss: Tensor, made: Tensor, first: int = 0) -> Tensor:
        """The loss with the adversarial one of the pictures from `first` on, which it depends on by `made`."""
        return self.add(loss, adversarial_loss(self.critic, seen_by_critic(made[first:])), made)

    def learn(self, real: Tensor, made: Tensor) -> None:
        self.improve(critic_loss(self.critic, seen_by_critic(real), seen_by_critic(made.detach())))


@dataclass(frozen=True)
class Case:
    """Pictures [B, 3, H, W] for a judge of pairs: sharp ones, what was made in their place, and the small ones
    enlarged; `weight`, one or [B, 1, 1, 1], says how much the verdict counts for who made them."""

    real: Tensor
    made: Tensor
    small: Tensor
    weight: Tensor | float = 1.0


class PairedAdversary(Opponent):
    """Sees pictures beside the small ones that they belong to, and judges which of two is the real one.

    So texture counts that belongs to this small picture, not any texture (Isola et al., 2017), and the loss looks at
    the margin between the two, not at each side (A. Jolicoeur-Martineau, 2019).
    """

    INPUTS = 2

    def margin(self, case: Case) -> Tensor:
        """How much more real the real ones look, place by place, [B, 1, h, w]."""
        both, twice = torch.cat([case.real, case.made]), torch.cat([case.small, case.small])
        real, made = self.critic(seen_by_critic(both, twice)).chunk(2)
        return real - made

    def join(self, loss: Tensor, case: Case) -> Tensor:
        adversarial = (functional.softplus(self.margin(case)) * case.weight).mean()
        return self.add(loss, adversarial, case.made)

    def learn(self, case: Case) -> None:
        self.improve(functional.softplus(-self.margin(replace(case, made=case.made.detach()))).mean())


def make_opponent(kind: type[Kind], settings: dict[str, Any], device: torch.device) -> Kind | None:
    """None where the settings give the adversarial loss no weight."""
    if not settings.get("adversarialWeight"):
        return None
    warm_up = int(settings.get("criticWarmUp", 0))
    return kind(settings["seed"], settings["criticLearningRate"], settings["adversarialWeight"], device, warm_up)
