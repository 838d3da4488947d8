"""Texts with names, as windows of pieces with a label for each word."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quoth.encoder.base import CLS, NO_SHAPE, SEP, UNKNOWN, shapes, vocabulary, word_ranges

#: O, then B and I for each kind.
LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
KINDS = ("PER", "LOC", "ORG")
IGNORE = -100


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its names as (start, end, kind), and words that carry no label as (start, end)."""

    text: str
    names: tuple[tuple[int, int, str], ...]
    unsure: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces with their shapes, and the label of each: of the word where it is a first piece, else `IGNORE`."""

    ids: np.ndarray
    shapes: np.ndarray
    labels: np.ndarray


def read(file: Path) -> list[list[Sentence]]:
    """The sentences of each document of an UNER file."""
    documents = []
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        sentences = []
        for start, end in record["sentences"]:
            names = tuple((s - start, e - start, k) for s, e, k in record["entities"] if start <= s and e <= end)
            sentences.append(Sentence(record["text"][start:end], names))
        documents.append(sentences)
    return documents


def name_lists(documents: Sequence[Sequence[Sentence]]) -> dict[str, list[str]]:
    """The different names of each kind."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for sentences in documents:
        for sentence in sentences:
            for start, end, kind in sentence.names:
                found[kind].add(sentence.text[start:end])
    return {kind: sorted(names) for kind, names in found.items()}


def renamed(sentence: Sentence, lists: dict[str, list[str]], rng: random.Random, share: float) -> Sentence:
    """The sentence with some of its names replaced by others of their kind."""
    parts: list[str] = []
    names: list[tuple[int, int, str]] = []
    unsure: list[tuple[int, int]] = []
    at, shift = 0, 0
    for start, end, kind in sorted(sentence.names):
        other = rng.choice(lists[kind]) if rng.random() < share else sentence.text[start:end]
        parts += [sentence.text[at:start], other]
        unsure += [(s + shift, e + shift) for s, e in sentence.unsure if at <= s < start]
        names.append((start + shift, start + shift + len(other), kind))
        shift += len(other) - (end - start)
        at = end
    unsure += [(s + shift, e + shift) for s, e in sentence.unsure if at <= s]
    return Sentence("".join([*parts, sentence.text[at:]]), tuple(names), tuple(unsure))


def recased(sentence: Sentence, rng: random.Random, lower: float, upper: float) -> Sentence:
    """The sentence, now and then all in lower case or in capitals."""
    draw = rng.random()
    text = sentence.text
    changed = text.lower() if draw < lower else text.upper() if draw < lower + upper else text
    return Sentence(changed, sentence.names, sentence.unsure) if len(changed) == len(text) else sentence


def window(sentences: Sequence[Sentence], rng: random.Random | None = None, blank: float = 0.0) -> Window:
    """One window of consecutive sentences; a share `blank` of the words is made unknown."""
    ids, kinds, labels = [np.array([CLS])], [np.array([NO_SHAPE])], [np.array([IGNORE])]
    for sentence in sentences:
        encoded = vocabulary().encode(sentence.text)
        pieces = encoded.ids.copy()
        marks = np.full(len(pieces), IGNORE)
        for first, last in word_ranges(sentence.text, encoded.offsets):
            begin, end = int(encoded.offsets[first, 0]), int(encoded.offsets[last - 1, 1])
            marks[first] = label_of(sentence, begin, end)
            if rng is not None and rng.random() < blank:
                pieces[first:last] = UNKNOWN
        ids.append(pieces)
        kinds.append(shapes(sentence.text, encoded.offsets))
        labels.append(marks)
    ids.append(np.array([SEP]))
    kinds.append(np.array([NO_SHAPE]))
    labels.append(np.array([IGNORE]))
    return Window(np.concatenate(ids), np.concatenate(kinds), np.concatenate(labels))


def label_of(sentence: Sentence, begin: int, end: int) -> int:
    """The label of the word `[begin, end)`."""
    for start, stop, kind in sentence.names:
        if begin < stop and start < end:
            return 1 + 2 * KINDS.index(kind) + (begin > start)
    if any(begin < stop and start < end for start, stop in sentence.unsure):
        return IGNORE
    return 0


def windows(
    documents: Sequence[Sequence[Sentence]],
    rng: random.Random,
    lists: dict[str, list[str]],
    blank: float = 0.04,
    *,
    longest: int = 160,
) -> Iterator[Window]:
    """One pass over the documents, augmented, cut into windows of one to several sentences.

    Six in ten of the windows without any name are left out: they are a quarter of the text and teach little.
    """

    def worth(group: Sequence[Sentence]) -> bool:
        return any(sentence.names for sentence in group) or rng.random() < 0.4

    for sentences in documents:
        group: list[Sentence] = []
        room = longest if rng.random() < 0.7 else 1
        for sentence in sentences:
            changed = recased(renamed(sentence, lists, rng, 0.25), rng, 0.06, 0.04)
            if group and sum(len(other.text) for other in group) + len(changed.text) > room * 4:
                if worth(group):
                    yield window(group, rng, blank)
                group = []
                room = longest if rng.random() < 0.7 else 1
            group.append(changed)
        if group and worth(group):
            yield window(group, rng, blank)
