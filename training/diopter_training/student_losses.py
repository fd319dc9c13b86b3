"""The two stages of TinySR's restoration: near the teacher's latents, then near the sharp picture."""

from dataclasses import dataclass

import torch
from torch import Tensor

from .adversary import Adversary
from .denoiser import Denoiser
from .losses import image_loss
from .original import make_original
from .process import Process
from .streamlined import FixedDenoiser
from .vae import Autoencoder

Batch = tuple[Tensor, Tensor]
Settings = dict[str, float]


@dataclass(frozen=True)
class Teacher:
    """The whole denoiser and the full autoencoder, frozen."""

    model: Denoiser
    autoencoder: Autoencoder
    process: Process

    @torch.no_grad()
    def answer(self, degraded: Tensor) -> Tensor:
        """Its clean latent in one step from T."""
        original = make_original(self.autoencoder, degraded).float()
        base = original[:, : self.model.config.latentChannels]
        timesteps = torch.full((len(base), 1, 1, 1), float(self.process.timesteps), device=base.device)
        noisy = self.process.start(base, torch.randn_like(base)) / self.process.input_scale(timesteps)
        return self.model(noisy, timesteps, original).float()


def latent_loss(
    student: FixedDenoiser, autoencoder: Autoencoder, teacher: Teacher, batch: Batch, settings: Settings
) -> Tensor:
    """Stage 1, L2 between latents: the teacher's answer, whose average over the noise the student learns,
    as it sees none, and the sharp picture's own latent."""
    sharp, degraded = batch
    with torch.no_grad():
        original = make_original(autoencoder, degraded).float()
        wanted = teacher.answer(degraded)
        clean = autoencoder.encode(sharp).float() if settings["taskWeight"] else wanted
    answer = student.restore(teacher.process, original).float()
    loss = (answer - wanted).square().mean()
    return loss + settings["taskWeight"] * (answer - clean).square().mean()


def picture_loss(
    student: FixedDenoiser, autoencoder: Autoencoder, process: Process, batch: Batch, settings: Settings,
    adversary: Adversary | None,
) -> tuple[Tensor, Tensor]:
    """Stage 2, in image space through the student's decoder, which learns along. The first pictures
    of the batch are only encoded and decoded, so that the decoder remains one; an L2 between latents
    holds the student in their space. Returns the loss and the pictures made."""
    sharp, degraded = batch
    with torch.no_grad():
        original = make_original(autoencoder, degraded).float()
        clean = autoencoder.encode(sharp).float()
    answer = student.restore(process, original).float()
    encoded = round(len(sharp) * settings["encodedShare"])
    made = autoencoder.decode(torch.cat([clean[:encoded], answer[encoded:]])).float()
    loss = image_loss(made, sharp, torch.ones((), device=sharp.device), settings)
    loss = loss + settings["latentWeight"] * (answer - clean).square().mean()
    if adversary is not None:
        loss = adversary.join(loss, made, encoded)
    return loss, made[encoded:]
