"""Many documents to the rows of a table, one after the other; what is wrong with one ends none of the others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.models.ports import Tools
from quoth.pipeline.jobs import statements_of
from quoth.pipeline.trace import examine_against
from quoth.reports.tables import Tables
from quoth.types import Document, QuothError, UnusableInput
from quoth.types.statement_rows import Row, rows

if TYPE_CHECKING:
    from quoth.archive.archive import Archive


@dataclass(frozen=True, slots=True)
class Tally:
    """How many documents were done, and how many could not be."""

    done: int
    failed: int


def statement_rows(tools: Tools, *, attitudes: bool = False) -> Callable[[Document], list[Row]]:
    """What gives the rows of who said what in a document."""

    def rows_of(document: Document) -> list[Row]:
        return rows(document, *statements_of(document, tools, attitudes=attitudes))

    return rows_of


def trace_rows(sources: "Archive | Sequence[Document]", tools: Tools) -> Callable[[Document], list[Row]]:
    """What gives the rows of a report that is held against sources, or against what an archive has."""

    def rows_of(report: Document) -> list[Row]:
        return examine_against(sources, report, tools).to_rows()

    return rows_of


def tabulate(
    found: Iterable[Document | QuothError],
    rows_of: Callable[[Document], list[Row]],
    tables: Tables,
    wrong: Callable[[str], None],
) -> Tally:
    """Write the rows of every document.

    Args:
        found: documents, and in their places what was wrong with others.
        rows_of: gives the rows of a document.
        tables: where they go.
        wrong: is told, in a sentence, of each document that could not be done.
    """
    done = failed = 0
    for one in found:
        try:
            if isinstance(one, QuothError):
                raise one
            written = _rows(one, rows_of)
        except QuothError as error:
            failed += 1
            wrong(str(error))
        else:
            tables.write(written)
            done += 1
    return Tally(done, failed)


def _rows(document: Document, rows_of: Callable[[Document], list[Row]]) -> list[Row]:
    try:
        return rows_of(document)
    except QuothError as error:
        raise UnusableInput(f"{document.id}: {error}") from error
    except Exception as error:  # one document must not end the others
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
        raise UnusableInput(f"{document.id}: it could not be examined ({reason}).") from error
