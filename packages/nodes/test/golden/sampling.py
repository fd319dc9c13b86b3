"""Golden values of schedules, processes and update rules, in float64: python3 sampling.py

Written from the papers' equations, not from the TypeScript: each rule works on whole states and
noise, where the TypeScript computes coefficients. Writes sampling.json beside this file.
"""

import json
import math
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
T = 1000


def alpha_bar_table() -> torch.Tensor:
    betas = torch.linspace(math.sqrt(0.00085), math.sqrt(0.012), T) ** 2
    return torch.cumprod(1 - betas, 0)


TABLE = alpha_bar_table()


def sigma(t: float) -> float:
    """Whole timesteps from the table, ln sigma linear between them, sigma linear below 1."""
    whole = [0.0] + [math.sqrt((1 - a) / a) for a in TABLE.tolist()]
    if t < 1:
        return t * whole[1]
    low = min(int(t), T - 1)
    return math.exp(math.log(whole[low]) + (t - low) * (math.log(whole[low + 1]) - math.log(whole[low])))


def alpha_bar(t: float) -> float:
    return 1 / (1 + sigma(t) ** 2)


def eta(t: float, kappa: float, minimum: float, power: float) -> float:
    """ResShift's course of eta, spread over t = 1..T; its root is linear below 1."""
    smallest = minimum / kappa
    place = max(t - 1, 0) / (T - 1)
    root = smallest * (0.99 / smallest) ** (place**power)
    return (min(t, 1) * root) ** 2


def uniform(steps: int) -> list[int]:
    return [k * T // steps for k in range(steps, -1, -1)]


def resampled(steps: int, family: str, strength: float, boundary: float) -> list[float]:
    def growth(u: float) -> float:
        if family == "polynomial":
            return u**strength
        if family == "exponential":
            return (math.exp(strength * u) - 1) / (math.exp(strength) - 1)
        return (1 - strength) * u + strength * (1 - math.cos(math.pi * u / 2))

    def place(t: float) -> float:
        if t < boundary or boundary == T:
            return boundary * growth(t / boundary)
        return T - (T - boundary) * growth((T - t) / (T - boundary))

    return [place(t) for t in uniform(steps)]


def predict(kind: str, x: torch.Tensor, clean: torch.Tensor, t: float) -> torch.Tensor:
    """What a network of this kind would say, were `clean` its estimate at the VP state x."""
    a = alpha_bar(t)
    noise = (x - math.sqrt(a) * clean) / math.sqrt(1 - a)
    return {"x0": clean, "epsilon": noise, "v": math.sqrt(a) * noise - math.sqrt(1 - a) * clean}[kind]


def ddim(x, clean, z, t, s, noisiness):
    a, b = alpha_bar(t), alpha_bar(s)
    deviation = noisiness * math.sqrt((1 - b) / (1 - a)) * math.sqrt(1 - a / b)
    epsilon = (x - math.sqrt(a) * clean) / math.sqrt(1 - a)
    return math.sqrt(b) * clean + math.sqrt(1 - b - deviation**2) * epsilon + deviation * z


def ddpm(x, clean, z, t, s):
    a, b = alpha_bar(t), alpha_bar(s)
    beta = 1 - a / b
    mean = math.sqrt(b) * beta / (1 - a) * clean + math.sqrt(a / b) * (1 - b) / (1 - a) * x
    return mean + math.sqrt(beta * (1 - b) / (1 - a)) * z


def euler(x, clean, t, s):
    return x + (sigma(s) - sigma(t)) * (x - clean) / sigma(t)


def residual_shift(x, clean, y, z, t, s, noisiness, kappa, minimum, power):
    here, there = eta(t, kappa, minimum, power), eta(s, kappa, minimum, power)
    deviation = noisiness * kappa * math.sqrt(there / here * (here - there))
    epsilon = (x - clean - here * (y - clean)) / (kappa * math.sqrt(here))
    kept = math.sqrt(kappa**2 * there - deviation**2)
    return clean + there * (y - clean) + kept * epsilon + deviation * z


def main() -> None:
    torch.manual_seed(7)
    x, clean, y, z = torch.randn(4, 6)
    jumps = [(1000, 875), (700, 412.5), (333.3, 120.7), (60, 3.25), (1.5, 0.4), (40, 0)]
    shift = {"kappa": 1.0, "minimum": 0.04, "power": 0.3}
    cases = []
    for t, s in jumps:
        for prediction in ("x0", "epsilon", "v"):
            output = predict(prediction, x, clean, t)
            for noisiness in (0.0, 0.6, 1.0):
                cases.append(("ddim", prediction, noisiness, t, s, output, ddim(x, clean, z, t, s, noisiness)))
            cases.append(("ddpm", prediction, 0.0, t, s, output, ddpm(x, clean, z, t, s)))
            # Euler's state is x / sqrt(alpha_bar); the network sees the same x.
            output = predict(prediction, x * math.sqrt(alpha_bar(t)), clean, t)
            cases.append(("euler", prediction, 0.0, t, s, output, euler(x, clean, t, s)))
        for noisiness in (0.0, 0.5, 1.0):
            after = residual_shift(x, clean, y, z, t, s, noisiness, **shift)
            cases.append(("residual-shift", "x0", noisiness, t, s, clean, after))
    times = [0, 0.3, 1, 1.5, 2, 17.25, 250, 499.9, 731.6, 999.5, 1000]
    golden = {
        "sigma": [{"timestep": t, "value": sigma(t)} for t in times],
        "eta": [{"timestep": t, "value": eta(t, 2.0, 0.04, 0.3)} for t in times],
        "uniform": {str(steps): uniform(steps) for steps in (1, 2, 7, 10, 15, 20, 100)},
        "resampled": [
            {
                "steps": steps, "family": family, "strength": strength, "boundary": boundary,
                "timesteps": resampled(steps, family, strength, boundary),
            }
            for steps, family, strength, boundary in [
                (7, "polynomial", 2.0, 500), (10, "polynomial", 1.5, 400), (7, "polynomial", 2.0, 1000),
                (10, "exponential", 2.0, 500), (10, "trigonometric", 0.7, 600),
            ]
        ],
        "x": x.tolist(), "clean": clean.tolist(), "y": y.tolist(), "z": z.tolist(),
        "steps": [
            {"rule": rule, "prediction": prediction, "eta": noisiness, "from": t, "to": s,
             "output": output.tolist(), "after": after.tolist()}
            for rule, prediction, noisiness, t, s, output, after in cases
        ],
    }
    path = Path(__file__).with_name("sampling.json")
    path.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
