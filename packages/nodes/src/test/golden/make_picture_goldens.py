"""Golden values of resampling, colour fix and metrics.

Run with Python 3, numpy, PyTorch, Pillow and scikit-image:
    python3 make_picture_goldens.py
Writes resize.json, colour-fix.json and metrics.json beside this file.
"""

import json
import math
import pathlib

import numpy
import torch
import torch.nn.functional as functional
from PIL import Image
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

folder = pathlib.Path(__file__).parent


def rounded(array, digits=8):
    return [round(float(value), digits) for value in numpy.asarray(array).reshape(-1)]


def noise(count, seed):
    """The noise that goldenPicture adds in test-picture.ts."""
    state = (seed * 2654435761 + 12345) & 0xFFFFFFFF
    values = numpy.empty(count)
    for index in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        values[index] = (state >> 8) / 2**24
    return values


def picture(channels, height, width, seed):
    """The same picture as goldenPicture in test-picture.ts: a gradient, an edge and noise."""
    c, y, x = numpy.mgrid[0:channels, 0:height, 0:width]
    base = 0.5 * y / height + numpy.where(2 * x > width + y, 0.25, 0)
    values = base * (c + 2) / 4 + 0.25 * noise(c.size, seed).reshape(c.shape)
    return values.astype(numpy.float32)


def save(name, value):
    (folder / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


def resize():
    height, width = 9, 13
    source = picture(1, height, width, 1)
    cases = []
    pillow = {"bicubic": Image.BICUBIC, "lanczos": Image.LANCZOS, "bilinear": Image.BILINEAR}
    for name, mode in pillow.items():
        for out_width, out_height in ((27, 20), (6, 5), (20, 4)):
            image = Image.fromarray(source[0]).resize((out_width, out_height), mode)
            values = rounded(image)
            cases.append({"by": "Pillow", "filter": name, "width": out_width,
                          "height": out_height, "values": values})
            if name == "lanczos":
                continue
            torch_values = functional.interpolate(
                torch.from_numpy(source)[None], size=(out_height, out_width), mode=name,
                antialias=True, align_corners=False)
            cases.append({"by": "PyTorch", "filter": name, "width": out_width,
                          "height": out_height, "values": rounded(torch_values)})
    even = picture(1, 8, 12, 2)
    area = functional.interpolate(torch.from_numpy(even)[None], size=(4, 3), mode="area")
    save("resize.json", {
        "width": width, "height": height, "seed": 1, "cases": cases,
        "area": {"width": 12, "height": 8, "seed": 2, "outWidth": 3, "outHeight": 4,
                 "values": rounded(area)},
    })


def low_frequencies(x, levels=5):
    kernel = torch.tensor([[1, 2, 1], [2, 4, 2], [1, 2, 1]], dtype=torch.float32) / 16
    kernel = kernel.expand(x.shape[1], 1, 3, 3)
    high = torch.zeros_like(x)
    for level in range(levels):
        radius = 2**level
        padded = functional.pad(x, (radius,) * 4, mode="replicate")
        low = functional.conv2d(padded, kernel, groups=x.shape[1], dilation=radius)
        high = high + (x - low)
        x = low
    return high, x


def colour_fix():
    content = torch.from_numpy(picture(3, 20, 24, 3))[None]
    reference = torch.from_numpy(picture(3, 20, 24, 4)[:, ::-1].copy())[None]

    def statistics(x):
        flat = x.reshape(1, 3, -1)
        deviation = (flat.var(dim=2) + 1e-5).sqrt()
        return flat.mean(dim=2).reshape(1, 3, 1, 1), deviation.reshape(1, 3, 1, 1)

    mean, deviation = statistics(content)
    reference_mean, reference_deviation = statistics(reference)
    adain = (content - mean) / deviation * reference_deviation + reference_mean
    wavelet = low_frequencies(content)[0] + low_frequencies(reference)[1]
    save("colour-fix.json", {
        "width": 24, "height": 20, "imageSeed": 3, "flippedReferenceSeed": 4,
        "adain": rounded(adain.clamp(0, 1), 6), "wavelet": rounded(wavelet.clamp(0, 1), 6),
    })


def luma(image):
    return 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2]


def similarity(left, right):
    return structural_similarity(left, right, gaussian_weights=True, sigma=1.5,
                                 use_sample_covariance=False, data_range=1.0)


NLPD_SIGMA = (0.0248, 0.0185, 0.0179, 0.0191, 0.0220, 0.2782)
NLPD_NEIGHBOURS = (
    (0.1011, 0.1493, 0.1460, 0.1015), (0.0757, 0.1986, 0.1846, 0.0837),
    (0.0477, 0.2138, 0.2243, 0.0467), (0.0, 0.2503, 0.2616, 0.0),
    (0.0, 0.2598, 0.2552, 0.0), (0.0, 0.2215, 0.0717, 0.0),
)


def nlpd(left, right):
    """Mean over levels of the RMS difference of normalised Laplacian pyramids."""
    tap = numpy.array([0.05, 0.25, 0.4, 0.25, 0.05])
    kernel = torch.from_numpy(numpy.outer(tap, tap))[None, None]

    def symmetric(x, before, after):
        return torch.from_numpy(numpy.pad(x[0, 0].numpy(), (before, after), "symmetric"))[None, None]

    def pyramid(y):
        bands, current = [], torch.from_numpy(y.astype(numpy.float64))[None, None]
        for level in range(6):
            if level == 5:
                band = current
            else:
                smaller = functional.conv2d(symmetric(current, 2, 2), kernel, stride=2)
                grown = torch.zeros_like(current)
                padded = symmetric(smaller, 1, 1)
                wide = torch.zeros(1, 1, padded.shape[2] * 2, padded.shape[3] * 2,
                                   dtype=torch.float64)
                wide[..., ::2, ::2] = padded
                blurred = functional.conv2d(functional.pad(wide, (2, 2, 2, 2)), 4 * kernel)
                grown = blurred[..., 2:2 + current.shape[2], 2:2 + current.shape[3]]
                band, current = current - grown, smaller
            up, west, east, down = NLPD_NEIGHBOURS[level]
            neighbours = torch.tensor([[0, up, 0], [west, 0, east], [0, down, 0]],
                                      dtype=torch.float64)[None, None]
            amplitude = functional.conv2d(symmetric(band.abs(), 1, 1), neighbours)
            bands.append(band / (NLPD_SIGMA[level] + amplitude))
        return bands

    pairs = zip(pyramid(left), pyramid(right))
    return float(numpy.mean([math.sqrt(float(((a - b) ** 2).mean())) for a, b in pairs]))


def gmsd(left, right):
    prewitt = torch.tensor([[1, 0, -1]] * 3, dtype=torch.float64) / 3
    kernels = torch.stack([prewitt, prewitt.T])[:, None]

    def magnitude(y):
        y = torch.from_numpy(y.astype(numpy.float64) * 255)[None, None]
        y = functional.avg_pool2d(y, 2, stride=2)
        return functional.conv2d(y, kernels, padding=1).square().sum(1).sqrt()

    a, b = magnitude(left), magnitude(right)
    quality = (2 * a * b + 170) / (a * a + b * b + 170)
    return float(quality.std(correction=0))


def metrics():
    cases = []
    for seed, (height, width) in enumerate(((48, 56), (75, 65), (64, 40)), start=5):
        left = picture(3, height, width, seed)
        right = picture(3, height, width, seed + 50)
        y = [luma(x.astype(numpy.float64)) for x in (left, right)]
        rgb = [x.astype(numpy.float64) for x in (left, right)]
        cases.append({
            "width": width, "height": height, "imageSeed": seed, "referenceSeed": seed + 50,
            "psnr": {"y": peak_signal_noise_ratio(*y, data_range=1.0),
                     "rgb": peak_signal_noise_ratio(*rgb, data_range=1.0)},
            "ssim": {"y": similarity(*y),
                     "rgb": float(numpy.mean([similarity(rgb[0][c], rgb[1][c]) for c in range(3)]))},
            "nlpd": nlpd(*y), "gmsd": gmsd(*y),
        })
    save("metrics.json", {"cases": cases})


resize()
colour_fix()
metrics()
