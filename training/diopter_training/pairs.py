"""Pairs of sharp and degraded crops, from the shards that `make_pairs.py` writes."""

from pathlib import Path

import numpy
import torch
from torch import Tensor

from .original import SCALE
from .pictures import Picture

GRID = 8
"""Sub-crops start at multiples of the autoencoder's factor."""


class PairPool:
    """Shards held in memory; new ones are taken in at every refresh."""

    def __init__(self, folder: Path, limit: int | None = None) -> None:
        self.folder = folder
        self.limit = limit
        self.shards: dict[str, tuple[Picture, Picture]] = {}
        self.refresh()

    def refresh(self) -> None:
        for path in sorted(self.folder.glob("shard-*.npz"))[: self.limit]:
            if path.name not in self.shards:
                with numpy.load(path) as file:
                    self.shards[path.name] = (file["sharp"], file["degraded"])

    def draw(self, generator: numpy.random.Generator, size: int) -> tuple[Picture, Picture]:
        """Aligned sub-crops [size, size, 3] and [size / 4, size / 4, 3], flipped and rotated alike."""
        names = list(self.shards)
        sharp, degraded = self.shards[names[generator.integers(len(names))]]
        index = int(generator.integers(len(sharp)))
        room = (sharp.shape[1] - size) // GRID
        top, left = (int(value) * GRID for value in generator.integers(0, room + 1, 2))
        rotation, flip = int(generator.integers(4)), bool(generator.integers(2))
        crops = []
        for pictures, factor in ((sharp, 1), (degraded, SCALE)):
            side, y, x = size // factor, top // factor, left // factor
            crop = numpy.rot90(pictures[index, y : y + side, x : x + side], rotation)
            crops.append(crop[:, ::-1] if flip else crop)
        return crops[0], crops[1]

    def batch(self, generator: numpy.random.Generator, count: int, size: int) -> tuple[Tensor, Tensor]:
        """Sharp [B, 3, S, S] and degraded [B, 3, S / 4, S / 4], float32 in [0, 1]."""
        drawn = [self.draw(generator, size) for _ in range(count)]
        sharp = numpy.stack([pair[0] for pair in drawn])
        degraded = numpy.stack([pair[1] for pair in drawn])
        return to_tensor(sharp), to_tensor(degraded)


def to_tensor(batch: Picture) -> Tensor:
    """uint8 [B, H, W, 3] -> float32 [B, 3, H, W] in [0, 1], channels last in memory."""
    return torch.from_numpy(numpy.array(batch)).permute(0, 3, 1, 2).float() / 255
