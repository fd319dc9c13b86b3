"""Golden trajectories of whole sampling loops: python3 trajectories.py (after golden.py of training/)

The tiny denoiser that training/golden.py puts into this folder, the processes and the noise of training/: seed 7, draw 0 for the
start and draw k + 1 for step k.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[3] / "training"))

from diopter_training.denoiser import Denoiser, DenoiserConfig  # noqa: E402
from diopter_training.philox import gaussian_noise  # noqa: E402
from diopter_training.process import Process, ResidualShift, ScaledLinear  # noqa: E402
from diopter_training.weights import read_file  # noqa: E402

SEED, HEIGHT, WIDTH = 7, 6, 9


def noise(step: int) -> Tensor:
    return torch.from_numpy(gaussian_noise(SEED, step, 4, HEIGHT, WIDTH))


def sample(model: Denoiser, process: Process, original: Tensor, timesteps: Sequence[Tensor]) -> Tensor:
    degraded = original[:, :4]
    state = process.start(degraded, noise(0))
    for step, (now, then) in enumerate(zip(timesteps, timesteps[1:])):
        clean = model(state / process.input_scale(now), now, original)
        state = process.step(state, clean, now, then, noise(step + 1))
    return state


@torch.no_grad()
def main() -> None:
    torch.manual_seed(5)
    tensors, metadata = read_file(HERE / "denoiser.safetensors")
    fields = DenoiserConfig.__dataclass_fields__
    config = {name: value for name, value in json.loads(metadata["config"]).items() if name in fields}
    model = Denoiser(DenoiserConfig(**config)).eval()
    model.load_state_dict(tensors)
    latent, picture = torch.randn(1, 4, HEIGHT, WIDTH), torch.rand(1, 3, 2 * HEIGHT, 2 * WIDTH)
    original = torch.cat([latent, functional.pixel_unshuffle(picture * 2 - 1, 2)], 1)
    uniform = [torch.full((1, 1, 1, 1), float(t)) for t in (1000, 800, 600, 400, 200, 0)]
    speed = torch.rand(1, 1, HEIGHT, WIDTH) + 0.5
    maps = torch.stack([1000 * (1 - k / 4) ** speed for k in range(5)])
    shift, linear = ResidualShift(), ScaledLinear()
    vectors = {
        "latent": latent, "picture": picture, "maps": maps,
        "residual-shift": sample(model, shift, original, uniform),
        "residual-shift map": sample(model, shift, original, list(maps)),
        "ddpm": sample(model, linear, original, uniform),
        "ddpm map": sample(model, linear, original, list(maps)),
    }
    save_file({name: value.contiguous() for name, value in vectors.items()}, HERE / "trajectories.safetensors")


if __name__ == "__main__":
    main()
