"""Runs every script for a few steps on pictures of its own making, in a minute or two.

Shows that the scripts work, not that they train well. Writes to a temporary folder only.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from diopter_training.injection import KINDS
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
        pictures, models, pairs = folder / "evaluation" / "synthetic", folder / "models", folder / "pairs"
        write_pictures(pictures)
        vae, regressor = models / "vae.safetensors", models / "regressor.safetensors"
        common = ("--config", config)
        run("train_vae.py", *common, "--evaluation", pictures, "--run", folder / "vae", "--output", vae)
        run("train_small_vae.py", *common, "--teacher", vae, "--run", folder / "small",
            "--output", models / "vae-small.safetensors")
        run("make_pairs.py", *common, "--output", pairs)
        shared = (*common, "--pairs", pairs, "--shards", "1", "--vae", vae, "--evaluation", pictures)
        run("train_denoiser.py", "--stage", "regressor", *shared, "--run", folder / "regressor", "--output", regressor)
        run("train_denoiser.py", "--stage", "diffusion", *shared, "--start", regressor,
            "--run", folder / "diffusion", "--output", models / "denoiser.safetensors")
        adaptive = (*common, "--pairs", pairs, "--shards", "1", "--vae", vae, "--denoiser", models / "denoiser.safetensors")
        gain = models / "gain.safetensors"
        run("train_gain.py", *adaptive, "--evaluation", pictures, "--run", folder / "gain", "--output", gain)
        run("evaluate_gain.py", *common, "--pairs", pairs, "--models", models, "--evaluation", pictures,
            "--run", folder / "gain", "--output", folder / "agreement.csv")
        for kind in KINDS:
            run("train_injection.py", "--kind", kind, *adaptive, "--gain", gain, "--run", folder / kind,
                "--output", models / f"injection-{kind}.safetensors")
        run("evaluate_injection.py", "--evaluation", pictures, "--models", models, "--steps", "3", "--limit", "1",
            "--output", folder / "injection")
        teacher = (*shared[:-2], "--teacher", models / "denoiser.safetensors")
        run("prune_denoiser.py", *teacher, "--output", folder / "pruning.json")
        student = ("train_student.py", *teacher, "--vae-small", models / "vae-small.safetensors",
                   "--evaluation", pictures)
        run(*student, "--stage", "latent", "--run", folder / "latent", "--output", folder / "student.safetensors")
        run(*student, "--stage", "image", "--start", folder / "student.safetensors", "--adversarial", "0.1",
            "--run", folder / "image", "--output", models / "denoiser-tiny.safetensors",
            "--vae-output", models / "vae-tiny.safetensors")
        run("plot_curves.py", "--logs", folder / "vae" / "log.csv", "--output", folder / "curves.png")
        run("contact_sheet.py", "--pictures", pictures, "--models", models, "--output", folder / "sheet.png")
        run("evaluate.py", "--evaluation", folder / "evaluation", "--sets", "synthetic", "--models", models,
            "--regressor", regressor, "--steps", "2", "--limit", "1", "--jobs", "1",
            "--output", folder / "results")
        run("golden.py", "--output", folder / "golden")


if __name__ == "__main__":
    main()
