"""Whose words stand where in a source: its issuer's, those of each turn's speaker, those of the people whom it quotes.

A report's speaker is looked for among the labels of turns, among those whom the source itself quotes, and in its
head. Names are compared with reasons; a title alone ("THE PRESIDENT:") is the person whom some text names with that
title.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from quoth.doc.doc import Doc
from quoth.doc.name_similarity import compare, name_words
from quoth.doc.name_tables import plain, words
from quoth.doc.role_labels import is_function
from quoth.doc.turns import Turn, TurnKind
from quoth.types import Entity, EntityType, Span, Statement
from quoth.verdicts.heard import FOR_ANOTHER, SAME, Heard, of_others
from quoth.verdicts.namings import Namings, bare

#: Characters at the beginning of a source in which its issuer is named.
HEAD = 600
_SPEAKS_IN = re.compile(
    r"\b(?:statement|remarks?|speech|address|letter|message|interview|testimony|comments?|press conference|briefing|"
    r"news conference|press release|release|op-ed|essay|plea|declaration|communiqu[eé]|announced?|said|says)\b",
    re.IGNORECASE,
)


#: The head of a source that names its author or issuer: "Statement of the ministry of ...".
_SIGNED = re.compile(
    r"\b(?:statement|remarks|speech|address|letter|message|testimony|declaration|communique|press release)\s+"
    r"(?:of|by|from)\s+(?P<who>[^\n.:]{1,60})"
)


class Standing(StrEnum):
    """How a report's speaker stands to a source."""

    TURN = "a turn is labelled with the name"
    QUOTED = "the source quotes the speaker"
    ISSUER = "the head of the source names the speaker as its author or issuer"
    NAMED = "the source names the speaker"
    UNNAMED = "the report does not name the speaker"
    UNSIGNED = "the source speaks for itself and does not say who issued it"
    ABSENT = "the source does not name the speaker"


#: Starts and ends of stretches of a text: compact, since each of hundreds of speakers has those of all the others.
Stretches = npt.NDArray[np.int32]


def _stretches(spans: Sequence[Span]) -> Stretches:
    return np.fromiter(chain.from_iterable(spans), dtype=np.int32, count=2 * len(spans)).reshape(-1, 2)


class Numbers(tuple[int, ...]):
    """Numbers of sentences, in order, by which each of thousands of statements looks things up: hashed once."""

    def __hash__(self) -> int:
        """That of a tuple."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()


@dataclass(frozen=True)
class Voice:
    """What a source holds of one speaker.

    Attributes:
        standing: how the speaker stands to the source.
        own: numbers of the sentences that are the speaker's words, in order; None where nothing tells.
        labels: the names by which the source calls the speaker, folded.
        others: the words that the source quotes from somebody else, whom it names.
        doubtful: the words that it quotes from somebody whom it calls by a pronoun or not at all, and who seems to be
            somebody else, though it may be the speaker; and the turns of a function ("The engineer: ...").
    """

    standing: Standing
    own: Numbers | None
    labels: frozenset[str]
    others: tuple[Span, ...] = ()
    doubtful: tuple[Span, ...] = ()

    def says(self, subject: Sequence[str]) -> bool:
        """Whether the subject of a verb of saying, given by keys of its words, is the speaker."""
        return bool(self.labels & {*subject})

    @cached_property
    def own_set(self) -> frozenset[int]:
        """The numbers of the sentences that are the speaker's words."""
        return frozenset(self.own or ())

    @cached_property
    def certain(self) -> Stretches:
        """Array of shape (n, 2): where somebody else's words stand for certain."""
        return _stretches(self.others)

    @cached_property
    def doubted(self) -> Stretches:
        """Array of shape (n, 2): where words stand that may be somebody else's."""
        return _stretches(self.doubtful)

    @cached_property
    def foreign(self) -> Stretches:
        """Array of shape (n, 2): both."""
        return np.concatenate((self.certain, self.doubted))


def voice(
    doc: Doc,
    speaker: Entity | None,
    named: str,
    within: Sequence[Heard],
    heads: Iterable[Doc],
    namings: Namings | None = None,
) -> Voice:
    """What a source holds of the speaker of a statement.

    Args:
        doc: the source.
        speaker: the entity that speaks, if one was found.
        named: the words by which the report names the speaker in that place.
        within: who says what, according to the source.
        heads: report and source, in which a title may stand beside the speaker's name.
        namings: the names by which the source calls its speakers; made of `within` where it is not given.
    """
    names = _names(speaker, named)
    kind = speaker.type if speaker else EntityType.OTHER
    if not names:
        return Voice(Standing.UNNAMED, None, frozenset())
    labels = frozenset(word for name in names for word in name_words(name) if len(word) > 2)  # noqa: PLR2004
    mine = [turn for turn in doc.turns if _is(turn, names, kind, doc, heads)]
    quoted: list[Statement] = []
    rest: list[Heard] = []
    by_name = False
    namings = namings or Namings((one.called for one in within), 1)
    called_so = {called for called in namings.near(names, kind) if _names_one(called, names, kind)}
    for one in within:
        named_here = one.called in called_so
        by_name = by_name or named_here
        if named_here or one.is_by(speaker):
            quoted.append(one.statement)
        else:
            rest.append(one)
    if mine:
        spans = [turn.words for turn in mine]
        return Voice(
            Standing.TURN, _sentences(doc, [*spans, *(span for one in quoted for span in one.content)]), labels
        )
    others, doubtful = (tuple(spans) for spans in of_others(rest, doc, speaker, namings))
    head = plain(doc.text[:HEAD])
    surnames = {_called(name, kind) for name in names if name_words(name)}
    signed = next((found for line in doc.text[:HEAD].splitlines() if (found := _SIGNED.search(plain(line)))), None)
    signature = signed["who"] if signed else head
    heads_it = any(re.search(rf"\b{word}\b", signature) for word in surnames)
    if heads_it and not doc.turns and _SPEAKS_IN.search(head):
        foreign = set(_sentences(doc, others)) - set(_sentences(doc, [span for one in quoted for span in one.content]))
        own = Numbers(number for number in range(len(doc.sentences)) if number not in foreign)
        return Voice(Standing.ISSUER, own or None, labels, others, doubtful)
    if by_name:
        return Voice(Standing.QUOTED, None, labels, others, doubtful)
    named_there = any(re.search(rf"\b{word}\b", doc.folded) for word in surnames)
    standing = Standing.NAMED if named_there else Standing.ABSENT
    if speaker is not None and not speaker.named:
        standing = Standing.UNNAMED
    elif standing is Standing.ABSENT and not doc.turns and doc.narrates_himself and not signed:
        standing = Standing.UNSIGNED
    unnamed = tuple(turn.words for turn in doc.turns if is_function(turn.speaker))  # "The engineer: ..." may be he
    return Voice(standing, None, labels, others, (*doubtful, *unnamed))


#: What may stand between the words of a name: "Ministry [of] Ports".
_LINKS = r"\W+(?:(?:of|the|for|and|in|on|de|du|des|la|der|die|und)\W+)*"


def _called(name: str, kind: EntityType) -> str:
    """The pattern of what names somebody in a text: the surname of a person, the whole name of what is none."""
    told = name_words(name)
    bare = [word for word in told if word not in {"the", "a", "an"}] or list(told)  # "the ministry": any that is one
    return re.escape(bare[-1]) if kind is EntityType.PERSON else _LINKS.join(re.escape(word) for word in bare)


def owner(doc: Doc, sentence: int) -> Turn | None:
    """The turn of a sentence, if somebody else's words may stand there: a question, another speaker."""
    return doc.turn_at(doc.sentences[sentence].start)


def _names(speaker: Entity | None, named: str) -> list[str]:
    found = [speaker.name, *speaker.aliases] if speaker else [named]
    return [name for name in found if any(letter.isalpha() for letter in name)]


def _same(one: str, other: str, kind: EntityType) -> bool:
    return compare(one, other, kind).score >= SAME


def _is(turn: Turn, names: Sequence[str], kind: EntityType, doc: Doc, heads: Iterable[Doc]) -> bool:
    """Whether a turn is the speaker's: by name, by the title that some text gives him, or as the one who answers."""
    if turn.kind is TurnKind.ANSWER:
        head = plain(doc.text[:HEAD])
        return any(name_words(name) and re.search(rf"\b{re.escape(name_words(name)[-1])}\b", head) for name in names)
    if not turn.speaker:
        return False
    label = turn.speaker
    if any(_same(name, label, EntityType.PERSON) for name in names):
        return True
    told = [word for word in plain(label).split() if word != "the"]
    if told and all(word in words().titles | words().title_parts for word in told):
        return any(_titled(" ".join(told), name, one.text) for one in heads for name in names)
    return kind is not EntityType.PERSON and any(_same(name, label, kind) for name in names)


@lru_cache(maxsize=512)
def _titled(title: str, name: str, text: str) -> bool:
    """Whether a text puts a title right before a name: "President Biden" for "THE PRESIDENT"."""
    told = name_words(name)
    return (
        bool(told)
        and re.search(rf"\b{re.escape(title)}\s+(?:[\w.]+\s+){{0,2}}{re.escape(told[-1])}\b", plain(text)) is not None
    )


def _names_one(source: str, names: Sequence[str], kind: EntityType) -> bool:
    if not source:
        return False
    if kind is EntityType.PERSON and FOR_ANOTHER.search(source):
        return False
    called = bare(source)
    if any(_same(name, called, kind) for name in names):
        return True
    told = {*name_words(called)}
    return kind is EntityType.PERSON and any(name_words(name) and name_words(name)[-1] in told for name in names)


def _sentences(doc: Doc, spans: Iterable[Span]) -> Numbers:
    """Numbers of the sentences that some stretches touch."""
    found: set[int] = set()
    for span in spans:
        first, last = doc.range(span)
        if first < last:
            found.update(range(doc.sentence_of(first), doc.sentence_of(last - 1) + 1))
    return Numbers(sorted(found))
