"""Trains the gain regressor of AdaDiffSR (see README.md for the command).

First trajectories of the frozen denoiser are sampled and measured (kept under the run, so a second
start goes on from there), then the regressor learns the gains between their estimates.
"""

import argparse
import copy
import json
from collections.abc import Callable
from pathlib import Path

import numpy
import torch
from diopter_training.degradation.apply import apply_recipe
from diopter_training.degradation.ranges import LIGHT
from diopter_training.degradation.recipe import draw_recipe
from diopter_training.evaluation_pictures import read_pictures
from diopter_training.gain import GainConfig, GainRegressor
from diopter_training.optimisation import learning_rate_factor, update_average
from diopter_training.pairs import PairPool, to_tensor
from diopter_training.preview import to_bytes
from diopter_training.quality import NaturalStatistics, combine, fit_natural
from diopter_training.run import Clock, Log, load_checkpoint, prefetch, read_config, save_checkpoint
from diopter_training.trajectories import Sampler, draw_intervals, follow
from diopter_training.weights import load_denoiser, load_vae, save_gain
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

Settings = dict[str, object]
Pairs = Callable[[int], tuple[Tensor, Tensor]]
FIT_PICTURES = 256


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--pairs", type=Path, default=Path("runs/pairs"))
    parser.add_argument("--shards", type=int, help="use this many shards of pairs, so that runs repeat exactly")
    parser.add_argument("--vae", type=Path, default=Path("../models/vae.safetensors"))
    parser.add_argument("--denoiser", type=Path, default=Path("../models/denoiser.safetensors"))
    parser.add_argument(
        "--pristine", type=Path, default=Path("../packages/nodes/src/metrics/measures/pristine.json"),
        help="NIQE's Gaussian",
    )
    parser.add_argument("--evaluation", type=Path, nargs="*", default=[], help="folders of sharp pictures")
    parser.add_argument("--run", type=Path, default=Path("runs/gain"))
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--minutes", type=float, help="end the course of the learning rate by time")
    parser.add_argument("--steps", type=int, help="stop here; overrides the configuration")
    parser.add_argument("--course", type=int, help="steps of the learning rate's course, as many by default")
    return parser.parse_args()


def cached(path: Path, make: Callable[[], dict[str, Tensor]]) -> dict[str, Tensor]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        save_file({name: value.contiguous() for name, value in make().items()}, path.with_suffix(".partial"))
        path.with_suffix(".partial").replace(path)
    return load_file(path)


def trajectories(sampler: Sampler, pairs: Pairs, count: int, folder: Path, settings: Settings) -> dict[str, Tensor]:
    """`count` shards of trajectories, sampled where they are not there yet; see `follow`."""
    device = next(sampler.denoiser.parameters()).device

    def make(index: int) -> dict[str, Tensor]:
        sharp, degraded = pairs(index)
        torch.manual_seed(settings["seed"] * 1_000_003 + index)
        generator = numpy.random.default_rng([settings["seed"], index, 1])
        total = sampler.process.timesteps
        intervals = draw_intervals(generator, len(sharp), settings["estimates"], total).to(device)
        values = follow(sampler, (sharp.to(device), degraded.to(device)), intervals)
        return {name: value.cpu() for name, value in values.items()}

    shards = [cached(folder / f"trajectories-{index:05d}.safetensors", lambda i=index: make(i)) for index in range(count)]
    return {name: torch.cat([shard[name] for shard in shards]) for name in shards[0]} if shards else {}


def evaluation_pairs(folder: Path, crop: int) -> list[tuple[Tensor, Tensor]]:
    """Three crops of every picture, along its diagonal, degraded with seeds of their own."""
    pairs = []
    for index, picture in enumerate(read_pictures(folder)):
        height, width = picture.shape[-2:]
        if min(height, width) < crop:
            continue
        for place in range(3):
            top, left = ((side - crop) * place // 16 * 8 for side in (height, width))
            sharp = picture[..., top : top + crop, left : left + crop]
            recipe = draw_recipe(numpy.random.default_rng([79, index, place]), crop, crop, LIGHT)
            pairs.append((sharp, to_tensor(apply_recipe(to_bytes(sharp), recipe)[None])))
    return pairs


def evaluation_trajectories(sampler: Sampler, folder: Path, run: Path, settings: Settings) -> dict[str, Tensor]:
    pairs, batch = evaluation_pairs(folder, settings["crop"]), settings["batchSampled"]

    def draw(index: int) -> tuple[Tensor, Tensor]:
        chosen = pairs[index * batch : (index + 1) * batch]
        return torch.cat([pair[0] for pair in chosen]), torch.cat([pair[1] for pair in chosen])

    return trajectories(sampler, draw, -(-len(pairs) // batch), run / f"evaluation-{folder.name}", settings)


def ranks(values: Tensor) -> Tensor:
    return values.argsort().argsort().double()


class Gains:
    """Pairs of estimates of the same trajectory, with the gain from the earlier to the later."""

    def __init__(self, data: dict[str, Tensor], quality: dict[str, dict[str, float]]) -> None:
        self.clean, self.original = data["clean"], data["original"]
        self.quality = torch.stack([combine(data, quality[name]) for name in ("fullReference", "noReference")], -1)
        self.places = torch.nonzero(data["timesteps"][:, 1:] > 0)

    def batch(self, chosen: Tensor, hops: int | Tensor = 1) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Clean, previous, original, gain [B, 2, 1, 1] at those of the `places`; `hops`: how many
        estimates lie between, at most as many as there are."""
        item, before = self.places[chosen].unbind(1)
        later = before + 1
        earlier = (later - hops).clamp(min=0)
        target = (self.quality[item, later] - self.quality[item, earlier]).tanh()[..., None, None]
        return self.clean[item, later], self.clean[item, earlier], self.original[item], target

    def draw(self, generator: numpy.random.Generator, settings: Settings) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """A batch to train on: half of it single steps, the others up to `hops`; a share runs backwards."""
        count = settings["batch"]
        chosen = torch.from_numpy(generator.integers(len(self.places), size=count))
        hops = torch.from_numpy(generator.integers(1, settings["hops"] + 1, count))
        hops = torch.where(torch.from_numpy(generator.random(count) < 0.5), 1, hops)
        clean, previous, original, target = self.batch(chosen, hops)
        turned = torch.from_numpy(generator.random(count) < settings["backwardShare"]).view(-1, 1, 1, 1)
        first, last = torch.where(turned, clean, previous), torch.where(turned, previous, clean)
        return last, first, original, torch.where(turned, -target, target)

    @torch.no_grad()
    def agreement(self, model: GainRegressor, device: torch.device) -> dict[str, float]:
        """Correlations of predicted and true gains of single steps: Pearson's, and Spearman's of ranks."""
        predicted, wanted = [], []
        for chosen in torch.arange(len(self.places)).split(256):
            *inputs, target = self.batch(chosen)
            predicted.append(model(*(value.to(device) for value in inputs)).cpu())
            wanted.append(target)
        results = {}
        pairs = zip(torch.cat(predicted).unbind(1), torch.cat(wanted).unbind(1), strict=True)
        for name, (x, y) in zip(("Full", "None"), pairs, strict=True):
            results[f"pearson{name}"] = float(numpy.corrcoef(x.flatten(), y.flatten())[0, 1])
            results[f"ranks{name}"] = float(numpy.corrcoef(ranks(x.flatten()), ranks(y.flatten()))[0, 1])
        return results


def gain_loss(model: GainRegressor, batch: tuple[Tensor, Tensor, Tensor, Tensor], floor: float) -> Tensor:
    """L2 of gains in units of the root mean square change of the estimate, linear beyond 1.

    A hundredth of the steps, in flat pictures mostly, holds a third of the gains' variance: plain L2
    learns these by heart and nothing else.
    """
    clean, previous, original, target = batch
    change = (clean - previous).square().mean((1, 2, 3), keepdim=True).sqrt() + floor
    return functional.huber_loss(model(clean, previous, original) / change, target / change)


def make_sampler(arguments: argparse.Namespace, pool: PairPool, settings: Settings, device: torch.device) -> Sampler:
    denoiser, process = load_denoiser(arguments.denoiser)
    models = (load_vae(arguments.vae), denoiser)
    vae, denoiser = (m.to(device, memory_format=torch.channels_last).requires_grad_(False) for m in models)
    sharp, _ = pool.batch(numpy.random.default_rng([settings["seed"]]), FIT_PICTURES, settings["crop"])
    natural = fit_natural(sharp.to(device), arguments.pristine)
    return Sampler(vae, denoiser, process, natural)


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
    sampler = make_sampler(arguments, pool, settings, device)

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
            row |= {f"{name}.{key}": value for key, value in values.agreement(average, device).items()}
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
