"""Trains the gain regressor of AdaDiffSR (see README.md for the command).

First trajectories of the frozen denoiser are sampled and measured (kept under the run, so a second
start goes on from there), then the regressor learns the gains between their estimates.
"""

import argparse
import copy
import json
from pathlib import Path

import numpy
import torch
from diopter_training.gain import GainConfig, GainRegressor
from diopter_training.gain_agreement import agreement
from diopter_training.gain_data import PRISTINE, Gains, evaluation_trajectories, make_sampler, trajectories
from diopter_training.optimisation import learning_rate_factor, update_average
from diopter_training.pairs import PairPool
from diopter_training.quality import NaturalStatistics
from diopter_training.run import Clock, Log, load_checkpoint, prefetch, read_config, save_checkpoint
from diopter_training.weights import save_gain
from torch import Tensor
from torch.nn import functional

Settings = dict[str, object]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--pairs", type=Path, default=Path("runs/pairs"))
    parser.add_argument("--shards", type=int, help="use this many shards of pairs, so that runs repeat exactly")
    parser.add_argument("--vae", type=Path, default=Path("../models/vae.safetensors"))
    parser.add_argument("--denoiser", type=Path, default=Path("../models/denoiser.safetensors"))
    parser.add_argument("--pristine", type=Path, default=PRISTINE, help="NIQE's Gaussian")
    parser.add_argument("--evaluation", type=Path, nargs="*", default=[], help="folders of sharp pictures")
    parser.add_argument("--run", type=Path, default=Path("runs/gain"))
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--minutes", type=float, help="end the course of the learning rate by time")
    parser.add_argument("--steps", type=int, help="stop here; overrides the configuration")
    parser.add_argument("--course", type=int, help="steps of the learning rate's course, as many by default")
    return parser.parse_args()


def gain_loss(model: GainRegressor, batch: tuple[Tensor, Tensor, Tensor, Tensor], floor: float) -> Tensor:
    """L2 of gains in units of the root mean square change of the estimate, linear beyond 1.

    A hundredth of the steps, in flat pictures mostly, holds a third of the gains' variance: plain L2
    learns these by heart and nothing else.
    """
    clean, previous, original, target = batch
    change = (clean - previous).square().mean((1, 2, 3), keepdim=True).sqrt() + floor
    return functional.huber_loss(model(clean, previous, original) / change, target / change)


def described_quality(natural: NaturalStatistics, settings: Settings) -> str:
    """What the gain is the gain of, for the file's metadata."""
    statistics = {
        "brisqueMean": [round(value, 6) for value in natural.brisqueMean.tolist()],
        "brisqueDeviation": [round(value, 6) for value in natural.brisqueDeviation.tolist()],
    }
    return json.dumps({**settings["quality"], **statistics})


def main() -> None:
    arguments = parse_arguments()
    settings = read_config(arguments.config, "gain")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    seed, steps = settings["seed"], arguments.steps or settings["steps"]
    pool = PairPool(arguments.pairs, arguments.shards or settings["pairShards"])
    sampler = make_sampler(arguments.vae, arguments.denoiser, arguments.pristine, pool, settings, device)

    def draw(index: int) -> tuple[Tensor, Tensor]:
        return pool.batch(numpy.random.default_rng([seed, index]), settings["batchSampled"], settings["crop"])

    gains = Gains(trajectories(sampler, draw, settings["shards"], arguments.run, settings), settings["quality"])
    held_out = {
        folder.name: Gains(evaluation_trajectories(sampler, folder, arguments.run, settings), settings["quality"])
        for folder in arguments.evaluation
    }
    torch.manual_seed(seed)
    model = GainRegressor(GainConfig(**settings["model"])).to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(
        model.parameters(), settings["learningRate"], betas=(0.9, 0.99), weight_decay=settings["weightDecay"]
    )
    first, spent = 0, 0.0
    state = load_checkpoint(arguments.run / "checkpoint.pt")
    if state is not None:
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        first, spent = state["step"], state["seconds"]
    clock, log = Clock(arguments.course or steps, arguments.minutes, spent), Log(arguments.run / "log.csv")

    def make(step: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        return gains.draw(numpy.random.default_rng([seed, step, 2]), settings)

    def report(step: int, loss: float) -> None:
        row = {"step": step, "seconds": clock.elapsed(), "loss": loss}
        for name, values in held_out.items():
            row |= {f"{name}.{key}": value for key, value in agreement(average, values, device).items()}
        log.write(row)
        save_checkpoint(
            arguments.run / "checkpoint.pt",
            {
                "model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(),
                "step": step, "seconds": clock.elapsed(),
            },
        )

    losses: list[float] = []
    for step, batch in enumerate(prefetch(make, first, steps), first):
        progress = clock.progress(step)
        for group in optimiser.param_groups:
            group["lr"] = settings["learningRate"] * learning_rate_factor(progress)
        loss = gain_loss(model, tuple(value.to(device) for value in batch), settings["changeFloor"])
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings["gradientNorm"])
        optimiser.step()
        update_average(average, model, step, settings["average"])
        losses.append(loss.item())
        if (step + 1) % settings["reportEvery"] == 0:
            report(step + 1, sum(losses) / len(losses))
            losses = []
        if progress >= 1.0:
            break
    quality = described_quality(sampler.natural, settings)
    save_gain(average, arguments.output, torch.float16, quality=quality)


if __name__ == "__main__":
    main()
