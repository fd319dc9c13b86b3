"""Schedules of timesteps and the sampling loop."""

import torch
from torch import Tensor

from .denoiser import Denoiser
from .philox import gaussian_noise
from .process import Process


def uniform_schedule(steps: int, total: int = 1000) -> list[float]:
    """floor(k * T / T'), k = T'..1 (TSS, eq. 1), then 0."""
    return [float(k * total // steps) for k in range(steps, 0, -1)] + [0.0]


def dense_schedule(steps: int, order: float, middle: float = 500.0, total: int = 1000) -> list[float]:
    """The uniform schedule resampled towards both ends (TDS; TSS, eq. 2-3)."""

    def warp(t: float) -> float:
        if t < middle:
            return t**order / middle ** (order - 1)
        return total - (total - t) ** order / (total - middle) ** (order - 1)

    return [warp(t) for t in uniform_schedule(steps, total)]


def step_noise(seed: int, step: int, like: Tensor) -> Tensor:
    """The engine's noise for a sampling step, of the shape and device given."""
    items, channels, height, width = like.shape
    noise = gaussian_noise(seed, step, channels, height, width, items)
    return torch.from_numpy(noise).to(like.device)


@torch.no_grad()
def sample(
    model: Denoiser, process: Process, original: Tensor, schedule: list[float], seed: int = 0
) -> Tensor:
    """Original [B, 28, h, w] -> clean latent [B, 16, h, w]. Step k draws noise k, the start noise 0."""
    degraded = original[:, : model.config.latentChannels].float()
    noisy = process.start(degraded, step_noise(seed, 0, degraded))
    for index, (now, then) in enumerate(zip(schedule, schedule[1:], strict=False), 1):
        timesteps = torch.full((noisy.shape[0], 1, 1, 1), now, device=noisy.device)
        following = torch.full_like(timesteps, then)
        clean = model(noisy / process.input_scale(timesteps), timesteps, original, None).float()
        if then <= 0:
            return clean
        noise = step_noise(seed, index, noisy)
        noisy = process.step(noisy, clean, timesteps, following, noise)
    return noisy
