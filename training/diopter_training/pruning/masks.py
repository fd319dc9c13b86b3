"""Groups of blocks, the masks that keep some of each, and what is done to masks.

A mask is a row of ones (the block runs) and zeros (it is left out), [blocks]. TinySR has groups of
four with two kept; here the last group holds what is left over, and any number may be kept.
"""

from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import torch
from torch import Tensor


@dataclass(frozen=True)
class Layout:
    """Sizes of consecutive groups, and how many blocks of each run before any transformation."""

    sizes: tuple[int, ...]
    kept: tuple[int, ...]

    @property
    def blocks(self) -> int:
        return sum(self.sizes)

    def reachable(self) -> int:
        """Masks that keep these numbers in these groups (TinySR, eq. 5: its numerator)."""
        return prod(comb(size, kept) for size, kept in zip(self.sizes, self.kept, strict=True))


def make_layout(blocks: int, kept: int, size: int = 4) -> Layout:
    """Groups of `size`, the last one smaller where they do not divide. What is kept is spread by
    largest remainder, earlier groups first where remainders are equal."""
    sizes = [min(size, blocks - first) for first in range(0, blocks, size)]
    wanted = [kept * group / blocks for group in sizes]
    counts = [int(share) for share in wanted]
    by_remainder = sorted(range(len(sizes)), key=lambda group: counts[group] - wanted[group])
    for group in by_remainder[: kept - sum(counts)]:
        counts[group] += 1
    return Layout(tuple(sizes), tuple(counts))


def options(size: int, kept: int) -> Tensor:
    """All masks [C(size, kept), size] of a group."""
    rows = torch.zeros(comb(size, kept), size)
    for row, chosen in enumerate(combinations(range(size), kept)):
        rows[row, list(chosen)] = 1
    return rows


def transformations(layout: Layout, first: int) -> list[tuple[int, int]]:
    """What may be kept in the groups `first` and `first + 1`: as laid out, or one block moved from
    one to the other where there is one to move and a place for it (TinySR: (2,2), (1,3), (3,1))."""
    (size_a, size_b), (kept_a, kept_b) = layout.sizes[first : first + 2], layout.kept[first : first + 2]
    moved = [(kept_a + shift, kept_b - shift) for shift in (0, -1, 1)]
    return [(a, b) for a, b in moved if 0 <= a <= size_a and 0 <= b <= size_b]


def moved(mask: Tensor, size: int, shift: int) -> Tensor:
    """Every mask [n, blocks] after one running block of a pair of groups moves across: `shift` +1 into
    the first group, of `size` blocks, -1 out of it. r(m' | m, t) is uniform over them."""
    if shift == 0:
        return mask[None]
    inside = torch.arange(len(mask)) < size
    source, target = (~inside, inside) if shift > 0 else (inside, ~inside)
    running = torch.nonzero((mask > 0.5) & source).flatten().tolist()
    idle = torch.nonzero((mask < 0.5) & target).flatten().tolist()
    rows = mask.repeat(len(running) * len(idle), 1)
    for row, (stopped, started) in zip(rows, product(running, idle), strict=True):
        row[stopped], row[started] = 0, 1
    return rows


def union(mask: Tensor, other: Tensor) -> Tensor:
    """Expansion (TinySR, eq. 8): blocks that run in either. Differentiable."""
    return mask + other - mask * other


def intersection(mask: Tensor, other: Tensor) -> Tensor:
    """Corrosion (TinySR, eq. 8): blocks that run in both. Differentiable."""
    return mask * other


def largest(values: Tensor, kept: int) -> Tensor:
    """The mask of the `kept` largest values."""
    mask = torch.zeros_like(values)
    mask[values.topk(kept).indices] = 1
    return mask


def written(mask: Tensor) -> str:
    """As text, such as 11010."""
    return "".join("1" if value > 0.5 else "0" for value in mask.tolist())


def read(text: str) -> Tensor:
    return torch.tensor([float(digit) for digit in text])
