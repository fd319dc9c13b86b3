"""Prints parameters and multiply-accumulates of the shipped models for a 512 x 512 result."""

import argparse
from collections.abc import Callable
from pathlib import Path

import torch
from diopter_training.denoiser import Denoiser
from diopter_training.injection import KINDS
from diopter_training.streamlined import FixedDenoiser, load_fixed
from diopter_training.vae import Autoencoder
from diopter_training.weights import load_denoiser, load_gain, load_injection, load_vae
from torch import Tensor, nn

SIDE = 512


def count(model: nn.Module, run: Callable[[], Tensor]) -> float:
    """Billions of multiply-accumulates of the convolutions while `run()` runs."""
    total = 0

    def add(layer: nn.Conv2d, _: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal total
        per_value = layer.weight[0].numel()
        total += output.numel() * per_value

    hooks = [m.register_forward_hook(add) for m in model.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        run()
    for hook in hooks:
        hook.remove()
    return total / 1e9


def parameters(model: nn.Module) -> float:
    return sum(parameter.numel() for parameter in model.parameters()) / 1e6


def report_vae(name: str, model: Autoencoder) -> None:
    picture = torch.rand(1, 3, SIDE, SIDE)
    latent = torch.rand(1, model.config.latentChannels, SIDE // 8, SIDE // 8)
    print(f"{name} encoder: {parameters(model.encoder):.2f} M, {count(model, lambda: model.encode(picture)):.1f} GMAC")
    print(f"{name} decoder: {parameters(model.decoder):.2f} M, {count(model, lambda: model.decode(latent)):.1f} GMAC")


def report_denoiser(model: Denoiser) -> None:
    noisy = torch.rand(1, 16, SIDE // 8, SIDE // 8)
    original = torch.rand(1, 28, SIDE // 8, SIDE // 8)
    timesteps = torch.full((1, 1, 1, 1), 500.0)
    macs = count(model, lambda: model(noisy, timesteps, original))
    print(f"denoiser: {parameters(model):.2f} M, {macs:.1f} GMAC an evaluation")


def report_adaptive(folder: Path) -> None:
    """The gain regressor and the injections, which run once an evaluation of the denoiser."""
    latent, original = torch.rand(1, 16, SIDE // 8, SIDE // 8), torch.rand(1, 28, SIDE // 8, SIDE // 8)
    regressor = load_gain(folder / "gain.safetensors")
    macs = count(regressor, lambda: regressor(latent, latent, latent))
    print(f"gain: {parameters(regressor):.3f} M, {macs:.3f} GMAC")
    gain = torch.zeros(1, 2, 1, 1)
    for kind in KINDS:
        injection = load_injection(folder / f"injection-{kind}.safetensors")
        macs = count(injection, lambda network=injection: network(original, gain))
        print(f"injection {kind}: {parameters(injection):.3f} M, {macs:.3f} GMAC")


def report_student(model: FixedDenoiser) -> None:
    noisy = torch.rand(1, 16, SIDE // 8, SIDE // 8)
    original = torch.rand(1, 28, SIDE // 8, SIDE // 8)
    print(f"student: {parameters(model):.2f} M, {count(model, lambda: model(noisy, original)):.1f} GMAC")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("../models"))
    folder = parser.parse_args().models
    report_vae("full autoencoder", load_vae(folder / "vae.safetensors"))
    report_vae("small autoencoder", load_vae(folder / "vae-small.safetensors"))
    report_vae("tiny autoencoder", load_vae(folder / "vae-tiny.safetensors"))
    report_denoiser(load_denoiser(folder / "denoiser.safetensors")[0])
    report_student(load_fixed(folder / "denoiser-tiny.safetensors")[0])
    report_adaptive(folder)


if __name__ == "__main__":
    main()
