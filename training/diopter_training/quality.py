"""Quality R of an estimate and its gain I (AdaDiffSR, eq. 1-2), for batches of pictures.

R is a weighted sum of measures, one sum for full-reference and one for no-reference measures;
I = tanh(R after - R before). A weight holds sign and unit, so that R's differences have the scale
that the threshold of 5e-3 expects.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from .evaluation_pictures import luminance
from .metrics.natural import natural_features
from .metrics.reference import gmsd_each, nlpd_each, ssim_each

FULL_REFERENCE = ("psnr", "ssim", "nlpd", "gmsd")
NO_REFERENCE = ("niqe", "brisque")
Measures = dict[str, Tensor]
"""Values [B] by name."""


def full_reference(result: Tensor, target: Tensor) -> Measures:
    """Pictures [B, 3, H, W] in [0, 1]; PSNR of RGB in decibels, at most 60, the others of luminance."""
    error = (result - target).square().mean((1, 2, 3)).clamp(min=1e-6)
    x, y = luminance(result), luminance(target)
    values = (-10 * error.log10(), ssim_each(x, y), nlpd_each(x, y), gmsd_each(x, y))
    return dict(zip(FULL_REFERENCE, values, strict=True))


@dataclass(frozen=True)
class NaturalStatistics:
    """What sharp photographs have. NIQE: a Gaussian of its features; BRISQUE: mean and deviation of each."""

    niqeMean: Tensor
    niqePrecision: Tensor
    brisqueMean: Tensor
    brisqueDeviation: Tensor

    def measure(self, result: Tensor) -> Measures:
        """NIQE: Mahalanobis distance of the picture's features. BRISQUE: root mean square of its
        standardised features. Both 0 at the mean of photographs; [B, 3, H, W] in [0, 1], even sides."""
        niqe, brisque = natural_features(luminance(result))
        difference = niqe - self.niqeMean
        distance = ((difference @ self.niqePrecision) * difference).sum(1).clamp(min=0).sqrt()
        standardised = (brisque - self.brisqueMean) / self.brisqueDeviation
        return {"niqe": distance.float(), "brisque": standardised.square().mean(1).sqrt().float()}


def read_pristine(path: Path) -> tuple[Tensor, Tensor]:
    """Mean [36] and covariance [36, 36] of NIQE's features, as the nodes hold them (lower triangle)."""
    values = json.loads(path.read_text())
    mean = torch.tensor(values["mean"], dtype=torch.float64)
    rows, columns = torch.tril_indices(len(mean), len(mean))
    covariance = torch.zeros(len(mean), len(mean), dtype=torch.float64)
    covariance[rows, columns] = torch.tensor(values["covariance"], dtype=torch.float64)
    return mean, covariance + covariance.tril(-1).T


def fit_natural(pictures: Tensor, pristine: Path) -> NaturalStatistics:
    """Sharp pictures [B, 3, H, W]; the more detailed half of them gives BRISQUE's mean and deviation."""
    gray = luminance(pictures)
    detail = (gray[..., 1:] - gray[..., :-1]).abs().mean((1, 2, 3))
    _, features = natural_features(gray[detail >= detail.median()])
    mean, covariance = (value.to(gray.device) for value in read_pristine(pristine))
    return NaturalStatistics(mean, torch.linalg.pinv(covariance), features.mean(0), features.std(0))


def combine(measures: Measures, weights: dict[str, float]) -> Tensor:
    """R [B]: the weighted sum of the measures that have a weight."""
    return torch.stack([measures[name] * weight for name, weight in weights.items()]).sum(0)
