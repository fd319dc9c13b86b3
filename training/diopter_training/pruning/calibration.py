"""Crops with everything that pruning looks at, computed once: the teacher's input and its answer."""

from dataclasses import dataclass

import numpy
import torch
from torch import Tensor

from ..denoiser import Denoiser
from ..original import make_original
from ..pairs import PairPool
from ..process import Process
from ..run import half_precision
from ..vae import Autoencoder


@dataclass(frozen=True)
class Calibration:
    """`noisy` is already input-scaled; `clean` the sharp crop's latent, `answer` the whole teacher's."""

    sharp: Tensor
    noisy: Tensor
    original: Tensor
    clean: Tensor
    answer: Tensor
    timestep: float

    def __len__(self) -> int:
        return len(self.sharp)

    def part(self, places: Tensor) -> "Calibration":
        fields = (self.sharp, self.noisy, self.original, self.clean, self.answer)
        return Calibration(*(field[places] for field in fields), self.timestep)

    def timesteps(self) -> Tensor:
        return torch.full((len(self), 1, 1, 1), self.timestep, device=self.sharp.device)


@torch.no_grad()
def make_calibration(
    teacher: Denoiser, autoencoder: Autoencoder, process: Process, pool: PairPool,
    seed: int, count: int, crop: int, bfloat16: bool, chunk: int = 32,
) -> Calibration:
    """`count` crops at the noisiest timestep, where one-step models work."""
    generator = numpy.random.default_rng(seed)
    device = next(teacher.parameters()).device
    parts = []
    for first in range(0, count, chunk):
        sharp, degraded = pool.batch(generator, min(chunk, count - first), crop)
        torch.manual_seed(seed * 1_000_003 + first)
        with half_precision(device, bfloat16):
            original = make_original(autoencoder, degraded.to(device)).float()
            clean = autoencoder.encode(sharp.to(device)).float()
            base = original[:, : teacher.config.latentChannels]
            timesteps = torch.full((len(sharp), 1, 1, 1), float(process.timesteps), device=device)
            noisy = process.start(base, torch.randn_like(base)) / process.input_scale(timesteps)
            answer = teacher(noisy, timesteps, original).float()
        parts.append((sharp.to(device), noisy, original, clean, answer))
    return Calibration(*(torch.cat(fields) for fields in zip(*parts, strict=True)), float(process.timesteps))
