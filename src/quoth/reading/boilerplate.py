"""What a stretch of a text is, told by its words alone: credit, promotion, by-line, slogan, furniture of a release."""

import re

from quoth.doc.sentences import sentences
from quoth.reading.reading_tables import cues
from quoth.types import Span

CAPTION_LONGEST = 700  # code points; a longer stretch with a credit at its end is a paragraph with a credit glued to it
SHORT_CAPTION = 400  # without brackets to tell it by
CREDIT_LONGEST = 110
PROMOTION_LONGEST = 260
BYLINE_LONGEST = 160
SLOGAN_LONGEST = 90
MOST_NAMES = 16  # words

_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*|[^\W\d_]\.")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»›)\]]*\Z")
_INNER_END = re.compile(r"[.!?…][\"'”’»›)\]]*\s+(?=[^\s])")
_BRACKETS = re.compile(r"[\[(][^\[\]()]{3,240}+[\])]\.?")
_QUOTED = '“”«»„"'


def ends_a_sentence(text: str, span: Span) -> bool:
    """Whether a stretch ends with the mark that ends a sentence."""
    return _SENTENCE_END.search(text, max(span.start, span.end - 6), span.end) is not None


def caption(text: str, span: Span) -> bool:
    """Whether a stretch is a caption or a photo credit."""
    if span.length > CAPTION_LONGEST:
        return False
    table = cues()
    if table.caption_start.match(text, *span):
        return not _spoken(text, span)
    bracketed = credits_inside(text, span)
    if bracketed:
        return bracketed[-1].end >= span.end - 1
    if span.length > SHORT_CAPTION:
        return False
    tail = max(span.start, span.end - CREDIT_LONGEST)
    if text.find(":", tail, span.end) >= 0 and table.caption_end.search(text, tail, span.end):
        return True
    return span.length <= CREDIT_LONGEST and table.caption_whole.match(text, *span) is not None


def _spoken(text: str, span: Span) -> bool:
    """Whether a stretch holds quoted words: then it is running text, whatever it begins with."""
    return any(mark in text[span.start : span.end] for mark in '“"«') and span.length > SHORT_CAPTION


def credits_inside(text: str, span: Span) -> list[Span]:
    """The photo credits in brackets inside a stretch."""
    credit = cues().credit
    return [
        Span(*match.span())
        for match in _BRACKETS.finditer(text, *span)
        if credit.match(text, match.start() + 1, match.end())
    ]


def promotion(text: str, span: Span) -> bool:
    """Whether a stretch is cross-promotion, a call to subscribe, or the page's own furniture."""
    if span.length > PROMOTION_LONGEST:
        return False
    table = cues()
    if table.release.match(text, *span) or table.related_opens.match(text, *span):
        return True
    match = table.related.match(text, *span)
    if match is None:
        return False
    return not (
        match.end() < span.end and text[match.end() : span.end].lstrip()[:1] in _QUOTED and ends_a_sentence(text, span)
    )


def glued_promotion(text: str, span: Span) -> Span | None:
    """A promotion glued to the end of a paragraph: "... he said. READ: The pier reopens"."""
    tail = max(span.start, span.end - PROMOTION_LONGEST)
    if text.find(":", tail, span.end) < 0:
        return None
    match = cues().glued_promotion.search(text, tail, span.end)
    return Span(match.start("start"), span.end) if match else None


def slogan(text: str, span: Span) -> bool:
    """Whether a short line is what a site or a paper says of itself."""
    return span.length <= SLOGAN_LONGEST and cues().slogan.match(text, *span) is not None


def byline(text: str, span: Span) -> bool:
    """Whether a line names who wrote the text."""
    if span.length > BYLINE_LONGEST:
        return cues().byline_whole.match(text, *span) is not None and span.length <= PROMOTION_LONGEST
    if cues().byline_whole.match(text, *span):
        return True
    match = cues().byline.match(text, *span)
    return match is not None and names_alone(text[match.end() : span.end])


def names_alone(rest: str) -> bool:
    """Whether words read as one or more names, perhaps with an office: "Mira Coll and J. Adan, Harbour Gazette"."""
    words = [word for word in re.split(r"[\s,|/•·–—-]+", rest.strip(" .")) if word]
    if not words or len(words) > MOST_NAMES or not _NAME_WORD.match(words[0]):
        return False
    named = [word for word in words if word.casefold() not in cues().small_words]
    capital = sum(word[0].isupper() or not word[0].isalpha() for word in named)
    uncased = all(not word[0].isupper() and not word[0].islower() for word in named)
    months = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    return (
        bool(named)
        and named[0].casefold() not in months
        and (uncased or (named[0][0].isupper() and capital >= 0.8 * len(named)))
        and len(named) >= 1
    )


def sentences_inside(text: str, span: Span) -> int:
    """The number of sentences in a short stretch."""
    return len(sentences(span.of(text))) if _INNER_END.search(text, *span) else 1
