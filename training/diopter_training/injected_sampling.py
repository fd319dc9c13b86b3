"""Sampling in which the gain of the last step decides what the denoiser sees of the original."""

from dataclasses import dataclass

import torch
from torch import Tensor

from .denoiser import Denoiser
from .gain import GainRegressor
from .injection import Injection
from .process import Process
from .sampling import step_noise


@dataclass
class InjectedDenoiser:
    """A denoiser behind an injection; keeps the last estimate and the gain along a trajectory.

    Until there are two estimates the gain is 0. Without an injection the original stays as it is, and
    without a regressor every gain is 0.
    """

    denoiser: Denoiser
    process: Process
    original: Tensor
    injection: Injection | None = None
    regressor: GainRegressor | None = None
    previous: Tensor | None = None

    def __post_init__(self) -> None:
        self.base = self.original[:, : self.denoiser.config.latentChannels]
        self.gain = self.original.new_zeros(len(self.original), 2, 1, 1)

    def predict(self, noisy: Tensor, timesteps: Tensor) -> Tensor:
        """The clean latent from a noisy one (not yet input-scaled); `gain` is the one before."""
        seen = self.original if self.injection is None else self.injection(self.original, self.gain)
        return self.denoiser(noisy / self.process.input_scale(timesteps), timesteps, seen).float()

    @torch.no_grad()
    def advance(self, noisy: Tensor, timesteps: Tensor, following: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
        """The state at `following` and the estimate that led there; updates the gain."""
        clean = self.predict(noisy, timesteps)
        if self.regressor is not None and self.previous is not None:
            self.gain = self.regressor(clean, self.previous, self.base).float()
        self.previous = clean
        return self.process.step(noisy, clean, timesteps, following, noise), clean


@torch.no_grad()
def sample_injected(model: InjectedDenoiser, schedule: list[float], seed: int = 0) -> Tensor:
    """As `sampling.sample`: the same noise, hence the same result where nothing is injected."""
    noisy = model.process.start(model.base, step_noise(seed, 0, model.base))
    clean = noisy
    for index, (now, then) in enumerate(zip(schedule, schedule[1:], strict=False), 1):
        timesteps = torch.full((len(noisy), 1, 1, 1), now, device=noisy.device)
        noise = step_noise(seed, index, noisy)
        noisy, clean = model.advance(noisy, timesteps, torch.full_like(timesteps, then), noise)
    return clean
