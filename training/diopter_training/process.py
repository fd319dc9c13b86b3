"""Forward processes and the jumps back: residual shifting (ResShift), variance preserving.

Timesteps are real numbers in 0..T; every coefficient is a function of the timestep, so a
number per picture and a map of them per pixel are handled alike.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class ResidualShift:
    """ResShift, its schedule spread over T timesteps (u = (t - 1) / (T - 1), clamped at 0).

    x_t = x0 + eta (y - x0) + kappa sqrt(eta) noise, sqrt(eta) = s (0.99 / s)^(u^p),
    s = minNoise / kappa, eta(0) = 0.
    """

    timesteps: int = 1000
    kappa: float = 1.0
    minNoise: float = 0.04
    power: float = 0.3
    kind: str = "residual-shift"

    def eta(self, timesteps: Tensor) -> Tensor:
        """Linear from 0 at t = 0 to the first value at t = 1, then the ResShift schedule."""
        start = self.minNoise / self.kappa
        position = ((timesteps - 1) / (self.timesteps - 1)).clamp(min=0)
        root = start * torch.exp(math.log(0.99 / start) * position**self.power)
        return (root * timesteps.clamp(max=1)).square()

    def add_noise(self, clean: Tensor, degraded: Tensor, timesteps: Tensor, noise: Tensor) -> Tensor:
        eta = self.eta(timesteps)
        return clean + eta * (degraded - clean) + self.kappa * eta.sqrt() * noise

    def input_scale(self, timesteps: Tensor) -> Tensor:
        """What the noisy latent is divided by before it enters the network."""
        return torch.sqrt(1 + self.kappa**2 * self.eta(timesteps))

    def start(self, degraded: Tensor, noise: Tensor) -> Tensor:
        eta = self.eta(torch.tensor(float(self.timesteps)))
        return degraded + self.kappa * eta.sqrt() * noise

    def step(
        self, noisy: Tensor, clean: Tensor, timesteps: Tensor, following: Tensor, noise: Tensor
    ) -> Tensor:
        """Posterior sample at `following` (< timesteps); exact at following = 0."""
        now, then = self.eta(timesteps), self.eta(following)
        mean = (then / now) * noisy + (1 - then / now) * clean
        return mean + self.kappa * (then / now * (now - then)).clamp(min=0).sqrt() * noise


@dataclass(frozen=True)
class ScaledLinear:
    """Variance preserving, Stable Diffusion's betas; ln sigma interpolated between timesteps."""

    timesteps: int = 1000
    betaStart: float = 0.00085
    betaEnd: float = 0.012
    kind: str = "scaled-linear"

    def alpha(self, timesteps: Tensor) -> Tensor:
        """Cumulative alpha at real timesteps; 1 at t = 0, linear between 0 and 1."""
        roots = torch.linspace(self.betaStart**0.5, self.betaEnd**0.5, self.timesteps, dtype=torch.float64)
        cumulative = torch.cumprod(1 - roots.square(), 0)
        logarithms = (0.5 * ((1 - cumulative) / cumulative).log()).float().to(timesteps.device)
        position = (timesteps - 1).clamp(0, self.timesteps - 1)
        lower = position.floor().long().clamp(max=self.timesteps - 2)
        fraction = position - lower
        sigma = torch.exp(torch.lerp(logarithms[lower], logarithms[lower + 1], fraction))
        sigma = sigma * timesteps.clamp(max=1)
        return 1 / (1 + sigma.square())

    def add_noise(self, clean: Tensor, degraded: Tensor, timesteps: Tensor, noise: Tensor) -> Tensor:
        alpha = self.alpha(timesteps)
        return alpha.sqrt() * clean + (1 - alpha).sqrt() * noise

    def input_scale(self, timesteps: Tensor) -> Tensor:
        return torch.ones_like(timesteps)

    def start(self, degraded: Tensor, noise: Tensor) -> Tensor:
        """The degraded latent noised at T, as StableSR starts."""
        return self.add_noise(degraded, degraded, torch.tensor(float(self.timesteps)), noise)

    def step(
        self, noisy: Tensor, clean: Tensor, timesteps: Tensor, following: Tensor, noise: Tensor
    ) -> Tensor:
        """DDPM posterior from `timesteps` to `following`; exact at following = 0."""
        now, then = self.alpha(timesteps), self.alpha(following)
        beta = 1 - now / then
        mean = then.sqrt() * beta / (1 - now) * clean
        mean = mean + (now / then).sqrt() * (1 - then) / (1 - now) * noisy
        return mean + (beta * (1 - then) / (1 - now)).clamp(min=0).sqrt() * noise


Process = ResidualShift | ScaledLinear


def make_process(values: dict[str, object]) -> Process:
    """From its JSON form, chosen by `kind`."""
    if values["kind"] == "residual-shift":
        return ResidualShift(**values)
    if values["kind"] == "scaled-linear":
        return ScaledLinear(**values)
    raise ValueError(f"unknown process kind {values['kind']!r}")
