"""Texts with names, as windows of pieces with a label for each word."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from quoth.models.session import CLS, NO_SHAPE, SEP, UNKNOWN, shapes, vocabulary, word_ranges

#: O, then B and I for each kind.
LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
KINDS = ("PER", "LOC", "ORG")
IGNORE = -100
#: What a word of GUM is besides: its part of speech, and the type of the smallest mention around it.
TAGS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)
TYPES = (
    *("none", "abstract", "animal", "event", "object", "organization"),
    *("person", "place", "plant", "substance", "time"),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what is known of its words.

    Attributes:
        text: the sentence.
        names: its names as (start, end, kind).
        unsure: words that carry no label as (start, end).
        words: words as (start, end, number of the tag, number of the type); empty where they are not known.
    """

    text: str
    names: tuple[tuple[int, int, str], ...]
    unsure: tuple[tuple[int, int], ...] = ()
    words: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces with their shapes, and labels, tags and types: of the word where it is a first piece, else `IGNORE`."""

    ids: np.ndarray
    shapes: np.ndarray
    labels: np.ndarray
    tags: np.ndarray
    types: np.ndarray


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


def name_lists(documents: Sequence[Sequence[Sentence]], harvested: Path | None = None) -> dict[str, list[str]]:
    """The different names of each kind, with those in a file of `training.recogniser.harvest`, if any."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for sentences in documents:
        for sentence in sentences:
            for start, end, kind in sentence.names:
                found[kind].add(sentence.text[start:end])
    if harvested is not None:
        for kind, names in json.loads(harvested.read_text(encoding="utf-8")).items():
            found[kind].update(names)
    return {kind: sorted(names) for kind, names in found.items()}


def renamed(sentence: Sentence, lists: dict[str, list[str]], rng: random.Random, share: float) -> Sentence:
    """The sentence with some of its names replaced by others of their kind; then its words are no longer known."""
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
    text = "".join([*parts, sentence.text[at:]])
    return Sentence(text, tuple(names), tuple(unsure), sentence.words if text == sentence.text else ())


def recased(sentence: Sentence, rng: random.Random, lower: float, upper: float) -> Sentence:
    """The sentence, now and then all in lower case or in capitals."""
    draw = rng.random()
    text = sentence.text
    changed = text.lower() if draw < lower else text.upper() if draw < lower + upper else text
    return replace(sentence, text=changed) if len(changed) == len(text) else sentence


def window(sentences: Sequence[Sentence], rng: random.Random | None = None, blank: float = 0.0) -> Window:
    """One window of consecutive sentences; a share `blank` of the words is made unknown."""
    edge = np.array([IGNORE])
    ids, kinds, labels, known = [np.array([CLS])], [np.array([NO_SHAPE])], [edge], [np.array([[IGNORE], [IGNORE]])]
    for sentence in sentences:
        encoded = vocabulary().encode(sentence.text)
        pieces = encoded.ids.copy()
        marks, of_words = np.full(len(pieces), IGNORE), np.full((2, len(pieces)), IGNORE)
        told = {start: numbers for start, _, *numbers in sentence.words}
        for first, last in word_ranges(sentence.text, encoded.offsets):
            begin, end = int(encoded.offsets[first, 0]), int(encoded.offsets[last - 1, 1])
            marks[first] = label_of(sentence, begin, end)
            if begin in told:
                of_words[:, first] = told[begin]
            if rng is not None and rng.random() < blank:
                pieces[first:last] = UNKNOWN
        ids.append(pieces)
        kinds.append(shapes(sentence.text, encoded.offsets))
        labels.append(marks)
        known.append(of_words)
    ids.append(np.array([SEP]))
    kinds.append(np.array([NO_SHAPE]))
    labels.append(edge)
    known.append(known[0])
    tags, types = np.concatenate(known, axis=1)
    return Window(np.concatenate(ids), np.concatenate(kinds), np.concatenate(labels), tags, types)


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
    nameless: float = 0.4,
) -> Iterator[Window]:
    """One pass over the documents, augmented, cut into windows of one to several sentences.

    Only the share `nameless` of the windows without any name is kept. They are a quarter of the text; with few of them
    less time is needed, and names are then seen too readily.
    """

    def worth(group: Sequence[Sentence]) -> bool:
        return any(sentence.names for sentence in group) or rng.random() < nameless

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
