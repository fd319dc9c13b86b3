"""Trains an injection of AdaDiffSR for the frozen denoiser (see README.md for the commands).

The objective is that of the denoiser's second stage; the gain comes from the frozen regressor along
the sampled part of every trajectory.
"""

import argparse
import copy
from pathlib import Path

import numpy
import torch
from diopter_training.injected_sampling import InjectedDenoiser
from diopter_training.injection import KINDS, Injection, InjectionConfig
from diopter_training.losses import image_loss
from diopter_training.optimisation import learning_rate_factor, update_average
from diopter_training.original import make_original
from diopter_training.pairs import PairPool
from diopter_training.run import Clock, Log, half_precision, load_checkpoint, prefetch, read_config, save_checkpoint
from diopter_training.timesteps import draw_timesteps
from diopter_training.vae import Autoencoder
from diopter_training.weights import load_denoiser, load_gain, load_vae, save_injection
from torch import Tensor

Settings = dict[str, float]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=KINDS, required=True)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--pairs", type=Path, default=Path("runs/pairs"))
    parser.add_argument("--shards", type=int, help="use this many shards, so that runs repeat exactly")
    parser.add_argument("--vae", type=Path, default=Path("../models/vae.safetensors"))
    parser.add_argument("--denoiser", type=Path, default=Path("../models/denoiser.safetensors"))
    parser.add_argument("--gain", type=Path, default=Path("../models/gain.safetensors"))
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--minutes", type=float, help="end the course of the learning rate by time")
    parser.add_argument("--steps", type=int, help="stop here; overrides the configuration")
    parser.add_argument("--course", type=int, help="steps of the learning rate's course, as many by default")
    return parser.parse_args()


@torch.no_grad()
def sampled_state(model: InjectedDenoiser, timesteps: Tensor, steps: int) -> Tensor:
    """Where sampling stands at `timesteps` after that many steps of random lengths from T."""
    last = torch.full_like(timesteps, float(model.process.timesteps))
    noisy, now = model.process.start(model.base, torch.randn_like(model.base)), last
    lengths = -torch.rand(steps).clamp(min=1e-6).log()
    for place in (lengths.cumsum(0) / lengths.sum()).tolist():
        following = torch.lerp(last, timesteps, min(place, 1.0))
        noisy, _ = model.advance(noisy, now, following, torch.randn_like(noisy))
        now = following
    return noisy


def injection_loss(
    model: InjectedDenoiser, autoencoder: Autoencoder, sharp: Tensor, settings: Settings, compared: bool
) -> tuple[Tensor, Tensor | None]:
    """The loss and, where `compared`, what it is without the injection at the same states."""
    process = model.process
    with torch.no_grad():
        clean = autoencoder.encode(sharp).float()
        timesteps = draw_timesteps(
            len(sharp), clean.shape[-1], process.timesteps, settings["mapShare"], settings["lastShare"], sharp.device
        )
        own = torch.rand(len(clean), 1, 1, 1, device=clean.device) < settings["ownShare"]
        sampled = sampled_state(model, timesteps, int(torch.randint(1, settings["ownSteps"] + 1, ())))
        noised = process.add_noise(clean, model.base, timesteps, torch.randn_like(clean))
        noisy = torch.where(own, sampled, noised)
        model.gain = model.gain * own
        certainty = 1 - process.eta(timesteps).sqrt()
    shown = slice(0, max(1, round(len(sharp) * settings["decodedShare"])))
    low, high = settings["imageWeightNoisy"], settings["imageWeightClean"]
    weight = low + (high - low) * certainty[shown]
    if weight.shape[-1] > 1:
        weight = torch.nn.functional.interpolate(weight, sharp.shape[-2:], mode="bilinear")

    def compare(prediction: Tensor) -> Tensor:
        latent = (prediction - clean).square().mean() * settings["latentWeight"]
        picture = autoencoder.decode(prediction[shown]).float()
        return latent + image_loss(picture, sharp[shown], weight, settings)

    loss = compare(model.predict(noisy, timesteps))
    if not compared:
        return loss, None
    with torch.no_grad():
        bare = InjectedDenoiser(model.denoiser, process, model.original)
        return loss, compare(bare.predict(noisy, timesteps))


def main() -> None:
    arguments = parse_arguments()
    settings = read_config(arguments.config, "injection")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    seed, steps = settings["seed"], arguments.steps or settings["steps"]
    denoiser, process = load_denoiser(arguments.denoiser)
    frozen = (load_vae(arguments.vae), denoiser, load_gain(arguments.gain))
    autoencoder, denoiser, regressor = (m.to(device, memory_format=torch.channels_last) for m in frozen)
    for network in (autoencoder, denoiser, regressor):
        network.requires_grad_(False)
    torch.manual_seed(seed)
    injection = Injection(InjectionConfig(arguments.kind, **settings["model"]))
    injection = injection.to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(injection)
    optimiser = torch.optim.AdamW(
        injection.parameters(), settings["learningRate"], betas=(0.9, 0.99), weight_decay=settings["weightDecay"]
    )
    first, spent = 0, 0.0
    state = load_checkpoint(arguments.run / "checkpoint.pt")
    if state is not None:
        injection.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        first, spent = state["step"], state["seconds"]
    pool = PairPool(arguments.pairs, arguments.shards)
    clock, log = Clock(arguments.course or steps, arguments.minutes, spent), Log(arguments.run / "log.csv")

    def make(step: int) -> tuple[Tensor, Tensor]:
        return pool.batch(numpy.random.default_rng([seed, step]), settings["batch"], settings["crop"])

    def report(step: int, losses: list[tuple[float, float | None]]) -> None:
        compared = [pair for pair in losses if pair[1] is not None]
        gained = numpy.mean([without - loss for loss, without in compared]) if compared else 0.0
        loss = numpy.mean([pair[0] for pair in losses])
        log.write({"step": step, "seconds": clock.elapsed(), "loss": loss, "lessThanWithout": gained})
        save_checkpoint(
            arguments.run / "checkpoint.pt",
            {
                "model": injection.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(),
                "step": step, "seconds": clock.elapsed(),
            },
        )

    losses: list[tuple[float, float | None]] = []
    for step, batch in enumerate(prefetch(make, first, steps), first):
        progress = clock.progress(step)
        for group in optimiser.param_groups:
            group["lr"] = settings["learningRate"] * learning_rate_factor(progress)
        torch.manual_seed(seed * 1_000_003 + step)
        with half_precision(device, settings["bfloat16"]):
            sharp, degraded = (value.to(device) for value in batch)
            original = make_original(autoencoder, degraded).float()
            model = InjectedDenoiser(denoiser, process, original, injection, regressor)
            loss, without = injection_loss(model, autoencoder, sharp, settings, step % settings["compareEvery"] == 0)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(injection.parameters(), settings["gradientNorm"])
        optimiser.step()
        update_average(average, injection, step, settings["average"])
        losses.append((loss.item(), None if without is None else without.item()))
        if (step + 1) % settings["reportEvery"] == 0:
            report(step + 1, losses)
            losses = []
        if progress >= 1.0:
            break
    save_injection(average, arguments.output, torch.float16)


if __name__ == "__main__":
    main()
