"""Who said what, by a trained stack: cues first, then source and content of each cue.

The stack reads each window once (`reader`). Cues are the best path through its scores; then a small network reads the
window's words once more for each cue, as seen from that cue, and the best path through its scores gives source and
content.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quoth.models.decoding import Chain, best_paths, spans_of
from quoth.models.embedder import buckets
from quoth.models.encoder import Reader, Reading
from quoth.models.ports import TaggedStatement
from quoth.models.quotation_features import PLAIN
from quoth.models.session import LONGEST, WEIGHTS, Ids, Network, Vectors, padded
from quoth.models.windows import Window
from quoth.types import MissingPart, Span

#: Words that the role network reads at once, over all cues.
WORDS_AT_ONCE = 1024
#: Cues whose best paths are looked for together.
PATHS_AT_ONCE = 256
#: Words before and behind a cue among which its source and content are looked for.
BEFORE, BEHIND = 80, 110
#: Buckets of distance from the cue, before it and behind it.
BUCKETS = 12
#: Label of a beginning: of the cue among its labels; of source and content among those of roles.
CUE, SOURCE, CONTENT = 1, 1, 5

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the tagger's decoding was tuned to.

    Attributes:
        cues: the chain of cue labels.
        roles: the chain of role labels.
        doubt: added to the score of "no cue": above 0 for fewer statements.
    """

    cues: Chain
    roles: Chain
    doubt: float


@dataclass(frozen=True, slots=True)
class Found:
    """A statement in words of one window, runs `[first, last]`."""

    cue: Run
    source: tuple[Run, ...]
    content: tuple[Run, ...]
    confidence: float


def read_settings(file: Path) -> Settings:
    """Reads `tagger.json`.

    Raises:
        MissingPart: the file is not there.
    """
    if not file.is_file():
        raise MissingPart(f"The trained tagger needs {file.name}, which is not installed.")
    kept = json.loads(file.read_text(encoding="utf-8"))
    chains = [
        Chain(*(np.array(kept[name][part], dtype=np.float32) for part in ("step", "start", "end")))
        for name in ("cues", "roles")
    ]
    return Settings(chains[0], chains[1], float(kept["doubt"]))


def _buckets(count: int) -> Ids:
    """The buckets of distances 1 to `count`."""
    gap = np.arange(1, count + 1)
    far = 2 + np.floor(1.5 * np.log2(gap)).astype(np.int64)
    return np.where(gap <= 4, gap, np.minimum(BUCKETS, far))  # noqa: PLR2004 - near words have a bucket each


_BEHIND = _buckets(LONGEST) + BUCKETS
_BEFORE = _BEHIND[::-1] - BUCKETS


def distances(count: int, first: int, last: int) -> Ids:
    """Bucket of each of `count` words' distance from the cue [first, last]: 0 in it, 1..12 before, 13..24 behind.

    There are at most 512 words before a cue, and as many behind it: a stack reads no more at once.
    """
    inside = np.zeros(min(last + 1, count) - first, dtype=np.int64)
    return np.concatenate([_BEFORE[LONGEST - first :], inside, _BEHIND[: max(0, count - 1 - last)]])


def paragraphs_from(paragraph: Ids, word: int) -> Ids:
    """How many paragraphs each word stands from `word`, from 0 (two or more before) to 4 (two or more behind)."""
    steps: Ids = np.clip(paragraph - paragraph[word], -2, 2) + 2
    return steps


class OnnxTagger:
    """The port `Tagger` on a reader, an ONNX file for roles and a file of settings beside it."""

    def __init__(self, reader: Reader, folder: Path = WEIGHTS, *, threads: int = 1) -> None:
        """Opens `tagger_roles.onnx` and `tagger.json` of `folder`.

        Raises:
            MissingPart: a file is not there.
        """
        self._reader = reader
        self._settings = read_settings(folder / "tagger.json")
        self._roles = Network(folder / "tagger_roles.onnx", threads=threads)

    def tag(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedStatement]:
        """Statements in reading order of their cues; see `Tagger.tag`. Contents keep their quotation marks."""
        readings = self._reader.read(text, paragraphs)
        found = self._statements(readings, self._cues(readings))
        statements = {
            _tagged(one, reading.window)
            for reading, ones in zip(readings, found, strict=True)
            for one in ones
            if one.content
        }
        return sorted(statements, key=lambda one: (one.cue, one.content))

    def _cues(self, readings: Sequence[Reading]) -> list[list[Run]]:
        """The cues of each window, without those that its neighbour reports."""
        if not readings:
            return []
        scores, lengths = _stacked([reading.scores for reading in readings])
        scores[:, :, 0] += self._settings.doubt
        paths = best_paths(scores, lengths, self._settings.cues)
        return [
            [run for run in spans_of(path, CUE) if reading.window.own[run[0]]]
            for path, reading in zip(paths, readings, strict=True)
        ]

    def _statements(self, readings: Sequence[Reading], cues: Sequence[Sequence[Run]]) -> list[list[Found]]:
        """Source and content of each cue."""
        asked = [(index, run) for index, runs in enumerate(cues) for run in runs]
        found: list[list[Found]] = [[] for _ in readings]
        fields = [field_of(readings[index].window, run) for index, run in asked]
        waiting: list[tuple[int, Vectors]] = []  # paths are looked for over many cues at once, whatever is read at once
        for batch in buckets([high - low for low, high in fields], WORDS_AT_ONCE):
            scores, lengths = self._role_scores(
                [(readings[asked[one][0]], asked[one][1], fields[one]) for one in batch]
            )
            waiting += [(one, row[:length]) for one, row, length in zip(batch, scores, lengths.tolist(), strict=True)]
        for start in range(0, len(waiting), PATHS_AT_ONCE):
            some = waiting[start : start + PATHS_AT_ONCE]
            paths = best_paths(*_stacked([row for _, row in some]), self._settings.roles)
            for (one, _), path in zip(some, paths, strict=True):
                index, cue = asked[one]
                low = fields[one][0]
                source, content = (
                    tuple((first + low, last + low) for first, last in spans_of(path, base))
                    for base in (SOURCE, CONTENT)
                )
                found[index].append(Found(cue, source, content, _confidence(readings[index].scores, cue)))
        return found

    def _role_scores(self, some: Sequence[tuple[Reading, Run, Run]]) -> tuple[Vectors, Ids]:
        """Scores (cues, words, labels) and how many words count of each row, for windows, cues and their fields."""
        lengths = np.array([high - low for _, _, (low, high) in some])
        words = np.zeros((len(some), int(lengths.max()), some[0][0].words.shape[1]), dtype=np.float32)
        far, steps = [], []
        for row, (reading, run, (low, high)) in enumerate(some):
            words[row, : lengths[row]] = reading.words[low:high]
            far.append(distances(high - low, run[0] - low, run[1] - low))
            steps.append(paragraphs_from(reading.window.paragraph, run[0])[low:high])
        distance, mask = padded(far)
        feeds: dict[str, npt.NDArray[Any]] = {
            "words": words,
            "cue": np.stack([reading.cues[first : last + 1].mean(0) for reading, (first, last), _ in some]),
            "distance": distance,
            "paragraph": padded(steps)[0],
            "mask": mask,
        }
        return self._roles.run(feeds)[0], lengths


def _stacked(rows: Sequence[Vectors]) -> tuple[Vectors, Ids]:
    """Scores (words, labels) of unequal length as one array (rows, words, labels), and their lengths."""
    lengths = np.array([len(row) for row in rows])
    scores = np.zeros((len(rows), int(lengths.max()), rows[0].shape[1]), dtype=np.float32)
    for number, row in enumerate(rows):
        scores[number, : len(row)] = row
    return scores, lengths


def field_of(window: Window, cue: Run) -> Run:
    """The words [low, high) among which the roles of a cue are looked for.

    They lie in the cue's paragraph and those beside it, and on as long as the last of these opens with a mark,
    as those do over which a quotation goes on.
    """
    low, high = max(0, cue[0] - BEFORE), min(len(window.paragraph), cue[1] + 1 + BEHIND)
    edges = [low, *(np.flatnonzero(np.diff(window.paragraph[low:high])) + low + 1).tolist(), high]
    here = bisect_right(edges, cue[0]) - 1
    first, last = max(0, here - 1), min(len(edges) - 2, here + 1)
    quoted = [window.standing[window.first[edge]] != PLAIN for edge in edges[:-1]]
    while 0 < first < here and quoted[first]:
        first -= 1
    while here < last < len(edges) - 2 and quoted[last]:
        last += 1
    return edges[first], edges[last + 1]


def _confidence(scores: Vectors, cue: Run) -> float:
    """How sure the encoder is that the words of the cue are one, word by word, on average."""
    inside = scores[cue[0] : cue[1] + 1]
    shares = np.exp(inside - inside.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return float(np.clip(1.0 - shares[:, 0].mean(), 0.0, 1.0))


def _tagged(one: Found, window: Window) -> TaggedStatement:
    """The statement with spans of the text in place of runs of words."""

    def spans(runs: Sequence[Run]) -> tuple[Span, ...]:
        return tuple(Span(int(window.starts[first]), int(window.ends[last])) for first, last in runs)

    return TaggedStatement(spans([one.cue]), spans(one.source), spans(one.content), one.confidence)
