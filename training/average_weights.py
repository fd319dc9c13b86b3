"""Averages the weights of students that were refined from the same one (see README.md).

What one refinement has learned by heart, such as dots on the grid of latents, the others have not.
"""

import argparse
from pathlib import Path
from typing import TypeVar

import torch
from diopter_training.streamlined import load_fixed, save_fixed
from diopter_training.weights import load_vae, save_vae
from torch import nn

Model = TypeVar("Model", bound=nn.Module)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--denoisers", type=Path, nargs="+", required=True)
    parser.add_argument("--vaes", type=Path, nargs="+", required=True, help="in the same order")
    parser.add_argument("--shares", type=float, nargs="+", required=True, help="of each; their sum is taken as 1")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--vae-output", type=Path, required=True)
    return parser.parse_args()


@torch.no_grad()
def average(models: list[Model], shares: list[float]) -> Model:
    """The first model with the weighted mean of all models' weights."""
    states = [model.state_dict() for model in models]
    total = sum(shares)
    models[0].load_state_dict({
        name: sum(state[name] * (share / total) for state, share in zip(states, shares, strict=True))
        for name in states[0]
    })
    return models[0]


def main() -> None:
    arguments = parse_arguments()
    denoisers = [load_fixed(path) for path in arguments.denoisers]
    denoiser = average([model for model, _ in denoisers], arguments.shares)
    save_fixed(denoiser, denoisers[0][1], arguments.output, torch.float16)
    save_vae(average([load_vae(path) for path in arguments.vaes], arguments.shares), arguments.vae_output, torch.float16)


if __name__ == "__main__":
    main()
