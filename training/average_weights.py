"""Averages models that were refined from the same one, or one with that which it was refined from; see README.md.

What one refinement has learned by heart the others have not; and between a model and its refinement lies what
is gained of the one for what is lost of the other.
"""

import argparse
from pathlib import Path

import torch
from diopter_training.weights import read_file
from safetensors.torch import save_file


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, nargs="+", required=True, help="of one family and configuration")
    parser.add_argument("--shares", type=float, nargs="+", required=True, help="of each; their sum is taken as 1")
    parser.add_argument("--output", type=Path, required=True)
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    files = [read_file(path) for path in arguments.models]
    (tensors, metadata), *others = files
    if any(metadata != other for _, other in others):
        raise SystemExit("The models are not of one family, configuration and process.")
    total = sum(arguments.shares)
    mean = {
        name: sum(other[name] * (share / total) for (other, _), share in zip(files, arguments.shares, strict=True))
        for name in tensors
    }
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.to(torch.float16) for name, value in mean.items()}, arguments.output, metadata)


if __name__ == "__main__":
    main()
