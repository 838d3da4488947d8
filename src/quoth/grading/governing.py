"""What governs the quoted words in their own sentence and stays outside the quotation."""

import re
from collections.abc import Iterator

from quoth.grading.case import Case
from quoth.values import Change, ChangeKind, Span

_BEFORE = 12  # units before the quotation that are read
_CLAUSE_END = re.compile(r"[,;:.!?–—()]|\s-\s")


def governing_changes(case: Case) -> Iterator[Change]:
    """Conditions at the edges of the quotation that are not quoted with it, and negations right before it."""
    for hull in case.hulls:
        zone = next((zone for zone in case.theirs.zones if zone.holds(hull)), None)
        if zone is None:
            continue
        first, last = case.theirs.range(hull)
        for marker in case.theirs.markers:
            if (
                marker.family == "negation"
                and marker.last <= first <= marker.last + 1
                and marker.kind in {"no", "no_longer", "fail", "refuse"}
            ):
                span = case.their_span(marker)
                if not _CLAUSE_END.search(case.theirs.text, span.end, hull.start):
                    yield case.change(ChangeKind.NEGATION, None, span)
            if marker.family == "condition" and marker.kind in {"if", "unless"}:
                span = case.their_span(marker)
                if _conditional_after(case, hull, span, last, marker.first):
                    yield case.change(ChangeKind.CONDITION, None, span)


def _conditional_after(case: Case, hull: Span, span: Span, last: int, first: int) -> bool:
    """Whether a condition follows the quoted words directly, in their sentence."""
    if not last <= first <= last + 1:
        return False
    between = case.theirs.text[hull.end : span.start]
    return not re.search(r"[.!?]", between)
