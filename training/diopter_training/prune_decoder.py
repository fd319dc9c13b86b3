"""A decoder with fewer residual blocks, from a trained one."""

from dataclasses import replace
from itertools import combinations, product

import torch
from torch import Tensor

from .losses import reconstruction_loss
from .vae import Autoencoder


def without_blocks(source: Autoencoder, high: tuple[int, ...], low: tuple[int, ...]) -> Autoencoder:
    """The same autoencoder with these blocks of the decoder alone, at a quarter and an eighth."""
    config = replace(source.config, decoderHigh=len(high), decoderLow=len(low))
    model = Autoencoder(config)
    state = {name: value for name, value in source.state_dict().items() if not is_block(name)}
    for part, chosen in (("high", high), ("low", low)):
        blocks = getattr(source.decoder, part)
        for target, index in enumerate(chosen):
            state |= {f"decoder.{part}.{target}.{name}": v for name, v in blocks[index].state_dict().items()}
    model.load_state_dict(state)
    return model


def is_block(name: str) -> bool:
    return name.startswith(("decoder.high.", "decoder.low."))


@torch.no_grad()
def prune_decoder(source: Autoencoder, high: int, low: int, pictures: Tensor) -> tuple[Autoencoder, str]:
    """Of all choices of so many blocks the one whose reconstructions are nearest to the whole
    decoder's, and which blocks it keeps."""
    latents = source.encode(pictures)
    wanted = source.decode(latents)
    best = None
    ways = product(combinations(range(source.config.decoderHigh), high), combinations(range(source.config.decoderLow), low))
    for chosen in ways:
        model = without_blocks(source, *chosen).eval()
        loss = reconstruction_loss(model.decode(latents), wanted).item()
        if best is None or loss < best[0]:
            best = (loss, model, str(chosen))
    if best is None:
        raise ValueError("the decoder has fewer blocks than are to be kept")
    return best[1], best[2]
