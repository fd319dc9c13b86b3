"""Ranges that recipes are drawn from: the full ones of Real-ESRGAN, the lighter of StableSR."""

from dataclasses import dataclass, replace

Range = tuple[float, float]


@dataclass(frozen=True)
class Stage:
    """One pass of blur, resize, noise and JPEG compression."""

    blur_probability: float
    sinc_probability: float
    blur_sigma: Range
    generalised_beta: Range
    plateau_beta: Range
    resize_probabilities: tuple[float, float, float]
    """Up, down, keep."""
    resize: Range
    gaussian_probability: float
    noise_sigma: Range
    """Of 255."""
    poisson_scale: Range
    gray_probability: float
    quality: Range


@dataclass(frozen=True)
class Ranges:
    first: Stage
    second: Stage
    final_sinc_probability: float


FULL = Ranges(
    first=Stage(1.0, 0.1, (0.2, 3.0), (0.5, 4.0), (1.0, 2.0), (0.2, 0.7, 0.1), (0.15, 1.5),
                0.5, (1, 30), (0.05, 3.0), 0.4, (30, 95)),
    second=Stage(0.8, 0.1, (0.2, 1.5), (0.5, 4.0), (1.0, 2.0), (0.3, 0.4, 0.3), (0.3, 1.2),
                 0.5, (1, 25), (0.05, 2.5), 0.4, (30, 95)),
    final_sinc_probability=0.8,
)

LIGHT = Ranges(
    first=Stage(1.0, 0.1, (0.2, 1.5), (0.5, 2.0), (1.0, 1.5), (0.2, 0.7, 0.1), (0.3, 1.5),
                0.5, (1, 15), (0.05, 2.0), 0.4, (60, 95)),
    second=Stage(0.5, 0.1, (0.2, 1.0), (0.5, 2.0), (1.0, 1.5), (0.3, 0.4, 0.3), (0.6, 1.2),
                 0.5, (1, 12), (0.05, 1.0), 0.4, (60, 100)),
    final_sinc_probability=0.8,
)

NOISY = Ranges(
    first=replace(LIGHT.first, noise_sigma=(1, 30), poisson_scale=(0.05, 3.0), quality=(30, 95)),
    second=replace(LIGHT.second, noise_sigma=(1, 25), poisson_scale=(0.05, 2.5), quality=(30, 95)),
    final_sinc_probability=0.8,
)
"""The lighter blur and reduction with the full noise and compression: old and much-sent photographs."""

RANGES = {"light": LIGHT, "noisy": NOISY, "full": FULL}
