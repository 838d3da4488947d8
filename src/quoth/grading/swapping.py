"""Who did what to whom: words that changed places."""

from collections.abc import Iterator

from quoth.grading.case import Case
from quoth.grading.naming import named
from quoth.values import Change, ChangeKind, Edit, EditKind


def swap_changes(case: Case) -> Iterator[Change]:
    """Names or other telling words that stand where the source has others, which stand in their place."""
    moves = [edit for edit in case.edits if edit.kind is EditKind.MOVED and edit.reported and edit.original]
    for number, first in enumerate(moves):
        for second in moves[number + 1 :]:
            if _swapped(first, second) and _both_named(case, first, second):
                yield case.change(ChangeKind.AGENT, first.reported, first.original)
                yield case.change(ChangeKind.AGENT, second.reported, second.original)
                return


def _swapped(first: Edit, second: Edit) -> bool:
    if not (first.reported and second.reported and first.original and second.original):
        return False
    return (first.reported < second.reported) != (first.original < second.original)


def _both_named(case: Case, first: Edit, second: Edit) -> bool:
    return all(
        edit.reported is not None and any(named(case.ours.text, unit) for unit in case.ours.inside(edit.reported))
        for edit in (first, second)
    )
