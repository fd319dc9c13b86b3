"""The learned distribution over masks (TinySR, eq. 3, 4 and 6, and its decision).

Every group has a categorical distribution p over its options, and every pair of groups, where blocks
may move between groups, a categorical distribution q over its transformations.
"""

from itertools import product

import torch
from torch import Tensor, nn

from .masks import Layout, largest, moved, options, transformations, written


def gumbel_choice(logits: Tensor, temperature: float, count: int, generator: torch.Generator) -> Tensor:
    """One-hot draws [count, n] whose gradient is the softmax's (eq. 3)."""
    uniform = torch.rand(count, len(logits), generator=generator).clamp(1e-9, 1 - 1e-7)
    soft = ((logits - (-uniform.log()).log()) / temperature).softmax(1)
    hard = nn.functional.one_hot(soft.argmax(1), len(logits)).to(soft.dtype)
    return hard + soft - soft.detach()


class PairDistribution(nn.Module):
    """Masks of two groups between which one block may move; of one group alone where there is no second."""

    masks: Tensor
    transition: Tensor

    def __init__(self, layout: Layout, first: int, moving: bool) -> None:
        super().__init__()
        groups = range(first, min(first + 2, len(layout.sizes)))
        self.size, self.kept = layout.sizes[first], layout.kept[first]
        rows = [options(layout.sizes[group], layout.kept[group]) for group in groups]
        rows = rows if len(rows) == 2 else [rows[0], torch.zeros(1, 0)]
        paired = moving and len(groups) == 2
        self.moves = transformations(layout, first) if paired else [(self.kept, sum(layout.kept[first + 1 : first + 2]))]
        self.first, self.second = (nn.Parameter(torch.zeros(len(options_of))) for options_of in rows)
        self.move = nn.Parameter(torch.zeros(len(self.moves)))
        results = [
            moved(torch.cat([a, b]), self.size, kept - self.kept)
            for a, b in product(*rows) for kept, _ in self.moves
        ]
        names = sorted({written(mask) for masks in results for mask in masks})
        transition = torch.zeros(len(results), len(names))
        for row, masks in zip(transition, results, strict=True):
            for mask in masks:
                row[names.index(written(mask))] = 1 / len(masks)
        shape = (len(rows[0]), len(rows[1]), len(self.moves), len(names))
        self.register_buffer("transition", transition.view(shape))
        self.register_buffer("masks", torch.tensor([[float(digit) for digit in name] for name in names]))

    def sample(self, count: int, scale: float, temperature: float, generator: torch.Generator) -> Tensor:
        """[count, blocks]. Each (option, option, transformation) has its mask, drawn from r, of which the
        one-hot draws pick one: linear in them, so each logit learns what its choice would have changed."""
        a, b, t = (
            gumbel_choice(logits * scale, temperature, count, generator)
            for logits in (self.first, self.second, self.move)
        )
        drawn = torch.multinomial(self.transition.flatten(0, 2), count, True, generator=generator)
        return torch.einsum("na,nb,nt,abtnm->nm", a, b, t, self.masks[drawn].view(*self.transition.shape[:3], count, -1))

    def probabilities(self, scale: float = 1.0) -> Tensor:
        """p(m') = sum over m and t of p(m) q(t) r(m' | m, t) (eq. 6), one for each of `masks`."""
        a, b, t = ((logits * scale).softmax(0) for logits in (self.first, self.second, self.move))
        return torch.einsum("a,b,t,abtm->m", a, b, t, self.transition)

    def decide(self) -> Tensor:
        """The transformation of the largest q, then the likeliest mask among those it can lead to."""
        reached = self.masks[:, : self.size].sum(1) == self.moves[int(self.move.argmax())][0]
        return self.masks[self.probabilities().where(reached, -1.0).argmax()]


class MaskDistribution(nn.Module):
    """Masks of all groups, in pairs; `moving` off is plain mask learning (TinyFusion)."""

    def __init__(self, layout: Layout, moving: bool) -> None:
        super().__init__()
        self.layout = layout
        self.pairs = nn.ModuleList(
            PairDistribution(layout, first, moving) for first in range(0, len(layout.sizes), 2)
        )

    def sample(self, count: int, scale: float, temperature: float, generator: torch.Generator) -> Tensor:
        """Masks [count, blocks], exactly 0 or 1, with gradients to the logits, which `scale` multiplies."""
        return torch.cat([pair.sample(count, scale, temperature, generator) for pair in self.pairs], 1)

    @torch.no_grad()
    def probabilities(self, scale: float = 1.0) -> dict[str, float]:
        """The probability of every reachable mask, as text, by enumeration (eq. 4 and 6)."""
        whole = {"": 1.0}
        for pair in self.pairs:
            chances = pair.probabilities(scale).tolist()
            part = list(zip([written(mask) for mask in pair.masks], chances, strict=True))
            whole = {m + n: p * q for (m, p), (n, q) in product(whole.items(), part)}
        return whole

    @torch.no_grad()
    def marginals(self, scale: float = 1.0) -> Tensor:
        """pi_i, the probability that block i runs (eq. 7), [blocks]."""
        return torch.cat([pair.probabilities(scale) @ pair.masks for pair in self.pairs])

    def likely(self, scale: float = 1.0) -> Tensor:
        """The blocks of the largest marginals, as many as are kept: the other mask of eq. 8."""
        return largest(self.marginals(scale), sum(self.layout.kept))

    @torch.no_grad()
    def decide(self) -> Tensor:
        """The mask to prune by, [blocks]."""
        return torch.cat([pair.decide() for pair in self.pairs])
