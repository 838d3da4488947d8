"""What governs the quoted words in their own sentence and stays outside the quotation.

"We will pay" stands in "If they leave, we will pay", in "It is not true that we will pay" and in "They claim that we
will pay", and says in none of them what it says alone.
"""

import re
from collections.abc import Iterator

from quoth.changes.comparison import Case
from quoth.doc.operators import Marker
from quoth.doc.tokens import function_words
from quoth.doc.word_similarity import word_kind
from quoth.types import Change, ChangeKind, Edit, Span

_CLAUSE_END = re.compile(r"[,;:.!?–—()\n]|\s-\s")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s|\n")
#: Words that give what follows as somebody else's, and not as the writer's own; before "that" or the quoted words.
_CLAIM = re.compile(
    r"\b(?P<who>\w+)\s+(?:\w+ly\s+)?(?:claim(?:s|ed)?|alleg(?:e|es|ed)|pretend(?:s|ed)?|accus(?:e|es|ed)\s+us\s+of|"
    r"would\s+have\s+(?:you|us)\s+believe)(?:\s+that)?\s*[:,]?\s*[\"“‘'(]*$"
    r"|\b(?P<noun>myth|rumou?r|lie|notion|illusion|pretence|pretense|falsehood|accusation|allegation|claim)s?\s+that\s*"
    r"[\"“‘'(]*$"
    r"|\b(?P<false>false|untrue|wrong|nonsense|a lie)\s+(?:that|to\s+say\s+that)\s*[\"“‘'(]*$",
    re.IGNORECASE,
)
_OWN = frozenset(["i", "we"])
_SIZES = frozenset(["approx", "below", "above", "less", "at_least", "at_most"])


def governing_changes(case: Case) -> Iterator[Change]:
    """Conditions, negations, claims of others and hedges of a number that stand at the edges of the quoted words."""
    for hull in case.hulls:
        first, last = case.theirs.range(hull)
        for marker in case.theirs.markers:
            span = case.their_span(marker)
            if any(other.holds(span) for other in case.hulls):
                continue  # it was quoted too, before a bracket or a gap
            if any(edit.original and edit.original.meets(span) and _answered(case, edit) for edit in case.edits):
                continue
            kind = _governs(case, marker, hull, first, last)
            if kind is not None:
                yield case.change(kind, None, span)
        claimed = _claimed(case, hull)
        if claimed:
            yield case.change(ChangeKind.AGENT, None, claimed)


def _answered(case: Case, edit: Edit) -> bool:
    """Whether words of the report stand for the source's; "We" alone stands for nothing of "We do not"."""
    if edit.reported is None:
        return False
    return any(unit.key not in function_words() for unit in case.ours.inside(edit.reported))


def _governs(case: Case, marker: Marker, hull: Span, first: int, last: int) -> ChangeKind | None:
    """What a marker outside the quoted words does to them, if it does anything."""
    text, span = case.theirs.text, case.their_span(marker)
    # "failed to pay" quoted as "to pay" takes the last word of what governs it over
    before = marker.first < first <= marker.last + 1 and not _CLAUSE_END.search(text, span.end, hull.start)
    if marker.family == "negation" and marker.kind in {"no", "no_longer", "fail", "refuse"}:
        return ChangeKind.NEGATION if before else None
    if marker.family == "condition":
        after = last <= marker.first <= last + 1 and not re.search(r"[.!?]", text[hull.end : span.start])
        return ChangeKind.CONDITION if after or _opens_condition(case, marker, hull) else None
    if marker.family == "hedge" and marker.kind in _SIZES and marker.last == first:
        opens = marker.first == 0 or bool(
            _SENTENCE_END.search(text, case.theirs.units[marker.first - 1].end, span.start)
        )
        counted = word_kind(case.theirs.units[first].key) == "number" if first < len(case.theirs.units) else False
        return ChangeKind.HEDGE if opens and counted else None
    return None


_CONDITIONAL = re.compile(r"\b(?:if|unless|provided|once|as long as|should|on condition)\b", re.IGNORECASE)


def _opens_condition(case: Case, marker: Marker, hull: Span) -> bool:
    """Whether a condition opens the sentence whose main clause was quoted: "If the water is clean, we will open"."""
    text, span = case.theirs.text, case.their_span(marker)
    if span.end > hull.start or re.search(
        r"[.!?;\n–—]|--", text[span.end : hull.start]
    ):  # a dash breaks a sentence off
        return False
    start = case.theirs.units[marker.first - 1].end if marker.first else 0
    opens = marker.first == 0 or bool(_SENTENCE_END.search(text, start, span.start))
    first = min(zone.start for zone in case.ours.zones)
    before = re.split(r"[.!?]\s|\n", case.ours.text[max(0, first - 200) : first])[-1]  # the report may tell it itself
    return opens and "," in text[span.end : hull.start] and not _CONDITIONAL.search(before)


def _claimed(case: Case, hull: Span) -> Span | None:
    """The words before the quotation, in its sentence, that give it as somebody else's claim."""
    zone = next((zone for zone in case.theirs.zones if zone.holds(hull)), None)
    if zone is None:
        return None
    start = max(zone.start, hull.start - 120)
    before = case.theirs.text[start : hull.start]
    cut = [match.end() for match in _SENTENCE_END.finditer(before)]
    low = start + (cut[-1] if cut else 0)
    match = _CLAIM.search(case.theirs.text, low, hull.start)
    if match is None or (match["who"] and match["who"].casefold() in _OWN):
        return None
    return Span(match.start(), hull.start).trimmed(case.theirs.text)
