"""Scores the shipped models against bicubic and Lanczos enlargement (see README.md).

`upscale` does what the workflow of that name does, before its colour fix: its denoiser, its autoencoder, its
steps. The regressor and `diffusion` are measured with the full autoencoder, with which they were trained.

Writes every picture's scores (CSV), and a table of means with bootstrap 95 % intervals of the
paired differences (Markdown). Degradations have fixed seeds; recipes are kept beside the scores.
"""

import argparse
import csv
import json
import multiprocessing
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
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
from diopter_training.vae import Autoencoder
from diopter_training.weights import load_denoiser, load_vae
from PIL import Image
from torch import Tensor

Method = Callable[[Tensor], Tensor]
Row = tuple[str, str, str, str, dict[str, float]]
Scores = dict[tuple[str, str, str], dict[str, list[float]]]
SEED = 2024


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluation", type=Path, required=True, help="folder with one folder per set")
    parser.add_argument("--sets", nargs="+", default=["Set14", "BSD100-40", "Urban100-20"])
    parser.add_argument("--data", type=Path, help="training photographs, for the NIQE statistics")
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--regressor", type=Path, help="stage-1 weights to compare with")
    parser.add_argument("--workflow", type=Path, default=Path("../workflows/upscale.json"))
    parser.add_argument("--steps", type=int, nargs="*", default=[10], help="of the denoiser without a critic")
    parser.add_argument("--reuse", type=Path, help="scores.csv whose rows are kept, and not measured again")
    parser.add_argument("--limit", type=int, help="pictures per set")
    parser.add_argument("--jobs", type=int, default=2, help="pictures scored at the same time")
    parser.add_argument("--output", type=Path, default=Path("results"))
    return parser.parse_args()


def lanczos(picture: Tensor) -> Tensor:
    image = Image.fromarray(to_bytes(picture))
    larger = image.resize((image.width * 4, image.height * 4), Image.Resampling.LANCZOS)
    return to_tensor(numpy.asarray(larger)[None])


def exposed_values(workflow: Path) -> dict[str, object]:
    """What a workflow's file holds for the parameters that it exposes, by their public names."""
    document = json.loads(workflow.read_text())
    places = {name: place.split(".") for name, place in document["interface"].items()}
    return {name: document["nodes"][node]["params"].get(key) for name, (node, key) in places.items()}


def make_methods(arguments: argparse.Namespace) -> dict[str, Method]:
    """Ways to enlarge a picture [1, 3, h, w] fourfold."""

    def model_file(name: object) -> Path:
        return arguments.models / f"{name}.safetensors"

    methods: dict[str, Method] = {"bicubic": upsample, "lanczos": lanczos}

    def add(name: str, path: Path, steps: int, autoencoder: Autoencoder) -> None:
        model, process = load_denoiser(path)

        @torch.no_grad()
        def run(picture: Tensor) -> Tensor:
            original = make_original(autoencoder, picture)
            schedule = uniform_schedule(steps, process.timesteps)
            return autoencoder.decode(sample(model, process, original, schedule, SEED))

        methods[name] = run

    values = exposed_values(arguments.workflow)
    full, own = (load_vae(model_file(name)).to(memory_format=torch.channels_last) for name in ("vae", values["vae"]))
    if arguments.regressor:
        add("regressor", arguments.regressor, 1, full)
    for steps in arguments.steps:
        add(f"diffusion-{steps}", model_file("denoiser"), steps, full)
    add("upscale", model_file(values["denoiser"]), int(str(values["steps"])), own)
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


def read_scores(path: Path | None) -> dict[tuple[str, str, str, str], dict[str, float]]:
    """Rows of an earlier scores.csv by set, picture, degradation and method."""
    if path is None:
        return {}
    with path.open() as file:
        rows = list(csv.DictReader(file))
    return {
        (row["set"], row["picture"], row["degradation"], row["method"]): {m: float(row[m]) for m in MEASURES}
        for row in rows
    }


class Worker:
    """What a process needs to score pictures; made once in each."""

    current: "Worker"

    def __init__(self, arguments: argparse.Namespace) -> None:
        torch.set_num_threads(1)
        self.methods = make_methods(arguments)
        self.known = read_scores(arguments.reuse)
        self.pristine = fit_pristine(pristine_luminances(arguments.data))

    @classmethod
    def start(cls, arguments: argparse.Namespace) -> None:
        cls.current = cls(arguments)

    def score_picture(self, name: str, index: int, path: Path) -> tuple[list[Row], dict[str, Recipe]]:
        target = read_picture(path, 8)
        rows: list[Row] = []
        used: dict[str, Recipe] = {}
        for degradation, recipe in recipes_for(*target.shape[-2:], index).items():
            used[f"{name}/{path.name}/{degradation}"] = recipe
            degraded = to_tensor(apply_recipe(to_bytes(target), recipe)[None])
            place = (name, path.name, degradation)
            kept = [key[3] for key in self.known if key[:3] == place and key[3] not in self.methods]
            for method in (*kept, *self.methods):
                values = self.known.get((*place, method))
                if values is None:
                    values = score(quantise(self.methods[method](degraded)), target, self.pristine)
                rows.append((*place, method, values))
        return rows, used


def score_in_worker(task: tuple[str, int, Path]) -> tuple[list[Row], dict[str, Recipe]]:
    return Worker.current.score_picture(*task)


def evaluate(arguments: argparse.Namespace) -> tuple[Scores, dict[str, Recipe]]:
    tasks = [
        (name, index, path)
        for name in arguments.sets
        for index, path in enumerate(sorted((arguments.evaluation / name).glob("*.png"))[: arguments.limit])
    ]
    scores: Scores = defaultdict(lambda: defaultdict(list))
    used: dict[str, Recipe] = {}
    context = multiprocessing.get_context("spawn")
    with (
        (arguments.output / "scores.csv").open("w", newline="") as file,
        ProcessPoolExecutor(arguments.jobs, context, Worker.start, (arguments,)) as pool,
    ):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["set", "picture", "degradation", "method", *MEASURES])
        for rows, recipes in pool.map(score_in_worker, tasks):
            used |= recipes
            for name, picture, degradation, method, values in rows:
                writer.writerow([name, picture, degradation, method, *(f"{v:.5f}" for v in values.values())])
                for measure, value in values.items():
                    scores[name, degradation, method][measure].append(value)
            file.flush()
    return scores, used


def table(scores: Scores) -> str:
    """Markdown: means, and the paired difference to bicubic with its interval."""
    lines = []
    for name, degradation in dict.fromkeys((key[0], key[1]) for key in scores):
        lines += [f"\n### {name}, {degradation}\n", "| method | " + " | ".join(MEASURES) + " |"]
        lines.append("| --- |" + " --- |" * len(MEASURES))
        known = [key[2] for key in scores if key[:2] == (name, degradation)]
        references = [reference for reference in ("bicubic", "lanczos", "regressor") if reference in known]
        for (set_name, kind, method), values in scores.items():
            if (set_name, kind) != (name, degradation):
                continue
            cells = [f"{numpy.mean(values[measure]):.3f}" for measure in MEASURES]
            lines.append(f"| {method} | " + " | ".join(cells) + " |")
            if method in ("bicubic", "lanczos"):
                continue
            for reference in references:
                if reference == method:
                    continue
                base, cells = scores[name, degradation, reference], []
                for measure in MEASURES:
                    low, high = bootstrap_interval(numpy.subtract(values[measure], base[measure]))
                    cells.append(f"{low:+.3f} to {high:+.3f}")
                lines.append(f"| {method} − {reference} | " + " | ".join(cells) + " |")
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
