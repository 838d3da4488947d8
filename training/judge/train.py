"""Trains the judge, in goes that follow each other, and writes `judge.onnx`.

    PYTHONPATH=src python -m training.judge.train learn --pairs 60000
    PYTHONPATH=src python -m training.judge.train learn --start build/judge/60000.pt --pairs 20000 --cool 1
    PYTHONPATH=src python -m training.judge.train contrast --start build/judge/80000.pt --epochs 1
    PYTHONPATH=src python -m training.judge.train ship build/judge/70000.pt build/judge/80000.pt

A go draws its rows from the sources of `mix.toml` by their weights, in chunks that depend on the seed and on how many
rows were seen before, so that a go that was stopped goes on as it would have from its last checkpoint. The rate warms
up, stays flat, and falls over the last share `--cool` of the go. One thread, bf16 products where there
are any. `contrast` goes on with the rows of contrast, and now and then a batch of the mix, lest the judge forget it.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn

from training.judge import close, contrast, contrast_batches, data
from training.judge.network import Example, Judge, feeds, fit_strength, groups, loss, restored, sentence, write
from training.judge.sources import Sources
from training.stack import Words, products, quiet
from training.words import WEIGHTS

CHUNK = 2048
WARM = 40


def batches(examples: Sequence[Example], rng: random.Random, pieces: int) -> list[list[Example]]:
    """Inputs alike in length and of one task together, in random order."""
    found: list[list[Example]] = []
    for single in (False, True):
        rows = [e for e in examples if (e.strength >= 0) == single]
        rows.sort(key=lambda e: len(e.row.ids) + 6 * rng.random())
        batch: list[Example] = []
        for one in rows:
            if batch and (len(batch) + 1) * len(one.row.ids) > pieces:
                found.append(batch)
                batch = []
            batch.append(one)
        if batch:
            found.append(batch)
    rng.shuffle(found)
    return found


def rate(done: int, pairs: int, step: int, cool: float) -> float:
    """The share of the full rate after `done` of `pairs` rows."""
    left = (pairs - done) / pairs
    return min(1.0, (step + 1) / WARM) * (min(1.0, max(0.03, left / cool)) if cool else 1.0)


def learn(given: argparse.Namespace) -> None:
    """One go."""
    model, words = Judge(), Words()
    optimiser = torch.optim.AdamW(groups(model, given.rate), weight_decay=0.01, betas=(0.9, 0.98))
    seen = 0
    if given.start:
        state = torch.load(given.start, weights_only=False)
        model.load_state_dict(state["model"])
        if not given.fresh:
            optimiser.load_state_dict(state["optimiser"])
        seen = state["seen"]
    else:
        model.stack.load_base()
    full = [given.rate, 2 * given.rate]
    sources = Sources(given.data, given.mix, given.seed)
    began, clock, done, step, recent, last = time.process_time(), time.time(), 0, 0, 0.0, 0.0
    model.train()
    while done < given.pairs:
        rng = random.Random(given.seed * 1_000_003 + seen)
        for batch in batches(sources.chunk(rng, min(CHUNK, given.pairs - done)), rng, given.pieces):
            ids, mask, *features = feeds(batch)
            for group, most in zip(optimiser.param_groups, full, strict=True):
                group["lr"] = most * rate(done, given.pairs, step, given.cool)
            with products():
                scores = model(words(ids), mask, *features)
            cost = loss(scores, batch)
            cost.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            if batch[0].strength < 0:
                recent = 0.99 * recent + 0.01 * float(cost.detach()) if recent else float(cost.detach())
            done += len(batch)
            seen += len(batch)
            step += 1
            if step % 50 == 0:
                print(
                    f"{seen} rows, {(time.process_time() - began) / 60:.1f} processor min, "
                    f"{(time.time() - clock) / 60:.1f} min, loss {recent:.3f}",
                    flush=True,
                )
        if time.time() - last > 60 * given.every or done >= given.pairs:
            last = time.time()
            given.out.mkdir(parents=True, exist_ok=True)
            file = given.out / f"{given.name}{seen}.pt"
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "seen": seen}, file)
            print(f"{file}", flush=True)


def learn_contrast(given: argparse.Namespace) -> None:
    """One go on the rows of contrast."""
    model, words = restored(*given.start).train(), Words()
    optimiser = torch.optim.AdamW(groups(model, given.rate), weight_decay=0.01, betas=(0.9, 0.98))
    known, near = contrast.rows(aside=False), close.entries(aside=False) * given.near
    sources, rng = Sources(given.data, given.mix, given.seed), random.Random(given.seed)
    mixed: list[list[Example]] = []
    total = int(given.epochs * len(contrast_batches.batches(known, near, random.Random(0), given.pieces)))
    last = time.time()
    for step, batch in zip(range(total), contrast_batches.forever(known, near, given.seed, given.pieces), strict=False):
        for group, most in zip(optimiser.param_groups, (given.rate, 2 * given.rate), strict=True):
            group["lr"] = most * rate(step, total, step, given.cool)
        flat = [one for passage in batch for one in passage]
        ids, mask, *features = feeds(flat)
        with products():
            scores = model(words(ids), mask, *features)
        cost = loss(scores, flat) + given.rank * contrast_batches.ranking(scores[0], batch)
        cost.backward()
        if rng.random() < given.mixed:
            mixed = mixed or batches(sources.chunk(rng, CHUNK // 2), rng, CHUNK)
            old = mixed.pop()
            ids, mask, *features = feeds(old)
            with products():
                scores = model(words(ids), mask, *features)
            loss(scores, old).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if step % 50 == 49:
            print(f"{step + 1} of {total} steps, loss {float(cost.detach()):.3f}", flush=True)
        if time.time() - last > 60 * given.every or step == total - 1:
            last = time.time()
            given.out.mkdir(parents=True, exist_ok=True)
            file = given.out / f"{given.name}{step + 1}.pt"
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "seen": step + 1}, file)
            print(f"{file}", flush=True)


def ship(given: argparse.Namespace) -> None:
    """Averages checkpoints, fits the head of strength to what they see, and writes the ONNX file."""
    model = restored(*given.files)
    known = [sentence(*one) for one in data.strengths(given.data)]
    print(f"level of strength, kept aside: {fit_strength(model, known):.3f}")
    write(model, given.onnx)


def _shared(step: argparse.ArgumentParser, **defaults: float | str) -> None:
    """What goes of both kinds are told."""
    step.add_argument("--data", type=Path, default=Path("../shared/data"))
    step.add_argument("--mix", type=Path, default=Path(__file__).parent / "mix.toml")
    step.add_argument("--out", type=Path, default=Path("build/judge"))
    step.add_argument("--name")
    step.add_argument("--cool", type=float, help="share of the go over which the rate falls")
    step.add_argument("--rate", type=float)
    step.add_argument("--pieces", type=int, help="pieces in a batch")
    step.add_argument("--every", type=float, help="minutes between checkpoints")
    step.add_argument("--seed", type=int, default=1)
    step.add_argument("--threads", type=int, default=1)
    step.set_defaults(**defaults)


def main() -> None:
    """Runs a step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(required=True)
    one = steps.add_parser("learn", help="one go of training")
    one.set_defaults(run=learn)
    one.add_argument("--start", type=Path, help="a checkpoint to go on from; the base model if not given")
    one.add_argument("--fresh", action="store_true", help="forget the moments of the checkpoint")
    one.add_argument("--pairs", type=int, default=60_000, help="rows of this go")
    _shared(one, name="", cool=0.0, rate=8e-5, pieces=2048, every=4.0)
    also = steps.add_parser("contrast", help="one go on the rows of contrast")
    also.set_defaults(run=learn_contrast)
    also.add_argument("--start", type=Path, nargs="+", required=True, help="checkpoints, whose mean is gone on from")
    also.add_argument("--epochs", type=float, default=1.0)
    also.add_argument("--mixed", type=float, default=0.6, help="how often a batch of the mix is learned with one")
    also.add_argument("--near", type=int, default=3, help="how often the sentences of close words come in an epoch")
    also.add_argument("--rank", type=float, default=0.5, help="what the order of a passage's reports weighs")
    _shared(also, name="contrast", cool=0.6, rate=5e-5, pieces=3000, every=8.0)
    two = steps.add_parser("ship", help="average checkpoints and export")
    two.set_defaults(run=ship)
    two.add_argument("files", type=Path, nargs="+")
    two.add_argument("--data", type=Path, default=Path("../shared/data"))
    two.add_argument("--onnx", type=Path, default=WEIGHTS / "judge.onnx")
    given = parser.parse_args()
    quiet(threads=getattr(given, "threads", 1), seed=getattr(given, "seed", 1))
    began = time.time()
    given.run(given)
    print(json.dumps({"minutes": round((time.time() - began) / 60, 1), "seed": getattr(given, "seed", 1)}))


if __name__ == "__main__":
    main()
