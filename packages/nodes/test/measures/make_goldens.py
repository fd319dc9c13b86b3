"""Writes goldens.json: BRISQUE's features, NIQE and band-wise SNR by numpy, SciPy and Pillow.

    python3 make_goldens.py
"""

import json
import pathlib

import numpy
from reference import band_ratios, brisque, niqe, niqe_blocks

folder = pathlib.Path(__file__).parent


def noise(count, seed):
    state = (seed * 2654435761 + 12345) & 0xFFFFFFFF
    values = numpy.empty(count)
    for index in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        values[index] = (state >> 8) / 2**24
    return values


def plane(height, width, seed, dimmed=False):
    """goldenPicture(1, ...) of test-picture.ts; if dimmed, its left half times 0.25."""
    y, x = numpy.mgrid[0:height, 0:width]
    base = 0.5 * y / height + numpy.where(2 * x > width + y, 0.25, 0)
    values = (base * 2 / 4 + 0.25 * noise(x.size, seed).reshape(x.shape)).astype(numpy.float32)
    if dimmed:
        values = numpy.where(2 * x < width, values * numpy.float32(0.25), values)
    return values.astype(numpy.float64)


def pristine():
    path = folder / "../../src/metrics/measures/pristine.json"
    content = json.loads(path.read_text())
    lower = numpy.zeros((36, 36))
    lower[numpy.tril_indices(36)] = content["covariance"]
    return numpy.array(content["mean"]), lower + numpy.tril(lower, -1).T


def main():
    features = [
        {"width": width, "height": height, "seed": seed,
         "features": brisque(plane(height, width, seed)).tolist()}
        for height, width, seed in ((96, 120, 1), (75, 61, 2))
    ]
    natural = [
        {"width": width, "height": height, "seed": seed,
         "firstBlock": niqe_blocks(plane(height, width, seed))[0][0].tolist(),
         "niqe": niqe(plane(height, width, seed), *pristine())}
        for height, width, seed in ((200, 300, 3), (97, 130, 4))
    ]
    bands = [
        {"width": width, "height": height, "imageSeed": seed, "referenceSeed": seed + 50,
         "dimmed": dimmed,
         "bands": band_ratios(plane(height, width, seed, dimmed),
                              plane(height, width, seed + 50, dimmed))}
        for height, width, seed, dimmed in ((150, 300, 5, True), (40, 51, 6, False))
    ]
    content = {"brisque": features, "niqe": natural, "bands": bands}
    (folder / "goldens.json").write_text(json.dumps(content, indent=1) + "\n")


main()
