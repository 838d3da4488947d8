"""The formats that an examination can be written in beside its own page and records, by name.

What each holds is described in docs/reference/formats.md. A person's decisions come with the examination, as
`AsReviewed`; nothing automatic is ever written as a person's rating.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from quoth.types import Examination, UnusableArguments

ALL_BYTES = 1 << 26  # of a file in which the mark of its maker is looked for


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        told: what it is, for a list of formats.
        place: module and function, `(examination) -> str | bytes`.
        mark: what stands in every file of it that Quoth writes, by which one is known again.
        media_type: as HTTP has it.
        ending: of file names, with its dot.
        needs: package without which it cannot be made, and the extra that brings it; empty for none.
    """

    told: str
    place: str
    mark: bytes
    media_type: str
    ending: str
    needs: tuple[str, str] | tuple[()] = ()


_LINKED = (b"urn:quoth:software", "application/ld+json", ".jsonld")  # mark, media type and ending of the JSON-LD

FORMATS = {
    "md": Format("a memo in Markdown", "memo:to_markdown", b"examined by Quoth", "text/markdown", ".md"),
    "pdf": Format(
        "two pages and an annex",
        "paper:to_pdf",
        b"(examined by Quoth)",
        "application/pdf",
        ".pdf",
        ("fpdf2", "pdf"),
    ),
    "bibtex": Format(
        "the documents as BibTeX", "bibtex:to_bibtex", b"examined by Quoth", "application/x-bibtex", ".bib"
    ),
    "annotations": Format("W3C Web Annotations", "annotations:to_annotations", *_LINKED),
    "annotations-utf16": Format(
        "the same with positions as JavaScript counts them, in UTF-16 units",
        "annotations:to_utf16_annotations",
        *_LINKED,
    ),
    "jsonld": Format("quotations and claims of schema.org, JSON-LD", "linked:to_schema_org", *_LINKED),
    "prov": Format("where it all comes from, PROV-O as JSON-LD", "linked:to_provenance", *_LINKED),
    "tei": Format("texts and findings, TEI P5", "tei:to_tei", b'ident="quoth"', "application/tei+xml", ".xml"),
}


def export(examination: Examination, name: str) -> bytes:
    """An examination in another format.

    Args:
        examination: what was found out about one report; an `AsReviewed` brings what people decided.
        name: one of `FORMATS`.

    Returns:
        The file's bytes; the same arguments give the same bytes.

    Raises:
        UnusableArguments: there is no such format, or what it needs is not installed.
    """
    chosen = known(name)
    module, function = chosen.place.split(":")
    try:
        make: Callable[..., str | bytes] = getattr(import_module(f"quoth.reports.{module}"), function)
    except ModuleNotFoundError as error:
        if not chosen.needs or error.name is None or error.name.split(".")[0].startswith("quoth"):
            raise
        package, extra = chosen.needs
        raise UnusableArguments(
            f"The format {name} needs {package}, which is not installed: pip install 'quoth[{extra}]'."
        ) from error
    made = make(examination)
    return made if isinstance(made, bytes) else made.encode()


def known(name: str) -> Format:
    """A format by its name.

    Raises:
        UnusableArguments: there is none of that name.
    """
    if name not in FORMATS:
        raise UnusableArguments(f"There is no format {name}; there are {', '.join(FORMATS)}.")
    return FORMATS[name]


def is_export(name: str) -> Callable[[Path], bool]:
    """Tells files that were written in a format by Quoth."""
    mark = FORMATS[name].mark

    def is_ours(path: Path) -> bool:
        with path.open("rb") as file:
            return mark in file.read(ALL_BYTES)

    return is_ours
