"""The documents of an examination as BibTeX: what one cites."""

import re
import unicodedata

from quoth.reports.excerpts import one_line
from quoth.reports.labels import heading
from quoth.types import Document, Examination

#: What TeX reads as a command, and how it is written to be read as itself.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts a brace behind a backslash, too
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def to_bibtex(examination: Examination) -> str:
    """An entry for the report and one for each source, UTF-8.

    Args:
        examination: what was found out about one report.
    """
    taken: set[str] = set()
    entries = [_entry(document, taken) for document in (examination.report, *examination.sources)]
    return "\n".join(["Documents examined by Quoth.\n", *entries])


def _entry(document: Document, taken: set[str]) -> str:
    fields = {
        "title": f"{{{_escaped(heading(document))}}}",  # braces within keep its capitals
        "author": f"{{{_escaped(document.publisher)}}}" if document.publisher else "",
        **_date(document.published or ""),
        "url": _address(document.url),
        "language": _escaped(document.language or ""),
        "note": _escaped(f"SHA-256 of the text: {document.sha256}") if document.sha256 else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(document, taken)},", *lines, "}\n"])


def _key(document: Document, taken: set[str]) -> str:
    """A name of letters and digits, by which one cites; no two are one, whatever the case."""
    plain = unicodedata.normalize("NFKD", document.id).encode("ascii", "ignore").decode("ascii")
    base = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-") or "document"
    key, number = base, 1
    while key.casefold() in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key.casefold())
    return key


def _date(published: str) -> dict[str, str]:
    found = _DAY.match(published)
    if not found:
        return {}
    year, month, day = found.groups()
    return {"date": "-".join(part for part in (year, month, day) if part), "year": year, "month": month or ""}


def _address(url: str | None) -> str:
    """An address, with the signs that would end a field percent-encoded; styles read the others as they are."""
    signs = {"{": "%7B", "}": "%7D", "\\": "%5C"}
    return "".join(signs.get(sign, sign) for sign in one_line(url or "") if not sign.isspace())


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in one_line(text))
