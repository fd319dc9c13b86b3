"""Energy in the high band of frequencies: texture and edges, wanted or not."""

import torch
from torch import Tensor


def high_band_energy(luminance: Tensor, lowest: float = 0.25) -> float:
    """Mean square of luminance [1, 1, H, W] above `lowest` of the sampling frequency, x 10^4."""
    values = luminance[0, 0].double()
    spectrum = torch.fft.fft2(values, norm="ortho").abs().square()
    y = torch.fft.fftfreq(values.shape[0])[:, None]
    x = torch.fft.fftfreq(values.shape[1])[None, :]
    chosen = torch.maximum(y.abs(), x.abs()) > lowest
    return (spectrum[chosen].sum() / values.numel()).item() * 1e4
