"""The next sentence that takes quoted words back: "The mayor is honest. That, at least, is what his driver says"."""

import re
from collections.abc import Sequence

from quoth.doc.doc import Doc
from quoth.types import ChangeKind, Span

_BE = r"(?:\s+(?:is|was|are|were)|['’]s)"
_IT = r"(?:that|this|it|such|so|these|those)"
_ASIDE = r"(?:,[^,.!?]{1,25},)?"
_SAY = (
    r"(?:says?|said|claims?|claimed|tells?|told|believes?|believed|thinks?|thought|writes?|wrote|calls?|called|"
    r"maintains?|maintained|insists?|insisted|would\s+have\s+us)"
)
#: What takes the words back for certain, and what it changes in them.
_SURE: Sequence[tuple[ChangeKind, str]] = (
    (
        ChangeKind.NEGATION,
        rf"(?:no[,;]?\s+|but\s+|and\s+)?{_IT}{_BE}\s+(?:not\s+(?:true|right|so|correct)|wrong|false|untrue|a\s+lie|nonsense|"
        r"absurd|rubbish)|nonsense|rubbish|of\s+course\s+(?:it|that|he|she|they|we|i)\s*(?:is|does|did|was|are|were|have|has)?"
        r"\s*(?:not|n[o'’]t)|(?:and\s+)?(?:i|he|she|they|we)\s+(?:was|were|am|is|are)\s+(?:wrong|lying|mistaken)|"
        r"(?:and\s+)?(?:they|he|she)\s+lied|correction|i\s+(?:misspoke|stand\s+corrected)|(?:scratch|strike)\s+that|"
        r"i\s+take\s+(?:that|it|this)\s+back|let\s+me\s+correct\s+(?:that|this|myself)",
    ),
    (
        ChangeKind.AGENT,
        rf"{_IT}{_ASIDE}{_BE}{_ASIDE}(?:\s+(?:at\s+least|only|just|merely|precisely|exactly))?\s+what\s+(?!(?:i|we|you)\b)"
        rf"(?:[^\s.!?,]+\s+){{1,5}}{_SAY}|(?:or\s+)?so\s+(?:they|he|she|the\s+\w+|his\s+\w+|her\s+\w+|their\s+\w+)\s+{_SAY}",
    ),
    (
        ChangeKind.HEDGE,
        rf"{_IT}{_BE}\s+what\s+(?:i|we)\s+(?:have\s+|had\s+)?(?:heard|hear|read|been\s+told|was\s+told|were\s+told)|"
        rf"{_IT}{_BE}\s+(?:only\s+|just\s+|once\s+|always\s+)?(?:a|an|the|our|their|his|her|my)\s+(?:\w+\s+){{0,2}}"
        r"(?:slogan|rumou?r|gossip|legend|myth|joke|fairy\s+tale|propaganda|excuse)|"
        r"(?:just|only|i\s+am|i['’]m)\s+(?:kidding|joking)|i\s+jest",
    ),
)
#: What may take them back.
_PERHAPS = re.compile(
    rf"\s*(?:{_IT}{_BE}\s+(?:only\s+|just\s+)?(?:a|an|the|our|their|his|her|my)\s+(?:\w+\s+){{0,2}}"
    r"(?:theory|claim|accusation|allegation)|(?:oh,?\s+)?(?:sorry|pardon|i\s+beg\s+your\s+pardon|excuse\s+me|forgive\s+me)(?=[,.:;!–—])"
    r"|not\s+(?:really|quite|yet)(?=[.!,])|or\s+so\s+it\s+seems)(?!\w)",
    re.IGNORECASE,
)
_CERTAIN = tuple((kind, re.compile(rf"\s*(?:{pattern})(?!\w)", re.IGNORECASE)) for kind, pattern in _SURE)
_CORRECTS = re.compile(
    r"\s*(?:oh,?\s+)?(?:sorry|pardon|i\s+beg\s+your\s+pardon|excuse\s+me|forgive\s+me)\b", re.IGNORECASE
)

_BORDER = re.compile(r"\s*[;,–—-]+")
_LIED = re.compile(r",\s+and\s+(?:they|he|she)\s+lied\b")


def taken_back(doc: Doc, last: int) -> tuple[ChangeKind, Span, bool] | None:
    """What stands behind the words that token `last` - 1 ends and takes them back, and whether it does for certain."""
    number = doc.sentence_of(last - 1)
    if last < doc.tokens_of(number)[1]:
        return _inside(doc, last, doc.sentences[number].end)
    if number + 1 >= len(doc.sentences):
        return None
    base, following = doc.sentences[number].end, doc.sentences[number + 1]
    if (
        doc.turn_at(following.start) != doc.turn_at(doc.tokens[last - 1].start)
        or not doc.text[base : following.start].isspace()
    ):
        return None
    for kind, pattern in _CERTAIN:
        found = pattern.match(doc.text, base, following.end)
        if found:
            return kind, Span(*found.span()).trimmed(doc.text), True
    found = _PERHAPS.match(doc.text, base, following.end)
    if not found:
        return None
    counted = doc.numbers_at([doc.sentences[number]]) and doc.numbers_at([following])
    certain = bool(counted) and _CORRECTS.match(doc.text, base) is not None
    return (
        ChangeKind.NUMBER if certain else ChangeKind.HEDGE,
        following if certain else Span(*found.span()).trimmed(doc.text),
        certain,
    )


def _inside(doc: Doc, last: int, end: int) -> tuple[ChangeKind, Span, bool] | None:
    """What takes words back in their own sentence: "The dam leaks, they said, and they lied"."""
    start = doc.tokens[last - 1].end
    kind, pattern = _CERTAIN[0]
    border = _BORDER.match(doc.text, start, end)
    found = (pattern.match(doc.text, border.end(), end) if border else None) or _LIED.search(doc.text, start, end)
    return (kind, Span(*found.span()).trimmed(doc.text), True) if found else None
