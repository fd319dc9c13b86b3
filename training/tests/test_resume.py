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
            trainings: dict[str, tuple[str | Path, ...]] = {
                "vae": ("train_vae.py",),
                "diffusion": (*denoiser, "--stage", "diffusion"),
                "gain": ("train_gain.py", *frozen, "--denoiser", start),
                "injection": ("train_injection.py", *frozen, "--denoiser", start, "--kind", "pfj", "--gain", gain),
            }
            for label, training in trainings.items():
                with self.subTest(label):
                    whole, parts = folder / f"{label}-whole", folder / f"{label}-parts"
                    run(*training, "--steps", "2", "--course", "4", "--run", parts, "--output", weights)
                    run(*training, "--steps", "4", "--course", "4", "--run", parts, "--output", weights)
                    run(*training, "--steps", "4", "--course", "4", "--run", whole, "--output", weights)
                    self.assertEqual(len(losses(whole)), 4)
                    self.assertEqual(losses(parts), losses(whole))


if __name__ == "__main__":
    unittest.main()
