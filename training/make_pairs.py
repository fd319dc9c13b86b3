"""Makes pairs of sharp and degraded crops in the background of a training (see README.md).

Pair i of a seed is always the same, whichever worker makes it. A shard is an .npz file with
`sharp` [n, S, S, 3] and `degraded` [n, S / 4, S / 4, 3], both uint8.
"""

import argparse
from pathlib import Path

import numpy
import torch
from diopter_training.degradation.apply import apply_recipe
from diopter_training.degradation.ranges import RANGES
from diopter_training.degradation.recipe import bicubic_recipe, draw_recipe
from diopter_training.pictures import CropSampler, Picture, load_pictures
from diopter_training.run import read_config


def make_pair(sampler: CropSampler, seed: int, index: int, config: dict[str, object]) -> tuple[Picture, Picture]:
    """Sharp and degraded crop number `index`."""
    generator = numpy.random.default_rng([seed, index])
    sharp = numpy.ascontiguousarray(sampler.draw(generator))
    shares = config["shares"]
    kind = str(generator.choice(list(shares), p=list(shares.values())))
    if kind == "bicubic":
        recipe = bicubic_recipe(*sharp.shape[:2])
    else:
        recipe = draw_recipe(generator, *sharp.shape[:2], RANGES[kind])
    return sharp, apply_recipe(sharp, recipe)


def write_shard(path: Path, pairs: list[tuple[Picture, Picture]]) -> None:
    temporary = path.with_suffix(".partial")
    with temporary.open("wb") as file:
        numpy.savez(file, sharp=numpy.stack([p[0] for p in pairs]), degraded=numpy.stack([p[1] for p in pairs]))
    temporary.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--data", type=Path, help="folder or tar of photographs; synthetic without")
    parser.add_argument("--output", type=Path, default=Path("runs/pairs"))
    parser.add_argument("--worker", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--shards", type=int, help="overrides the configuration")
    arguments = parser.parse_args()
    config = read_config(arguments.config, "pairs")
    torch.set_num_threads(1)
    sampler = CropSampler(load_pictures(arguments.data), config["crop"])
    arguments.output.mkdir(parents=True, exist_ok=True)
    for shard in range(arguments.worker, arguments.shards or config["shards"], arguments.workers):
        path = arguments.output / f"shard-{shard:05d}.npz"
        if path.exists():
            continue
        first = shard * config["shardSize"]
        indices = range(first, first + config["shardSize"])
        write_shard(path, [make_pair(sampler, config["seed"], index, config) for index in indices])
        print(path.name, flush=True)


if __name__ == "__main__":
    main()
