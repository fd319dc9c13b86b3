"""Applying a recipe: the same pixels from the same recipe, in Python and in TypeScript.

Pictures are float32 [3, H, W] in [0, 1] between operations and are clamped to that range
after each. Only JPEG compression and the end of the recipe round to 8 bits.
"""

import io

import numpy
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn import functional

from ..philox import gaussian_noise
from .kernels import make_kernel
from .recipe import Operation, Recipe
from .resize import resize

Values = NDArray[numpy.float32]
LUMINANCE = numpy.array([0.299, 0.587, 0.114], numpy.float32)
PHOTONS = 256.0
"""Photons of a white pixel before the Poisson scale."""


def blur(picture: Values, operation: Operation) -> Values:
    """Correlation with the kernel; borders mirrored without repeating the edge pixel."""
    kernel = torch.from_numpy(make_kernel(operation)).float()
    margin = kernel.shape[0] // 2
    source = torch.from_numpy(picture)[:, None]
    while margin > 0:
        step = min(margin, source.shape[2] - 1, source.shape[3] - 1)
        source = functional.pad(source, (step, step, step, step), mode="reflect")
        margin -= step
    return functional.conv2d(source, kernel[None, None])[:, 0].numpy()


def noise_like(picture: Values, recipe: Recipe, operation: Operation) -> Values:
    """Standard normal noise of the picture's shape; one plane for all channels when gray."""
    channels = 1 if operation["gray"] else 3
    height, width = picture.shape[1:]
    return gaussian_noise(recipe["seed"], operation["stream"], channels, height, width)[0]


def add_gaussian(picture: Values, recipe: Recipe, operation: Operation) -> Values:
    """Standard deviation `sigma` of 255."""
    return picture + noise_like(picture, recipe, operation) * numpy.float32(operation["sigma"] / 255)


def add_poisson(picture: Values, recipe: Recipe, operation: Operation) -> Values:
    """Shot noise in its normal approximation, deviation scale * sqrt(value / 256).

    For gray noise the value is the luminance. The approximation has no jumps, so that
    implementations which differ in the last bit stay together.
    """
    signal = numpy.tensordot(LUMINANCE, picture, 1)[None] if operation["gray"] else picture
    deviation = numpy.sqrt(signal.clip(0) / PHOTONS) * numpy.float32(operation["scale"])
    return picture + noise_like(picture, recipe, operation) * deviation


def to_bytes(picture: Values) -> NDArray[numpy.uint8]:
    """[3, H, W] in [0, 1] -> [H, W, 3], rounded half up."""
    return numpy.floor(picture.clip(0, 1) * 255 + 0.5).astype(numpy.uint8).transpose(1, 2, 0)


def from_bytes(picture: NDArray[numpy.uint8]) -> Values:
    return numpy.ascontiguousarray(picture.transpose(2, 0, 1), numpy.float32) / numpy.float32(255)


def compress(picture: Values, operation: Operation) -> Values:
    """Baseline JPEG by libjpeg, 4:2:0, standard tables at `quality`."""
    buffer = io.BytesIO()
    Image.fromarray(to_bytes(picture)).save(buffer, "JPEG", quality=operation["quality"], subsampling="4:2:0")
    with Image.open(buffer) as image:
        return from_bytes(numpy.asarray(image))


def apply_operation(picture: Values, recipe: Recipe, operation: Operation) -> Values:
    match operation["kind"]:
        case "blur":
            return blur(picture, operation)
        case "resize":
            return resize(picture, operation["height"], operation["width"], operation["filter"])
        case "gaussian-noise":
            return add_gaussian(picture, recipe, operation)
        case "poisson-noise":
            return add_poisson(picture, recipe, operation)
        case "jpeg":
            return compress(picture, operation)
        case unknown:
            raise ValueError(f"unknown operation {unknown!r}")


def apply_recipe(picture: NDArray[numpy.uint8], recipe: Recipe) -> NDArray[numpy.uint8]:
    """[H, W, 3] -> [h, w, 3], both sRGB bytes."""
    values = from_bytes(picture)
    for operation in recipe["operations"]:
        values = apply_operation(values, recipe, operation).clip(0, 1)
    return to_bytes(values)
