"""Whether what was said is given in quotation marks."""

from bisect import bisect_left
from collections.abc import Sequence

from quoth.types import Mode, Span


def mode_of(text: str, spans: Sequence[Span], outermost: Sequence[Span]) -> Mode:
    """Direct if all words stand in quotations, indirect if none do.

    Args:
        text: the text.
        spans: the content.
        outermost: the outermost quotations with their marks, in order.
    """
    quoted = unquoted = False
    for span in spans:
        position = span.start
        number = max(0, bisect_left(outermost, span) - 1)
        while number < len(outermost) and outermost[number].start < span.end:
            outer = outermost[number]
            if outer.end > position:
                quoted = True
                unquoted = unquoted or _has_words(text, position, outer.start)
                position = outer.end
            number += 1
        unquoted = unquoted or _has_words(text, position, span.end)
    if quoted:
        return Mode.MIXED if unquoted else Mode.DIRECT
    return Mode.INDIRECT


def _has_words(text: str, start: int, end: int) -> bool:
    return any(char.isalnum() for char in text[start:end])
