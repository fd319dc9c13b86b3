"""Training photographs, held decoded in memory, and random crops of them."""

import io
import tarfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[numpy.uint8]
"""[H, W, 3], sRGB."""


def decode(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data)) as image:
        return numpy.asarray(image.convert("RGB"))


def encoded_files(source: Path) -> Iterator[bytes]:
    """Files of a folder of pictures, or members of a tar, in the order of their names."""
    if source.is_dir():
        names = sorted(p for p in source.iterdir() if p.suffix in {".jpg", ".jpeg", ".png"})
        yield from (path.read_bytes() for path in names)
        return
    with tarfile.open(source) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None and member.name.endswith((".jpg", ".jpeg", ".png")):
                yield content.read()


def synthetic_pictures(count: int = 4, size: int = 320, seed: int = 0) -> list[Picture]:
    """Smooth waves, edges and noise: enough to run every script where no photographs are."""
    generator = numpy.random.default_rng(seed)
    rows, columns = numpy.mgrid[0:size, 0:size] / size
    pictures = []
    for _ in range(count):
        channels = []
        for _ in range(3):
            a, b, phase = generator.uniform(2, 40, 3)
            wave = numpy.sin(a * rows + b * columns**2 + phase)
            edge = (rows * a % 3 > columns * b % 2).astype(float)
            channels.append(0.5 + 0.25 * wave + 0.15 * edge)
        picture = numpy.stack(channels, -1) + generator.normal(0, 0.02, (size, size, 3))
        pictures.append((picture.clip(0, 1) * 255).round().astype(numpy.uint8))
    return pictures


def load_pictures(source: Path | None) -> list[Picture]:
    """All pictures of a folder or tar; synthetic ones when the source is None."""
    if source is None:
        return synthetic_pictures()
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(decode, encoded_files(source)))


def reduce_picture(picture: Picture, factor: int) -> Picture:
    """Box average by an integer factor; sides must be divisible by it."""
    height, width, _ = picture.shape
    blocks = picture.reshape(height // factor, factor, width // factor, factor, 3)
    return (blocks.mean((1, 3), dtype=numpy.float32) + 0.5).astype(numpy.uint8)


class CropSampler:
    """Random crops, drawn afresh: picture by area, scale, place, flip and rotation.

    Photographs of many megapixels are soft at their own resolution and pictures of half a
    megapixel are sharp; averaging by 2 or 3 puts both kinds into the training.
    """

    def __init__(
        self,
        pictures: list[Picture],
        size: int,
        scales: tuple[int, ...] = (1, 2, 3),
        probabilities: tuple[float, ...] = (0.4, 0.4, 0.2),
    ) -> None:
        self.pictures = pictures
        self.size = size
        self.scales = scales
        self.probabilities = numpy.array(probabilities) / sum(probabilities)
        weights = numpy.sqrt([p.shape[0] * p.shape[1] for p in pictures])
        self.weights = weights / weights.sum()

    def draw(self, generator: numpy.random.Generator) -> Picture:
        """One crop [size, size, 3]."""
        picture = self.pictures[generator.choice(len(self.pictures), p=self.weights)]
        scale = int(generator.choice(self.scales, p=self.probabilities))
        scale = max(1, min(scale, min(picture.shape[:2]) // self.size))
        side = self.size * scale
        top = int(generator.integers(0, picture.shape[0] - side + 1))
        left = int(generator.integers(0, picture.shape[1] - side + 1))
        crop = picture[top : top + side, left : left + side]
        if scale > 1:
            crop = reduce_picture(crop, scale)
        if generator.integers(2):
            crop = crop[:, ::-1]
        return numpy.rot90(crop, int(generator.integers(4)))

    def batch(self, generator: numpy.random.Generator, count: int) -> Picture:
        """[count, size, size, 3]."""
        return numpy.stack([self.draw(generator) for _ in range(count)])
