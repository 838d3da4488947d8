"""Documents to the columns of a table and back; the same for every store."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from quoth.archive.store.ports_of_store import NO_DOCUMENTS, Stored, digest_with, mark_of, sha256_of
from quoth.types import ArchiveDamaged, Block, BlockKind, Box, Document, Moment, Span

#: What is known about a document besides its text, in the order of the columns.
DESCRIPTION = ("title", "publisher", "published", "language", "url", "blocks")

#: The columns of a version in the order in which `stored` reads them.
COLUMNS = ", ".join(
    (
        "v.number, v.id, v.version, t.sha256, t.text",
        "v.title, v.publisher, v.published, v.language, v.url, v.blocks, v.added",
    )
)

SEALED = 2  # the step of the schema from which on every version has its seal

#: What `seal` is made of, behind the number of the version.
SEALABLE = (
    "SELECT v.number, v.id, v.version, t.sha256,"
    " v.title, v.publisher, v.published, v.language, v.url, v.blocks, v.added"
    " FROM versions v JOIN texts t ON t.key = v.text"
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
    blocks = json.dumps([_kept(block) for block in document.blocks], separators=(",", ":"))
    return (document.title, document.publisher, document.published, document.language, document.url, blocks)


def seal(id_: str, version: int, sha256: str, known: Sequence[str | None], added: str) -> str:
    """The hexadecimal digest of all that is kept about a version; a title or a date that changed does not match it."""
    parts = (id_, version, sha256, *known, added)  # NUL stands in none of them
    whole = "\0".join(["" if part is None else f"={part}" for part in parts])
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def resealed(row: Sequence[Any]) -> tuple[str, int]:
    """The seal of a version, and its number, from a row of `SEALABLE`."""
    number, id_, version, sha256, *known, added = row
    return seal(id_, version, sha256, known, added), number


class Tally:
    """What a store holds, counted version by version while each is looked at."""

    def __init__(self) -> None:
        self._documents: set[str] = set()
        self._versions = 0
        self._digest = NO_DOCUMENTS

    def wrong_with(self, row: Sequence[Any], sealed_with: str | None, *, sealed: bool) -> Iterator[str]:
        """Count a version, given as `stored` reads it; what is wrong with it, a sentence each."""
        _, id_, version, sha256, text, *known, added = row
        self._documents.add(id_)
        self._versions += 1
        self._digest = digest_with(self._digest, mark_of(str(id_), version, sha256 or ""))
        if not isinstance(text, str) or sha256_of(text) != sha256:
            yield f"The text of {id_}, version {version}, is not what was added."
        elif sealed and sealed_with != seal(id_, version, sha256, known, added):
            yield f"What is known about {id_}, version {version}, is not what was added (its title, date or the like)."

    def agrees(self, state: Sequence[object]) -> bool:
        """Whether that is what the store says it holds: documents, versions, digest."""
        return tuple(state[:3]) == (len(self._documents), self._versions, self._digest)


def is_state(row: Sequence[object]) -> bool:
    """Whether a store says of itself, in the row of its state, what it may: two numbers, a digest, a time or None."""
    documents, versions, digest, changed = row[:4]
    return (
        isinstance(documents, int)
        and isinstance(versions, int)
        and isinstance(digest, str)
        and re.fullmatch(r"[0-9a-f]{64}", digest) is not None
        and isinstance(changed, str | None)
    )


def stored(row: Sequence[object], *, current: bool) -> Stored:
    """A version from its row (`COLUMNS`).

    Raises:
        ArchiveDamaged: The text is not what was added, or something else in the row is nothing that Quoth writes.
    """
    number, id_, version, sha256, text, title, publisher, published, language, url, blocks, added = row
    if not isinstance(text, str) or sha256_of(text) != sha256:
        raise ArchiveDamaged(f"The text of {id_} is not what was added; add it anew, or take it from a copy.")
    try:
        layout = tuple(_block(*kept) for kept in json.loads(str(blocks)))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError) as problem:
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
    if not isinstance(number, int) or not isinstance(version, int):
        raise ArchiveDamaged(f"The number or version of {id_} is not what was added; add it anew.")
    return Stored(number, version, current, str(added), document)


def _kept(block: Block) -> list[object]:
    """A block as the column has it: kind, start, end, and what else is known of it, if anything."""
    known = block.to_dict()
    del known["kind"], known["span"]
    return [block.kind.value, *block.span, *([known] if known else [])]


def _block(kind: str, start: object, end: object, known: dict[str, Any] | None = None) -> Block:
    known = known or {}
    boxes = (Box(int(one["page"]), _span(*one["span"]), _edges(*one["box"])) for one in known.get("boxes", ()))
    moments = (Moment(float(one["time"]), _span(*one["span"])) for one in known.get("moments", ()))
    page, time = known.get("page"), known.get("time")
    return Block(
        BlockKind(kind),
        _span(start, end),
        speaker=_known(known.get("speaker")),
        page=None if page is None else int(page),
        time=None if time is None else float(time),
        boxes=tuple(boxes),
        moments=tuple(moments),
        path=_known(known.get("path")),
    )


def _span(start: object, end: object) -> Span:
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        raise ValueError
    return Span(start, end)


def _edges(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return float(left), float(top), float(right), float(bottom)


def _known(value: object) -> str | None:
    return None if value is None else str(value)
