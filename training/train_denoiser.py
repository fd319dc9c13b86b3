"""Trains the denoiser in three stages (see README.md for the commands).

`--stage regressor`: one step from the noisiest timestep, compared in image space through the
frozen decoder. `--stage diffusion`: all timesteps, from the regressor's weights, compared in
latent space and, the more the less noise there is, in image space. `--stage detail`: the same with
a critic of the pictures, which also counts the more the less noise there is: the first steps stay
faithful, the last ones bring texture.
"""

import argparse
import copy
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from diopter_training.adversary import Case, PairedAdversary, make_opponent
from diopter_training.damage import damage, plain_reduction, with_clean
from diopter_training.denoiser import Denoiser, DenoiserConfig
from diopter_training.losses import image_loss
from diopter_training.muon import inner_and_other_optimisers
from diopter_training.optimisation import learning_rate_factor, update_average
from diopter_training.original import SCALE, make_original
from diopter_training.pairs import PairPool
from diopter_training.preview import Preview
from diopter_training.process import Process, make_process
from diopter_training.run import Clock, Log, half_precision, load_checkpoint, prefetch, read_config, save_checkpoint
from diopter_training.timesteps import draw_timesteps
from diopter_training.vae import Autoencoder
from diopter_training.weights import load_denoiser, load_vae, save_denoiser
from torch import Tensor

Settings = dict[str, float]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=("regressor", "diffusion", "detail"), required=True)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--pairs", type=Path, default=Path("runs/pairs"))
    parser.add_argument("--shards", type=int, help="use this many shards, so that runs repeat exactly")
    parser.add_argument("--vae", type=Path, default=Path("../models/vae.safetensors"))
    parser.add_argument("--decoder", type=Path, help="a cheaper autoencoder of the same latents, to decode with")
    parser.add_argument("--start", type=Path, help="weights to begin with")
    parser.add_argument("--adversarial", type=float, help="weight of the adversarial loss; overrides the configuration")
    parser.add_argument("--evaluation", type=Path, help="folder of sharp pictures for previews")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--minutes", type=float, help="end the course of the learning rate by time")
    parser.add_argument("--steps", type=int, help="stop here; overrides the configuration")
    parser.add_argument("--course", type=int, help="steps of the learning rate's course, as many by default")
    return parser.parse_args()


@dataclass(frozen=True)
class Coder:
    """Two autoencoders of one latent space, which may be the same."""

    encoder: Autoencoder
    decoder: Autoencoder


@dataclass(frozen=True)
class Outcome:
    """A loss, and what a critic is to judge of it."""

    loss: Tensor
    case: Case


def enlarged(small: Tensor) -> Tensor:
    return torch.nn.functional.interpolate(small, scale_factor=SCALE, mode="bicubic").clamp(0, 1)


def regressor_loss(
    model: Denoiser, coder: Coder, process: Process, batch: tuple[Tensor, Tensor], settings: Settings
) -> Outcome:
    sharp, degraded = batch
    with torch.no_grad():
        original = make_original(coder.encoder, degraded).float()
        base = original[:, : model.config.latentChannels]
        timesteps = torch.full((len(sharp), 1, 1, 1), float(process.timesteps), device=sharp.device)
        noisy = process.start(base, torch.randn_like(base)) / process.input_scale(timesteps)
    picture = coder.decoder.decode(model(noisy, timesteps, original)).float()
    loss = image_loss(picture, sharp, torch.ones((), device=sharp.device), settings)
    return Outcome(loss, Case(sharp, picture, enlarged(degraded)))


@torch.no_grad()
def sampled_states(model: Denoiser, process: Process, original: Tensor, timesteps: Tensor, steps: int) -> Tensor:
    """Where sampling stands at `timesteps` after that many even steps from T (not yet input-scaled)."""
    base = original[:, : model.config.latentChannels]
    last = torch.full_like(timesteps, float(process.timesteps))
    noisy, now = process.start(base, torch.randn_like(base)), last
    for step in range(1, steps + 1):
        clean = model(noisy / process.input_scale(now), now, original).float()
        following = torch.lerp(last, timesteps, step / steps)
        noisy = process.step(noisy, clean, now, following, torch.randn_like(base))
        now = following
    return noisy


def diffusion_loss(
    model: Denoiser, coder: Coder, process: Process, batch: tuple[Tensor, Tensor], settings: Settings
) -> Outcome:
    """A share of the states is what sampling with this model reaches, so that errors do not feed on
    themselves. Decoding costs the most, so only a share of the batch is decoded. A critic counts where little
    noise is left and the small picture was damaged: what was only made small can be known better."""
    sharp, degraded = batch
    with torch.no_grad():
        plain = plain_reduction(sharp, degraded)
        degraded = with_clean(plain, degraded, settings["cleanShare"])
        original = make_original(coder.encoder, degraded).float()
        clean = coder.encoder.encode(sharp).float()
        base = original[:, : model.config.latentChannels]
        timesteps = draw_timesteps(
            len(sharp), clean.shape[-1], process.timesteps, settings["mapShare"], settings["lastShare"], sharp.device
        )
        noisy = process.add_noise(clean, base, timesteps, torch.randn_like(clean))
        if settings["ownShare"] > 0:
            own = torch.rand(len(clean), 1, 1, 1, device=clean.device) < settings["ownShare"]
            steps = 2 ** int(torch.randint(0, 4, ()))
            noisy = torch.where(own, sampled_states(model, process, original, timesteps, steps), noisy)
        noisy = noisy / process.input_scale(timesteps)
        certainty = 1 - process.eta(timesteps).sqrt()
    prediction = model(noisy, timesteps, original).float()
    latent = (prediction - clean).square().mean() * settings["latentWeight"]
    shown = slice(0, max(1, round(len(sharp) * settings["decodedShare"])))
    low, high = settings["imageWeightNoisy"], settings["imageWeightClean"]
    certainty = certainty[shown]
    weight = low + (high - low) * certainty
    if weight.shape[-1] > 1:
        weight = torch.nn.functional.interpolate(weight, sharp.shape[-2:], mode="bilinear")
    picture = coder.decoder.decode(prediction[shown]).float()
    loss = latent + image_loss(picture, sharp[shown], weight, settings)
    freedom = certainty.mean((2, 3), keepdim=True) * damage(plain[shown], degraded[shown])
    return Outcome(loss, Case(sharp[shown], picture, enlarged(degraded[shown]), freedom))


LOSSES = {"regressor": regressor_loss, "diffusion": diffusion_loss, "detail": diffusion_loss}


def main() -> None:
    arguments = parse_arguments()
    model_config = read_config(arguments.config, "denoiser")
    settings = read_config(arguments.config, arguments.stage)
    if arguments.adversarial is not None:
        settings["adversarialWeight"] = arguments.adversarial
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    seed, steps = settings["seed"], arguments.steps or settings["steps"]
    process = make_process(model_config["process"])
    encoder = load_vae(arguments.vae).to(device, memory_format=torch.channels_last).requires_grad_(False)
    decoder = encoder
    if arguments.decoder is not None:
        decoder = load_vae(arguments.decoder).to(device, memory_format=torch.channels_last).requires_grad_(False)
    coder = Coder(encoder, decoder)
    torch.manual_seed(seed)
    model = load_denoiser(arguments.start)[0] if arguments.start else Denoiser(DenoiserConfig(**model_config["model"]))
    model = model.train().to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(model)
    optimisers = inner_and_other_optimisers(
        model, settings["muonLearningRate"], settings["learningRate"], settings["weightDecay"]
    )
    adversary = make_opponent(PairedAdversary, settings, device)
    first, spent = 0, 0.0
    state = load_checkpoint(arguments.run / "checkpoint.pt")
    if state is not None:
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        for optimiser, values in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(values)
        if adversary is not None:
            adversary.restore(state)
        first, spent = state["step"], state["seconds"]
    pool = PairPool(arguments.pairs, arguments.shards)
    clock, log = Clock(arguments.course or steps, arguments.minutes, spent), Log(arguments.run / "log.csv")
    preview = Preview(arguments.evaluation, coder.encoder, process, device)

    def make(step: int) -> tuple[Tensor, Tensor]:
        if step % settings["reportEvery"] == 0 and arguments.shards is None:
            pool.refresh()
        return pool.batch(numpy.random.default_rng([seed, step]), settings["batch"], settings["crop"])

    def report(step: int, loss: float) -> None:
        scores = preview.report(average, arguments.run / f"preview-{step:06d}.png", settings["previewSteps"])
        log.write({"step": step, "seconds": clock.elapsed(), "loss": loss, **scores})
        kept = {
            "model": model.state_dict(), "average": average.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in optimisers],
            "step": step, "seconds": clock.elapsed(),
        }
        save_checkpoint(arguments.run / "checkpoint.pt", kept | (adversary.state() if adversary is not None else {}))
        save_denoiser(average, process, arguments.run / "denoiser.safetensors", torch.float16)

    losses: list[float] = []
    for step, batch in enumerate(prefetch(make, first, steps), first):
        progress = clock.progress(step)
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * learning_rate_factor(progress)
        torch.manual_seed(seed * 1_000_003 + step)
        with half_precision(device, settings["bfloat16"]):
            on_device = (batch[0].to(device), batch[1].to(device))
            outcome = LOSSES[arguments.stage](model, coder, process, on_device, settings)
            loss = outcome.loss
            if adversary is not None:
                loss = adversary.join(loss, outcome.case)
        for optimiser in optimisers:
            optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings["gradientNorm"])
        for optimiser in optimisers:
            optimiser.step()
        if adversary is not None:
            adversary.learn(outcome.case)
        update_average(average, model, step, settings["average"])
        losses.append(loss.item())
        if (step + 1) % settings["reportEvery"] == 0:
            report(step + 1, sum(losses) / len(losses))
            losses = []
        if progress >= 1.0:
            break
    save_denoiser(average, process, arguments.output, torch.float16)


if __name__ == "__main__":
    main()
