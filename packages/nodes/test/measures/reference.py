"""Natural-scene statistics and band-wise SNR with numpy and SciPy: what the TypeScript is held to.

Luma planes are [height, width] arrays of 0..1.
"""

import numpy
from PIL import Image
from scipy.ndimage import correlate
from scipy.signal.windows import hann
from scipy.special import gamma

SHIFTS = ((0, 1), (1, 0), (1, 1), (-1, 1))
SHAPES = numpy.arange(200, 10001) / 1000
RATIOS = gamma(2 / SHAPES) ** 2 / (gamma(1 / SHAPES) * gamma(3 / SHAPES))
BLOCK = 96
FLOOR = 1e-12


def window():
    offsets = numpy.arange(-3, 4)
    weights = numpy.exp(-(offsets[:, None] ** 2 + offsets[None] ** 2) / (2 * (7 / 6) ** 2))
    return weights / weights.sum()


def normalise(gray):
    """MSCN coefficients and local deviations of 0..255."""
    mean = correlate(gray, window(), mode="nearest")
    deviation = numpy.sqrt(abs(correlate(gray * gray, window(), mode="nearest") - mean * mean))
    return (gray - mean) / (deviation + 1), deviation


def nearest_shape(ratio):
    return SHAPES[numpy.argmin(abs(RATIOS - ratio))]


def symmetric(values):
    """Shape and variance."""
    variance = max(numpy.mean(values**2), FLOOR)
    return nearest_shape(numpy.mean(abs(values)) ** 2 / variance), variance


def one_sided(values):
    return numpy.sqrt(max(numpy.mean(values**2), FLOOR) if values.size else FLOOR)


def asymmetric(values):
    """Shape, mean, and the root mean squares of the negative and of the positive side."""
    left, right = one_sided(values[values < 0]), one_sided(values[values > 0])
    balance = left / right
    ratio = numpy.mean(abs(values)) ** 2 / max(numpy.mean(values**2), FLOOR)
    ratio *= (balance**3 + 1) * (balance + 1) / (balance**2 + 1) ** 2
    shape = nearest_shape(ratio)
    spread = numpy.sqrt(gamma(1 / shape) / gamma(3 / shape))
    return shape, (right - left) * spread * gamma(2 / shape) / gamma(1 / shape), left, right, spread


def products(values):
    return (values * numpy.roll(values, shift, (0, 1)) for shift in SHIFTS)


def halve(plane):
    height, width = plane.shape
    size = ((width + 1) // 2, (height + 1) // 2)
    picture = Image.fromarray(plane.astype(numpy.float32)).resize(size, Image.Resampling.BICUBIC)
    return numpy.asarray(picture, numpy.float64)


def brisque(plane):
    """36 features: per scale the shape and variance, then four AGGDs."""
    features = []
    for scaled in (plane, halve(plane)):
        values, _ = normalise(scaled * 255)
        features.extend(symmetric(values))
        for product in products(values):
            shape, mean, left, right, _ = asymmetric(product)
            features.extend((shape, mean, left**2, right**2))
    return numpy.array(features)


def block_features(values):
    shape, _, left, right, spread = asymmetric(values)
    features = [shape, (left + right) / 2 * spread]
    for product in products(values):
        shape, mean, left, right, spread = asymmetric(product)
        features.extend((shape, mean, left * spread, right * spread))
    return features


def niqe_blocks(plane):
    """Features [n, 36] of every block that is not flat, and how sharp each is [n]."""
    rows, columns = plane.shape[0] // BLOCK, plane.shape[1] // BLOCK
    cropped = plane[: rows * BLOCK, : columns * BLOCK]
    whole, deviations = normalise(cropped * 255)
    half, _ = normalise(halve(cropped) * 255)
    features, sharpness = [], []
    for row in range(rows):
        for column in range(columns):
            parts = [
                values[row * side : (row + 1) * side, column * side : (column + 1) * side]
                for values, side in ((whole, BLOCK), (half, BLOCK // 2))
            ]
            if any(numpy.mean(part**2) < FLOOR for part in parts):
                continue
            place = numpy.s_[row * BLOCK : (row + 1) * BLOCK, column * BLOCK : (column + 1) * BLOCK]
            features.append(block_features(parts[0]) + block_features(parts[1]))
            sharpness.append(deviations[place].mean())
    return numpy.array(features), numpy.array(sharpness)


def covariance(rows):
    if len(rows) < 2:
        return numpy.zeros((rows.shape[1], rows.shape[1]))
    return numpy.cov(rows, rowvar=False)


def niqe(plane, mean, spread):
    features, _ = niqe_blocks(plane)
    difference = features.mean(0) - mean
    pooled = (covariance(features) + spread) / 2
    return float(numpy.sqrt(difference @ numpy.linalg.pinv(pooled, hermitian=True) @ difference))


def patch_places(length, side):
    places = list(range(0, length - side + 1, side // 2))
    return places if places[-1] == length - side else [*places, length - side]


def band_ratios(plane, reference, bounds=(1 / 8, 1 / 4), classes=(0.01, 0.03)):
    """Signal and noise energies per patch: dB of each band, over all patches and by their class."""
    height, width = plane.shape
    side = min(128, 2 ** int(numpy.log2(min(height, width))))
    weights = numpy.outer(hann(side, sym=False), hann(side, sym=False))
    frequencies = numpy.fft.fftfreq(side)
    band = numpy.digitize(numpy.hypot(frequencies[:, None], frequencies[None]), bounds)
    energies = {name: [] for name in ("all", "smooth", "medium", "textured")}
    for y in patch_places(height, side):
        for x in patch_places(width, side):
            place = numpy.s_[y : y + side, x : x + side]
            patch = reference[place]
            signal = abs(numpy.fft.fft2((patch - patch.mean()) * weights)) ** 2
            noise = abs(numpy.fft.fft2((patch - plane[place]) * weights)) ** 2
            pair = [[e[band == b].sum() for b in range(3)] for e in (signal, noise)]
            name = ("smooth", "medium", "textured")[int(numpy.digitize(patch.var(), classes))]
            energies["all"].append(pair)
            energies[name].append(pair)
    result = {}
    for name, pairs in energies.items():
        if pairs:
            signal, noise = numpy.sum(pairs, 0)
            result[name] = dict(zip(("low", "middle", "high"), 10 * numpy.log10(signal / noise)))
    return result
