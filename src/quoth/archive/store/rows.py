"""Documents to the columns of a table and back; the same for every store."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from quoth.archive.store.ports_of_store import Stored, sha256_of
from quoth.types import ArchiveDamaged, Block, BlockKind, Document, Span

#: What is known about a document besides its text, in the order of the columns.
DESCRIPTION = ("title", "publisher", "published", "language", "url", "blocks")

#: The columns of a version in the order in which `stored` reads them.
COLUMNS = ", ".join(
    (
        "v.number, v.id, v.version, t.sha256, t.text",
        "v.title, v.publisher, v.published, v.language, v.url, v.blocks, v.added",
    )
)


Item = TypeVar("Item")


def grouped(items: Iterable[Item], most: int) -> Iterator[tuple[Item, ...]]:
    """Items in groups of at most so many."""
    left = iter(items)
    while group := tuple(islice(left, most)):
        yield group


def now() -> str:
    """Date and time, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def description(document: Document) -> tuple[str | None, ...]:
    """The columns of `DESCRIPTION`."""
    blocks = json.dumps([[block.kind.value, *block.span] for block in document.blocks], separators=(",", ":"))
    return (document.title, document.publisher, document.published, document.language, document.url, blocks)


def stored(row: Sequence[object], *, current: bool) -> Stored:
    """A version from its row (`COLUMNS`).

    Raises:
        ArchiveDamaged: The text is not what was added.
    """
    number, id_, version, sha256, text, title, publisher, published, language, url, blocks, added = row
    if not isinstance(text, str) or sha256_of(text) != sha256:
        raise ArchiveDamaged(f"The text of {id_} is not what was added; add it anew, or take it from a copy.")
    try:
        layout = tuple(Block(BlockKind(kind), Span(start, end)) for kind, start, end in json.loads(str(blocks)))
    except ValueError as problem:
        raise ArchiveDamaged(f"The layout of {id_} is not what was added; add it anew.") from problem
    document = Document(
        str(id_),
        text,
        sha256,
        _known(title),
        _known(publisher),
        _known(published),
        _known(language),
        _known(url),
        layout,
    )
    return Stored(int(str(number)), int(str(version)), current, str(added), document)


def _known(value: object) -> str | None:
    return None if value is None else str(value)
