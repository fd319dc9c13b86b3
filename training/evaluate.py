"""Scores the shipped models against bicubic and Lanczos enlargement (see README.md).

Writes every picture's scores (CSV), and a table of means with bootstrap 95 % intervals of the
paired differences (Markdown). Degradations have fixed seeds; recipes are kept beside the scores.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy
import torch
from diopter_training.degradation.apply import apply_recipe
from diopter_training.degradation.ranges import LIGHT
from diopter_training.degradation.recipe import Recipe, bicubic_recipe, draw_recipe
from diopter_training.evaluation_pictures import quantise, read_picture
from diopter_training.metrics.niqe import fit_pristine
from diopter_training.metrics.scores import MEASURES, bootstrap_interval, score
from diopter_training.original import make_original, upsample
from diopter_training.pairs import to_tensor
from diopter_training.pictures import CropSampler, load_pictures
from diopter_training.preview import to_bytes
from diopter_training.sampling import sample, uniform_schedule
from diopter_training.weights import load_denoiser, load_vae
from PIL import Image
from torch import Tensor

Method = Callable[[Tensor], Tensor]
Scores = dict[tuple[str, str, str], dict[str, list[float]]]
SEED = 2024


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluation", type=Path, required=True, help="folder with one folder per set")
    parser.add_argument("--sets", nargs="+", default=["Set14", "BSD100-40", "Urban100-20"])
    parser.add_argument("--data", type=Path, help="training photographs, for the NIQE statistics")
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--regressor", type=Path, help="stage-1 weights to compare with")
    parser.add_argument("--steps", type=int, nargs="+", default=[4, 15])
    parser.add_argument("--limit", type=int, help="pictures per set")
    parser.add_argument("--output", type=Path, default=Path("results"))
    return parser.parse_args()


def lanczos(picture: Tensor) -> Tensor:
    image = Image.fromarray(to_bytes(picture))
    larger = image.resize((image.width * 4, image.height * 4), Image.Resampling.LANCZOS)
    return to_tensor(numpy.asarray(larger)[None])


def make_methods(arguments: argparse.Namespace) -> dict[str, Method]:
    """Ways to enlarge a picture [1, 3, h, w] fourfold."""
    autoencoder = load_vae(arguments.models / "vae.safetensors").to(memory_format=torch.channels_last)
    methods: dict[str, Method] = {"bicubic": upsample, "lanczos": lanczos}

    def add(name: str, path: Path, steps: int) -> None:
        model, process = load_denoiser(path)

        @torch.no_grad()
        def run(picture: Tensor) -> Tensor:
            original = make_original(autoencoder, picture)
            schedule = uniform_schedule(steps, process.timesteps)
            return autoencoder.decode(sample(model, process, original, schedule, SEED))

        methods[name] = run

    if arguments.regressor:
        add("regressor", arguments.regressor, 1)
    for steps in arguments.steps:
        add(f"diffusion-{steps}", arguments.models / "denoiser.safetensors", steps)
    return methods


def pristine_luminances(data: Path | None, count: int = 60, size: int = 384) -> list[Tensor]:
    weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
    pictures = [p for p in load_pictures(data) if min(p.shape[:2]) >= size]
    sampler = CropSampler(pictures or load_pictures(None), min(size, 288 if not pictures else size))
    crops = sampler.batch(numpy.random.default_rng(SEED), count if data else 4)
    return [(to_tensor(crop[None]) * weights).sum(1, keepdim=True) for crop in crops]


def recipes_for(height: int, width: int, index: int) -> dict[str, Recipe]:
    generator = numpy.random.default_rng([SEED, index])
    return {"default": draw_recipe(generator, height, width, LIGHT), "bicubic-only": bicubic_recipe(height, width)}


def evaluate(arguments: argparse.Namespace) -> tuple[Scores, dict[str, Recipe]]:
    methods, pristine = make_methods(arguments), fit_pristine(pristine_luminances(arguments.data))
    scores: Scores = defaultdict(lambda: defaultdict(list))
    used: dict[str, Recipe] = {}
    with (arguments.output / "scores.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["set", "picture", "degradation", "method", *MEASURES])
        for name in arguments.sets:
            for index, path in enumerate(sorted((arguments.evaluation / name).glob("*.png"))[: arguments.limit]):
                target = read_picture(path, 8)
                for degradation, recipe in recipes_for(*target.shape[-2:], index).items():
                    used[f"{name}/{path.name}/{degradation}"] = recipe
                    degraded = to_tensor(apply_recipe(to_bytes(target), recipe)[None])
                    for method, enlarge in methods.items():
                        values = score(quantise(enlarge(degraded)), target, pristine)
                        writer.writerow([name, path.name, degradation, method, *(f"{v:.5f}" for v in values.values())])
                        for measure, value in values.items():
                            scores[name, degradation, method][measure].append(value)
            print(name, "done", flush=True)
            file.flush()
    return scores, used


def table(scores: Scores) -> str:
    """Markdown: means, and the paired difference to bicubic with its interval."""
    lines = []
    for name, degradation in dict.fromkeys((key[0], key[1]) for key in scores):
        lines += [f"\n### {name}, {degradation}\n", "| method | " + " | ".join(MEASURES) + " |"]
        lines.append("| --- |" + " --- |" * len(MEASURES))
        references = [scores[name, degradation, reference] for reference in ("bicubic", "lanczos")]
        for (set_name, kind, method), values in scores.items():
            if (set_name, kind) != (name, degradation):
                continue
            cells = [f"{numpy.mean(values[measure]):.3f}" for measure in MEASURES]
            lines.append(f"| {method} | " + " | ".join(cells) + " |")
            if method in ("bicubic", "lanczos"):
                continue
            for reference_name, reference in zip(("bicubic", "lanczos"), references, strict=True):
                cells = []
                for measure in MEASURES:
                    low, high = bootstrap_interval(numpy.subtract(values[measure], reference[measure]))
                    cells.append(f"{low:+.3f} to {high:+.3f}")
                lines.append(f"| {method} − {reference_name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    arguments = parse_arguments()
    arguments.output.mkdir(parents=True, exist_ok=True)
    scores, used = evaluate(arguments)
    (arguments.output / "table.md").write_text(table(scores))
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(recipe)}" for key, recipe in used.items())
    (arguments.output / "recipes.json").write_text("{\n" + lines + "\n}\n")
    print(table(scores))


if __name__ == "__main__":
    main()
