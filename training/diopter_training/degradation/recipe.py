"""Drawing a recipe: plain JSON that says everything `apply_recipe` does, noise seed included."""

import math
from typing import TypedDict

from numpy.random import Generator

from .ranges import Range, Ranges, Stage

Operation = dict[str, object]


class Recipe(TypedDict):
    """`seed` keys the noise; `operations` are applied in their order."""

    seed: int
    operations: list[Operation]


SMALLEST_KERNEL, LARGEST_KERNEL = 7, 21
KERNEL_TYPES = ("gaussian", "generalised", "plateau")
KERNEL_PROBABILITIES = (0.45 + 0.25, 0.12 + 0.03, 0.12 + 0.03)
ISOTROPIC_SHARE = {"gaussian": 0.45 / 0.7, "generalised": 0.12 / 0.15, "plateau": 0.12 / 0.15}
FILTERS = ("area", "bilinear", "bicubic")


def draw_from(generator: Generator, limits: Range) -> float:
    return float(generator.uniform(*limits))


def draw_size(generator: Generator) -> int:
    return int(generator.integers(SMALLEST_KERNEL // 2, LARGEST_KERNEL // 2 + 1)) * 2 + 1


def draw_shape(generator: Generator, limits: Range) -> float:
    """The exponent beta: below 1 in half of the cases, above in the others."""
    low, high = limits
    if generator.uniform() < 0.5 and low < 1:
        return float(generator.uniform(low, 1))
    return float(generator.uniform(1, high))


def draw_sinc(generator: Generator) -> Operation:
    size = draw_size(generator)
    lowest = math.pi / 3 if size < 13 else math.pi / 5
    return {"kind": "blur", "kernel": "sinc", "size": size, "cutoff": draw_from(generator, (lowest, math.pi))}


def draw_blur(generator: Generator, stage: Stage) -> Operation:
    if generator.uniform() < stage.sinc_probability:
        return draw_sinc(generator)
    kernel = str(generator.choice(KERNEL_TYPES, p=KERNEL_PROBABILITIES))
    isotropic = generator.uniform() < ISOTROPIC_SHARE[kernel]
    sigma_x = draw_from(generator, stage.blur_sigma)
    operation: Operation = {
        "kind": "blur",
        "kernel": kernel,
        "size": draw_size(generator),
        "sigmaX": sigma_x,
        "sigmaY": sigma_x if isotropic else draw_from(generator, stage.blur_sigma),
        "rotation": 0.0 if isotropic else draw_from(generator, (-math.pi, math.pi)),
    }
    if kernel == "generalised":
        operation["beta"] = draw_shape(generator, stage.generalised_beta)
    if kernel == "plateau":
        operation["beta"] = draw_shape(generator, stage.plateau_beta)
    return operation


def draw_factor(generator: Generator, stage: Stage) -> float:
    low, high = stage.resize
    choice = generator.choice(3, p=stage.resize_probabilities)
    if choice == 0:
        return float(generator.uniform(1, high))
    if choice == 1:
        return float(generator.uniform(low, 1))
    return 1.0


def resize_to(generator: Generator, height: float, width: float) -> Operation:
    return {
        "kind": "resize",
        "height": max(1, round(height)),
        "width": max(1, round(width)),
        "filter": str(generator.choice(FILTERS)),
    }


def draw_noise(generator: Generator, stage: Stage, stream: int) -> Operation:
    gray = bool(generator.uniform() < stage.gray_probability)
    if generator.uniform() < stage.gaussian_probability:
        sigma = draw_from(generator, stage.noise_sigma)
        return {"kind": "gaussian-noise", "sigma": sigma, "gray": gray, "stream": stream}
    scale = draw_from(generator, stage.poisson_scale)
    return {"kind": "poisson-noise", "scale": scale, "gray": gray, "stream": stream}


def draw_jpeg(generator: Generator, stage: Stage) -> Operation:
    return {"kind": "jpeg", "quality": round(draw_from(generator, stage.quality))}


def draw_recipe(
    generator: Generator, height: int, width: int, ranges: Ranges, scale: int = 4
) -> Recipe:
    """For a picture of height x width, both divisible by `scale`; ends at 1 / scale of it."""
    first, second = ranges.first, ranges.second
    operations = [draw_blur(generator, first)]
    factor = draw_factor(generator, first)
    operations.append(resize_to(generator, height * factor, width * factor))
    operations.append(draw_noise(generator, first, 0))
    operations.append(draw_jpeg(generator, first))
    if generator.uniform() < second.blur_probability:
        operations.append(draw_blur(generator, second))
    factor = draw_factor(generator, second) / scale
    operations.append(resize_to(generator, height * factor, width * factor))
    operations.append(draw_noise(generator, second, 1))
    last = [resize_to(generator, height / scale, width / scale)]
    if generator.uniform() < ranges.final_sinc_probability:
        last.append(draw_sinc(generator))
    compression = draw_jpeg(generator, second)
    compression_last = generator.uniform() < 0.5
    operations += [*last, compression] if compression_last else [compression, *last]
    return {"seed": int(generator.integers(2**53)), "operations": operations}


def bicubic_recipe(height: int, width: int, scale: int = 4) -> Recipe:
    """Antialiased bicubic reduction alone."""
    resize = {"kind": "resize", "height": height // scale, "width": width // scale, "filter": "bicubic"}
    return {"seed": 0, "operations": [resize]}
