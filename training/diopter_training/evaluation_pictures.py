"""Pictures that are evaluated on, and the autoencoder's PSNR on them."""

from pathlib import Path

import numpy
import torch
from PIL import Image
from torch import Tensor

from .vae import Autoencoder

LUMINANCE = (0.299, 0.587, 0.114)


def read_picture(path: Path, multiple: int = 8) -> Tensor:
    """[1, 3, H, W] in [0, 1]; right and bottom are cut so that sides divide by `multiple`."""
    with Image.open(path) as image:
        values = numpy.asarray(image.convert("RGB"))
    height = values.shape[0] // multiple * multiple
    width = values.shape[1] // multiple * multiple
    return torch.from_numpy(values[:height, :width].copy()).permute(2, 0, 1)[None].float() / 255


def read_pictures(folder: Path | None, multiple: int = 8) -> list[Tensor]:
    if folder is None:
        return []
    return [read_picture(path, multiple) for path in sorted(folder.glob("*.png"))]


def quantise(picture: Tensor) -> Tensor:
    """To the 256 levels of a file."""
    return (picture.clamp(0, 1) * 255).round() / 255


def psnr(prediction: Tensor, target: Tensor) -> float:
    """Decibels, peak 1, over all channels."""
    return -10 * torch.log10((prediction - target).square().mean()).item()


def luminance(picture: Tensor) -> Tensor:
    """[B, 3, H, W] -> [B, 1, H, W]."""
    weights = torch.tensor(LUMINANCE, device=picture.device).view(1, 3, 1, 1)
    return (picture * weights).sum(1, keepdim=True)


@torch.no_grad()
def mean_reconstruction_psnr(
    model: Autoencoder, pictures: list[Tensor], device: torch.device
) -> dict[str, float]:
    """Mean PSNR over RGB and over luminance of decode(encode(picture)), 8-bit outputs."""
    scores = []
    for picture in pictures:
        target = picture.to(device, memory_format=torch.channels_last)
        result = quantise(model.decode(model.encode(target)))
        scores.append((psnr(result, target), psnr(luminance(result), luminance(target))))
    if not scores:
        return {}
    rgb, gray = numpy.mean(scores, 0)
    return {"psnrRgb": float(rgb), "psnrY": float(gray)}
