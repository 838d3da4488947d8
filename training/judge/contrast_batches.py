"""How rows of contrast are learned: all reports of a passage in one batch, each fair one before each unfair one."""

import random
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.judge import close
from training.judge.contrast import Others, windows
from training.judge.data import CARRIED, Pair
from training.judge.network import Example, pair


def batches(
    known: Sequence[dict], near: Sequence[close.Near | close.Passage], rng: random.Random, pieces: int
) -> list[list[list[Example]]]:
    """One epoch: passages alike in length together, the reports of one always in one batch, in random order.

    Args:
        known: passages of contrast.
        near: sentences of close words.
        rng: what everything is drawn by.
        pieces: at most in a batch.
    """
    others = Others(known)
    made = [[pair(one) for one in windows(row, others, rng)] for row in rng.sample(known, len(known))]
    for entry in near:
        front, behind = others.beside(rng)
        made.append(
            [
                pair(Pair(one.reported, " ".join([*front, one.original, *behind]), one.right))
                for one in entry.reports(rng)
            ]
        )
    lengths = {id(group): max((len(one.row.ids) for one in group), default=0) for group in made}
    found: list[list[list[Example]]] = []
    batch: list[list[Example]] = []
    for group in sorted((one for one in made if one), key=lambda one: lengths[id(one)] + 20 * rng.random()):
        if batch and (sum(map(len, batch)) + len(group)) * lengths[id(group)] > pieces:
            found.append(batch)
            batch = []
        batch.append(group)
    found += [batch] if batch else []
    rng.shuffle(found)
    return found


def ranking(scores: Tensor, batch: Sequence[Sequence[Example]]) -> Tensor:
    """The mean loss of the order of a passage's reports: how far each unfair one is from behind each fair one.

    Args:
        scores: of the verdict, shape (reports, 4), in the order of the batch.
        batch: the reports of each passage.
    """
    told = scores.float()
    carried = told[:, CARRIED] - torch.logsumexp(told[:, CARRIED + 1 :], -1)
    at, terms = 0, [torch.zeros(())]
    for group in batch:
        fair, unfair = (
            [at + n for n, one in enumerate(group) if (CARRIED in one.right) == wanted] for wanted in (True, False)
        )
        at += len(group)
        if fair and unfair:
            terms.append(functional.softplus(carried[unfair][None, :] - carried[fair][:, None]).mean())
    return torch.stack(terms).sum() / max(1, len(terms) - 1)


def forever(
    known: Sequence[dict], near: Sequence[close.Near | close.Passage], seed: int, pieces: int
) -> Iterator[list[list[Example]]]:
    """Batches of epoch after epoch."""
    epoch = 0
    while True:
        yield from batches(known, near, random.Random(seed * 1009 + epoch), pieces)
        epoch += 1
