"""Compares predicted with true gains on pictures that nothing was trained on (see README.md).

Trajectories and settings are those of `train_gain.py`. Writes a row (CSV) for every set, output and range of
intervals; trajectories are kept under `--run`.
"""

import argparse
import csv
from pathlib import Path

import torch
from diopter_training.gain_agreement import correlation, predict, ranks
from diopter_training.gain_data import PRISTINE, Gains, evaluation_trajectories, make_sampler
from diopter_training.pairs import PairPool
from diopter_training.run import read_config
from diopter_training.weights import load_gain
from torch import Tensor

RANGES = {"all": (0, 1000), "5-20": (4, 21), "30-100": (30, 100), "100-250": (100, 250)}
THRESHOLD = 5e-3


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--pairs", type=Path, default=Path("runs/pairs"))
    parser.add_argument("--shards", type=int, help="use this many shards of pairs, so that runs repeat exactly")
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--pristine", type=Path, default=PRISTINE, help="NIQE's Gaussian")
    parser.add_argument("--evaluation", type=Path, nargs="+", required=True, help="folders of sharp pictures")
    parser.add_argument("--run", type=Path, default=Path("runs/gain"))
    parser.add_argument("--output", type=Path, default=Path("results/gain-agreement.csv"))
    return parser.parse_args()


def describe(predicted: Tensor, wanted: Tensor) -> dict[str, float]:
    """Of one output: correlations, medians of sizes, and how often signs agree where the gain counts."""
    large = wanted.abs() > THRESHOLD
    return {
        "steps": len(wanted),
        "pearson": correlation(predicted, wanted),
        "ranks": correlation(ranks(predicted), ranks(wanted)),
        "ranksOfSizes": correlation(ranks(predicted.abs()), ranks(wanted.abs())),
        "signs": ((predicted > 0) == (wanted > 0))[large].double().mean().item(),
        "medianPredicted": predicted.abs().median().item(),
        "medianTrue": wanted.abs().median().item(),
    }


def main() -> None:
    arguments = parse_arguments()
    settings = read_config(arguments.config, "gain")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    paths = (arguments.models / "vae.safetensors", arguments.models / "denoiser.safetensors", arguments.pristine)
    pool = PairPool(arguments.pairs, arguments.shards or settings["pairShards"])
    sampler = make_sampler(*paths, pool, settings, device)
    model = load_gain(arguments.models / "gain.safetensors").to(device)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    with arguments.output.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for folder in arguments.evaluation:
            data = evaluation_trajectories(sampler, folder, arguments.run, settings)
            gains = Gains(data, settings["quality"])
            item, before = gains.places.unbind(1)
            intervals = data["timesteps"][item, before] - data["timesteps"][item, before + 1]
            predicted, wanted = predict(model, gains, device)
            for output, name in enumerate(("fullReference", "noReference")):
                for label, (least, most) in RANGES.items():
                    chosen = (intervals >= least) & (intervals <= most)
                    if chosen.sum() < 2:
                        continue
                    row = describe(predicted[chosen, output], wanted[chosen, output])
                    if file.tell() == 0:
                        writer.writerow(["set", "output", "intervals", *row])
                    writer.writerow([folder.name, name, label, *(f"{value:.4g}" for value in row.values())])
                    print(folder.name, name, label, row, flush=True)


if __name__ == "__main__":
    main()
