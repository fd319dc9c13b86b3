"""Estimates along sampling trajectories, with their measures: what the gain regressor learns from."""

from dataclasses import dataclass

import numpy
import torch
from torch import Tensor

from .denoiser import Denoiser
from .original import make_original, upsample
from .process import Process
from .quality import NaturalStatistics, full_reference
from .vae import Autoencoder

INTERVALS = (5.0, 10.0, 15.0, 20.0)
"""AdaDiffSR's four."""


@dataclass(frozen=True)
class Sampler:
    """The frozen models, and natural statistics."""

    autoencoder: Autoencoder
    denoiser: Denoiser
    process: Process
    natural: NaturalStatistics


def draw_intervals(generator: numpy.random.Generator, batch: int, count: int, total: int) -> Tensor:
    """[batch, count]. A third of the trajectories jump once, then keep one of AdaDiffSR's intervals; a
    third take wide steps only; a third mix both."""
    wide = numpy.exp(generator.uniform(numpy.log(30), numpy.log(250), (batch, count)))
    small = generator.choice(INTERVALS, (batch, count))
    style = generator.integers(3, size=(batch, 1))
    mixed = numpy.where(generator.random((batch, count)) < 0.6, small, wide)
    steady = numpy.repeat(small[:, :1], count, 1)
    steady[:, 0] = generator.uniform(0, 0.9 * total, batch)
    values = numpy.select([style == 0, style == 1], [steady, wide], mixed)
    return torch.from_numpy(values).float() * (total / 1000)


@torch.no_grad()
def follow(
    sampler: Sampler, pair: tuple[Tensor, Tensor], intervals: Tensor, against_original: bool = False
) -> dict[str, Tensor]:
    """Sharp [B, 3, S, S], degraded [B, 3, S / 4, S / 4], intervals [B, n] -> `clean` [B, n, 16, h, w],
    `original` [B, 16, h, w], `timesteps` [B, n] (0 after the end of a trajectory: not valid), and
    every measure [B, n]; with `against_original` also those against the enlarged picture."""
    sharp, degraded = pair
    original = make_original(sampler.autoencoder, degraded)
    base = original[:, : sampler.denoiser.config.latentChannels]
    total, enlarged = float(sampler.process.timesteps), upsample(degraded)
    now = torch.full((len(sharp), 1, 1, 1), total, device=sharp.device)
    noisy = sampler.process.start(base, torch.randn_like(base))
    rows: list[dict[str, Tensor]] = []
    for step in range(intervals.shape[1]):
        # A finished trajectory stays at the least timestep and is marked as such.
        at = now.clamp(min=1e-3)
        clean = sampler.denoiser(noisy / sampler.process.input_scale(at), at, original)
        picture = sampler.autoencoder.decode(clean).clamp(0, 1)
        row = {"clean": clean, "timesteps": now.flatten()}
        row |= full_reference(picture, sharp) | sampler.natural.measure(picture)
        if against_original:
            row |= {f"{name}Original": value for name, value in full_reference(picture, enlarged).items()}
        rows.append(row)
        following = (now - intervals[:, step].view(-1, 1, 1, 1)).clamp(min=0)
        noisy = sampler.process.step(noisy, clean, at, following.clamp(max=at), torch.randn_like(base))
        now = following
    stacked = {name: torch.stack([row[name] for row in rows], 1) for name in rows[0]}
    return stacked | {"original": base}
