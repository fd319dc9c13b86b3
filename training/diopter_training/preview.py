"""Contact sheets and scores of a denoiser in training, on fixed degraded pictures."""

from collections.abc import Callable
from pathlib import Path

import numpy
import torch
from PIL import Image
from torch import Tensor

from .degradation.apply import apply_recipe
from .degradation.ranges import LIGHT
from .degradation.recipe import draw_recipe
from .denoiser import Denoiser
from .evaluation_pictures import psnr, quantise, read_pictures
from .original import make_original, upsample
from .pairs import to_tensor
from .process import Process
from .sampling import sample, uniform_schedule
from .vae import Autoencoder

Restorer = Callable[[Tensor], Tensor]
"""Original [1, 28, h, w] -> clean latent."""
CROP = 192
LIMIT = 8


def to_bytes(picture: Tensor) -> numpy.ndarray:
    """[1, 3, H, W] -> [H, W, 3]."""
    return (quantise(picture)[0].permute(1, 2, 0) * 255).round().byte().cpu().numpy()


class Preview:
    """Central crops of the first pictures of a folder, degraded with a seed of their own."""

    def __init__(self, folder: Path | None, autoencoder: Autoencoder, process: Process, device: torch.device) -> None:
        self.autoencoder = autoencoder
        self.process = process
        self.cases: list[tuple[Tensor, Tensor, Tensor]] = []
        for index, picture in enumerate(read_pictures(folder)):
            top, left = ((side - CROP) // 16 * 8 for side in picture.shape[-2:])
            sharp = picture[..., top : top + CROP, left : left + CROP]
            if sharp.shape[-2:] != (CROP, CROP):
                continue
            recipe = draw_recipe(numpy.random.default_rng([77, index]), CROP, CROP, LIGHT)
            degraded = to_tensor(apply_recipe(to_bytes(sharp), recipe)[None])
            original = self._original(degraded.to(device))
            if len(self.cases) == LIMIT:
                break
            self.cases.append((sharp.to(device), degraded.to(device), original))

    @torch.no_grad()
    def _original(self, degraded: Tensor) -> Tensor:
        return make_original(self.autoencoder, degraded)

    def report(self, model: Denoiser, path: Path, step_counts: list[int]) -> dict[str, float]:
        """`compare` with one column per number of sampling steps."""

        def sampler(steps: int) -> Restorer:
            schedule = uniform_schedule(steps, self.process.timesteps)
            return lambda original: sample(model, self.process, original, schedule)

        return self.compare({f"psnr{steps}": sampler(steps) for steps in step_counts}, path)

    @torch.no_grad()
    def compare(self, restorers: dict[str, Restorer], path: Path) -> dict[str, float]:
        """Writes the sheet: bicubic, a column for each restorer, sharp; returns mean PSNR of each."""
        if not self.cases:
            return {}
        rows, scores = [], []
        for sharp, degraded, original in self.cases:
            latents = [restorer(original) for restorer in restorers.values()]
            results = [quantise(upsample(degraded)), *(quantise(self.autoencoder.decode(latent)) for latent in latents)]
            scores.append([psnr(result, sharp) for result in results])
            rows.append(numpy.hstack([to_bytes(picture) for picture in (*results, sharp)]))
        path.parent.mkdir(parents=True, exist_ok=True)
        half = len(rows) // 2
        Image.fromarray(numpy.hstack([numpy.vstack(rows[:half]), numpy.vstack(rows[half : 2 * half])])).save(path)
        names = ["psnrBicubic", *restorers]
        return dict(zip(names, (float(value) for value in numpy.mean(scores, 0)), strict=True))
