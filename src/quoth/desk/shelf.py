"""The archive as the desk shows it: a plain search with the words that were asked for marked, and what narrows it."""

import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quoth.archive.archive import Archive
from quoth.doc.doc import analysed
from quoth.doc.sentences import sentences
from quoth.doc.stems import stem
from quoth.doc.tokens import function_words
from quoth.types import Document, Span

MOST_SOURCES = 60  # documents of one answer
MOST_PASSAGES = 3  # of one document
MOST_TURNS = 300  # of one speaker
_CONTEXT = 60  # letters shown before and after a short hit
_SHORT = 160  # letters; a longer sentence is shown by itself
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place of a document that has what was asked for.

    Attributes:
        span: where it is.
        parts: the words there, each with whether it was asked for.
        speaker: whose turn it is; "" where nobody's.
    """

    span: Span
    parts: tuple[tuple[str, bool], ...]
    speaker: str


@dataclass(frozen=True, slots=True)
class Found:
    """A document of the archive, with its hits."""

    document: Document
    version: int
    score: float
    hits: tuple[Hit, ...]

    def to_dict(self) -> dict[str, object]:
        """As JSON."""
        told = ("id", "title", "publisher", "published", "url")
        return {
            **{name: getattr(self.document, name) for name in told},
            "version": self.version,
            "score": round(self.score, 4),
            "hits": [
                {
                    "span": list(one.span),
                    "words": "".join(part for part, _ in one.parts),
                    "speaker": one.speaker or None,
                }
                for one in self.hits
            ],
        }


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the found documents have each publisher, speaker and year, the most first."""

    publisher: tuple[tuple[str, int], ...]
    speaker: tuple[tuple[str, int], ...]
    year: tuple[tuple[str, int], ...]


class Shelf:
    """The archive, opened once; one thread at a time asks it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive = Archive.open(path)
        self._held = self._archive.summary()
        self._lock = threading.Lock()

    def documents(self) -> int:
        """How many documents it has."""
        with self._lock:
            return self._archive.summary().documents

    def document(self, id_: str, version: int | None = None) -> Document | None:
        """A document; None where there is none."""
        with self._lock:
            return self._archive.document(id_, version)

    def search(self, words: str, publisher: str = "", speaker: str = "", year: str = "") -> tuple[list[Found], Facets]:
        """The documents that have some words, best first, and what narrows them further.

        Args:
            words: what is looked for.
            publisher: only documents of this one.
            speaker: only hits that this one says.
            year: only documents of this year, or month (`2031-05`).
        """
        asked = _telling(words)
        found: list[Found] = []
        with self._lock:
            self._as_it_is()
            for source in self._archive.find(words, top=MOST_SOURCES) if words.strip() else []:
                document = self._archive.document(source.id, source.version)
                if document is not None:
                    hits = tuple(_hits(document, [one.source for one in source.passages], asked))
                    found.append(Found(document, source.version, source.score, hits))
        narrowed = [
            one
            for one in found
            if (not publisher or one.document.publisher == publisher)
            and (not year or (one.document.published or "").startswith(year))
            and (not speaker or any(hit.speaker == speaker for hit in one.hits))
        ]
        return narrowed, _facets(narrowed)

    def said_by(self, name: str) -> list[tuple[Document, Hit]]:
        """What somebody says in the archive's transcripts, as far as a search for the name finds it."""
        last = _last(name)
        said: list[tuple[Document, Hit]] = []
        if not last:
            return said
        with self._lock:
            ids = [source.id for source in self._archive.find(name, top=MOST_SOURCES)]
            documents = [one for id_ in ids if (one := self._archive.document(id_)) is not None]
        for document in documents:
            for turn in analysed(document).turns:
                if _last(turn.speaker) == last and len(said) < MOST_TURNS:
                    said.append((document, Hit(turn.words, ((document.words(turn.words), False),), turn.speaker)))
        return said

    def _as_it_is(self) -> None:
        """Open the archive anew where somebody has added to it, or deleted, since."""
        if self._archive.summary() != self._held:
            self._archive.close()
            self._archive = Archive.open(self._path)
            self._held = self._archive.summary()

    def close(self) -> None:
        """Let go of it."""
        with self._lock:
            self._archive.close()


def _hits(document: Document, passages: Sequence[Span], asked: set[str]) -> Iterator[Hit]:
    """Of each passage the sentence that has most of the words, the longer ones counting more.

    Passages that have none are left out where another has some: the index finds by likeness, a reader looks for words.
    """
    turns = analysed(document).turns
    seen: set[Span] = set()
    best = []
    for passage in passages:
        inside = [one.shifted(passage.start) for one in sentences(passage.of(document.text))] or [passage]
        span = max(inside, key=lambda one: _weight(one.of(document.text), asked))
        best.append((span, _weight(span.of(document.text), asked)))
    if any(weight for _, weight in best):
        best = [one for one in best if one[1]]
    for span, _ in best:
        if span in seen or len(seen) == MOST_PASSAGES:
            continue
        seen.add(span)
        shown = _around(document.text, span) if span.length < _SHORT else span
        turn = next((turn for turn in turns if turn.words.meets(span) and turn.speaker), None)
        if turn:  # neither the label, which stands before the hit anyway, nor the words of somebody else
            shown = Span(max(shown.start, turn.words.start), min(shown.end, turn.words.end))
        yield Hit(span, tuple(_marked(shown.of(document.text), asked)), turn.speaker if turn else "")


def _weight(words: str, asked: set[str]) -> int:
    """How many letters of the words that were asked for stand in some words."""
    return sum(map(len, asked.intersection(stem(word.casefold()) for word in _WORD.findall(words))))


def _around(text: str, span: Span) -> Span:
    """A place with some words of its paragraph before and after it, and never half a word."""
    first, last = text.rfind("\n\n", 0, span.start) + 2, text.find("\n\n", span.end)
    start = max(0 if first == 1 else first, span.start - _CONTEXT)
    end = min(len(text) if last < 0 else last, span.end + _CONTEXT)
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end).trimmed(text)


def _marked(words: str, asked: set[str]) -> Iterator[tuple[str, bool]]:
    """Words cut where those that were asked for begin and end."""
    at = 0
    for match in _WORD.finditer(words):
        if stem(match.group().casefold()) in asked:
            if match.start() > at:
                yield words[at : match.start()], False
            yield match.group(), True
            at = match.end()
    if at < len(words):
        yield words[at:], False


def _telling(words: str) -> set[str]:
    """The stems of a question's words that are worth marking: "the" and "of" are not, where there are others."""
    every = {word.casefold() for word in _WORD.findall(words)}
    return {stem(word) for word in every - function_words() or every}


def _facets(found: Sequence[Found]) -> Facets:
    speakers = Counter(name for one in found for name in {hit.speaker for hit in one.hits if hit.speaker})
    return Facets(
        tuple(Counter(one.document.publisher for one in found if one.document.publisher).most_common(20)),
        tuple(speakers.most_common(20)),
        tuple(sorted(Counter(one.document.published[:4] for one in found if one.document.published).items())),
    )


def _last(name: str) -> str:
    """The last word of a name, by which transcripts call people."""
    words = _WORD.findall(name.casefold())
    return words[-1] if words else ""
