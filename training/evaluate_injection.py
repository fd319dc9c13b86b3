"""Scores results of the denoiser with and without the injections (see README.md for the command).

Central crops of a set's pictures, two degradations with fixed seeds, the same noise for all methods.
Writes every picture's scores (CSV) and a table of means and bootstrap intervals (Markdown).
"""

import argparse
import csv
from collections import defaultdict
from pathlib import Path

import numpy
import torch
from diopter_training.degradation.apply import apply_recipe
from diopter_training.evaluation_pictures import quantise, read_pictures
from diopter_training.gain_data import PRISTINE
from diopter_training.injected_sampling import InjectedDenoiser, sample_injected
from diopter_training.injection import KINDS, Injection
from diopter_training.metrics.scores import bootstrap_interval, score
from diopter_training.original import make_original
from diopter_training.pairs import to_tensor
from diopter_training.preview import to_bytes
from diopter_training.quality import read_pristine
from diopter_training.sampling import uniform_schedule
from diopter_training.weights import load_denoiser, load_gain, load_injection, load_vae
from evaluate import SEED, recipes_for
from torch import Tensor

SHOWN = ("psnrRgb", "ssim", "nlpd", "niqe", "highBand")
Scores = dict[tuple[str, str], dict[str, list[float]]]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluation", type=Path, required=True, help="folder of sharp pictures")
    parser.add_argument("--pristine", type=Path, default=PRISTINE, help="NIQE's Gaussian")
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--crop", type=int, default=192, help="largest side; a multiple of 8, at least 192")
    parser.add_argument("--limit", type=int, help="pictures")
    parser.add_argument("--output", type=Path, default=Path("results"))
    return parser.parse_args()


def central(picture: Tensor, largest: int) -> Tensor:
    sides = [min(side, largest) for side in picture.shape[-2:]]
    top, left = ((whole - side) // 16 * 8 for whole, side in zip(picture.shape[-2:], sides, strict=True))
    return picture[..., top : top + sides[0], left : left + sides[1]]


def table(scores: Scores) -> str:
    """Markdown: means of every method; below, the paired difference to `none` with its 95 % interval."""
    lines = ["| degradation | injection | " + " | ".join(SHOWN) + " |", "| --- | --- |" + " --- |" * len(SHOWN)]
    for (degradation, method), values in scores.items():
        cells = [f"{numpy.mean(values[name]):.3f}" for name in SHOWN]
        lines.append(f"| {degradation} | {method} | " + " | ".join(cells) + " |")
        if method == "none":
            continue
        base, cells = scores[degradation, "none"], []
        for name in SHOWN:
            low, high = bootstrap_interval(numpy.subtract(values[name], base[name]))
            cells.append(f"{low:+.4f} to {high:+.4f}")
        lines.append("| | less none | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


@torch.no_grad()
def main() -> None:
    arguments = parse_arguments()
    torch.set_num_threads(1)
    arguments.output.mkdir(parents=True, exist_ok=True)
    autoencoder = load_vae(arguments.models / "vae.safetensors").to(memory_format=torch.channels_last)
    denoiser, process = load_denoiser(arguments.models / "denoiser.safetensors")
    denoiser = denoiser.to(memory_format=torch.channels_last)
    regressor = load_gain(arguments.models / "gain.safetensors")
    injections = {kind: load_injection(arguments.models / f"injection-{kind}.safetensors") for kind in KINDS}
    methods: list[tuple[str, Injection | None, bool]] = [("none", None, False)]
    methods += [(kind, injection, True) for kind, injection in injections.items()]
    methods.append(("pfj, gain held at 0", injections["pfj"], False))
    mean, covariance = (values.numpy() for values in read_pristine(arguments.pristine))
    schedule = uniform_schedule(arguments.steps, process.timesteps)
    scores: Scores = defaultdict(lambda: defaultdict(list))
    with (arguments.output / "injection-scores.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for index, picture in enumerate(read_pictures(arguments.evaluation)[: arguments.limit]):
            target = central(picture, arguments.crop)
            for degradation, recipe in recipes_for(*target.shape[-2:], index).items():
                degraded = to_tensor(apply_recipe(to_bytes(target), recipe)[None])
                original = make_original(autoencoder, degraded)
                for method, injection, gained in methods:
                    model = InjectedDenoiser(denoiser, process, original, injection, regressor if gained else None)
                    result = quantise(autoencoder.decode(sample_injected(model, schedule, SEED)))
                    values = score(result, target, (mean, covariance))
                    if file.tell() == 0:
                        writer.writerow(["picture", "degradation", "injection", *values])
                    writer.writerow([index, degradation, method, *(f"{value:.5f}" for value in values.values())])
                    for name, value in values.items():
                        scores[degradation, method][name].append(value)
    (arguments.output / "injection-table.md").write_text(table(scores))
    print(table(scores))


if __name__ == "__main__":
    main()
