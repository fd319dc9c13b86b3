"""Trains the small autoencoder to share the full one's latents (models/vae-small.safetensors)."""

import argparse
import copy
from pathlib import Path

import numpy
import torch
from diopter_training.evaluation_pictures import mean_reconstruction_psnr, read_pictures
from diopter_training.layers import set_branch_scales
from diopter_training.linear_start import imitate
from diopter_training.losses import reconstruction_loss
from diopter_training.optimisation import learning_rate_factor, parameter_groups, update_average
from diopter_training.pairs import to_tensor
from diopter_training.pictures import CropSampler, load_pictures
from diopter_training.run import Clock, Log, half_precision, load_checkpoint, prefetch, read_config, save_checkpoint
from diopter_training.vae import Autoencoder, VaeConfig
from diopter_training.weights import load_vae, save_vae
from torch import Tensor


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--data", type=Path, help="folder or tar of photographs; synthetic without")
    parser.add_argument("--teacher", type=Path, default=Path("../models/vae.safetensors"))
    parser.add_argument("--evaluation", type=Path, help="folder of pictures to report PSNR on")
    parser.add_argument("--run", type=Path, default=Path("runs/vae-small"))
    parser.add_argument("--output", type=Path, default=Path("../models/vae-small.safetensors"))
    parser.add_argument("--minutes", type=float, help="end the course of the learning rate by time")
    parser.add_argument("--steps", type=int, help="stop here; overrides the configuration")
    parser.add_argument("--course", type=int, help="steps of the learning rate's course, as many by default")
    return parser.parse_args()


def small_loss(model: Autoencoder, teacher: Autoencoder, picture: Tensor, config: dict[str, float]) -> Tensor:
    """Latents near the teacher's; pictures from the teacher's latents and from its own."""
    with torch.no_grad():
        wanted = teacher.encode(picture).float()
    latent = model.encode(picture).float()
    own = torch.rand(len(picture), 1, 1, 1, device=picture.device) < 0.5
    decoded = model.decode(torch.where(own, latent, wanted + torch.randn_like(wanted) * config["latentNoise"]))
    loss = reconstruction_loss(decoded.float(), picture, config["gradientWeight"])
    return loss + config["latentWeight"] * (latent - wanted).abs().mean()


def main() -> None:
    arguments = parse_arguments()
    config = read_config(arguments.config, "vaeSmall")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    seed, steps = config["seed"], arguments.steps or config["steps"]
    sampler = CropSampler(load_pictures(arguments.data), config["crop"])
    teacher = load_vae(arguments.teacher).requires_grad_(False)
    torch.manual_seed(seed)
    model = Autoencoder(VaeConfig(**config["model"]))
    imitate(model, teacher, to_tensor(sampler.batch(numpy.random.default_rng(seed), 24)))
    set_branch_scales(model, config["branchScale"])
    model, teacher = (m.to(device, memory_format=torch.channels_last) for m in (model, teacher))
    average = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(parameter_groups(model, config), betas=(0.9, 0.99), weight_decay=0.0)
    first, spent = 0, 0.0
    state = load_checkpoint(arguments.run / "checkpoint.pt")
    if state is not None:
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        first, spent = state["step"], state["seconds"]
    clock, log = Clock(arguments.course or steps, arguments.minutes, spent), Log(arguments.run / "log.csv")
    evaluation = read_pictures(arguments.evaluation)

    def make(step: int) -> Tensor:
        return to_tensor(sampler.batch(numpy.random.default_rng([seed, step]), config["batch"]))

    def report(step: int, loss: float) -> None:
        scores = mean_reconstruction_psnr(average, evaluation, device)
        log.write({"step": step, "seconds": clock.elapsed(), "loss": loss, **scores})
        save_checkpoint(
            arguments.run / "checkpoint.pt",
            {
                "model": model.state_dict(), "average": average.state_dict(),
                "optimiser": optimiser.state_dict(), "step": step, "seconds": clock.elapsed(),
            },
        )

    losses: list[float] = []
    for step, picture in enumerate(prefetch(make, first, steps), first):
        progress = clock.progress(step)
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * learning_rate_factor(progress)
        torch.manual_seed(seed * 1_000_003 + step)
        with half_precision(device, config["bfloat16"]):
            loss = small_loss(model, teacher, picture.to(device), config)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), config["gradientNorm"])
        optimiser.step()
        update_average(average, model, step, config["average"])
        losses.append(loss.item())
        if (step + 1) % config["reportEvery"] == 0:
            report(step + 1, sum(losses) / len(losses))
            losses = []
        if progress >= 1.0:
            break
    save_vae(average, arguments.output, torch.float16)


if __name__ == "__main__":
    main()
