"""What the gain regressor learns from and is judged by: trajectories on disk, and pairs of their estimates."""

from collections.abc import Callable
from pathlib import Path

import numpy
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from .degradation.apply import apply_recipe
from .degradation.ranges import LIGHT
from .degradation.recipe import draw_recipe
from .evaluation_pictures import read_pictures
from .pairs import PairPool, to_tensor
from .preview import to_bytes
from .quality import combine, fit_natural
from .trajectories import Sampler, draw_intervals, follow
from .weights import load_denoiser, load_vae

Settings = dict[str, object]
Pairs = Callable[[int], tuple[Tensor, Tensor]]
FIT_PICTURES = 256
PRISTINE = Path("../packages/nodes/src/metrics/measures/pristine.json")


def make_sampler(
    vae_path: Path, denoiser_path: Path, pristine: Path, pool: PairPool, settings: Settings, device: torch.device
) -> Sampler:
    """The frozen models, and statistics of sharp crops of the pairs; `pristine` holds NIQE's Gaussian."""
    denoiser, process = load_denoiser(denoiser_path)
    models = (load_vae(vae_path), denoiser)
    vae, denoiser = (m.to(device, memory_format=torch.channels_last).requires_grad_(False) for m in models)
    sharp, _ = pool.batch(numpy.random.default_rng([settings["seed"]]), FIT_PICTURES, settings["crop"])
    natural = fit_natural(sharp.to(device), pristine)
    return Sampler(vae, denoiser, process, natural)


def cached(path: Path, make: Callable[[], dict[str, Tensor]]) -> dict[str, Tensor]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        save_file({name: value.contiguous() for name, value in make().items()}, path.with_suffix(".partial"))
        path.with_suffix(".partial").replace(path)
    return load_file(path)


def trajectories(sampler: Sampler, pairs: Pairs, count: int, folder: Path, settings: Settings) -> dict[str, Tensor]:
    """`count` shards of trajectories, sampled where they are not there yet; see `follow`."""
    device = next(sampler.denoiser.parameters()).device

    def make(index: int) -> dict[str, Tensor]:
        sharp, degraded = pairs(index)
        torch.manual_seed(settings["seed"] * 1_000_003 + index)
        generator = numpy.random.default_rng([settings["seed"], index, 1])
        total = sampler.process.timesteps
        intervals = draw_intervals(generator, len(sharp), settings["estimates"], total).to(device)
        values = follow(sampler, (sharp.to(device), degraded.to(device)), intervals)
        return {name: value.cpu() for name, value in values.items()}

    shards = [cached(folder / f"trajectories-{index:05d}.safetensors", lambda i=index: make(i)) for index in range(count)]
    return {name: torch.cat([shard[name] for shard in shards]) for name in shards[0]} if shards else {}


def evaluation_pairs(folder: Path, crop: int) -> list[tuple[Tensor, Tensor]]:
    """Three crops of every picture, along its diagonal, degraded with seeds of their own."""
    pairs = []
    for index, picture in enumerate(read_pictures(folder)):
        height, width = picture.shape[-2:]
        if min(height, width) < crop:
            continue
        for place in range(3):
            top, left = ((side - crop) * place // 16 * 8 for side in (height, width))
            sharp = picture[..., top : top + crop, left : left + crop]
            recipe = draw_recipe(numpy.random.default_rng([79, index, place]), crop, crop, LIGHT)
            pairs.append((sharp, to_tensor(apply_recipe(to_bytes(sharp), recipe)[None])))
    return pairs


def evaluation_trajectories(sampler: Sampler, folder: Path, run: Path, settings: Settings) -> dict[str, Tensor]:
    pairs, batch = evaluation_pairs(folder, settings["crop"]), settings["batchSampled"]

    def draw(index: int) -> tuple[Tensor, Tensor]:
        chosen = pairs[index * batch : (index + 1) * batch]
        return torch.cat([pair[0] for pair in chosen]), torch.cat([pair[1] for pair in chosen])

    return trajectories(sampler, draw, -(-len(pairs) // batch), run / f"evaluation-{folder.name}", settings)


class Gains:
    """Pairs of estimates of the same trajectory, with the gain from the earlier to the later."""

    def __init__(self, data: dict[str, Tensor], quality: dict[str, dict[str, float]]) -> None:
        self.clean, self.original = data["clean"], data["original"]
        self.quality = torch.stack([combine(data, quality[name]) for name in ("fullReference", "noReference")], -1)
        self.places = torch.nonzero(data["timesteps"][:, 1:] > 0)

    def batch(self, chosen: Tensor, hops: int | Tensor = 1) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Clean, previous, original, gain [B, 2, 1, 1] at those of the `places`; `hops`: how many
        estimates lie between, at most as many as there are."""
        item, before = self.places[chosen].unbind(1)
        later = before + 1
        earlier = (later - hops).clamp(min=0)
        target = (self.quality[item, later] - self.quality[item, earlier]).tanh()[..., None, None]
        return self.clean[item, later], self.clean[item, earlier], self.original[item], target

    def draw(self, generator: numpy.random.Generator, settings: Settings) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """A batch to train on: half of it single steps, the others up to `hops`; a share runs backwards."""
        count = settings["batch"]
        chosen = torch.from_numpy(generator.integers(len(self.places), size=count))
        hops = torch.from_numpy(generator.integers(1, settings["hops"] + 1, count))
        hops = torch.where(torch.from_numpy(generator.random(count) < 0.5), 1, hops)
        clean, previous, original, target = self.batch(chosen, hops)
        turned = torch.from_numpy(generator.random(count) < settings["backwardShare"]).view(-1, 1, 1, 1)
        first, last = torch.where(turned, clean, previous), torch.where(turned, previous, clean)
        return last, first, original, torch.where(turned, -target, target)
