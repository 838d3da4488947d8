"""Names by the trained recogniser, and what one text says of one name.

A text that the tagger reads anyhow is read whole, at little further cost. Of any other text only what is new is read: a
story names the same few persons over and over, and a sentence all of whose capitals stood together before tells the
recogniser little. On news this leaves about six tenths to read.

Within a text one form names one thing (one sense per discourse, Gale, Church and Yarowsky 1992): where the recogniser
calls it now a place and now a person, what it is surer of on the whole holds; and where it is sure of a name, the same
form is that name wherever it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from quoth.doc.name_tables import plain, words, world
from quoth.doc.sentences import sentences
from quoth.doc.tokens import frequencies
from quoth.models.ports import Recogniser, TaggedName
from quoth.types import EntityType, Span

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
#: Per cent of a word's places in running text.
_MOSTLY = 50
#: Confidence from which a form is that name wherever it stands, and the fewest characters of such a form.
_SURE = 0.6
_SHORTEST = 3
#: A form that is nowhere in a text more likely a name than not is none.
_LEAST = 0.5
#: The same for a form that the rules take for the same name, too.
_AGREEING = 0.3
_RUN = re.compile(r"\S+")


def recognised(
    text: str,
    body: Sequence[Span],
    beside: Sequence[Span],
    recogniser: Recogniser,
    *,
    whole: bool,
    ruled: Set[tuple[Span, EntityType]] = frozenset(),
) -> list[TaggedName]:
    """Names in parts of `text`, in reading order, none overlapping.

    Args:
        text: any text.
        body: what the tagger reads, in reading order.
        beside: where names are looked for besides, in reading order.
        recogniser: what reads them.
        whole: whether all is read, which is cheap where the tagger has read `body`; if not, only sentences with
            something new in them.
        ruled: what the rules take for names; where they agree, less of the recogniser is asked.

    Returns:
        What the recogniser found, each form of one type, and the forms that it is sure of wherever else they stand.
    """
    parts = sorted([*body, *beside])
    if whole:
        found = [*recogniser.names(text, body), *(recogniser.names(text, beside) if beside else ())]
        found.sort(key=lambda name: name.span)
    else:
        found = recogniser.names(text, _fresh(text, parts))
    return _agreed(text, found, parts, ruled)


def _agreed(
    text: str, found: Sequence[TaggedName], parts: Sequence[Span], ruled: Set[tuple[Span, EntityType]]
) -> list[TaggedName]:
    """Names that were found, with one type for each form, and sure ones wherever else in `parts` their form stands.

    The type of a form is the one that all its names together are surest of; a form that is doubtful everywhere is no
    name. In reading order, none overlapping.
    """
    votes: dict[str, dict[EntityType, float]] = {}
    likely = {
        name.span.of(text)
        for name in found
        if name.confidence >= (_AGREEING if (name.span, name.type) in ruled else _LEAST)
    }
    found = [name for name in found if name.span.of(text) in likely and not _is_small(text, name)]
    for name in found:
        of_form = votes.setdefault(name.span.of(text), {})
        of_form[name.type] = of_form.get(name.type, 0.0) + name.confidence
    types = {form: max(of_form, key=lambda kind: of_form[kind]) for form, of_form in votes.items()}
    told = [part for name in found for part in _parted(text, replace(name, type=types[name.span.of(text)]))]
    return sorted([*told, *_again(text, told, parts)], key=lambda name: name.span)


def _is_small(text: str, name: TaggedName) -> bool:
    """Whether a small word that names nobody stands in a line that has capitals: "Council drops dog beach ban"."""
    words_ = name.span.of(text)
    line = text.rfind("\n", 0, name.span.start) + 1
    lone = is_ordinary(words_) or (name.type is EntityType.PERSON and " " not in words_)  # "the sexton", "was frank"
    return words_.islower() and lone and not _careless(text, Span(line, name.span.end))


def _parted(text: str, name: TaggedName) -> tuple[TaggedName, ...]:
    """A name; two, where it is a town with its country or state right behind it ("Tarn Bay Ontario")."""
    runs = list(_RUN.finditer(text, *name.span))
    if name.type is not EntityType.PLACE or len(runs) == 1 or world().is_region(name.span.of(text)):
        return (name,)
    one_with_it = words().openers | words().place_starts | words().place_sides
    for before, run in pairwise(runs):
        behind = Span(run.start(), name.span.end)
        end = before.end() - before.group().endswith(",")
        parts = end > name.span.start and plain(before.group()) not in one_with_it
        if parts and world().is_region(behind.of(text)):
            return replace(name, span=Span(name.span.start, end)), replace(name, span=behind)
    return (name,)


def _fresh(text: str, parts: Sequence[Span]) -> list[Span]:
    """Sentences with new capitals, those that follow each other in one stretch."""
    fresh: list[Span] = []
    met: set[str] = set()
    for part in parts:
        goes_on = False
        for sentence in (one.shifted(part.start) for one in sentences(part.of(text))):
            capitals = set(_capitals(text, sentence))
            if _careless(text, sentence):
                capitals.add(sentence.of(text))
            if capitals <= met:
                goes_on = False
            else:
                met |= capitals
                if goes_on:
                    fresh[-1] = Span(fresh[-1].start, sentence.end)
                else:
                    fresh.append(sentence)
                goes_on = True
    return fresh


def _capitals(text: str, sentence: Span) -> Iterator[str]:
    """Words with capitals, as many as stand side by side; not "I", nor a small word that only opens the sentence."""
    start = end = -2
    for number, match in enumerate(_WORD.finditer(text, sentence.start, sentence.end)):
        word = match.group()
        if word[0].islower() or word == "I" or (number == 0 and is_ordinary(word)):
            continue
        if match.start() == end + 1 and text[end] == " ":
            end = match.end()
            continue
        if start >= 0:
            yield text[start:end]
        start, end = match.span()
    if start >= 0:
        yield text[start:end]


def is_ordinary(word: str) -> bool:
    """Whether a word is mostly written small where it opens no sentence."""
    _, lower = frequencies().get(word.lower(), (0, 0))
    return lower >= _MOSTLY


def _careless(text: str, sentence: Span) -> bool:
    """Whether a sentence does not even open with a capital, so that capitals tell nothing of its names."""
    first = _WORD.search(text, sentence.start, sentence.end)
    return first is not None and first.group()[0].islower()


def _again(text: str, found: Sequence[TaggedName], parts: Sequence[Span]) -> Iterator[TaggedName]:
    """Sure names where they stand unseen in `parts`; of two that overlap, the longer one."""
    best: dict[str, TaggedName] = {}
    for name in found:
        form = name.span.of(text)
        clear = len(form) >= _SHORTEST and form[0].isupper() and "\n" not in form and not is_ordinary(form)
        if clear and name.confidence >= max(_SURE, best[form].confidence if form in best else 0.0):
            best[form] = name
    if not best:
        return
    longest = sorted(best, key=lambda form: (-len(form), form))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    starts = [name.span.start for name in found]
    for part in parts:
        for match in pattern.finditer(text, part.start, part.end):
            span = Span(*match.span())
            before = bisect_right(starts, span.start)
            beside = found[max(0, before - 1) : before + 1]
            if not any(name.span.meets(span) for name in beside):
                like = best[match.group()]
                yield TaggedName(span, like.type, like.confidence)
