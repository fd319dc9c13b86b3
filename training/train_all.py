"""Trains every model that ships, each from those before it (see README.md).

With `--minutes` the stages share that time. Started again, it goes on with the stage that it was in,
from its last checkpoint. Pairs are made by processes of their own beside the training.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from diopter_training.injection import KINDS

HERE = Path(__file__).parent
Argument = str | Path


@dataclass(frozen=True)
class Stage:
    """A script with its arguments, and its part of the time."""

    name: str
    script: str
    share: float
    arguments: tuple[Argument, ...]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=HERE / "configs" / "cpu.json")
    parser.add_argument("--data", type=Path, help="folder or tar of photographs; synthetic without")
    parser.add_argument("--evaluation", type=Path, help="folder of sharp pictures to report on")
    parser.add_argument("--runs", type=Path, default=Path("runs/all"))
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--minutes", type=float, help="for all stages together; by their steps without")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) // 2), help="processes that make pairs")
    return parser.parse_args()


def list_stages(arguments: argparse.Namespace) -> list[Stage]:
    """In the order in which they need each other."""
    runs, models = arguments.runs, arguments.models
    pictures = () if arguments.data is None else ("--data", arguments.data)
    seen = () if arguments.evaluation is None else ("--evaluation", arguments.evaluation)
    full, denoiser, gain = (models / f"{name}.safetensors" for name in ("vae", "denoiser", "gain"))
    regressor, student = runs / "regressor.safetensors", runs / "student-latent.safetensors"
    image, coder = runs / "student-image.safetensors", runs / "vae-tiny.safetensors"
    paired = ("--pairs", runs / "pairs", "--vae", full)
    pupil = (*paired, *seen, "--teacher", denoiser, "--vae-small", models / "vae-small.safetensors")

    def stage(name: str, share: float, script: str, output: Path, *rest: Argument) -> Stage:
        return Stage(name, script, share, (*rest, "--run", runs / name, "--output", output))

    return [
        stage("vae", 0.18, "train_vae.py", full, *pictures, *seen),
        stage("vae-small", 0.1, "train_small_vae.py", models / "vae-small.safetensors", *pictures, *seen, "--teacher", full),
        stage("regressor", 0.12, "train_denoiser.py", regressor, "--stage", "regressor", *paired, *seen),
        stage("diffusion", 0.3, "train_denoiser.py", denoiser, "--stage", "diffusion", *paired, *seen, "--start", regressor),
        stage("detail", 0.04, "train_denoiser.py", models / "denoiser-detail.safetensors", "--stage", "detail", *paired, *seen,
              "--start", denoiser, "--decoder", models / "vae-small.safetensors"),
        stage("gain", 0.05, "train_gain.py", gain, *paired, *seen, "--denoiser", denoiser),
        *(
            stage(kind, 0.02, "train_injection.py", models / f"injection-{kind}.safetensors", "--kind", kind,
                  *paired, "--denoiser", denoiser, "--gain", gain)
            for kind in KINDS
        ),
        stage("student-latent", 0.03, "train_student.py", student, "--stage", "latent", *pupil),
        stage("student-image", 0.08, "train_student.py", image, "--stage", "image", *pupil, "--start", student,
              "--vae-output", coder),
        stage("student-refine", 0.04, "train_student.py", models / "denoiser-tiny.safetensors", "--stage", "refine", *pupil,
              "--start", image, "--vae-start", coder, "--vae-output", models / "vae-tiny.safetensors"),
    ]


def command(script: str, config: Path, *arguments: Argument) -> list[str]:
    return [str(part) for part in (sys.executable, HERE / script, "--config", config, *arguments)]


def start_pairs(arguments: argparse.Namespace) -> list[subprocess.Popen[bytes]]:
    """Workers that write shards; training takes in what is there whenever it reports."""
    pictures = () if arguments.data is None else ("--data", arguments.data)
    folder, workers = arguments.runs / "pairs", arguments.workers
    return [
        subprocess.Popen(
            command("make_pairs.py", arguments.config, *pictures, "--output", folder,
                    "--worker", str(worker), "--workers", str(workers)),
            stdout=subprocess.DEVNULL,
        )
        for worker in range(workers)
    ]


def wait_for_pairs(folder: Path, workers: Sequence[subprocess.Popen[bytes]]) -> None:
    """Until there are some; where no worker is left that could make them, that is an error."""
    while not any(folder.glob("shard-*.npz")):
        if all(worker.poll() is not None for worker in workers):
            raise SystemExit(f"{folder}: no pairs were made; run make_pairs.py to see why.")
        time.sleep(0.5)


def done_file(runs: Path, stage: Stage) -> Path:
    """Stands where the stage has come to its end."""
    return runs / f"{stage.name}.done"


def main() -> None:
    arguments = parse_arguments()
    arguments.runs.mkdir(parents=True, exist_ok=True)
    arguments.models.mkdir(parents=True, exist_ok=True)
    stages = [stage for stage in list_stages(arguments) if not done_file(arguments.runs, stage).exists()]
    workers = start_pairs(arguments) if any("--pairs" in stage.arguments for stage in stages) else []
    try:
        for stage in stages:
            if "--pairs" in stage.arguments:
                wait_for_pairs(arguments.runs / "pairs", workers)
            print(f"== {stage.name}", flush=True)
            limit = () if arguments.minutes is None else ("--minutes", f"{arguments.minutes * stage.share:.3f}")
            subprocess.run(command(stage.script, arguments.config, *stage.arguments, *limit), check=True)
            done_file(arguments.runs, stage).touch()
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{error.cmd[1]} ended with {error.returncode}.") from None
    finally:
        for worker in workers:
            worker.terminate()


if __name__ == "__main__":
    main()
