"""How far predicted gains agree with true ones."""

import numpy
import torch
from torch import Tensor

from .gain import GainRegressor
from .gain_data import Gains


def ranks(values: Tensor) -> Tensor:
    return values.argsort().argsort().double()


def correlation(x: Tensor, y: Tensor) -> float:
    return float(numpy.corrcoef(x, y)[0, 1])


@torch.no_grad()
def predict(model: GainRegressor, gains: Gains, device: torch.device) -> tuple[Tensor, Tensor]:
    """Predicted and true gains [n, 2] of all single steps."""
    predicted, wanted = [], []
    for chosen in torch.arange(len(gains.places)).split(256):
        *inputs, target = gains.batch(chosen)
        predicted.append(model(*(value.to(device) for value in inputs)).cpu())
        wanted.append(target)
    return torch.cat(predicted).flatten(1), torch.cat(wanted).flatten(1)


def agreement(model: GainRegressor, gains: Gains, device: torch.device) -> dict[str, float]:
    """Correlations of both outputs: Pearson's, and Spearman's of ranks."""
    results = {}
    pairs = zip(*(values.unbind(1) for values in predict(model, gains, device)), strict=True)
    for name, (x, y) in zip(("Full", "None"), pairs, strict=True):
        results |= {f"pearson{name}": correlation(x, y), f"ranks{name}": correlation(ranks(x), ranks(y))}
    return results
