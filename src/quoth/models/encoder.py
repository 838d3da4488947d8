"""The stack that reads a text once for all that is asked of its words: cues, roles and names.

Tagger and recogniser look at the same windows of the same text. What the stack saw in the last texts is kept, so that
the second of the two costs next to nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy.typing as npt

from quoth.models.session import WEIGHTS, Network, Vectors, Vocabulary, vocabulary
from quoth.models.windows import Window, read_windows
from quoth.types import Span

#: Texts whose scores of names are kept: a text is asked for its statements first and then for its names.
REMEMBERED = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What the stack says of one window, a row for each word.

    Attributes:
        window: what was read.
        scores: of cue labels.
        words: vectors of words.
        cues: vectors of words as parts of a cue.
        names: scores of labels of names: O, then B and I for each kind.
    """

    window: Window
    scores: Vectors
    words: Vectors
    cues: Vectors
    names: Vectors


Names = tuple[Window, Vectors]


class Reader:
    """The stack on an ONNX file."""

    def __init__(self, vocabulary: Vocabulary, file: Path = WEIGHTS / "reader.onnx", *, threads: int = 1) -> None:
        """Opens `file`.

        Raises:
            MissingPart: the file is not there.
        """
        self._vocabulary = vocabulary
        self._network = Network(file, threads=threads)
        self._recent: dict[tuple[str, tuple[Span, ...]], list[Names]] = {}

    def read(self, text: str, paragraphs: Sequence[Span]) -> list[Reading]:
        """The readings of a text's windows, in reading order; only `paragraphs` are read.

        Each window is read by itself: several at once are no quicker, and would need padding.
        """
        readings = [self._reading(window) for window in read_windows(self._vocabulary, text, paragraphs)]
        for oldest in list(self._recent)[: 1 - REMEMBERED]:
            self._recent.pop(oldest, None)
        self._recent[text, tuple(paragraphs)] = _names_of(readings)
        return readings

    def names(self, text: str, paragraphs: Sequence[Span]) -> list[Names]:
        """The windows of a text with their scores of names, as `read` sees them; a text read lately costs nothing."""
        kept = self._recent.get((text, tuple(paragraphs)))
        return _names_of(self.read(text, paragraphs)) if kept is None else kept

    def _reading(self, window: Window) -> Reading:
        feeds: dict[str, npt.NDArray[Any]] = {
            "inputs_embeds": self._vocabulary.word_vectors(window.ids[None]),
            "shapes": window.shapes[None],
            "standing": window.standing[None],
        }
        outputs = self._network.run(feeds, ("scores", "words", "cues", "names"))
        return Reading(window, *(output[0, window.first] for output in outputs))


def _names_of(readings: Sequence[Reading]) -> list[Names]:
    """What is kept of readings: little, beside the vectors of their words."""
    return [(one.window, one.names) for one in readings]


@lru_cache(maxsize=2)
def reader(threads: int = 1) -> Reader:
    """The reader of the shipped weights, opened once in a process.

    Raises:
        MissingPart: its files are not installed.
    """
    return Reader(vocabulary(), threads=threads)
