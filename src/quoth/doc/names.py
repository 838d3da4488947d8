"""Names of persons, bodies and places, found by rules: capitals, titles, heads of bodies, tables of the world.

`names` reads stretches of a text and gives each name its span, without title and possessive ending, with its type and
the title before it. What the words of a name leave open (a lone "Orr") is settled by the rest of the text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quoth.doc.name_context import settle
from quoth.doc.name_runs import PIECE, RUN, Name, bare, from_world, split_run
from quoth.doc.name_tables import first_names, plain
from quoth.types import EntityType, Span

__all__ = ["Name", "names"]

_HEADLINE_WORDS = 5
_TITLE_WORDS = 3
_LONG = 4  # letters; shorter words are small in headlines too
_FULL_NAME = 2  # words: a first name and a surname
_LONGEST_NAME = 6  # words of a name looked for in headlines
#: "TARN BAY, Valdora (Reuters) - ": the place and the agency before the first sentence.
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z.'’ -]{2,40}?)(?P<state>,\s+[A-Z][\w. ]{1,20})?(?:,\s+\w+\.?\s+\d{1,2})?\s*"
    r"(?:\((?P<agency>[A-Z][\w .]{1,30})\))?\s*(?:—|–|--|- )\s*"
)
#: "WALLACE: ", "DR. ORR: ": whose turn it is in a transcript.
_LABEL = re.compile(r"\s*[\"“]?(?P<name>[A-Z][A-Z.'’ -]{1,40}[A-Z])(?=:\s)")
_TITLED = re.compile(r"(?:MR|MRS|MS|DR|SEN|REP|GOV|SENATOR|PRESIDENT|SECRETARY|GOVERNOR)\.?\s+(?=[A-Z])")


def names(text: str, parts: Sequence[Span] | None = None, titles: Sequence[Span] = ()) -> list[Name]:
    """The names in `parts` of `text` (all of it by default), in reading order, none overlapping.

    Lines in capitals or in the style of headlines are searched only for names that stand elsewhere in the text too.

    Args:
        text: any text.
        parts: where to look.
        titles: those of `parts` that are headlines; fewer capitals are enough there to tell that style.
    """
    parts = [Span(0, len(text))] if parts is None else parts
    found: list[Name] = []
    shouting: list[Span] = []
    for part in parts:
        for line in _lines(text, part):
            if _is_headline(line.of(text), _TITLE_WORDS if part in titles else _HEADLINE_WORDS):
                shouting.append(line)
                continue
            opening = _opening(text, line)
            found.extend(opening)
            start = max((name.span.end for name in opening), default=line.start)
            for match in RUN.finditer(text, start, line.end):
                found.extend(split_run(text, Span(*match.span())))
    found = settle(text, _with_nicknames(text, found))
    known = {plain(name.span.of(text)): name for name in reversed(found)}
    for line in shouting:
        found.extend(_known_in(text, line, known))
    return sorted(found, key=lambda name: name.span)


_NICKNAME = re.compile(r"\s+[“\"(‘'][A-Z][\w .'’-]{1,20}[”\")’']\s+")


def _with_nicknames(text: str, found: Sequence[Name]) -> list[Name]:
    """Join what a nickname parts: Helen "Nell" Orr."""
    joined: list[Name] = []
    for name in found:
        last = joined[-1] if joined else None
        if last is not None and last.span.end < name.span.start:
            between = _NICKNAME.fullmatch(text, last.span.end, name.span.start)
            if between and (last.gender or last.title) and " " not in name.span.of(text):
                joined[-1] = replace(last, span=Span(last.span.start, name.span.end), type=EntityType.PERSON, sure=True)
                continue
        # The nickname itself was read as a name of its own.
        if last is not None and len(joined) > 1 and _NICKNAME.fullmatch(text, joined[-2].span.end, name.span.start):
            before = joined[-2]
            if (before.gender or before.title) and " " not in before.span.of(text) and " " not in name.span.of(text):
                span = Span(before.span.start, name.span.end)
                joined[-2:] = [replace(before, span=span, type=EntityType.PERSON, sure=True)]
                continue
        joined.append(name)
    return joined


def _lines(text: str, part: Span) -> Iterable[Span]:
    start = part.start
    while start < part.end:
        end = text.find("\n", start, part.end)
        end = part.end if end < 0 else end
        if end > start:
            yield Span(start, end)
        start = end + 1


def _is_headline(line: str, least: int) -> bool:
    """Whether (nearly) all longer words of a line have capitals, so that capitals tell nothing."""
    if line.rstrip().endswith(("”", '"', ",")):
        return False
    longer = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) >= _LONG]
    lower = sum(word[0].islower() for word in longer)
    allowed = 0 if line.rstrip().endswith(".") else len(longer) // _HEADLINE_WORDS
    return len(longer) >= least and lower <= allowed


def _opening(text: str, line: Span) -> list[Name]:
    """The names of a dateline or of a transcript's label, at the start of a line."""
    label = _LABEL.match(text, line.start, line.end)
    if label:
        title = _TITLED.match(label["name"])
        start = label.start("name") + (title.end() if title else 0)
        return [Name(Span(start, label.end("name")), EntityType.PERSON, sure=False)]
    dateline = _DATELINE.match(text, line.start, line.end)
    if not dateline or not any(char.isalpha() for char in dateline["place"]):
        return []
    found = [Name(Span(*dateline.span("place")).trimmed(text), EntityType.PLACE)]
    if dateline["agency"]:
        found.append(Name(Span(*dateline.span("agency")), EntityType.ORGANISATION))
    return found


def _first_and_known(span: Span, folded: str, known: dict[str, Name]) -> Name | None:
    """A first name before a surname that stands in the text: "Helen Orr" in the headline, "Orr" below."""
    parts = folded.split()
    if len(parts) != _FULL_NAME or parts[0] not in first_names():
        return None
    surname = known.get(parts[1])
    if surname is None or surname.type is not EntityType.PERSON:
        return None
    return Name(span, EntityType.PERSON, gender=first_names()[parts[0]])


def _known_in(text: str, line: Span, known: dict[str, Name]) -> Iterable[Name]:
    """Names known from elsewhere in a line whose capitals tell nothing; the longest first."""
    pieces = [Span(*match.span()) for match in PIECE.finditer(text, line.start, line.end)]
    at = 0
    while at < len(pieces):
        for length in range(min(_LONGEST_NAME, len(pieces) - at), 0, -1):
            span = bare(text, Span(pieces[at].start, pieces[at + length - 1].end))
            folded = plain(span.of(text))
            name = known.get(folded) or from_world(span, folded) or _first_and_known(span, folded, known)
            if name is not None:
                yield replace(name, span=span)
                at += length - 1
                break
        at += 1
