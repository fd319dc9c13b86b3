"""What every training run shares: configuration, checkpoints, log, clock."""

import csv
import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import torch

Batch = TypeVar("Batch")


def read_config(path: Path, section: str) -> dict[str, object]:
    """One section of a configuration file."""
    return json.loads(path.read_text())[section]


def prefetch(make: Callable[[int], Batch], first: int, last: int, threads: int | None = None) -> Iterator[Batch]:
    """make(step) for first <= step < last, in order, prepared by threads beside the training: as many
    as half the processors, where none are named."""
    count = threads or max(1, (os.cpu_count() or 2) // 2)
    ahead = 4 * count
    with ThreadPoolExecutor(count) as pool:
        pending = deque(pool.submit(make, step) for step in range(first, min(first + ahead, last)))
        for step in range(first, last):
            if step + ahead < last:
                pending.append(pool.submit(make, step + ahead))
            yield pending.popleft().result()


class Clock:
    """Progress of a run in [0, 1]: by steps, or by time where a number of minutes is given."""

    def __init__(self, steps: int, minutes: float | None, spent: float = 0.0) -> None:
        self.steps = steps
        self.seconds = None if minutes is None else minutes * 60
        self.spent = spent
        self.started = time.monotonic()

    def elapsed(self) -> float:
        """Seconds of this run, those before a restart included."""
        return self.spent + time.monotonic() - self.started

    def progress(self, step: int) -> float:
        by_time = 0.0 if self.seconds is None else self.elapsed() / self.seconds
        return min(1.0, max(step / self.steps, by_time))


def save_checkpoint(path: Path, state: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".partial")
    torch.save(state, temporary)
    temporary.replace(path)


def load_checkpoint(path: Path) -> dict[str, object] | None:
    if not path.exists():
        return None
    return torch.load(path, map_location="cpu", weights_only=True)


def half_precision(device: torch.device, wanted: bool) -> torch.autocast:
    """bfloat16 where it is wanted and a processor has it; others would emulate it, several times slower."""
    has_it = device.type != "cpu" or torch.cpu.get_capabilities().get("avx512_bf16", False)
    return torch.autocast(device.type, torch.bfloat16, enabled=wanted and has_it)


class Log:
    """A CSV file that grows by a row per report; the columns are those of the first row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)

    def write(self, row: dict[str, float]) -> None:
        fresh = not self.path.exists()
        with self.path.open("a", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            if fresh:
                writer.writerow(row)
            writer.writerow([f"{value:.6g}" for value in row.values()])
        print(" ".join(f"{name} {value:.5g}" for name, value in row.items()), flush=True)
