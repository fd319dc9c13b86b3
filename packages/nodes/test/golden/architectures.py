"""Golden vectors of the model families: python3 architectures.py

For each family a tiny checkpoint with random weights in this folder, and beside it a file with
inputs and what the PyTorch model of training/ makes of them. The weights are random everywhere,
also where training starts from zeros, so that every tensor influences the outputs.
"""

import sys
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[3] / "training"))

from diopter_training.denoiser import FAMILY as DENOISER_FAMILY  # noqa: E402
from diopter_training.denoiser import Denoiser, DenoiserConfig  # noqa: E402
from diopter_training.process import ResidualShift  # noqa: E402
from diopter_training.vae import Autoencoder, VaeConfig  # noqa: E402
from diopter_training.weights import save_model, save_vae  # noqa: E402


def randomise(model: nn.Module) -> None:
    for parameter in model.parameters():
        fan = parameter[0].numel() if parameter.dim() > 1 else 25
        nn.init.normal_(parameter, std=0.6 / fan**0.5 if parameter.dim() > 1 else 0.2)


def write_vae(name: str, separable: bool, dtype: torch.dtype) -> None:
    config = VaeConfig(4, 8, 12, 2, 1, 2, 1, separable)
    model = Autoencoder(config).eval()
    randomise(model)
    model.latent_mean.normal_()
    model.latent_std.uniform_(0.5, 2)
    for tensor in [*model.parameters(), *model.buffers()]:
        tensor.data = tensor.data.to(dtype).float()
    save_vae(model, HERE / f"{name}.safetensors", dtype)
    image = torch.rand(2, 3, 24, 40)
    latent = model.encode(image)
    save_file({"image": image, "latent": latent, "decoded": model.decode(latent)}, HERE / f"{name}-vectors.safetensors")


def write_denoiser() -> None:
    model = Denoiser(DenoiserConfig(4, 4 + 12, 16, 4, 16, 24, 2)).eval()
    randomise(model)
    config = asdict(model.config) | {"prediction": "x0", "process": asdict(ResidualShift())}
    save_model(model, HERE / "denoiser.safetensors", DENOISER_FAMILY, config)
    sample, original = torch.randn(2, 4, 5, 7), torch.randn(2, 16, 5, 7)
    timesteps = torch.tensor([1000.0, 37.25]).view(2, 1, 1, 1)
    time_map = torch.rand(2, 1, 5, 7) * 1000
    vectors = {
        "sample": sample, "original": original, "timesteps": timesteps, "map": time_map,
        "scalar": model(sample, timesteps, original),
        "mapped": model(sample, time_map, original),
        "masked": model(sample, timesteps, original, [True, False, True, False]),
    }
    save_file(vectors, HERE / "denoiser-vectors.safetensors")


@torch.no_grad()
def main() -> None:
    torch.manual_seed(3)
    write_vae("vae", False, torch.float32)
    write_vae("vae-small", True, torch.float16)
    write_denoiser()


if __name__ == "__main__":
    main()
