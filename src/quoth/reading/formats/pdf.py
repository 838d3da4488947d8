"""PDF files: their text layer in reading order, with pages and boxes."""

from collections.abc import Iterator, Sequence

from quoth.reading.formats.parsing import parsed
from quoth.reading.laid_out import Said, as_laid, laid_out
from quoth.reading.raw import Found, Raw
from quoth.types import UnusableInput

_WHAT = "a PDF file"
_SECONDS = 120.0  # of processor time; two thousand pages take about sixty
_LISTED = 10  # page numbers


def read(raw: Raw) -> Iterator[Found]:
    """The document; a note names pages that are images without text.

    Raises:
        UnusableInput: all of its pages are, or it is locked, damaged or too long.
        MissingPart: pypdfium2 is not installed.
    """
    found = parsed("quoth.reading.formats.pdf_stretches:stretches", raw, _WHAT, needs="pypdfium2", seconds=_SECONDS)
    scanned: list[int] = found["scanned"]
    if not found["stretches"]:
        pages = (
            "its page is a scanned image" if found["pages"] == 1 else f"its {found['pages']} pages are scanned images"
        )
        if scanned:
            raise UnusableInput(f"{raw.name}: {pages} without a text layer; run text recognition (OCR) over it first.")
        raise UnusableInput(f"{raw.name}: there is no text in this PDF file.")
    notes = []
    if scanned:
        notes.append(f"{_pages(scanned)} scanned and without a text layer; what stands there was not read.")
    if found["empty"]:
        notes.append(f"{_pages(found['empty'])} empty, or damaged.")
    yield laid_out(as_laid(found["stretches"]), raw.id, Said(notes=tuple(notes)), name=raw.name)


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_LISTED])) + (" and others" if len(numbers) > _LISTED else "")
    return f"Page {shown} is" if len(numbers) == 1 else f"Pages {shown} are"
