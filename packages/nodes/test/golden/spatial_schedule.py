"""Golden maps of timesteps (TSS, eq. 4-9) with NumPy in float64: python3 spatial_schedule.py

Written from the paper's equations: pixel by pixel, with the pieces below and above the boundary
chosen by a mask, where the TypeScript composes functions. Writes spatial-schedule.safetensors.
"""

from pathlib import Path

import numpy
from safetensors.numpy import save_file

CASES = [
    # family, T, steps, height, width, downscale, strength, boundary as parts of T
    ("polynomial", 1000, 7, 40, 56, 8, (1.0, 2.0), (0.4, 0.6)),
    ("polynomial", 1000, 100, 37, 50, 8, (1.0, 1.3), (0.4, 0.6)),
    ("polynomial", 250, 5, 12, 9, 4, (1.2, 3.0), (1.0, 1.0)),
    ("exponential", 1000, 10, 24, 16, 8, (0.0, 2.2), (0.3, 0.8)),
    ("trigonometric", 1000, 10, 24, 17, 8, (0.0, 1.0), (0.5, 0.5)),
]


def on_grid(plane: numpy.ndarray, size: int) -> numpy.ndarray:
    """Mean over squares of `size` pixels, the last ones filled up by mirroring."""
    bottom, right = (-plane.shape[0]) % size, (-plane.shape[1]) % size
    filled = numpy.pad(plane, ((0, bottom), (0, right)), mode="reflect")
    rows, columns = filled.shape[0] // size, filled.shape[1] // size
    return numpy.array([
        [filled[y * size:(y + 1) * size, x * size:(x + 1) * size].mean() for x in range(columns)]
        for y in range(rows)
    ])


def growth(family: str, u: numpy.ndarray, strength: numpy.ndarray) -> numpy.ndarray:
    if family == "polynomial":
        return u**strength
    if family == "trigonometric":
        return (1 - strength) * u + strength * (1 - numpy.cos(numpy.pi * u / 2))
    safe = numpy.where(strength == 0, 1, strength)
    return numpy.where(strength == 0, u, (numpy.exp(safe * u) - 1) / (numpy.exp(safe) - 1))


def schedule(variance: numpy.ndarray, family: str, terminal: int, steps: int, strength, boundary) -> numpy.ndarray:
    n = variance * (strength[1] - strength[0]) + strength[0]
    a = terminal * (variance * (boundary[1] - boundary[0]) + boundary[0])
    maps = []
    for k in range(steps, -1, -1):
        t = k * terminal // steps
        rest = numpy.maximum(terminal - a, 1e-300)
        early = terminal - (terminal - a) * growth(family, numpy.clip((terminal - t) / rest, 0, 1), n)
        late = a * growth(family, numpy.clip(t / a, 0, 1), n)
        maps.append(numpy.where((t < a) | (a == terminal), late, early))
    return numpy.stack(maps)[:, None]


def main() -> None:
    generator = numpy.random.default_rng(23)
    tensors = {}
    for index, (family, terminal, steps, height, width, downscale, strength, boundary) in enumerate(CASES):
        plane = generator.random((height, width)).astype(numpy.float32)
        plane[: height // 2] **= 4
        variance = on_grid(plane.astype(numpy.float64), downscale)
        maps = schedule(variance, family, terminal, steps, strength, boundary)
        assert (numpy.diff(maps, axis=0) < 0).all()
        tensors[f"variance {index}"] = plane[None, None]
        tensors[f"timesteps {index}"] = maps.astype(numpy.float32)
    save_file(tensors, Path(__file__).with_name("spatial-schedule.safetensors"))


if __name__ == "__main__":
    main()
