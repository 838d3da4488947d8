"""The judge in torch: a stack that reads a reported clause and a passage together, with two heads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from quoth.models.judge import LONGEST_ORIGINAL, LONGEST_REPORTED, MATCHES, REPORTED, SEGMENTS, Row
from quoth.models.session import NO_SHAPE, SHAPES, padded, vocabulary
from training.judge.data import ANSWERS, Pair
from training.stack import WIDTH, Stack, Words, export, products

#: Positions kept in the shipped file: both texts and three marks.
KEPT = LONGEST_REPORTED + LONGEST_ORIGINAL + 3
SMOOTHING = 0.04
LEVELS = 4
#: Layers whose means tell the strength of a claim.
LOWER = 3


class Judge(nn.Module):
    """The stack, and two heads: does the passage carry the clause, and how strong a claim of cause a sentence makes.

    The verdict is read off the first piece, the mean and the greatest values over the clause's pieces: one word that
    is not carried is enough. The strength is read off the means of the lower layers, which the verdict bends
    less.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.stack = Stack((SHAPES, SEGMENTS, MATCHES))
        self.pool = nn.Linear(3 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(dropout)
        self.verdict = nn.Linear(WIDTH, len(ANSWERS))
        self.strength = nn.Linear(LOWER * WIDTH, LEVELS)

    def forward(
        self, words: Tensor, mask: Tensor, shapes: Tensor, segments: Tensor, matches: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores (batch, 4) of the verdict and (batch, 4) of the strength."""
        layers = self.stack.by_layer(words, mask, shapes, segments, matches)
        vectors = layers[-1]
        first = vectors[:, 0]
        clause = (segments == REPORTED).unsqueeze(-1).to(vectors.dtype)
        mean = (vectors * clause).sum(1) / clause.sum(1).clamp(min=1.0)
        most = (vectors - 1e2 * (1.0 - clause)).amax(1)
        pooled = self.dropout(torch.tanh(self.pool(torch.cat([first, mean, most], dim=-1))))
        return self.verdict(pooled), self.strength(self.dropout(self.lower(layers, mask)))

    @staticmethod
    def lower(layers: Sequence[Tensor], mask: Tensor) -> Tensor:
        """The means over all pieces of the lower layers, shape (batch, `LOWER` times 384)."""
        kept = mask.unsqueeze(-1).to(layers[0].dtype)
        return torch.cat([(layer * kept).sum(1) / kept.sum(1) for layer in layers[:LOWER]], dim=-1)


@dataclass(frozen=True, slots=True)
class Example:
    """One input. `right` holds the answers that are right; `strength` the level of a single sentence, else -1."""

    row: Row
    right: tuple[int, ...]
    strength: int = -1


def pair(one: Pair) -> Example:
    """A pair as an input."""
    encode = vocabulary().encode
    return Example(Row((one.reported, encode(one.reported)), (one.original, encode(one.original))), one.right)


def sentence(text: str, level: int) -> Example:
    """A sentence as an input."""
    return Example(Row((text, vocabulary().encode(text))), (), level)


def feeds(batch: Sequence[Example]) -> tuple[Tensor, ...]:
    """Ids, mask, shapes, segments and matches."""
    ids, mask = padded([e.row.ids for e in batch])
    shapes, _ = padded([e.row.shapes for e in batch], NO_SHAPE)
    segments, _ = padded([e.row.segments for e in batch])
    matches, _ = padded([e.row.matches for e in batch])
    return tuple(torch.from_numpy(value) for value in (ids, mask, shapes, segments, matches))


def loss(scores: tuple[Tensor, Tensor], batch: Sequence[Example]) -> Tensor:
    """The mean loss of a batch: minus the log of the sum of the chances of the right answers, a little smoothed."""
    if batch[0].strength >= 0:
        levels = torch.tensor([e.strength for e in batch])
        return functional.cross_entropy(scores[1].float(), levels, label_smoothing=SMOOTHING)
    logs = functional.log_softmax(scores[0].float(), dim=-1)
    right = torch.zeros_like(logs, dtype=torch.bool)
    for index, one in enumerate(batch):
        right[index, list(one.right)] = True
    said = torch.logsumexp(logs.masked_fill(~right, -1e4), dim=-1)
    each = -(1 - SMOOTHING) * said - SMOOTHING * logs.mean(-1)
    return each.mean()


def chances(model: Judge, pairs: Sequence[tuple[str, str]], words: Words | None = None) -> list[tuple[float, ...]]:
    """The four chances of each (reported, original), in order."""
    words = words or Words()
    rows = [pair(Pair(reported, original, ())) for reported, original in pairs]
    order = sorted(range(len(rows)), key=lambda index: len(rows[index].row.ids))
    found: list[tuple[float, ...]] = [()] * len(rows)
    model.eval()
    with torch.no_grad():
        for at in range(0, len(order), 32):
            batch = order[at : at + 32]
            ids, mask, *features = feeds([rows[index] for index in batch])
            with products():
                scores, _ = model(words(ids), mask, *features)
            for index, row in zip(batch, functional.softmax(scores.float(), dim=-1).tolist(), strict=True):
                found[index] = tuple(row)
    return found


def fit_strength(model: Judge, examples: Sequence[Example]) -> float:
    """Fits the head of strength to single sentences, the stack as it is; gives the accuracy on a twentieth."""
    words, vectors = Words(), []
    model.eval()
    order = sorted(range(len(examples)), key=lambda index: len(examples[index].row.ids))
    with torch.no_grad():
        for at in range(0, len(order), 64):
            ids, mask, *features = feeds([examples[index] for index in order[at : at + 64]])
            vectors.append(model.lower(model.stack.by_layer(words(ids), mask, *features), mask))
    given, levels = torch.cat(vectors), torch.tensor([examples[index].strength for index in order])
    aside = torch.arange(len(order)) % 20 == 0
    mean, spread = given.mean(0), given.std(0) + 1e-6
    given = (given - mean) / spread
    optimiser = torch.optim.AdamW(model.strength.parameters(), lr=0.003, weight_decay=0.3)
    for _ in range(150):
        cost = functional.cross_entropy(model.strength(given[~aside]), levels[~aside], label_smoothing=SMOOTHING)
        optimiser.zero_grad()
        cost.backward()
        optimiser.step()
    with torch.no_grad():
        right = float((model.strength(given[aside]).argmax(-1) == levels[aside]).float().mean())
        model.strength.weight /= spread
        model.strength.bias -= model.strength.weight @ mean
    return right


def restored(*files: Path) -> Judge:
    """A judge with the mean of the weights of checkpoints."""
    states = [torch.load(file, weights_only=False)["model"] for file in files]
    model = Judge()
    model.load_state_dict(mean(states))
    return model.eval()


def mean(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of weights."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def write(model: Judge, file: Path) -> None:
    """Exports the model, with no more positions than a row has when it is used."""
    model.stack.positions = nn.Parameter(model.stack.positions[:KEPT].detach())
    whole = torch.ones(2, 9, dtype=torch.int64)
    example = {"words": torch.randn(2, 9, WIDTH), "mask": whole}
    example.update(dict.fromkeys(("shapes", "segments", "matches"), whole))
    export(model, example, {"verdict": {0: "batch"}, "strength": {0: "batch"}}, file)


def groups(model: Judge, rate: float) -> list[dict[str, Any]]:
    """What is learned and how fast: heads and new tables at twice the rate of the stack."""
    new = [p for n, p in model.named_parameters() if not n.startswith("stack") or "tables" in n]
    kept = {id(p) for p in new}
    old: Iterable[nn.Parameter] = (p for p in model.parameters() if id(p) not in kept)
    return [{"params": list(old), "lr": rate}, {"params": new, "lr": 2 * rate}]
