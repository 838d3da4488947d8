"""What a reader of a format is given: bytes, and what is known of them from outside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from quoth.reading.charset import Declared, decoded, wide
from quoth.types import Document, QuothError, UnusableInput

LARGEST_PART = 64 * 1024 * 1024  # bytes of one document, unpacked, as of a file
MOST_PARTS = 100_000  # documents of all that lies inside some bytes, however deep
MOST_BYTES = 12_000_000  # of one text; about two million words, far beyond any statement or transcript
_MEGABYTE = 1_000_000


def check_size(size: int, name: str) -> None:
    """Refuse what is longer than any text that is compared at once.

    Args:
        size: bytes of the text, in whatever charset.
        name: what it is called in messages.

    Raises:
        UnusableInput: it is.
    """
    if size > MOST_BYTES:
        raise UnusableInput(
            f"{name} holds {size / _MEGABYTE:.1f} MB of text, more than the {MOST_BYTES / _MEGABYTE:.0f} MB that are "
            "compared at once; split it, or put its parts into an archive (quoth archive add)."
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """Where tables and records have their texts and ids; None for "text" and "id"."""

    text: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """Some bytes that hold one document or several.

    Attributes:
        data: all of them.
        name: what they are called in messages.
        id: the id of the document; of those inside, `id/part`.
        media_type: what a server or a mail calls their format.
        charset: the charset that a server or a mail declares.
        columns: where tables have their texts and ids.
        depth: in how many others they lie.
        declarer: who declares the charset.
    """

    data: bytes
    name: str
    id: str
    media_type: str | None = None
    charset: str | None = None
    columns: Columns = Columns()
    depth: int = 0
    declarer: str = "the server"

    def text(self, declared: tuple[Declared, ...] = ()) -> tuple[str, tuple[str, ...]]:
        """The bytes as text, and what a reader must know about it (a charset other than UTF-8), a sentence each.

        Args:
            declared: charsets that the bytes themselves declare; one that a server declares counts more.

        Raises:
            UnusableInput: they are in no certain charset, or too long.
        """
        check_size(len(self.data), self.name)
        if marked := wide(self.data, self.name):
            return marked[0], (marked[1],)
        served = (Declared(self.declarer, self.charset),) if self.charset else ()
        return decoded(self.data, self.name, (*served, *declared))

    def part(
        self,
        data: bytes,
        called: str,
        *,
        media_type: str | None = None,
        charset: str | None = None,
        declarer: str = "the server",
    ) -> "Raw":
        """Bytes that lie inside these, which whoever asked reads in turn, whatever their format.

        Args:
            data: all of them, unpacked.
            called: what they are called here: a file's name, a number.
            media_type: what these call their format.
            charset: the charset that these declare.
            declarer: what these are called, as one that declares a charset.
        """
        name, id_ = f"{self.name}/{called}", f"{self.id}/{called}"
        return replace(self, data=data, name=name, id=id_, media_type=media_type, charset=charset, depth=self.depth + 1)


#: What a reader finds, in order: a document, what is wrong with one, or bytes inside that are to be read in turn.
Found = Document | QuothError | Raw
Reader = Callable[[Raw], Iterator[Found]]
