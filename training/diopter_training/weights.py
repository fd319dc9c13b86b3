"""Writing and reading models: a safetensors file with its family and configuration."""

import copy
import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn

from .denoiser import FAMILY as DENOISER_FAMILY
from .denoiser import Denoiser, DenoiserConfig
from .gain import FAMILY as GAIN_FAMILY
from .gain import GainConfig, GainRegressor
from .injection import FAMILY as INJECTION_FAMILY
from .injection import Injection, InjectionConfig
from .layers import fold_branch_scales
from .process import Process, make_process
from .vae import FAMILY as VAE_FAMILY
from .vae import Autoencoder, VaeConfig


def save_model(
    model: nn.Module,
    path: Path,
    family: str,
    config: dict[str, object],
    extra: dict[str, str] | None = None,
    dtype: torch.dtype = torch.float32,
) -> None:
    """Writes parameters and buffers; metadata holds `family`, `config` (JSON) and extras."""
    tensors = {name: value.detach().to(dtype).contiguous() for name, value in model.state_dict().items()}
    metadata = {"family": family, "config": json.dumps(config), **(extra or {})}
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".partial")
    save_file(tensors, temporary, metadata)
    temporary.replace(path)


def save_vae(model: Autoencoder, path: Path, dtype: torch.dtype = torch.float32, **extra: str) -> None:
    """Writes the autoencoder with its branch scales folded in; the model given stays as it is."""
    folded = copy.deepcopy(model)
    fold_branch_scales(folded)
    save_model(folded, path, VAE_FAMILY, asdict(model.config), extra, dtype)


def read_file(path: Path) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    """Tensors as float32, and the metadata."""
    with safe_open(path, "pt") as file:
        tensors = {name: file.get_tensor(name).float() for name in file.keys()}
        return tensors, file.metadata()


def load_vae(path: Path) -> Autoencoder:
    tensors, metadata = read_file(path)
    model = Autoencoder(VaeConfig(**json.loads(metadata["config"])))
    model.load_state_dict(tensors)
    return model.eval()


def save_denoiser(
    model: Denoiser, process: Process, path: Path, dtype: torch.dtype = torch.float32, **extra: str
) -> None:
    """Writes the denoiser; its configuration also names the process and the prediction."""
    config = {**asdict(model.config), "prediction": "x0", "process": asdict(process)}
    save_model(model, path, DENOISER_FAMILY, config, extra, dtype)


def load_denoiser(path: Path) -> tuple[Denoiser, Process]:
    tensors, metadata = read_file(path)
    config = json.loads(metadata["config"])
    process = make_process(config.pop("process"))
    config.pop("prediction")
    model = Denoiser(DenoiserConfig(**config))
    model.load_state_dict(tensors)
    return model.eval(), process


def save_gain(model: GainRegressor, path: Path, dtype: torch.dtype = torch.float32, **extra: str) -> None:
    save_model(model, path, GAIN_FAMILY, asdict(model.config), extra, dtype)


def load_gain(path: Path) -> GainRegressor:
    tensors, metadata = read_file(path)
    model = GainRegressor(GainConfig(**json.loads(metadata["config"])))
    model.load_state_dict(tensors)
    return model.eval()


def save_injection(model: Injection, path: Path, dtype: torch.dtype = torch.float32, **extra: str) -> None:
    save_model(model, path, INJECTION_FAMILY, asdict(model.config), extra, dtype)


def load_injection(path: Path) -> Injection:
    tensors, metadata = read_file(path)
    model = Injection(InjectionConfig(**json.loads(metadata["config"])))
    model.load_state_dict(tensors)
    return model.eval()
