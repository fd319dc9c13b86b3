"""A run that stops and is taken up again sees the same losses as one that does not stop."""

import csv
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TRAINING = Path(__file__).parent.parent


def run(script: str, *arguments: str | Path) -> None:
    command = [sys.executable, TRAINING / script, "--config", TRAINING / "configs" / "smoke.json", *arguments]
    subprocess.run([str(part) for part in command], cwd=TRAINING, check=True, capture_output=True)


def losses(folder: Path) -> list[str]:
    with (folder / "log.csv").open() as file:
        return [row["loss"] for row in csv.DictReader(file)]


class ResumeTest(unittest.TestCase):
    """Compares the losses that the log holds, six digits of each."""

    def test_every_training_goes_on_with_the_same_loss(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            vae, weights = folder / "vae.safetensors", folder / "out.safetensors"
            run("train_vae.py", "--steps", "1", "--run", folder / "first", "--output", vae)
            run("make_pairs.py", "--output", folder / "pairs")
            frozen = ("--vae", vae, "--pairs", folder / "pairs", "--shards", "1")
            denoiser = ("train_denoiser.py", *frozen)
            start, gain = folder / "denoiser.safetensors", folder / "gain.safetensors"
            run(*denoiser, "--stage", "regressor", "--steps", "1", "--run", folder / "start", "--output", start)
            run("train_gain.py", *frozen, "--denoiser", start, "--steps", "1", "--run", folder / "g", "--output", gain)
            student = ("train_student.py", *frozen, "--vae-small", vae, "--teacher", start)
            tiny = folder / "tiny.safetensors"
            run(*student, "--stage", "latent", "--steps", "1", "--run", folder / "s", "--output", tiny)
            trainings: dict[str, tuple[str | Path, ...]] = {
                "vae": ("train_vae.py",),
                "diffusion": (*denoiser, "--stage", "diffusion"),
                "detail": (*denoiser, "--stage", "detail", "--start", start),
                "gain": ("train_gain.py", *frozen, "--denoiser", start),
                "injection": ("train_injection.py", *frozen, "--denoiser", start, "--kind", "pfj", "--gain", gain),
                "student, latent": (*student, "--stage", "latent"),
                "student, image": (*student, "--stage", "image", "--start", tiny),
                "student, refine": (*student, "--stage", "refine", "--start", tiny, "--vae-start", vae),
            }
            for label, training in trainings.items():
                with self.subTest(label):
                    whole, parts = folder / f"{label}-whole", folder / f"{label}-parts"
                    run(*training, "--steps", "2", "--course", "4", "--run", parts, "--output", weights)
                    run(*training, "--steps", "4", "--course", "4", "--run", parts, "--output", weights)
                    run(*training, "--steps", "4", "--course", "4", "--run", whole, "--output", weights)
                    self.assertEqual(len(losses(whole)), 4)
                    self.assertEqual(losses(parts), losses(whole))

    def test_pruning_goes_on_after_the_last_method_that_was_scored(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            vae, start = folder / "vae.safetensors", folder / "denoiser.safetensors"
            run("train_vae.py", "--steps", "1", "--run", folder / "first", "--output", vae)
            run("make_pairs.py", "--output", folder / "pairs")
            frozen = ("--vae", vae, "--pairs", folder / "pairs", "--shards", "1")
            run("train_denoiser.py", *frozen, "--stage", "regressor", "--steps", "1", "--run", folder / "r", "--output", start)
            prune = ("prune_denoiser.py", *frozen, "--teacher", start)
            whole, parts = folder / "whole.json", folder / "parts.json"
            run(*prune, "--methods", "tinysr", "similarity", "--output", whole)
            run(*prune, "--methods", "tinysr", "--output", parts)
            run(*prune, "--methods", "tinysr", "similarity", "--output", parts)
            self.assertEqual(len(whole.read_text().splitlines()), 5)
            self.assertEqual(parts.read_text(), whole.read_text())


if __name__ == "__main__":
    unittest.main()
