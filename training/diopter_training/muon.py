"""Muon: momentum whose update is orthogonalised (K. Jordan et al., 2024).

Every 3 x 3 and 1 x 1 convolution is a matrix [out, in * k * k]; its update gets singular values
near 1, so no direction runs away. Chains of residual blocks without normalisation, which
diverge under Adam at useful rates, train steadily with it.
"""

from collections import defaultdict

import torch
from torch import Tensor, nn

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Quintic Newton-Schulz iteration, tuned to rise fast near zero."""


def orthogonalise(matrices: Tensor, iterations: int = 5) -> Tensor:
    """[n, rows, columns] -> the same with singular values between about 0.7 and 1.2."""
    a, b, c = COEFFICIENTS
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.to(torch.bfloat16)
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(iterations):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    if tall:
        x = x.mT
    return x.to(matrices.dtype)


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalised; parameters of one shape are handled as one batch."""

    def __init__(
        self, parameters: list[nn.Parameter], lr: float, momentum: float = 0.95, weight_decay: float = 0.0
    ) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            shapes: dict[torch.Size, list[nn.Parameter]] = defaultdict(list)
            for parameter in group["params"]:
                if parameter.grad is not None:
                    shapes[parameter.shape].append(parameter)
            for parameters in shapes.values():
                self._step_shape(parameters, group)

    def _step_shape(self, parameters: list[nn.Parameter], group: dict[str, float]) -> None:
        gradients = [parameter.grad for parameter in parameters]
        for parameter in parameters:
            if "momentum" not in self.state[parameter]:
                self.state[parameter]["momentum"] = torch.zeros_like(parameter)
        momenta = [self.state[parameter]["momentum"] for parameter in parameters]
        torch._foreach_lerp_(momenta, gradients, 1 - group["momentum"])
        updates = torch._foreach_lerp(gradients, momenta, group["momentum"])
        matrices = torch.stack([update.flatten(1) for update in updates])
        scale = max(1.0, matrices.shape[1] / matrices.shape[2]) ** 0.5
        orthogonal = orthogonalise(matrices).unbind(0)
        for parameter, update in zip(parameters, orthogonal, strict=True):
            if group["weight_decay"]:
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
            parameter.add_(update.view_as(parameter), alpha=-group["lr"] * scale)


def muon_and_adam(
    model: nn.Module, inner: list[nn.Parameter], inner_rate: float, other_rate: float, weight_decay: float
) -> list[torch.optim.Optimizer]:
    """Muon for the inner matrices, AdamW for everything else; each group keeps its rate as `peak`."""
    chosen = {id(parameter) for parameter in inner}
    others = [p for p in model.parameters() if id(p) not in chosen]
    adam = torch.optim.AdamW(others, other_rate, betas=(0.9, 0.99), weight_decay=0.0)
    optimisers = [Muon(inner, inner_rate, weight_decay=weight_decay), adam]
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["peak"] = group["lr"]
    return optimisers


def inner_and_other_optimisers(
    model: nn.Module, inner_rate: float, other_rate: float, weight_decay: float
) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside a denoiser's blocks, AdamW for everything else."""
    inner = [p for block in model.blocks for p in (*block.mix.parameters(), *block.mlp.parameters()) if p.ndim == 4]
    return muon_and_adam(model, inner, inner_rate, other_rate, weight_decay)
