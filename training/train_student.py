"""Trains the one-step student (TinySR, restoration) in three stages; see README.md for the commands.

`--stage latent`: from the teacher's kept blocks, streamlined, towards the teacher's latents.
`--stage image`: from there, in image space, through a decoder with fewer blocks that learns along.
`--stage refine`: the whole student goes on with a critic of its pictures.
"""

import argparse
import copy
from pathlib import Path

import numpy
import torch
from diopter_training.adversary import Adversary, make_opponent
from diopter_training.muon import inner_and_other_optimisers
from diopter_training.optimisation import learning_rate_factor, update_average
from diopter_training.pairs import PairPool
from diopter_training.preview import Preview
from diopter_training.prune_decoder import prune_decoder
from diopter_training.run import Clock, Log, half_precision, load_checkpoint, prefetch, read_config, save_checkpoint
from diopter_training.streamlined import FixedDenoiser, load_fixed, save_fixed, streamline
from diopter_training.student_losses import Teacher, latent_loss, picture_loss
from diopter_training.vae import Autoencoder
from diopter_training.weights import load_denoiser, load_vae, save_vae
from torch import Tensor, nn

Settings = dict[str, float]
SECTIONS = {"latent": "studentLatent", "image": "studentImage", "refine": "studentRefine"}
"""Of the configuration, by stage."""


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=tuple(SECTIONS), required=True)
    parser.add_argument("--config", type=Path, default=Path("configs/cpu.json"))
    parser.add_argument("--pairs", type=Path, default=Path("runs/pairs"))
    parser.add_argument("--shards", type=int, help="use this many shards, so that runs repeat exactly")
    parser.add_argument("--teacher", type=Path, default=Path("../models/denoiser.safetensors"))
    parser.add_argument("--vae", type=Path, default=Path("../models/vae.safetensors"), help="the teacher's")
    parser.add_argument("--vae-small", type=Path, default=Path("../models/vae-small.safetensors"))
    parser.add_argument("--mask", help="the teacher's blocks that stay, such as 1101; overrides the configuration")
    parser.add_argument("--start", type=Path, help="weights of the stage before")
    parser.add_argument("--vae-start", type=Path, help="the student's autoencoder, for the last stage")
    parser.add_argument("--adversarial", type=float, help="weight of the adversarial loss; overrides the configuration")
    parser.add_argument("--critic-learning-rate", type=float, help="overrides the configuration")
    parser.add_argument("--evaluation", type=Path, help="folder of sharp pictures for previews")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--vae-output", type=Path, help="where stage 2 writes its autoencoder")
    parser.add_argument("--minutes", type=float, help="end the course of the learning rate by time")
    parser.add_argument("--steps", type=int, help="stop here; overrides the configuration")
    parser.add_argument("--course", type=int, help="steps of the learning rate's course, as many by default")
    return parser.parse_args()


class Student(nn.Module):
    """Denoiser and autoencoder, saved and averaged as one."""

    def __init__(self, denoiser: FixedDenoiser, autoencoder: Autoencoder) -> None:
        super().__init__()
        self.denoiser = denoiser
        self.autoencoder = autoencoder


def make_student(arguments: argparse.Namespace, settings: Settings, pool: PairPool) -> Student:
    """The teacher's kept blocks without noise at T; in image space a decoder with fewer blocks.
    The encoder stays as it is."""
    if arguments.stage != "latent" and arguments.start is None:
        raise SystemExit(f"--stage {arguments.stage} needs --start, the weights of the stage before")
    if arguments.stage == "refine" and arguments.vae_start is None:
        raise SystemExit("--stage refine needs --vae-start, the student's autoencoder")
    if arguments.start is None:
        teacher, process = load_denoiser(arguments.teacher)
        mask = [digit == "1" for digit in (arguments.mask or settings["mask"])]
        denoiser = streamline(teacher, float(process.timesteps), mask, noise=0.0)
    else:
        denoiser = load_fixed(arguments.start)[0]
    small = load_vae(arguments.vae_start if arguments.stage == "refine" else arguments.vae_small)
    if arguments.stage == "image":
        sharp, _ = pool.batch(numpy.random.default_rng(settings["seed"]), 8, settings["crop"])
        small, chosen = prune_decoder(small, settings["decoderHigh"], settings["decoderLow"], sharp)
        print("blocks of the decoder that stay:", chosen, flush=True)
    student = Student(denoiser, small)
    small.requires_grad_(False)
    small.decoder.requires_grad_(arguments.stage != "latent")
    return student.train()


def make_optimisers(student: Student, settings: Settings) -> list[torch.optim.Optimizer]:
    rates = (settings["muonLearningRate"], settings["learningRate"], settings["weightDecay"])
    optimisers = inner_and_other_optimisers(student.denoiser, *rates)
    learning = [parameter for parameter in student.autoencoder.parameters() if parameter.requires_grad]
    if learning:
        group = {"params": learning, "peak": settings["decoderLearningRate"]}
        optimisers.append(torch.optim.AdamW([group], betas=(0.9, 0.99), weight_decay=0.0))
    return optimisers


def main() -> None:
    arguments = parse_arguments()
    settings = read_config(arguments.config, SECTIONS[arguments.stage])
    if arguments.adversarial is not None:
        settings["adversarialWeight"] = arguments.adversarial
    if arguments.critic_learning_rate is not None:
        settings["criticLearningRate"] = arguments.critic_learning_rate
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    seed, steps = settings["seed"], arguments.steps or settings["steps"]
    pool = PairPool(arguments.pairs, arguments.shards)
    teacher_model, process = load_denoiser(arguments.teacher)
    frozen = (teacher_model, load_vae(arguments.vae))
    teacher = Teacher(*(m.to(device, memory_format=torch.channels_last).requires_grad_(False) for m in frozen), process)
    torch.manual_seed(seed)
    student = make_student(arguments, settings, pool).to(device, memory_format=torch.channels_last)
    average, optimisers = copy.deepcopy(student), make_optimisers(student, settings)
    adversary = make_opponent(Adversary, settings, device)
    first, spent = 0, 0.0
    state = load_checkpoint(arguments.run / "checkpoint.pt")
    if state is not None:
        student.load_state_dict(state["student"])
        average.load_state_dict(state["average"])
        for optimiser, values in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(values)
        if adversary is not None:
            adversary.restore(state)
        first, spent = state["step"], state["seconds"]
    clock, log = Clock(arguments.course or steps, arguments.minutes, spent), Log(arguments.run / "log.csv")
    preview = Preview(arguments.evaluation, average.autoencoder, process, device)

    def make(step: int) -> tuple[Tensor, Tensor]:
        if step % settings["reportEvery"] == 0 and arguments.shards is None:
            pool.refresh()
        return pool.batch(numpy.random.default_rng([seed, step]), settings["batch"], settings["crop"])

    def write() -> None:
        save_fixed(average.denoiser, process, arguments.output, torch.float16)
        if arguments.vae_output is not None:
            save_vae(average.autoencoder, arguments.vae_output, torch.float16)

    def report(step: int, loss: float) -> None:
        restorers = {"psnr": lambda original: average.denoiser.restore(process, original)}
        scores = preview.compare(restorers, arguments.run / f"preview-{step:06d}.png")
        log.write({"step": step, "seconds": clock.elapsed(), "loss": loss, **scores})
        kept = {
            "student": student.state_dict(), "average": average.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in optimisers],
            "step": step, "seconds": clock.elapsed(),
        }
        if adversary is not None:
            kept |= adversary.state()
        save_checkpoint(arguments.run / "checkpoint.pt", kept)

    losses: list[float] = []
    for step, batch in enumerate(prefetch(make, first, steps), first):
        progress = clock.progress(step)
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * learning_rate_factor(progress)
        torch.manual_seed(seed * 1_000_003 + step)
        on_device = (batch[0].to(device), batch[1].to(device))
        with half_precision(device, settings["bfloat16"]):
            if arguments.stage == "latent":
                loss = latent_loss(student.denoiser, student.autoencoder, teacher, on_device, settings)
            else:
                loss, made = picture_loss(student.denoiser, student.autoencoder, process, on_device, settings, adversary)
        for optimiser in optimisers:
            optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), settings["gradientNorm"])
        for optimiser in optimisers:
            optimiser.step()
        if adversary is not None:
            adversary.learn(on_device[0][-len(made) :], made)
        update_average(average, student, step, settings["average"])
        losses.append(loss.item())
        if (step + 1) % settings["reportEvery"] == 0:
            report(step + 1, sum(losses) / len(losses))
            losses = []
        if progress >= 1.0:
            break
    write()


if __name__ == "__main__":
    main()
