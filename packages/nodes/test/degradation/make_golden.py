"""Golden degradations with the training's own code: python3 make_golden.py

cases.jsonl holds recipes, golden.safetensors the pictures, float32 [3, H, W]: `input W x H` with
bytes 0..255, and each case's result before it is rounded to 8 bits, 0..1. drawn.jsonl holds recipes
that the training's draw_recipe makes of Philox draws.
"""

import json
import sys
from pathlib import Path

import numpy
from safetensors.numpy import save_file

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parents[3] / "training"))
from diopter_training.degradation.apply import apply_operation, from_bytes  # noqa: E402
from diopter_training.degradation.ranges import FULL, LIGHT  # noqa: E402
from diopter_training.degradation.recipe import bicubic_recipe, draw_recipe  # noqa: E402
from diopter_training.philox import philox4x32  # noqa: E402

PURPOSE = 0x44524157


class PhiloxDraws:
    """The part of numpy.random.Generator that recipes use, each method one draw of 53 bits."""

    def __init__(self, seed: int, item: int = 0):
        self.key = (seed & 0xFFFFFFFF, seed >> 32)
        self.item = item
        self.count = 0

    def next(self) -> float:
        counter = tuple(numpy.array([word], numpy.uint64) for word in (self.count, 0, self.item, PURPOSE))
        first, second = (int(word[0]) for word in philox4x32(counter, self.key)[:2])
        self.count += 1
        return ((first >> 5) * 2**26 + (second >> 6)) / 2**53

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        return low + (high - low) * self.next()

    def integers(self, low: int, end: int | None = None) -> int:
        low, end = (0, low) if end is None else (low, end)
        return low + int(self.next() * (end - low))

    def choice(self, options, p=None):
        options = range(options) if isinstance(options, int) else options
        if p is None:
            return options[self.integers(len(options))]
        value, total = self.next(), 0.0
        for option, probability in zip(options, p, strict=True):
            total += probability
            if value < total:
                return option
        return options[-1]


def picture(width: int, height: int, seed: int) -> numpy.ndarray:
    """Bytes [H, W, 3]: gradients, an edge, stripes and a little noise."""
    y, x = numpy.mgrid[0:height, 0:width]
    generator = numpy.random.default_rng(seed)
    planes = []
    for channel in range(3):
        edge = numpy.where(2 * x > width + y, 0.3, 0)
        stripes = 0.15 * numpy.sin((x + 2 * y) * (0.4 + 0.5 * channel))
        noise = generator.normal(0, 0.03, (height, width))
        planes.append(0.25 + 0.4 * y / height + edge + stripes + noise)
    return (numpy.stack(planes, -1).clip(0, 1) * 255 + 0.5).astype(numpy.uint8)


def single_operations() -> list[tuple[str, dict]]:
    bell = {"kind": "blur", "size": 21, "sigmaX": 2.6, "sigmaY": 0.7, "rotation": -0.8}
    return [
        ("gaussian blur", {**bell, "kernel": "gaussian"}),
        ("generalised blur", {**bell, "kernel": "generalised", "beta": 0.6}),
        ("plateau blur", {**bell, "kernel": "plateau", "beta": 1.7}),
        ("sinc", {"kind": "blur", "kernel": "sinc", "size": 15, "cutoff": 1.1}),
        ("area", {"kind": "resize", "height": 11, "width": 7, "filter": "area"}),
        ("bilinear", {"kind": "resize", "height": 40, "width": 9, "filter": "bilinear"}),
        ("bicubic", {"kind": "resize", "height": 5, "width": 47, "filter": "bicubic"}),
        ("gaussian noise", {"kind": "gaussian-noise", "sigma": 21.0, "gray": False, "stream": 1}),
        ("gray gaussian noise", {"kind": "gaussian-noise", "sigma": 9.0, "gray": True, "stream": 0}),
        ("poisson noise", {"kind": "poisson-noise", "scale": 2.2, "gray": False, "stream": 0}),
        ("gray poisson noise", {"kind": "poisson-noise", "scale": 1.1, "gray": True, "stream": 1}),
        ("jpeg 30", {"kind": "jpeg", "quality": 30}),
        ("jpeg 95", {"kind": "jpeg", "quality": 95}),
    ]


def gaussian_blur(planes: numpy.ndarray, size: int) -> numpy.ndarray:
    sigma = 0.3 * ((size - 1) / 2 - 1) + 0.8
    bell = numpy.exp(-((numpy.arange(size) - size // 2) ** 2) / (2 * sigma**2))
    padded = numpy.pad(planes, ((0, 0), (size // 2,) * 2, (size // 2,) * 2), mode="reflect")
    windows = numpy.lib.stride_tricks.sliding_window_view(padded, (size, size), (1, 2))
    return numpy.einsum("cyxij,i,j->cyx", windows, bell / bell.sum(), bell / bell.sum(), optimize=True)


def unsharp_mask(planes: numpy.ndarray, weight: float, size: int, threshold: float) -> numpy.ndarray:
    """Real-ESRGAN's sharpening, float64."""
    residual = planes - gaussian_blur(planes, size)
    soft = gaussian_blur((numpy.abs(residual) * 255 > threshold).astype(float), size)
    return soft * (planes + weight * residual).clip(0, 1) + (1 - soft) * planes


def apply(planes: numpy.ndarray, recipe: dict) -> numpy.ndarray:
    for operation in recipe["operations"]:
        if operation["kind"] == "unsharp-mask":
            rest = {name: value for name, value in operation.items() if name != "kind"}
            planes = unsharp_mask(planes.astype(numpy.float64), **rest).astype(numpy.float32)
            continue
        planes = apply_operation(planes, recipe, operation).clip(0, 1)
    return numpy.ascontiguousarray(planes, numpy.float32)


def recipes() -> list[tuple[str, tuple[int, int], dict]]:
    """Name, width and height, recipe. The third picture is smaller than half a kernel."""
    cases = [(name, (31, 22), {"seed": 2**40 + 9, "operations": [one]}) for name, one in single_operations()]
    blur = single_operations()[0][1]
    cases.append(("blur of a tiny picture", (6, 3), {"seed": 0, "operations": [blur]}))
    sharpen = {"kind": "unsharp-mask", "weight": 0.5, "size": 51, "threshold": 10}
    cases.append(("unsharp mask", (31, 22), {"seed": 0, "operations": [sharpen]}))
    cases.append(("bicubic quarter", (40, 28), bicubic_recipe(28, 40)))
    for name, ranges in (("light", LIGHT), ("full", FULL)):
        for seed in range(3):
            recipe = draw_recipe(PhiloxDraws(seed), 28, 40, ranges)
            cases.append((f"{name} {seed}", (40, 28), recipe))
            calm = [one for one in recipe["operations"] if one["kind"] != "jpeg"]
            cases.append((f"{name} {seed} without jpeg", (40, 28), {**recipe, "operations": calm}))
    return cases


def drawn() -> list[dict]:
    seeds = [0, 1, 2, 3, 5, 8, 13, 2**32 - 1, 2**32 + 7, 2**53 - 1]
    return [
        {"seed": seed, "item": item, "preset": preset, "width": 320, "height": 192,
         "recipe": draw_recipe(PhiloxDraws(seed, item), 192, 320, ranges)}
        for preset, ranges in (("light", LIGHT), ("full", FULL))
        for seed in seeds
        for item in (0, 3)
    ]


def write_lines(name: str, entries: list[dict]) -> None:
    (FOLDER / name).write_text("".join(json.dumps(entry) + "\n" for entry in entries))


def main() -> None:
    tensors: dict[str, numpy.ndarray] = {}
    cases = []
    for name, (width, height), recipe in recipes():
        source = picture(width, height, width)
        tensors[f"input {width} x {height}"] = source.transpose(2, 0, 1).astype(numpy.float32)
        tensors[name] = apply(from_bytes(source), recipe)
        cases.append({"name": name, "input": f"input {width} x {height}", "recipe": recipe})
    save_file({key: numpy.ascontiguousarray(value) for key, value in tensors.items()}, FOLDER / "golden.safetensors")
    write_lines("cases.jsonl", cases)
    write_lines("drawn.jsonl", drawn())
    print(len(cases), "cases in", FOLDER)


if __name__ == "__main__":
    main()
