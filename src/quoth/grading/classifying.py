"""What each edit touches, and whether it is material."""

from quoth.encoder.port import Judge
from quoth.values import Alignment, Change, ChangeKind, Document, EditKind, Statement


def changes(
    report: Document, statement: Statement, alignment: Alignment, source: Document, judge: Judge | None = None
) -> tuple[Change, ...]:
    """Every difference found, in the order of the report."""
    found = []
    for edit in alignment.edits:
        kind = ChangeKind.OMISSION if edit.kind is EditKind.LEFT_OUT else ChangeKind.WORDING
        found.append(Change(kind, False, edit.reported, edit.original, edit.source))
    return tuple(found)
