"""Trains a recogniser of names for itself: a teacher of the stack that is shipped.

    PYTHONPATH=src python -m training.recogniser.train --data ../shared/data

Runs on one thread; the seed is fixed. Prints the F1 of whole names on the dev set after each second epoch. Recognisers
that were trained before may teach it (born-again networks, Furlanello et al. 2018), in texts without labels, too.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from quoth.models.session import SHAPES, padded, vocabulary
from quoth.models.windows import LIMIT
from training.recogniser.data import IGNORE, LABELS, TAGS, TYPES, Sentence, Window, name_lists, read, window, windows
from training.recogniser.gum import read_gum
from training.stack import Average, Stack, Words, export, products, quiet
from training.tagger.corpus import paragraphs_of, read_records, read_releases
from training.tagger.names import Teachers

#: Share of the steps in which rates rise; weight of tags and types; longest line of a plain text, in characters.
WARM, BESIDES, LONGEST_LINE = 0.06, 0.2, 700
#: Label of a word of which nothing is known (`IGNORE`: a piece that begins no word).
UNTOLD = IGNORE - 1
#: Positions kept in the file: a window of `quoth.models.windows` fits.
KEPT = LIMIT + 2


class Recogniser(nn.Module):
    """The stack with one linear layer: a score for each label of each piece.

    In training two further layers tell parts of speech and types of mentions.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.tag = nn.Linear(384, len(TAGS))
        self.mention = nn.Linear(384, len(TYPES))
        self.stack = Stack((SHAPES,))
        for layer in self.stack.layers:
            layer.dropout.p = dropout
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(384, len(LABELS))

    def forward(self, words: Tensor, mask: Tensor, shape: Tensor) -> Tensor:
        """Scores (batch, length, labels)."""
        return self.head(self.seen(words, mask, shape))

    def seen(self, words: Tensor, mask: Tensor, shape: Tensor) -> Tensor:
        """What the layers on top are given, (batch, length, 384)."""
        return self.dropout(self.stack(words, mask, shape))

    def take(self, state: dict[str, Tensor]) -> None:
        """Takes over the stack of a checkpoint, of a recogniser or of the tagger outside of quotation marks."""
        state = dict(state)
        beside = state.pop("stack.tables.1.weight", None)
        if beside is not None:
            state["stack.positions"] = state["stack.positions"] + beside[0]
        if "name.weight" in state:
            state |= {"head.weight": state["name.weight"], "head.bias": state["name.bias"]}
        places = state["stack.positions"]
        state["stack.positions"] = torch.cat([places, self.stack.positions.detach()[len(places) :]])
        own = self.state_dict()
        self.load_state_dict({name: state.get(name, value) for name, value in own.items()})


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


def tensors(batch: list[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Ids, mask, shapes, labels, tags and types of a batch."""
    ids, mask = padded([w.ids for w in batch])
    kinds, _ = padded([w.shapes for w in batch])
    known = [padded(rows, IGNORE)[0] for rows in zip(*((w.labels, w.tags, w.types) for w in batch), strict=True)]
    return tuple(torch.from_numpy(value) for value in (ids, mask, kinds, *known))


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
            ids, mask, kinds, labels, *_ = tensors(made[at : at + 16])
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
    heads = (model.head, model.tag, model.mention)
    new = [p for part in (*heads, model.stack.tables) for p in part.parameters()]
    layers = [list(layer.parameters()) for layer in model.stack.layers]
    placed = {id(p) for some in (new, *layers) for p in some}
    lowest = [p for p in model.parameters() if id(p) not in placed]
    stacked = [{"params": some, "lr": rate * decay**below} for below, some in enumerate([*reversed(layers), lowest])]
    return [*stacked, {"params": new, "lr": 1e-3}]


def loss_of(model: Recogniser, seen: Tensor, known: Sequence[Tensor], taught: Tensor | None) -> Tensor:
    """The loss of labels, of what teachers see in each piece if they are asked, and of tags and types."""
    labels, tags, types = known
    shares = model.head(seen).float().log_softmax(-1)
    loss = torch.zeros(())
    if (labels >= 0).any():
        loss = functional.nll_loss(shares.flatten(0, 1), labels.clamp(IGNORE).flatten(), ignore_index=IGNORE)
    if taught is not None:
        kept = labels != IGNORE
        loss = loss - ((taught * shares).sum(-1) * kept).sum() / kept.sum()
    if (tags != IGNORE).any():
        for head, wanted in ((model.tag, tags), (model.mention, types)):
            scores = head(seen).float().flatten(0, 1)
            loss = loss + BESIDES * functional.cross_entropy(scores, wanted.flatten(), ignore_index=IGNORE)
    return loss


def plain_windows(texts: Sequence[str], rng: random.Random, blank: float) -> list[Window]:
    """Windows of texts of which nothing is known."""
    made = []
    for text in texts:
        lines = [Sentence(text[span.start : span.end], ()) for span in paragraphs_of(text)]
        some = [window([line], rng, blank) for line in lines if len(line.text) < LONGEST_LINE]
        made += [replace(one, labels=np.where(one.labels == IGNORE, IGNORE, UNTOLD)) for one in some]
    return made


class Lessons:
    """What is learned from, cut and changed afresh for each epoch.

    Args:
        given: the command line.
        rng: draws what is changed.
    """

    def __init__(self, given: argparse.Namespace, rng: random.Random) -> None:
        self.given, self.rng = given, rng
        self.train = read(given.data / "ner/train.jsonl")
        self.beside = read_gum(given.data / "gum/docs_train.jsonl") if given.gum else []
        self.lists = name_lists(self.train, given.found)
        self.texts: list[str] = []
        if given.plain:
            self.texts = [record["text"] for record in read_records(given.data / "polnear" / "train.jsonl")]
            self.texts += read_releases(given.data / "archive" / "senate.jsonl.xz", len(self.texts))

    def batches(self, part: float) -> list[list[Window]]:
        """The batches of an epoch that begins when `part` of the learning is done."""
        given = self.given
        documents = [*self.train, *self.beside] if part < given.share else self.train
        made = [*windows(documents, self.rng, self.lists, given.blank, nameless=given.nameless)]
        made += plain_windows(self.rng.sample(self.texts, given.plain), self.rng, given.blank)
        return batches([one for one in made if len(one.ids) <= KEPT], self.rng, given.pieces)


def learn(model: Recogniser, words: Words, lessons: Lessons, given: argparse.Namespace) -> None:
    """Learns, and leaves the model with the mean of its last weights."""
    dev = read(given.data / "ner/dev.jsonl")
    teachers = Teachers(given.teachers, vocabulary(), 1) if given.teachers else None
    optimiser = torch.optim.AdamW(groups(model, given.rate, given.decay), weight_decay=0.01, betas=(0.9, 0.98))
    rates = [group["lr"] for group in optimiser.param_groups]
    average = Average(model, given.mean)
    began, part, epoch = time.time(), 0.0, 0
    while part < 1:
        model.train()
        total = 0.0
        todo = lessons.batches(part)
        for number, batch in enumerate(todo):
            minutes = (time.time() - began) / 60
            part = minutes / given.minutes if given.minutes else (epoch + number / len(todo)) / given.epochs
            if part >= 1:
                break
            scale = min(1.0, part / WARM) * max(0.01, 1 - part)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * scale
            piece_ids, mask, kinds, *known = tensors(batch)
            taught = None
            if teachers is not None:
                taught = torch.from_numpy(teachers.chances(*(t.numpy() for t in (piece_ids, mask, kinds))))
            with products():
                seen = model.seen(words(piece_ids), mask, kinds)
                loss = loss_of(model, seen, known, taught)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            average.update(model)
            total += float(loss.detach())
        epoch += 1
        if not given.minutes:
            part = epoch / given.epochs
        figures = {}
        if epoch % 2 == 0 or part >= 1:
            learning = {name: value.clone() for name, value in model.state_dict().items()}
            model.load_state_dict(average.state)
            figures = evaluate(model, words, dev)
            if part < 1:
                model.load_state_dict(learning)
        minutes = (time.time() - began) / 60
        print(f"epoch {epoch}: loss {total / len(todo):.4f}, {minutes:.1f} minutes, {json.dumps(figures)}", flush=True)


def main() -> None:
    """Trains and exports."""
    given = parse()
    quiet(seed=given.seed)
    lessons = Lessons(given, random.Random(given.seed))
    model, words = Recogniser(given.dropout), Words()
    model.stack.load_base()
    if given.start:
        model.take(torch.load(given.start))
    learn(model, words, lessons, given)
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
    parser.add_argument("--nameless", type=float, default=0.4, help="share of the windows without a name that is kept")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from, of a recogniser or of the tagger")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], help="recognisers (ONNX) to learn from besides")
    parser.add_argument("--plain", type=int, default=0, help="texts without labels in an epoch, for the teachers")
    parser.add_argument("--found", type=Path, help="names to put in the place of others (training.recogniser.harvest)")
    parser.add_argument("--mean", type=float, default=0.0, help="decay of the moving average of the weights")
    parser.add_argument("--minutes", type=float, help="let the rates fall by the clock, and stop by it")
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
