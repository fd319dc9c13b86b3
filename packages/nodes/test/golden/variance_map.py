"""Golden variance maps (TSS, eq. 4-5) with NumPy in float64: python3 variance_map.py"""

from pathlib import Path

import numpy
from safetensors.numpy import save_file


def windows(plane: numpy.ndarray, kernel: numpy.ndarray) -> numpy.ndarray:
    """Weighted sums over square windows, borders mirrored."""
    margin = kernel.shape[0] // 2
    padded = numpy.pad(plane, margin, mode="reflect")
    views = numpy.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return numpy.einsum("yxij,ij->yx", views, kernel)


def variance_map(picture: numpy.ndarray, window: int) -> numpy.ndarray:
    gray = numpy.tensordot([0.299, 0.587, 0.114], picture.astype(numpy.float64), 1)
    box = numpy.full((window, window), 1 / window**2)
    variance = windows(gray**2, box) - windows(gray, box) ** 2
    sigma = 0.3 * ((window - 1) / 2 - 1) + 0.8
    bell = numpy.exp(-((numpy.arange(window) - window // 2) ** 2) / (2 * sigma**2))
    bell = numpy.outer(bell, bell) / bell.sum() ** 2
    blurred = windows(variance, bell)
    return (blurred - blurred.min()) / (blurred.max() - blurred.min())


def main() -> None:
    generator = numpy.random.default_rng(11)
    tensors = {}
    for window, height, width in [(33, 40, 52), (5, 12, 9), (15, 6, 5)]:
        contrast = numpy.linspace(0.02, 0.5, width)
        picture = 0.5 + contrast * (generator.random((3, height, width)) - 0.5)
        picture = picture.astype(numpy.float32)
        tensors[f"picture {window} {height}x{width}"] = picture[None]
        tensors[f"map {window} {height}x{width}"] = variance_map(picture, window)[None, None].astype(numpy.float32)
    save_file(tensors, Path(__file__).with_name("variance-map.safetensors"))


if __name__ == "__main__":
    main()
