"""Trains the full autoencoder (models/vae.safetensors). See README.md for the command."""

import argparse
import copy
from pathlib import Path
from typing import Any

import numpy
import torch
from diopter_training.evaluation_pictures import mean_reconstruction_psnr, read_pictures
from diopter_training.layers import residual_blocks_of, set_branch_scales, start_at_random
from diopter_training.losses import decibel_loss, reconstruction_loss
from diopter_training.muon import muon_and_adam
from diopter_training.optimisation import learning_rate_factor, parameter_groups, update_average
from diopter_training.pairs import to_tensor
from diopter_training.pictures import CropSampler, load_pictures
from diopter_training.principal_components import initialise
from diopter_training.run import Clock, Log, half_precision, load_checkpoint, prefetch, read_config, save_checkpoint
from diopter_training.vae import Autoencoder, VaeConfig
from diopter_training.weights import save_vae
from torch import Tensor


Settings = dict[str, Any]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--data", type=Path, help="folder or tar of photographs; synthetic without")
    parser.add_argument("--evaluation", type=Path, help="folder of pictures to report PSNR on")
    parser.add_argument("--run", type=Path, default=Path("runs/vae"))
    parser.add_argument("--output", type=Path, default=Path("../models/vae.safetensors"))
    parser.add_argument("--minutes", type=float, help="end the course of the learning rate by time")
    parser.add_argument("--steps", type=int, help="stop here; overrides the configuration")
    parser.add_argument("--course", type=int, help="steps of the learning rate's course, as many by default")
    return parser.parse_args()


def make_model(config: Settings, sampler: CropSampler) -> Autoencoder:
    """The linear code of principal components, with silent blocks; or random weights, which learn
    for longer and are not held to what a linear code keeps."""
    model = Autoencoder(VaeConfig(**config["model"]))
    if config["start"] == "random":
        start_at_random(model)
        return model
    initialise(model, to_tensor(sampler.batch(numpy.random.default_rng(config["seed"]), 64)))
    set_branch_scales(model, config["branchScale"])
    return model


def make_optimisers(model: Autoencoder, config: Settings) -> list[torch.optim.Optimizer]:
    """AdamW alone, where Muon has no rate."""
    if config["muonLearningRate"] == 0:
        return [torch.optim.AdamW(parameter_groups(model, config), betas=(0.9, 0.99), weight_decay=0.0)]
    inner = [p for block in residual_blocks_of(model) for p in block.parameters() if p.ndim == 4]
    return muon_and_adam(model, inner, config["muonLearningRate"], config["linearLearningRate"], 0.0)


def loss_of(prediction: Tensor, picture: Tensor, config: Settings) -> Tensor:
    if config["loss"] == "decibels":
        return decibel_loss(prediction, picture)
    return reconstruction_loss(prediction, picture, config["gradientWeight"])


@torch.no_grad()
def follow_statistics(model: Autoencoder, raw: Tensor, momentum: float) -> None:
    """Moves the latent mean and deviation towards those of this batch of raw latents."""
    values = raw.detach().float()
    model.latent_mean.lerp_(values.mean((0, 2, 3)), momentum)
    model.latent_std.lerp_(values.std((0, 2, 3)), momentum)


@torch.no_grad()
def fix_statistics(model: Autoencoder, sampler: CropSampler, batches: int = 24) -> None:
    """Sets the latent mean and deviation from many crops; the reconstruction stays the same."""
    generator = numpy.random.default_rng(12345)
    raws = [model.encoder(to_tensor(sampler.batch(generator, 8))) for _ in range(batches)]
    values = torch.cat(raws).float()
    model.latent_mean.copy_(values.mean((0, 2, 3)))
    model.latent_std.copy_(values.std((0, 2, 3)))


def main() -> None:
    arguments = parse_arguments()
    config = read_config(arguments.config, "vae")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    seed, steps = config["seed"], arguments.steps or config["steps"]
    sampler = CropSampler(load_pictures(arguments.data), config["crop"])
    print(len(sampler.pictures), "pictures", flush=True)
    torch.manual_seed(seed)
    model = make_model(config, sampler).to(device, memory_format=torch.channels_last)
    average, optimisers = copy.deepcopy(model), make_optimisers(model, config)
    first, spent = 0, 0.0
    state = load_checkpoint(arguments.run / "checkpoint.pt")
    if state is not None:
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        for optimiser, values in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(values)
        first, spent = state["step"], state["seconds"]
    clock, log = Clock(arguments.course or steps, arguments.minutes, spent), Log(arguments.run / "log.csv")
    evaluation = read_pictures(arguments.evaluation)

    def make(step: int) -> Tensor:
        return to_tensor(sampler.batch(numpy.random.default_rng([seed, step]), config["batch"]))

    def finish_step(step: int, loss: float) -> None:
        row = {"step": step, "seconds": clock.elapsed(), "loss": loss}
        row |= mean_reconstruction_psnr(average, evaluation, device)
        log.write(row)
        save_checkpoint(
            arguments.run / "checkpoint.pt",
            {
                "model": model.state_dict(), "average": average.state_dict(),
                "optimisers": [optimiser.state_dict() for optimiser in optimisers],
                "step": step, "seconds": clock.elapsed(),
            },
        )
        save_vae(average, arguments.run / "vae.safetensors")

    losses: list[float] = []
    for step, picture in enumerate(prefetch(make, first, steps), first):
        progress = clock.progress(step)
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * learning_rate_factor(progress)
        picture = picture.to(device)
        torch.manual_seed(seed * 1_000_003 + step)
        with half_precision(device, config["bfloat16"]):
            raw = model.encoder(picture)
            follow_statistics(model, raw, 1.0 if step == 0 else 0.02)
            latent = model.normalise(raw)
            noise = torch.randn_like(latent) * config["latentNoise"]
            prediction = model.decode(latent + noise)
        loss = loss_of(prediction.float(), picture, config)
        for optimiser in optimisers:
            optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), config["gradientNorm"])
        for optimiser in optimisers:
            optimiser.step()
        update_average(average, model, step, config["average"])
        losses.append(loss.item())
        if (step + 1) % config["reportEvery"] == 0:
            finish_step(step + 1, sum(losses) / len(losses))
            losses = []
        if progress >= 1.0:
            break
    fix_statistics(average.cpu(), sampler)
    save_vae(average, arguments.output, torch.float16)


if __name__ == "__main__":
    main()
