"""Sentences of a text, with their offsets."""

import re

from quoth.values import Span

#: Abbreviations after which a full stop ends no sentence; titles, military ranks, months, and the like.
ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen sens rep reps gov gen col lt maj capt cmdr adm sgt cpl hon rev st jr sr inc corp co cos ltd
    bros no vs jan feb mar apr jun jul aug sept sep oct nov dec ave dept mt ft al etc fig figs eq ed eds vol pp cf
    messrs mme mlle pres supt atty dist approx est""".split()
)
_END = re.compile(r"[.!?…]+[\"'”’»›)\]]*(?=\s|$)|\n[^\S\n]*\n")
_OPENERS = "\"'“‘«‹([„"


def sentences(text: str) -> list[Span]:
    """The sentences of `text`; a blank line always ends one, and no span has white space at its ends."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith("\n") or _ends(text, match.start(), match.end()):
            _append(found, text, start, match.end())
            start = match.end()
    _append(found, text, start, len(text))
    return found


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    span = Span(start, end).trimmed(text)
    if span.length:
        found.append(span)


def _ends(text: str, mark: int, after: int) -> bool:
    """Whether the marks at `mark` end a sentence, judged by the words around them."""
    following = text[after : after + 40].lstrip()
    if following and following[0].islower():
        return False  # "he said ... that", "the U.S. government"
    if text[mark] != ".":
        return True
    before = re.search(r"(\S+)\Z", text[max(0, mark - 30) : mark])
    word = before.group(1).lstrip(_OPENERS) if before else ""
    if word.casefold().rstrip(".") in ABBREVIATIONS and word[:1].isupper():
        return False
    if re.fullmatch(r"[A-Z]", word) and following[:1].isupper():
        return False  # an initial: "K. Ostrel"
    return not (re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word) and following[:1].islower())
