"""Carried, partly, changed, or not there: a stack that reads a reported clause and a passage of an original."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quoth.models.embedder import buckets
from quoth.models.ports import Judgement
from quoth.models.session import CLS, NO_SHAPE, SEP, WEIGHTS, Encoded, Ids, Network, Vectors, Vocabulary, padded, shapes

#: Pieces of the reported and of the original text that are read; what is longer counts by its beginning.
LONGEST_REPORTED, LONGEST_ORIGINAL = 160, 256
#: Segments: mark or padding, reported, original.
SEGMENTS = 3
REPORTED = 1
#: How a piece stands in the other text: no such piece at all (or a mark); absent; present alone; with the piece before
#: it; with the piece after it; with both.
MATCHES = 6
_ABSENT, _ALONE, _BEFORE, _AFTER = 1, 2, 3, 4
PIECES_AT_ONCE = 768

#: Answers: carried, partly, changed, absent.
ANSWERS = 4
#: Levels of the strength of a claim: none, correlation, conditional causation, causation.
LEVELS = 4
#: How likely one claim must be the stronger one to count as such; chosen on the pairs of papers and press releases that
#: may be trained on; see the judge's card.
STRONGER = 0.85


def exaggeration(original: Vectors, reported: Vectors) -> str:
    """Whether a report `exaggerates`, `downplays` or says the `same` as its original, by chances of levels."""
    chances = np.outer(original, reported)
    if np.triu(chances, 1).sum() > STRONGER:
        return "exaggerates"
    return "downplays" if np.tril(chances, -1).sum() > STRONGER else "same"


def matches(ids: Ids, other: Ids) -> Ids:
    """For each piece how it stands in the `other` text, one of `MATCHES` values; a swap breaks pairs."""
    known = set(other.tolist())
    pairs = set(zip(other[:-1].tolist(), other[1:].tolist(), strict=True))
    given = ids.tolist()
    made = np.full(len(given), _ABSENT, dtype=np.int64)
    for index, piece in enumerate(given):
        if piece not in known:
            continue
        before = index > 0 and (given[index - 1], piece) in pairs
        after = index + 1 < len(given) and (piece, given[index + 1]) in pairs
        made[index] = _ALONE + before + 2 * after
    return made


class Row:
    """One input of the network: pieces with their shapes, segments and matches."""

    __slots__ = ("ids", "matches", "segments", "shapes")

    def __init__(self, reported: tuple[str, Encoded], original: tuple[str, Encoded] | None = None) -> None:
        """Lays out "[CLS] reported [SEP] original [SEP]"; without an original, "[CLS] reported [SEP]"."""
        first = _parts(*reported, LONGEST_REPORTED)
        if original is None:
            self.ids = np.concatenate([[CLS], first[0], [SEP]])
            self.shapes = np.concatenate([[NO_SHAPE], first[1], [NO_SHAPE]])
            self.segments = np.concatenate([[0], np.ones(len(first[0]), dtype=np.int64), [0]])
            self.matches = np.zeros(len(self.ids), dtype=np.int64)
            return
        second = _parts(*original, LONGEST_ORIGINAL)
        self.ids = np.concatenate([[CLS], first[0], [SEP], second[0], [SEP]])
        self.shapes = np.concatenate([[NO_SHAPE], first[1], [NO_SHAPE], second[1], [NO_SHAPE]])
        ones = np.ones(len(first[0]), dtype=np.int64)
        self.segments = np.concatenate([[0], ones, [0], np.full(len(second[0]), 2), [0]])
        self.matches = np.concatenate([[0], matches(first[0], second[0]), [0], matches(second[0], first[0]), [0]])


def _parts(text: str, encoded: Encoded, longest: int) -> tuple[Ids, Ids]:
    """The pieces that are read, and the shape of each."""
    return encoded.ids[:longest], shapes(text, encoded.offsets)[:longest]


class OnnxJudge:
    """The port `Judge` on an ONNX file."""

    def __init__(self, vocabulary: Vocabulary, file: Path = WEIGHTS / "judge.onnx", *, threads: int = 1) -> None:
        """Opens `file`.

        Raises:
            MissingPart: the file is not there.
        """
        self._vocabulary = vocabulary
        self._network = Network(file, threads=threads)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """One judgement for each (reported, original), in their order; pairs alike in length are read at once.

        Args:
            pairs: a reported clause, and the sentence or the window of up to five sentences that it is held against. Of
                a clause 160 pieces are read, of a passage 256; what is longer counts by its beginning.
        """
        encode = self._vocabulary.encode
        rows = [Row((reported, encode(reported)), (original, encode(original))) for reported, original in pairs]
        return [Judgement(*map(float, row)) for row in self._chances(rows, "verdict", ANSWERS)]

    def strengths(self, sentences: Sequence[str]) -> Vectors:
        """How strong a claim of cause each sentence makes.

        Returns:
            Chances of the levels (none, correlation, conditional causation, causation), shape (len(sentences), 4).
        """
        rows = [Row((sentence, self._vocabulary.encode(sentence))) for sentence in sentences]
        return self._chances(rows, "strength", LEVELS)

    def _chances(self, rows: Sequence[Row], output: str, classes: int) -> Vectors:
        """Chances of the classes of one output, shape (rows, classes)."""
        chances = np.zeros((len(rows), classes), dtype=np.float32)
        for batch in buckets([len(row.ids) for row in rows], PIECES_AT_ONCE):
            ids, mask = padded([rows[index].ids for index in batch])
            feeds: dict[str, npt.NDArray[Any]] = {
                "words": self._vocabulary.word_vectors(ids),
                "mask": mask,
                "shapes": padded([rows[index].shapes for index in batch], NO_SHAPE)[0],
                "segments": padded([rows[index].segments for index in batch])[0],
                "matches": padded([rows[index].matches for index in batch])[0],
            }
            (scores,) = self._network.run(feeds, [output])
            raised = np.exp(scores - scores.max(axis=1, keepdims=True))
            chances[batch] = raised / raised.sum(axis=1, keepdims=True)
        return chances
