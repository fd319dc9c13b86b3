"""Writes the golden vectors that the TypeScript graphs are held to (see README.md).

For every family a tiny model with random weights, inputs, and PyTorch's float32 outputs; for the
degradation, small pictures before and after every kind of operation. `cases.json` names them.
"""

import argparse
import json
from pathlib import Path

import numpy
import torch
from diopter_training.degradation.apply import apply_recipe
from diopter_training.degradation.kernels import make_kernel
from diopter_training.degradation.ranges import FULL, LIGHT
from diopter_training.degradation.recipe import Recipe, draw_recipe
from diopter_training.denoiser import Denoiser, DenoiserConfig
from diopter_training.gain import GainConfig, GainRegressor
from diopter_training.injection import KINDS, Injection, InjectionConfig
from diopter_training.philox import gaussian_noise
from diopter_training.pictures import synthetic_pictures
from diopter_training.process import Process, ResidualShift, ScaledLinear
from diopter_training.streamlined import save_fixed, streamline
from diopter_training.vae import Autoencoder, VaeConfig
from diopter_training.weights import save_denoiser, save_gain, save_injection, save_vae
from safetensors.torch import save_file
from torch import Tensor, nn

Case = dict[str, object]
Tensors = dict[str, Tensor]
TINY_VAE = VaeConfig(4, 8, 12, 1, 1, 2, 1)
TINY_SMALL_VAE = VaeConfig(4, 10, 12, 1, 1, 2, 1, separableEncoder=True)
TINY_DENOISER = DenoiserConfig(
    latentChannels=4, originalChannels=16, width=16, blocks=3, timeFeatures=32, timeWidth=24
)
"""Four latent channels and the twelve of the unshuffled picture."""


@torch.no_grad()
def randomise(model: nn.Module, seed: int) -> None:
    """Every parameter random, also those that training starts at zero."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in model.parameters():
        fan_in = max(1, parameter[0].numel()) if parameter.ndim > 1 else 16
        parameter.copy_(torch.randn(parameter.shape, generator=generator) * fan_in**-0.5)


@torch.no_grad()
def vae_cases(name: str, config: VaeConfig, folder: Path) -> tuple[list[Case], Tensors]:
    """Encode and decode, square, odd latent sizes, batches."""
    model = Autoencoder(config)
    randomise(model, 11)
    model.latent_mean.copy_(torch.linspace(-0.4, 0.4, config.latentChannels))
    model.latent_std.copy_(torch.linspace(0.6, 1.7, config.latentChannels))
    save_vae(model, folder / f"{name}.safetensors")
    generator = torch.Generator().manual_seed(12)
    cases: list[Case] = []
    tensors: Tensors = {}
    for batch, height, width in [(1, 32, 32), (2, 24, 40), (1, 8, 8)]:
        label = f"{name}-{batch}x{height}x{width}"
        picture = torch.rand(batch, 3, height, width, generator=generator)
        latent = torch.randn(batch, config.latentChannels, height // 8, width // 8, generator=generator)
        tensors |= {f"{label}.picture": picture, f"{label}.encoded": model.encode(picture)}
        tensors |= {f"{label}.latent": latent, f"{label}.decoded": model.decode(latent)}
        for verb, source, result in [("encode", "picture", "encoded"), ("decode", "latent", "decoded")]:
            cases.append({
                "name": f"{label}-{verb}", "model": f"{name}.safetensors", "function": verb,
                "inputs": {source: f"{label}.{source}"}, "output": f"{label}.{result}",
            })
    return cases, tensors


@torch.no_grad()
def denoiser_cases(folder: Path) -> tuple[list[Case], Tensors]:
    """One timestep, one per picture, maps, odd sizes, fractional timesteps, with and without mask."""
    model = Denoiser(TINY_DENOISER)
    randomise(model, 21)
    save_denoiser(model, ResidualShift(), folder / "denoiser.safetensors")
    generator = torch.Generator().manual_seed(22)
    cases: list[Case] = []
    tensors: Tensors = {}
    sizes = {"scalar": (1, 8, 8, False), "batch": (3, 5, 7, False), "map": (2, 6, 9, True), "single": (1, 1, 1, False)}
    for label, (batch, height, width, mapped) in sizes.items():
        place = (batch, 1, height, width) if mapped else (batch, 1, 1, 1)
        noisy = torch.randn(batch, 4, height, width, generator=generator)
        original = torch.randn(batch, 16, height, width, generator=generator)
        timesteps = torch.rand(place, generator=generator) * 1000
        key = f"denoiser-{label}"
        tensors |= {f"{key}.noisy": noisy, f"{key}.original": original, f"{key}.timesteps": timesteps}
        for suffix, mask in [("", None), ("-masked", [True, False, True])]:
            output = f"{key}{suffix}.clean"
            tensors[output] = model(noisy, timesteps, original, mask)
            cases.append({
                "name": f"{key}{suffix}", "model": "denoiser.safetensors", "function": "denoise", "mask": mask,
                "inputs": {part: f"{key}.{part}" for part in ("noisy", "timesteps", "original")}, "output": output,
            })
    return cases, tensors


@torch.no_grad()
def fixed_cases(folder: Path) -> tuple[list[Case], Tensors]:
    """The denoiser streamlined at T, two blocks of three; expected is what the whole one gives there."""
    model, process = Denoiser(TINY_DENOISER), ResidualShift()
    randomise(model, 21)
    mask, timestep = [True, False, True], float(process.timesteps)
    save_fixed(streamline(model, timestep, mask, noise=0.0), process, folder / "denoiser-fixed.safetensors")
    generator = torch.Generator().manual_seed(23)
    cases: list[Case] = []
    tensors: Tensors = {}
    for label, (batch, height, width) in {"whole": (1, 7, 6), "batch": (2, 5, 9)}.items():
        key = f"denoiser-fixed-{label}"
        noisy = torch.randn(batch, 4, height, width, generator=generator)
        original = torch.randn(batch, 16, height, width, generator=generator)
        timesteps = torch.full((batch, 1, 1, 1), timestep)
        tensors |= {f"{key}.noisy": noisy, f"{key}.original": original, f"{key}.timesteps": timesteps}
        tensors[f"{key}.clean"] = model(noisy, timesteps, original, mask)
        cases.append({
            "name": key, "model": "denoiser-fixed.safetensors", "function": "denoise", "mask": None,
            "inputs": {part: f"{key}.{part}" for part in ("noisy", "timesteps", "original")}, "output": f"{key}.clean",
        })
    return cases, tensors


@torch.no_grad()
def gain_cases(folder: Path) -> tuple[list[Case], Tensors]:
    """Square and odd sizes, batches; small steps, and one that changes nothing."""
    model = GainRegressor(GainConfig(latentChannels=4, width=6))
    randomise(model, 61)
    model.head.weight.mul_(8)
    save_gain(model, folder / "gain.safetensors")
    generator = torch.Generator().manual_seed(62)
    cases: list[Case] = []
    tensors: Tensors = {}
    for batch, height, width in [(1, 8, 8), (3, 9, 11), (2, 13, 8)]:
        key = f"gain-{batch}x{height}x{width}"
        clean, previous, original = torch.randn(3, batch, 4, height, width, generator=generator)
        previous[:1] = torch.lerp(clean[:1], previous[:1], 0.05)
        if batch == 3:
            previous[1] = clean[1]
        tensors |= {f"{key}.clean": clean, f"{key}.previous": previous, f"{key}.original": original}
        tensors[f"{key}.gain"] = model(clean, previous, original)
        cases.append({
            "name": key, "model": "gain.safetensors", "function": "gain",
            "inputs": {part: f"{key}.{part}" for part in ("clean", "previous", "original")}, "output": f"{key}.gain",
        })
    return cases, tensors


@torch.no_grad()
def injection_cases(folder: Path) -> tuple[list[Case], Tensors]:
    """Every kind; square and odd sizes; pictures of a batch with gains of different sign and size."""
    generator = torch.Generator().manual_seed(72)
    cases: list[Case] = []
    tensors: Tensors = {}
    for kind in KINDS:
        model = Injection(InjectionConfig(kind, originalChannels=7, width=6, tokens=3))
        randomise(model, 71)
        file = f"injection-{kind}.safetensors"
        save_injection(model, folder / file)
        for batch, height, width in [(1, 8, 8), (3, 5, 9)]:
            key = f"injection-{kind}-{batch}x{height}x{width}"
            original = torch.randn(batch, 7, height, width, generator=generator)
            gain = torch.randn(batch, 2, 1, 1, generator=generator) * 0.03
            gain[-1, 0] = 0
            tensors |= {f"{key}.original": original, f"{key}.gain": gain, f"{key}.injected": model(original, gain)}
            cases.append({
                "name": key, "model": file, "function": "inject",
                "inputs": {part: f"{key}.{part}" for part in ("original", "gain")}, "output": f"{key}.injected",
            })
    return cases, tensors


def process_cases(name: str, process: Process) -> tuple[list[Case], Tensors]:
    """Noising, the start, and steps between maps of timesteps, down to 0."""
    generator = torch.Generator().manual_seed(31)
    shape = (2, 4, 5, 6)
    clean, degraded, noise = (torch.randn(shape, generator=generator) for _ in range(3))
    now = torch.rand(2, 1, 5, 6, generator=generator) * 999 + 1
    then = now * torch.rand(2, 1, 5, 6, generator=generator)
    then[0] = 0
    noisy = process.add_noise(clean, degraded, now, noise)
    tensors = {
        "clean": clean, "degraded": degraded, "noise": noise, "timesteps": now, "following": then,
        "noisy": noisy, "inputScale": process.input_scale(now), "start": process.start(degraded, noise),
        "stepped": process.step(noisy, clean, now, then, noise),
    }
    case = {"name": name, "function": "process", "process": process.__dict__, "tensors": f"{name}.*"}
    return [case], {f"{name}.{key}": value for key, value in tensors.items()}


def degradation_recipes(height: int, width: int) -> list[tuple[str, Recipe]]:
    """Single operations, and whole recipes of both ranges."""
    blur = {"kind": "blur", "size": 9, "rotation": 0.7, "sigmaX": 1.4, "sigmaY": 0.6}
    single = {
        "blur-gaussian": blur | {"kernel": "gaussian"},
        "blur-generalised": blur | {"kernel": "generalised", "beta": 0.7},
        "blur-plateau": blur | {"kernel": "plateau", "beta": 1.3},
        "blur-sinc": {"kind": "blur", "kernel": "sinc", "size": 13, "cutoff": 1.9},
        "resize-area": {"kind": "resize", "height": 17, "width": 25, "filter": "area"},
        "resize-bilinear": {"kind": "resize", "height": 61, "width": 20, "filter": "bilinear"},
        "resize-bicubic": {"kind": "resize", "height": 19, "width": 90, "filter": "bicubic"},
        "gaussian-noise": {"kind": "gaussian-noise", "sigma": 12.5, "gray": False, "stream": 0},
        "gaussian-noise-gray": {"kind": "gaussian-noise", "sigma": 12.5, "gray": True, "stream": 1},
        "poisson-noise": {"kind": "poisson-noise", "scale": 1.5, "gray": False, "stream": 1},
        "poisson-noise-gray": {"kind": "poisson-noise", "scale": 1.5, "gray": True, "stream": 0},
        "jpeg": {"kind": "jpeg", "quality": 60},
    }
    recipes: list[tuple[str, Recipe]] = [
        (name, {"seed": 2**33 + 5, "operations": [operation]}) for name, operation in single.items()
    ]
    for name, ranges in [("light", LIGHT), ("full", FULL)]:
        for seed in range(2):
            generator = numpy.random.default_rng([41, seed])
            recipes.append((f"{name}-{seed}", draw_recipe(generator, height, width, ranges)))
    return recipes


def degradation_cases() -> tuple[list[Case], Tensors]:
    """Pictures [H, W, 3] uint8 before and after; kernels float64."""
    picture = numpy.ascontiguousarray(synthetic_pictures(1, 320, 51)[0][:48, :64])
    tensors: Tensors = {"degradation.picture": torch.from_numpy(picture)}
    cases: list[Case] = []
    for name, recipe in degradation_recipes(48, 64):
        key = f"degradation-{name}"
        tensors[key] = torch.from_numpy(apply_recipe(picture, recipe).copy())
        case: Case = {"name": key, "function": "degrade", "recipe": recipe}
        if name.startswith("blur-"):
            tensors[f"{key}.kernel"] = torch.from_numpy(make_kernel(recipe["operations"][0]))
            case["kernel"] = f"{key}.kernel"
        cases.append(case | {"inputs": {"picture": "degradation.picture"}, "output": key})
    noise = gaussian_noise(2**33 + 5, 3, 6, 4, 5, items=2)
    tensors["noise"] = torch.from_numpy(noise)
    cases.append({"name": "noise", "function": "noise", "seed": 2**33 + 5, "step": 3, "output": "noise"})
    return cases, tensors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("../packages/nodes/test/golden"))
    folder = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    groups = {
        "vae-cases": vae_cases("vae", TINY_VAE, folder),
        "vae-small-cases": vae_cases("vae-small", TINY_SMALL_VAE, folder),
        "denoiser-cases": denoiser_cases(folder),
        "denoiser-fixed-cases": fixed_cases(folder),
        "gain-cases": gain_cases(folder),
        "injection-cases": injection_cases(folder),
        "process-residual-shift-cases": process_cases("residual-shift", ResidualShift(kappa=1.5)),
        "process-scaled-linear-cases": process_cases("scaled-linear", ScaledLinear()),
        "degradation-cases": degradation_cases(),
    }
    index = []
    for name, (cases, tensors) in groups.items():
        save_file({key: value.contiguous() for key, value in tensors.items()}, folder / f"{name}.safetensors")
        index += [{"file": f"{name}.safetensors", **case} for case in cases]
    lines = ",\n".join(json.dumps(case) for case in index)
    (folder / "cases.json").write_text(f"[\n{lines}\n]\n")
    print(len(index), "cases in", folder)


if __name__ == "__main__":
    main()
