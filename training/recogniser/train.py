"""Trains a recogniser of names for itself: a teacher of the stack that is shipped.

    PYTHONPATH=src python -m training.recogniser.train --data ../shared/data

Runs on one thread; the seed is fixed. Prints the F1 of whole names on the dev set after each second epoch.
"""

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from quoth.encoder.base import SHAPES, padded
from quoth.encoder.windows import LIMIT
from training.recogniser.data import IGNORE, LABELS, Sentence, Window, name_lists, read, window, windows
from training.stack import Stack, Words, export, quiet

#: Positions kept in the file: a window of `quoth.encoder.windows` fits.
KEPT = LIMIT + 2


class Recogniser(nn.Module):
    """The stack with one linear layer: a score for each label of each piece."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.stack = Stack((SHAPES,))
        for layer in self.stack.layers:
            layer.dropout.p = dropout
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(384, len(LABELS))

    def forward(self, words: Tensor, mask: Tensor, shape: Tensor) -> Tensor:
        """Scores (batch, length, labels)."""
        return self.head(self.dropout(self.stack(words, mask, shape)))


def batches(made: list[Window], rng: random.Random, pieces: int) -> list[list[Window]]:
    """Windows alike in length together, at most `pieces` pieces a batch, in random order."""
    made = sorted(made, key=lambda w: len(w.ids) + rng.random() * 8)
    found: list[list[Window]] = [[]]
    for one in made:
        if found[-1] and (len(found[-1]) + 1) * len(one.ids) > pieces:
            found.append([])
        found[-1].append(one)
    rng.shuffle(found)
    return found


def tensors(batch: list[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, mask, shapes and labels of a batch."""
    ids, mask = padded([w.ids for w in batch])
    kinds, _ = padded([w.shapes for w in batch])
    labels, _ = padded([w.labels for w in batch], IGNORE)
    return tuple(torch.from_numpy(value) for value in (ids, mask, kinds, labels))


def decode(scores: np.ndarray) -> list[int]:
    """The best labels of a row of words under BIO: I only after B or I of its kind (Viterbi)."""
    labels = len(LABELS)
    barred = np.zeros((labels, labels))
    for after in range(2, labels, 2):
        barred[:, after] = -1e9
        barred[after, after] = barred[after - 1, after] = 0
    best, back = scores[0].copy(), []
    best[2::2] = -1e9
    for row in scores[1:]:
        table = best[:, None] + barred
        back.append(table.argmax(0))
        best = table.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def spans(labels: list[int]) -> set[tuple[int, int, int]]:
    """Names as (first word, last word, kind) of a row of labels."""
    found, begin = set(), -1
    for at, label in enumerate([*labels, 0]):
        if begin >= 0 and (label == 0 or label % 2 == 1):
            found.add((begin, at - 1, (labels[begin] - 1) // 2))
            begin = -1
        if label % 2 == 1:
            begin = at
    return found


def evaluate(model: Recogniser, words: Words, documents: list[list[Sentence]]) -> dict[str, float]:
    """F1 of whole names, overall and by kind, over windows of several sentences."""
    made: list[Window] = []
    for sentences in documents:
        group: list[Sentence] = []
        for sentence in sentences:
            if group and sum(len(s.text) for s in group) + len(sentence.text) > 640:
                made.append(window(group))
                group = []
            group.append(sentence)
        made.append(window(group))
    made.sort(key=lambda w: len(w.ids))
    counts: Counter[tuple[str, str]] = Counter()
    model.eval()
    with torch.no_grad():
        for at in range(0, len(made), 16):
            ids, mask, kinds, labels = tensors(made[at : at + 16])
            scores = model(words(ids), mask, kinds).log_softmax(-1).numpy()
            for row, gold in zip(scores, labels.numpy(), strict=True):
                keep = gold != IGNORE
                if keep.any():
                    right, said = spans(gold[keep].tolist()), spans(decode(row[keep]))
                    for name, group in (("gold", right), ("said", said), ("both", right & said)):
                        for span in group:
                            counts[name, LABELS[1 + 2 * span[2]][2:]] += 1
                            counts[name, "all"] += 1
    figures = {}
    for kind in ("all", "PER", "LOC", "ORG"):
        both, said, gold = (counts[name, kind] for name in ("both", "said", "gold"))
        figures[kind] = round(200 * both / max(1, said + gold), 1)
        if kind == "all":
            figures["precision"] = round(100 * both / max(1, said), 1)
            figures["recall"] = round(100 * both / max(1, gold), 1)
    return figures


def groups(model: Recogniser, rate: float, decay: float) -> list[dict]:
    """Parameters with their rates: the top layer's is `rate`, each lower one's `decay` of it, what is new has .001."""
    new = [*model.head.parameters(), *model.stack.tables.parameters()]
    layers = [list(layer.parameters()) for layer in model.stack.layers]
    placed = {id(p) for some in (new, *layers) for p in some}
    lowest = [p for p in model.parameters() if id(p) not in placed]
    stacked = [{"params": some, "lr": rate * decay**below} for below, some in enumerate([*reversed(layers), lowest])]
    return [*stacked, {"params": new, "lr": 1e-3}]


def main() -> None:
    """Trains and exports."""
    given = parse()
    quiet(seed=given.seed)
    rng = random.Random(given.seed)
    train, dev = read(given.data / "ner/train.jsonl"), read(given.data / "ner/dev.jsonl")
    lists = name_lists(train)
    extra: list[list[Sentence]] = []
    if given.gum:
        from training.recogniser.gum import read_gum  # noqa: PLC0415

        extra = read_gum(given.data / "gum/docs_train.jsonl")
    model, words = Recogniser(given.dropout), Words()
    model.stack.load_base()
    optimiser = torch.optim.AdamW(groups(model, given.rate, given.decay), weight_decay=0.01, betas=(0.9, 0.98))
    seen = [[*train, *extra] if epoch < given.share * given.epochs else train for epoch in range(given.epochs)]
    passes = (list(windows(documents, random.Random(0), lists, given.blank)) for documents in seen)
    steps = sum(len(batches(made, rng, given.pieces)) for made in passes)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.01, 1 - step / steps)
    )
    began = time.time()
    for epoch in range(given.epochs):
        model.train()
        total = 0.0
        epoch_batches = batches(list(windows(seen[epoch], rng, lists, given.blank)), rng, given.pieces)
        for batch in epoch_batches:
            piece_ids, mask, kinds, labels = tensors(batch)
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(words(piece_ids), mask, kinds)
            loss = functional.cross_entropy(scores.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORE)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            total += float(loss.detach())
        mean, minutes = total / len(epoch_batches), (time.time() - began) / 60
        figures = evaluate(model, words, dev) if epoch % 2 == 1 or epoch + 1 == given.epochs else {}
        print(f"epoch {epoch + 1}: loss {mean:.4f}, {minutes:.1f} minutes, {json.dumps(figures)}", flush=True)
    given.save.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), given.save)
    write(model, given.onnx)


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--pieces", type=int, default=2048)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--blank", type=float, default=0.04, help="share of words made unknown")
    parser.add_argument("--decay", type=float, default=1.0, help="rate of a layer to that of the one above it")
    parser.add_argument("--share", type=float, default=0.6, help="share of the epochs that see GUM's names too")
    parser.add_argument("--gum", action="store_true", help="add the names of GUM's documents in the first epochs")
    parser.add_argument("--save", type=Path, default=Path("out/recogniser.pt"))
    parser.add_argument("--onnx", type=Path, default=Path("out/recogniser.onnx"))
    return parser.parse_args()


def write(model: Recogniser, file: Path) -> None:
    """Exports the model, with no more positions than windows have when it is used."""
    model.stack.positions = nn.Parameter(model.stack.positions[:KEPT].detach())
    feeds = {
        "words": torch.randn(2, 9, 384),
        "mask": torch.ones(2, 9, dtype=torch.int64),
        "shapes": torch.zeros(2, 9, dtype=torch.int64),
    }
    export(model, feeds, {"scores": {0: "batch", 1: "length"}}, file)


if __name__ == "__main__":
    main()
