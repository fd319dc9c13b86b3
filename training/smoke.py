"""Runs every script for a few steps on pictures of its own making, in a minute or two.

Shows that the scripts work, not that they train well. Writes to a temporary folder only.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from diopter_training.pictures import synthetic_pictures
from PIL import Image

HERE = Path(__file__).parent


def run(script: str, *arguments: str | Path) -> None:
    """One script to its end; a failure ends the smoke run with its output."""
    started = time.monotonic()
    command = [sys.executable, HERE / script, *arguments]
    result = subprocess.run([str(part) for part in command], cwd=HERE, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{script} failed:\n{result.stdout}\n{result.stderr}")
    print(f"{script}: {time.monotonic() - started:.1f} s", flush=True)


def write_pictures(folder: Path) -> None:
    folder.mkdir(parents=True)
    for index, picture in enumerate(synthetic_pictures(2, 208, seed=5)):
        Image.fromarray(picture).save(folder / f"synthetic-{index}.png")


def main() -> None:
    config = HERE / "configs" / "smoke.json"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures, models = folder / "evaluation" / "synthetic", folder / "models"
        write_pictures(pictures)
        runs, denoiser = folder / "runs", models / "denoiser.safetensors"
        everything = ("--config", config, "--evaluation", pictures, "--runs", runs, "--models", models, "--workers", "1")
        run("train_all.py", *everything)
        common, adaptive = ("--config", config), ("--pairs", runs / "pairs", "--models", models)
        run("evaluate_gain.py", *common, *adaptive, "--evaluation", pictures,
            "--run", runs / "gain", "--output", folder / "agreement.csv")
        run("evaluate_injection.py", "--evaluation", pictures, "--models", models, "--steps", "3", "--limit", "1",
            "--output", folder / "injection")
        teacher = ("--pairs", runs / "pairs", "--shards", "1", "--vae", models / "vae.safetensors", "--teacher", denoiser)
        run("prune_denoiser.py", *common, *teacher, "--output", folder / "pruning.json")
        run("average_weights.py", "--models", denoiser, models / "denoiser-detail.safetensors", "--shares", "0.6", "0.4",
            "--output", folder / "mean.safetensors")
        run("plot_curves.py", "--logs", runs / "vae" / "log.csv", "--output", folder / "curves.png")
        run("contact_sheet.py", "--pictures", pictures, "--models", models, "--output", folder / "sheet.png")
        run("evaluate.py", "--evaluation", folder / "evaluation", "--sets", "synthetic", "--models", models,
            "--regressor", runs / "regressor.safetensors", "--steps", "2", "--limit", "1", "--jobs", "1",
            "--output", folder / "results")
        run("golden.py", "--output", folder / "golden")


if __name__ == "__main__":
    main()
