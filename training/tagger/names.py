"""What the tagger's stack learns names from: web texts with names, and what the teachers see in any text."""

import json
import random
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quoth.models.session import Network, Vocabulary
from training.recogniser.data import KINDS, Sentence, recased, renamed
from training.tagger.corpus import Labelled, labelled


def read_paragraphs(file: Path) -> list[list[Sentence]]:
    """The paragraphs of each document of an UNER file, each with its names."""
    documents = []
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text, bounds = record["text"], []
        for start, end in record["sentences"]:
            if bounds and "\n" not in text[bounds[-1][1] : start]:
                bounds[-1] = (bounds[-1][0], end)
            else:
                bounds.append((start, end))
        documents.append(
            [
                Sentence(
                    text[low:high],
                    tuple((s - low, e - low, kind) for s, e, kind in record["entities"] if low <= s and e <= high),
                )
                for low, high in bounds
            ]
        )
    return documents


def named(
    vocabulary: Vocabulary,
    documents: Sequence[Sequence[Sentence]],
    lists: dict[str, list[str]],
    rng: random.Random,
    limit: int,
    share: float,
) -> Iterator[Labelled]:
    """One pass over the documents, augmented, cut into windows with the label of each word; nothing said in them.

    A `share` of the names gives place to others of their kind in `lists`.
    """
    for paragraphs in documents:
        changed = [recased(renamed(one, lists, rng, share), rng, 0.05, 0.04) for one in paragraphs]
        spans, at = [], 0
        for one in changed:
            spans += [(start + at, end + at, kind) for start, end, kind in one.names]
            at += len(one.text) + 1
        text = "\n".join(one.text for one in changed)
        for made in labelled(vocabulary, text, (), limit, limit - rng.randrange(0, limit // 2)):
            made.names = labels_of(made.window.starts, made.window.ends, spans)
            made.told = False
            yield made


def labels_of(
    starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], names: Sequence[tuple[int, int, str]]
) -> npt.NDArray[np.int64]:
    """The label of each word (O; B and I of each kind)."""
    labels = np.zeros(len(starts), dtype=np.int64)
    for start, end, kind in names:
        low, high = np.searchsorted(ends, start, side="right"), np.searchsorted(starts, end, side="left")
        labels[low:high] = 2 + 2 * KINDS.index(kind)
        if low < high:
            labels[low] -= 1
    return labels


class Teachers:
    """Recognisers trained for themselves, who show what they see one after the other: their mean is learned."""

    def __init__(self, files: Sequence[Path], vocabulary: Vocabulary, threads: int) -> None:
        self._networks = cycle([Network(file, threads=threads) for file in files])
        self._vocabulary = vocabulary

    def chances(
        self, ids: npt.NDArray[np.int64], mask: npt.NDArray[np.int64], shapes: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float32]:
        """The next teacher's chance of each label for each piece: shape (windows, pieces, labels)."""
        feeds = {"words": self._vocabulary.word_vectors(ids), "mask": mask, "shapes": shapes}
        scores = next(self._networks).run(feeds)[0]
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        return np.asarray(shares / shares.sum(-1, keepdims=True), dtype=np.float32)
