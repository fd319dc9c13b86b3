"""Blur kernels of recipes: [size, size] float64, sum 1, invariant under half a turn."""

import numpy
from numpy.typing import NDArray

Kernel = NDArray[numpy.float64]
BESSEL_NODES = 256


def bessel1(x: Kernel) -> Kernel:
    """J1 by the trapezoid rule on (1 / pi) * integral of cos(tau - x sin tau) over 0..pi.

    The integrand is smooth and periodic, so 256 nodes give double precision for |x| < 100.
    """
    tau = (numpy.arange(BESSEL_NODES) + 0.5) * (numpy.pi / BESSEL_NODES)
    return numpy.cos(tau - x[..., None] * numpy.sin(tau)).mean(-1)


def sinc_kernel(size: int, cutoff: float) -> Kernel:
    """Ideal circular low-pass: cutoff * J1(cutoff * r) / (2 pi r), cutoff^2 / (4 pi) at r = 0."""
    y, x = numpy.mgrid[0:size, 0:size] - (size - 1) / 2
    radius = numpy.hypot(x, y)
    safe = numpy.where(radius == 0, 1, radius)
    kernel = cutoff * bessel1(cutoff * safe) / (2 * numpy.pi * safe)
    kernel[radius == 0] = cutoff**2 / (4 * numpy.pi)
    return kernel / kernel.sum()


def squared_distance(size: int, sigma_x: float, sigma_y: float, rotation: float) -> Kernel:
    """v' S^-1 v with S = R diag(sigma_x^2, sigma_y^2) R', v = (x, y) from the centre."""
    y, x = numpy.mgrid[0:size, 0:size] - (size - 1) / 2
    along = numpy.cos(rotation) * x + numpy.sin(rotation) * y
    across = -numpy.sin(rotation) * x + numpy.cos(rotation) * y
    return (along / sigma_x) ** 2 + (across / sigma_y) ** 2


def make_kernel(operation: dict[str, object]) -> Kernel:
    """Kernel of a `blur` operation: gaussian, generalised, plateau or sinc."""
    kind, size = operation["kernel"], operation["size"]
    if kind == "sinc":
        return sinc_kernel(size, operation["cutoff"])
    distance = squared_distance(size, operation["sigmaX"], operation["sigmaY"], operation["rotation"])
    if kind == "gaussian":
        kernel = numpy.exp(-0.5 * distance)
    elif kind == "generalised":
        kernel = numpy.exp(-0.5 * distance ** operation["beta"])
    elif kind == "plateau":
        kernel = 1 / (distance ** operation["beta"] + 1)
    else:
        raise ValueError(f"unknown kernel {kind!r}")
    return kernel / kernel.sum()
