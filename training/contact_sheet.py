"""Enlarges low-resolution pictures and lays bicubic and diffusion side by side, for the eye.

A sheet of photographs that may not be redistributed is for looking at, not for committing.
"""

import argparse
from pathlib import Path

import numpy
import torch
from diopter_training.evaluation_pictures import quantise, read_picture
from diopter_training.original import make_original, upsample
from diopter_training.preview import to_bytes
from diopter_training.sampling import sample, uniform_schedule
from diopter_training.weights import load_denoiser, load_vae
from PIL import Image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, nargs="+", required=True, help="pictures, or folders of them")
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--denoiser", type=Path, help="instead of denoiser-detail in --models")
    parser.add_argument("--vae", type=Path, help="instead of the one in --models")
    parser.add_argument("--steps", type=int, nargs="+", default=[4, 15])
    parser.add_argument("--crop", type=int, default=96, help="side of the part taken from the centre")
    parser.add_argument("--limit", type=int, default=12)
    parser.add_argument("--output", type=Path, default=Path("runs/sheet.png"))
    arguments = parser.parse_args()
    autoencoder = load_vae(arguments.vae or arguments.models / "vae-small.safetensors")
    autoencoder = autoencoder.to(memory_format=torch.channels_last)
    model, process = load_denoiser(arguments.denoiser or arguments.models / "denoiser-detail.safetensors")
    found = [path for given in arguments.pictures for path in (given.iterdir() if given.is_dir() else [given])]
    paths = sorted(path for path in found if path.suffix.lower() in {".png", ".jpg", ".jpeg"})
    rows = []
    for path in paths[:: max(1, len(paths) // arguments.limit)][: arguments.limit]:
        picture = read_picture(path, 2)
        height, width = picture.shape[-2:]
        side = min(arguments.crop, height, width) // 2 * 2
        top, left = (height - side) // 4 * 2, (width - side) // 4 * 2
        picture = picture[..., top : top + side, left : left + side]
        results = [upsample(picture)]
        with torch.no_grad():
            original = make_original(autoencoder, picture)
            for steps in arguments.steps:
                latent = sample(model, process, original, uniform_schedule(steps, process.timesteps))
                results.append(autoencoder.decode(latent))
        cells = [Image.fromarray(to_bytes(quantise(result))) for result in results]
        size = (arguments.crop * 4, arguments.crop * 4)
        rows.append(numpy.hstack([numpy.asarray(cell.resize(size, Image.Resampling.NEAREST)) for cell in cells]))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(numpy.vstack(rows)).save(arguments.output, quality=90)


if __name__ == "__main__":
    main()
