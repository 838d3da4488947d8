"""Whether a passage carries the statement, and how its pieces stand to each other."""

from collections.abc import Sequence

from quoth.text.sentences import sentences
from quoth.values import Alignment, Document, EditKind, Piece, Span

#: Share of the reported weight below which no passage carries a statement.
CARRIED = 0.42


def found(alignment: Alignment) -> bool:
    """Whether some passage carries the statement."""
    return bool(alignment.pieces) and alignment.coverage >= CARRIED


def gaps(alignment: Alignment) -> list[tuple[Piece, Piece]]:
    """Neighbouring pieces between which the source has words that the report leaves out."""
    return list(zip(alignment.pieces, alignment.pieces[1:], strict=False))


def spliced(report: Document, source: Document, alignment: Alignment) -> bool:
    """Whether pieces stand in another order, or an unmarked gap between them crosses a sentence end."""
    for before, after in gaps(alignment):
        if after.original.start < before.original.end:
            return True
        marked = any(before.reported.end <= end <= after.reported.start for end in alignment.marked)
        if not marked and crosses(source.text, Span(before.original.end, after.original.start)):
            return True
    return False


def crosses(text: str, gap: Span) -> bool:
    """Whether a gap holds the words of more than one sentence, or a whole one."""
    low, high = max(0, gap.start - 600), min(len(text), gap.end + 600)
    cuts = [span.end + low for span in sentences(text[low:high])]
    inside = [cut for cut in cuts if gap.start <= cut < gap.end]
    if not inside:
        return False
    after_last = any(char.isalnum() for char in text[inside[-1] : gap.end])
    before_first = any(char.isalnum() for char in text[gap.start : inside[0]])
    return len(inside) > 1 or (after_last and before_first)


def omissions(alignment: Alignment) -> Sequence[Span]:
    """What was left out inside."""
    return [edit.original for edit in alignment.edits if edit.kind is EditKind.LEFT_OUT and edit.original]
