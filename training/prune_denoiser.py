"""Chooses which blocks of the denoiser stay (TinySR, depth pruning), by several methods, and compares them.

Writes the masks and their scores on crops that no method has seen, right after pruning and after a
recovery that is the same for all. A method and number of blocks that the results hold is not done again.
"""

import argparse
import copy
import csv
import json
import time
from pathlib import Path

import torch
from diopter_training.denoiser import Denoiser
from diopter_training.evaluation_pictures import psnr, quantise
from diopter_training.muon import inner_and_other_optimisers
from diopter_training.optimisation import learning_rate_factor
from diopter_training.pairs import PairPool
from diopter_training.pruning.baselines import least_of_random, most_influential
from diopter_training.pruning.calibration import Calibration, make_calibration
from diopter_training.pruning.distribution import MaskDistribution
from diopter_training.pruning.low_rank import add_low_rank
from diopter_training.pruning.masked import masked_answer, pruning_loss
from diopter_training.pruning.masks import intersection, make_layout, union, written
from diopter_training.run import half_precision, read_config
from diopter_training.vae import Autoencoder
from diopter_training.weights import load_denoiser, load_vae
from torch import Tensor

METHODS = ("tinysr", "tinyfusion", "similarity", "random-min")
Settings = dict[str, float]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--pairs", type=Path, default=Path("runs/pairs"))
    parser.add_argument("--shards", type=int, help="use this many shards, so that runs repeat exactly")
    parser.add_argument("--vae", type=Path, default=Path("../models/vae.safetensors"))
    parser.add_argument("--teacher", type=Path, default=Path("../models/denoiser.safetensors"))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--keep", type=int, nargs="+", help="numbers of blocks; overrides the configuration")
    parser.add_argument("--adaptation", choices=("lora", "full"), default="lora", help="what learns along with masks")
    parser.add_argument("--output", type=Path, default=Path("results/pruning.json"))
    return parser.parse_args()


def sampled_masks(
    chances: MaskDistribution, count: int, progress: float, settings: Settings, generator: torch.Generator
) -> Tensor:
    """Masks to learn with. In early steps some are expanded, others corroded (eq. 8), with the mask of
    the largest marginals; that share falls to none, so that in the end masks are as they will be."""
    scale = settings["scaleStart"] + (settings["scaleEnd"] - settings["scaleStart"]) * progress
    temperature = settings["temperatureStart"] + (settings["temperatureEnd"] - settings["temperatureStart"]) * progress
    masks = chances.sample(count, scale, temperature, generator)
    likely = chances.likely(scale)
    draw = torch.rand(count, 1, generator=generator)
    share = settings["expansionShare"] * (1 - progress)
    masks = torch.where(draw < share / 2, union(masks, likely), masks)
    return torch.where(draw > 1 - share / 2, intersection(masks, likely), masks)


def learn_mask(
    teacher: Denoiser, crops: Calibration, kept: int, moving: bool, adaptation: str, settings: Settings
) -> Tensor:
    """Mask learning with co-adaptation. `moving`: dynamic inter-block activation and
    expansion-corrosion (TinySR); without, plain mask learning (TinyFusion)."""
    chances = MaskDistribution(make_layout(len(teacher.blocks), kept), moving)
    own = settings if moving else settings | {"expansionShare": 0.0}
    generator = torch.Generator().manual_seed(settings["seed"])
    torch.manual_seed(settings["seed"])
    model = copy.deepcopy(teacher).requires_grad_(True)
    changing = add_low_rank(model, settings["rank"]) if adaptation == "lora" else list(model.parameters())
    rate = settings["loraLearningRate"] if adaptation == "lora" else settings["fullLearningRate"]
    optimiser = torch.optim.AdamW(
        [{"params": changing, "lr": rate}, {"params": list(chances.parameters()), "lr": settings["logitLearningRate"]}],
        weight_decay=0.0,
    )
    for step in range(settings["steps"]):
        batch = crops.part(torch.randint(len(crops), (settings["batch"],), generator=generator))
        masks = sampled_masks(chances, len(batch), step / settings["steps"], own, generator)
        with half_precision(masks.device, settings["bfloat16"]):
            loss = pruning_loss(masked_answer(model, batch, masks), batch)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(changing, settings["gradientNorm"])
        optimiser.step()
    return chances.decide()


def choose_mask(method: str, teacher: Denoiser, crops: Calibration, kept: int, adaptation: str, settings: Settings) -> Tensor:
    part = crops.part(torch.arange(min(len(crops), settings["scored"])))
    if method == "similarity":
        return most_influential(teacher, part, kept)
    if method == "random-min":
        generator = torch.Generator().manual_seed(settings["seed"])
        return least_of_random(teacher, part, kept, settings["tries"], generator)
    return learn_mask(teacher, crops, kept, method == "tinysr", adaptation, settings)


def recover(teacher: Denoiser, mask: Tensor, crops: Calibration, settings: Settings) -> Denoiser:
    """A short training of what is left, with one loss, order of crops and course for every mask."""
    model = copy.deepcopy(teacher).requires_grad_(True)
    optimisers = inner_and_other_optimisers(model, settings["muonLearningRate"], settings["learningRate"], 0.0)
    generator = torch.Generator().manual_seed(settings["seed"] + 1)
    for step in range(settings["recoverySteps"]):
        batch = crops.part(torch.randint(len(crops), (settings["batch"],), generator=generator))
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * learning_rate_factor(step / settings["recoverySteps"])
        with half_precision(batch.sharp.device, settings["bfloat16"]):
            loss = pruning_loss(masked_answer(model, batch, mask[None]), batch)
        for optimiser in optimisers:
            optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings["gradientNorm"])
        for optimiser in optimisers:
            optimiser.step()
    return model


@torch.no_grad()
def score(model: Denoiser, autoencoder: Autoencoder, mask: Tensor, crops: Calibration) -> dict[str, float]:
    """Latent losses, and PSNR of the decoded crops against the sharp ones."""
    answer = masked_answer(model, crops, mask[None]).float()
    pictures = quantise(autoencoder.decode(answer))
    decibels = [psnr(picture, sharp) for picture, sharp in zip(pictures, crops.sharp, strict=True)]
    return {
        "task": (answer - crops.clean).square().mean().item(),
        "distillation": (answer - crops.answer).square().mean().item(),
        "psnr": sum(decibels) / len(decibels),
    }


def write_results(path: Path, rows: list[dict[str, object]]) -> None:
    """JSON, one mask a line, and the same as a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(row) for row in rows)
    path.write_text(f"[\n{lines}\n]\n")
    with path.with_suffix(".csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows(row.values() for row in rows)


def main() -> None:
    arguments = parse_arguments()
    settings = read_config(arguments.config, "pruning")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    teacher, process = load_denoiser(arguments.teacher)
    teacher = teacher.to(device, memory_format=torch.channels_last)
    autoencoder = load_vae(arguments.vae).to(device, memory_format=torch.channels_last).requires_grad_(False)
    pool = PairPool(arguments.pairs, arguments.shards)
    seed, crop = settings["seed"], settings["crop"]
    make = (teacher, autoencoder, process, pool)
    crops = make_calibration(*make, seed, settings["crops"], crop, settings["bfloat16"])
    unseen = make_calibration(*make, seed + 100, settings["unseenCrops"], crop, settings["bfloat16"])
    rows = json.loads(arguments.output.read_text()) if arguments.output.exists() else []
    whole = torch.ones(len(teacher.blocks))
    done = {(row["method"], row["keep"]) for row in rows}

    def add(method: str, kept: int, mask: Tensor, seconds: float) -> None:
        started = time.monotonic()
        before = score(teacher, autoencoder, mask, unseen)
        after = score(recover(teacher, mask, crops, settings), autoencoder, mask, unseen)
        row = {"method": method, "keep": kept, "blocks": len(whole), "mask": written(mask)}
        row |= {f"{name}Pruned": round(value, 5) for name, value in before.items()}
        row |= {f"{name}Recovered": round(value, 5) for name, value in after.items()}
        rows.append(row)
        write_results(arguments.output, rows)
        print(json.dumps(row), f"{seconds:.0f} s + {time.monotonic() - started:.0f} s", flush=True)

    if ("teacher", len(whole)) not in done:
        add("teacher", len(whole), whole, 0.0)
    for kept in arguments.keep or settings["keep"]:
        for method in arguments.methods:
            if (method, kept) in done:
                continue
            started = time.monotonic()
            mask = choose_mask(method, teacher, crops, kept, arguments.adaptation, settings).to(device)
            add(method, kept, mask, time.monotonic() - started)


if __name__ == "__main__":
    main()
