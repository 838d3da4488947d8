"""Texts that are one statement of their author: signed letters, and essays in the first person under a byline.

A news report under a byline is none: its narrator does not say "I".
"""

import re
from collections.abc import Sequence

from quoth.attributing.speech import Draft
from quoth.attributing.tables import classes
from quoth.text.quotes import Quotation
from quoth.values import BlockKind, Document, Mode, Span

_SALUTATION = re.compile(r"(?:my\s+)?(?:dear(?:est)?|hello|hi|to)\b[^.?!\n]{0,80}[,:;–—-]?$", re.IGNORECASE)
_BYLINE = re.compile(r"(?P<cue>(?i:by))\s+(?P<name>[^\W\d_a-z][^.:;\n]{2,80})$")
_ADDRESSED = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,5}[A-Z][\w.'’-]*[,:]$")
_CLOSING_WORDS = 8  # the longest closing formula
_SIGNATURE = 80  # characters of the longest signature
_HEAD = 6  # paragraphs in which a byline can stand
_FIRST_PERSON = (
    0.004  # share of the narrator's words that are "I", "my" or "we" from which an essay is in the first person
)
_SHORTEST = 600  # characters; anything shorter is a note
_WORD = re.compile(r"[^\W\d_]+")


def authored(document: Document, paragraphs: Sequence[Span], marked: Sequence[Quotation]) -> Draft | None:
    """The draft of the statement that a whole text is, if a letter's signature or a byline says whose; else None."""
    if not paragraphs or paragraphs[-1].end - paragraphs[0].start < _SHORTEST:
        return None
    bylines = [block.span for block in document.blocks if block.kind is BlockKind.BYLINE]
    return _letter(document.text, paragraphs) or _essay(document.text, sorted([*bylines, *paragraphs]), marked)


def _letter(text: str, paragraphs: Sequence[Span]) -> Draft | None:
    start = next((number for number, one in enumerate(paragraphs) if _salutes(text, one)), None)
    if start is None:
        return None
    for number in range(len(paragraphs) - 1, start + 1, -1):
        words = paragraphs[number].of(text).split()
        if not words or words[0].casefold().strip(",.") not in classes()["closings"]:
            continue
        comma = next((place for place, word in enumerate(words) if word.endswith((",", ".", "!"))), len(words) - 1)
        if comma >= _CLOSING_WORDS:
            continue
        cue = Span(paragraphs[number].start, text.index(words[comma], paragraphs[number].start) + len(words[comma]))
        name = Span(cue.end, paragraphs[number].end).trimmed(text)
        if not name.length and number + 1 < len(paragraphs):
            name = paragraphs[number + 1]
        if name.length > _SIGNATURE:
            name = Span(name.start, name.start + len(" ".join(name.of(text).split()[:3]))).trimmed(text)
        content = Span(paragraphs[start].start, cue.start).trimmed(text)
        if content.length >= _SHORTEST:
            return Draft((cue,), (name,) if name.length else (), [content], mode=Mode.DIRECT, whole=True)
    return None


def _salutes(text: str, paragraph: Span) -> bool:
    if paragraph.length >= _SIGNATURE:
        return False
    if _SALUTATION.match(text, paragraph.start, paragraph.end):
        return True
    titled = text[paragraph.start : paragraph.end].split(maxsplit=1)[0].casefold().rstrip(".") in classes()["titles"]
    return titled and _ADDRESSED.match(text, paragraph.start, paragraph.end) is not None


def _essay(text: str, paragraphs: Sequence[Span], marked: Sequence[Quotation]) -> Draft | None:
    for number, paragraph in enumerate(paragraphs[:_HEAD]):
        match = _BYLINE.match(text, paragraph.start, paragraph.end)
        if match is None or number + 1 >= len(paragraphs):
            continue
        content = Span(paragraphs[number + 1].start, paragraphs[-1].end)
        if content.length < _SHORTEST or not _in_first_person(text, content, marked):
            return None
        return Draft(
            (Span(*match.span("cue")),),
            (Span(*match.span("name")).trimmed(text),),
            [content],
            mode=Mode.DIRECT,
            whole=True,
        )
    return None


def _in_first_person(text: str, content: Span, marked: Sequence[Quotation]) -> bool:
    """Whether the narrator says "I" or "we" often enough outside quotations."""
    position = content.start
    words: list[str] = []
    for one in marked:
        if one.depth == 0 and one.outer.start >= position:
            words.extend(_WORD.findall(text, position, one.outer.start))
            position = one.outer.end
    words.extend(_WORD.findall(text, position, max(position, content.end)))
    own = sum(word.casefold() in classes()["first_person"] for word in words)
    return own > _FIRST_PERSON * max(1, len(words))
