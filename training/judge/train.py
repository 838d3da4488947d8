"""Trains the judge in two steps and writes `judge.onnx`.

    PYTHONPATH=src python -m training.judge.train first --data ../shared/data   edits of ours, checked claims
    PYTHONPATH=src python -m training.judge.train folds --data ../shared/data   word swaps, cross-validated
    PYTHONPATH=src python -m training.judge.train last  --data ../shared/data   word swaps, all: what ships

One thread, fixed seeds. The first step is also where the strength of claims is learned; the second keeps it in mind.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from quoth.models.judge import LONGEST_ORIGINAL, LONGEST_REPORTED, MATCHES, SEGMENTS, Row
from quoth.models.session import NO_SHAPE, SHAPES, padded, vocabulary
from training.judge import data
from training.judge.data import Pair
from training.judge.edits import Lexicon
from training.stack import Stack, Words, export, quiet
from training.words import WEIGHTS

FOLDS = 5
#: Positions kept in the shipped file: both texts and three marks.
KEPT = LONGEST_REPORTED + LONGEST_ORIGINAL + 3


class Judge(nn.Module):
    """The stack with two heads on the first piece: how reported stands to original, and how strong a claim is."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.stack = Stack((SHAPES, SEGMENTS, MATCHES))
        self.pool = nn.Linear(384, 384)
        self.dropout = nn.Dropout(dropout)
        self.verdict = nn.Linear(384, 3)
        self.strength = nn.Linear(384, 4)

    def forward(self, words: Tensor, mask: Tensor, *features: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (batch, 3) of the verdict and (batch, 4) of the strength."""
        first = self.stack(words, mask, *features)[:, 0]
        pooled = self.dropout(torch.tanh(self.pool(first)))
        return self.verdict(pooled), self.strength(self.dropout(first))


@dataclass(frozen=True, slots=True)
class Example:
    """One input; `task` 0 is a pair and 1 a single sentence."""

    row: Row
    label: int
    task: int


def pair(one: Pair) -> Example:
    """A pair as an input."""
    encode = vocabulary().encode
    return Example(Row((one.reported, encode(one.reported)), (one.original, encode(one.original))), one.label, 0)


def sentence(text: str, label: int) -> Example:
    """A sentence as an input."""
    return Example(Row((text, vocabulary().encode(text))), label, 1)


def batches(examples: Sequence[Example], rng: random.Random, pieces: int) -> list[list[Example]]:
    """Inputs alike in length and of one task together, in random order."""
    found: list[list[Example]] = []
    for task in (0, 1):
        rows = sorted((e for e in examples if e.task == task), key=lambda e: len(e.row.ids) + 6 * rng.random())
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


def feeds(batch: Sequence[Example]) -> tuple[Tensor, ...]:
    """Ids, mask, shapes, segments and matches."""
    ids, mask = padded([e.row.ids for e in batch])
    shapes, _ = padded([e.row.shapes for e in batch], NO_SHAPE)
    segments, _ = padded([e.row.segments for e in batch])
    matches, _ = padded([e.row.matches for e in batch])
    return tuple(torch.from_numpy(value) for value in (ids, mask, shapes, segments, matches))


def train(
    model: Judge, words: Words, epochs: Sequence[Sequence[Example]], rate: float, rng: random.Random, pieces: int
) -> None:
    """Trains on one list of examples for each epoch."""
    learning = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    new = {n for n, _ in learning if not n.startswith("stack") or "tables" in n}
    groups = [
        {"params": [p for n, p in learning if n not in new], "lr": rate},
        {"params": [p for n, p in learning if n in new], "lr": 3 * rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    plan = [batches(examples, rng, pieces) for examples in epochs]
    steps = sum(map(len, plan))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    model.train()
    began, done, recent = time.time(), 0, [0.0, 0.0]
    for number, epoch in enumerate(plan):
        for batch in epoch:
            ids, mask, *features = feeds(batch)
            labels = torch.tensor([e.label for e in batch])
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(words(ids), mask, *features)[batch[0].task]
            loss = functional.cross_entropy(scores.float(), labels, label_smoothing=0.05)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            recent[batch[0].task] = 0.98 * recent[batch[0].task] + 0.02 * float(loss.detach())
            done += 1
            if done % 100 == 0:
                spent = (time.time() - began) / 60
                print(
                    f"  epoch {number + 1}, step {done}/{steps}, {spent:.1f} min, loss {recent[0]:.3f} {recent[1]:.3f}",
                    flush=True,
                )


def scores(model: Judge, words: Words, examples: Sequence[Example]) -> list[list[float]]:
    """The scores of each example, in order."""
    model.eval()
    order = sorted(range(len(examples)), key=lambda index: len(examples[index].row.ids))
    found: list[list[float]] = [[] for _ in examples]
    with torch.no_grad():
        for at in range(0, len(order), 32):
            batch = [examples[index] for index in order[at : at + 32]]
            ids, mask, *features = feeds(batch)
            rows = model(words(ids), mask, *features)[batch[0].task]
            for index, row in zip(order[at : at + 32], rows.tolist(), strict=True):
                found[index] = row
    return found


def accuracy(model: Judge, words: Words, examples: Sequence[Example], classes: int) -> float:
    """The share of examples whose label scores best among the first `classes`."""
    found = scores(model, words, examples)
    right = sum(max(range(classes), key=row.__getitem__) == e.label for row, e in zip(found, examples, strict=True))
    return right / len(examples)


def first(given: argparse.Namespace, model: Judge, words: Words) -> None:
    """The general step; one twentieth of everything is kept aside and scored."""
    rng = random.Random(given.seed)
    lexicon = Lexicon(given.data / "gum/docs_train.jsonl")
    releases = data.sentences(given.data, rng, 400)
    senate = rng.sample([text for release in releases for text in release], given.made // 2)
    wiki = data.wiki(given.data)
    parts = {
        "edits of press releases": [pair(p) for p in data.edited(senate, lexicon, rng)],
        "edits of Wikipedia": [
            pair(p) for p in data.edited(rng.sample(wiki, min(len(wiki), given.made // 2)), lexicon, rng)
        ],
        "other sentences of a release": [pair(p) for p in data.unrelated(releases, rng, given.made // 12)],
        "checked claims and SNLI": [pair(p) for p in data.public(given.data, rng)],
        "strength": [sentence(*one) for one in data.strengths(given.data)],
    }
    kept: dict[str, list[Example]] = {}
    learned: list[Example] = []
    for name, examples in parts.items():
        rng.shuffle(examples)
        aside = max(1, len(examples) // 20)
        kept[name] = examples[:aside]
        learned += examples[aside:]
        print(f"{name}: {len(examples)}, {sum(len(e.row.ids) for e in examples)} pieces", flush=True)
    again = [e for e in learned if e.task == 1]
    model.stack.load_base()
    train(model, words, [learned, again], given.rate, rng, given.pieces)
    for name, examples in kept.items():
        share = accuracy(model, words, examples, 4 if name == "strength" else 3)
        print(f"{name}, kept aside: {share:.3f} of {len(examples)}")
    torch.save(model.state_dict(), given.out / "judge_first.pt")


def swaps(pairs: Sequence[Pair], lexicon: Lexicon, rng: random.Random) -> list[Example]:
    """What one epoch of the second step sees: the pairs, either way round, and edits of half of their sentences."""
    turned = [Pair(p.original, p.reported, p.label) if rng.random() < 0.5 else p for p in pairs]
    texts = [p.original if rng.random() < 0.5 else p.reported for p in pairs]
    made = data.edited(rng.sample(texts, len(texts) // 3), lexicon, rng)
    return [pair(p) for p in [*turned, *made]]


def freeze(model: Judge, layers: int) -> None:
    """Keeps the lowest `layers` of the stack, and what is below, as they are: quicker, and enough for few pairs."""
    parts = [model.stack.norm, model.stack.tables, *model.stack.layers[:layers]] if layers else []
    for part in parts:
        part.requires_grad_(requires_grad=False)
    model.stack.positions.requires_grad_(requires_grad=not layers)


def folds(given: argparse.Namespace, model: Judge, words: Words) -> None:
    """Cross-validates the second step on PAWS: no sentence of a fold is seen in training."""
    lexicon = Lexicon(given.data / "gum/docs_train.jsonl")
    pairs = data.paws(given.data)
    groups = sorted({group for _, group in pairs})
    random.Random(7).shuffle(groups)
    fold = {group: index % FOLDS for index, group in enumerate(groups)}
    start = torch.load(given.out / "judge_first.pt")
    freeze(model, given.frozen)
    found: list[float] = []
    for index in range(given.folds):
        rng = random.Random(given.seed + index)
        torch.manual_seed(given.seed + index)
        learned = [p for p, group in pairs if fold[group] != index]
        tested = [pair(p) for p, group in pairs if fold[group] == index]
        model.load_state_dict(start)
        before = accuracy(model, words, tested, 2)
        train(model, words, [swaps(learned, lexicon, rng) for _ in range(given.epochs)], given.rate, rng, given.pieces)
        found += [accuracy(model, words, tested, 2)] * len(tested)
        print(f"fold {index + 1}: {before:.3f} before, {found[-1]:.3f} after, of {len(tested)}", flush=True)
    print(f"PAWS en, {FOLDS} folds: accuracy {sum(found) / len(found):.4f} of {len(found)}")


def last(given: argparse.Namespace, model: Judge, words: Words) -> None:
    """Trains on all of PAWS but the fidelity set's sentences, with some of the first step's examples, and exports."""
    rng = random.Random(given.seed)
    lexicon = Lexicon(given.data / "gum/docs_train.jsonl")
    barred = data.used_elsewhere(given.data)
    pairs = [p for p, _ in data.paws(given.data)]
    pairs = [p for p in pairs if not {data.letters(p.reported), data.letters(p.original)} & barred]
    print(f"{len(pairs)} pairs of PAWS")
    releases = data.sentences(given.data, rng, 400)
    mixed = [pair(p) for p in rng.sample(data.public(given.data, rng), 500)]
    mixed += [pair(p) for p in data.unrelated(releases, rng, 250)]
    mixed += [pair(p) for p in data.edited(rng.sample([t for r in releases for t in r], 700), lexicon, rng)]
    mixed += [sentence(*one) for one in rng.sample(data.strengths(given.data), 900)]
    model.load_state_dict(torch.load(given.out / "judge_first.pt"))
    freeze(model, given.frozen)
    parts = [[*swaps(pairs, lexicon, rng), *rng.sample(mixed, len(mixed) // given.epochs)] for _ in range(given.epochs)]
    train(model, words, parts, given.rate, rng, given.pieces)
    torch.save(model.state_dict(), given.out / "judge.pt")
    write(model, given.onnx)


def write(model: Judge, file: Path) -> None:
    """Exports the model, with no more positions than a row has when it is used."""
    model.stack.positions = nn.Parameter(model.stack.positions[:KEPT].detach())
    whole = torch.zeros(2, 9, dtype=torch.int64)
    example = {"words": torch.randn(2, 9, 384), "mask": torch.ones(2, 9, dtype=torch.int64)}
    example.update(dict.fromkeys(("shapes", "segments", "matches"), whole))
    export(model, example, {"verdict": {0: "batch"}, "strength": {0: "batch"}}, file)


def main() -> None:
    """Runs one step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["first", "folds", "last"])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--onnx", type=Path, default=WEIGHTS / "judge.onnx")
    parser.add_argument("--made", type=int, default=8000, help="pairs made by edits in the first step")
    parser.add_argument("--epochs", type=int, default=3, help="epochs of the second step")
    parser.add_argument("--frozen", type=int, default=3, help="layers that the second step leaves alone")
    parser.add_argument("--folds", type=int, default=FOLDS, help="folds to run, fewer for a first look")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--pieces", type=int, default=1024)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    quiet(seed=given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    started = time.time()
    {"first": first, "folds": folds, "last": last}[given.step](given, Judge(), Words())
    print(json.dumps({"step": given.step, "minutes": round((time.time() - started) / 60, 1), "seed": given.seed}))


if __name__ == "__main__":
    main()
