"""OpenDocument texts (ODT, and flat ones in XML): paragraphs, lists, tables, headers, footers and notes (ISO 26300)."""

import re
from collections.abc import Iterator

from quoth.reading.formats.parsing import Element, XmlArchive, local, parsed, root_of
from quoth.reading.laid_out import Said, as_laid, laid_out
from quoth.reading.raw import Found, Raw

_WHAT = "an OpenDocument text (ODT)"
_CELLS = " | "
_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "soft-page-break", "sequence-decls", "bookmark"}
)
_BLANKS = re.compile(r"[ \t\r\n]+")
_STYLES = {"title": "title", "subtitle": "subtitle", "quotations": "quote", "caption": "caption"}

Record = dict[str, object]


def read(raw: Raw) -> Iterator[Found]:
    """The document."""
    found = parsed(f"{__name__}:stretches", raw, _WHAT)
    yield laid_out(as_laid(found["stretches"]), raw.id, Said(notes=tuple(found["notes"])), name=raw.name)


def stretches(data: bytes) -> dict[str, object]:
    """The stretches of an OpenDocument text, and what a reader must know of it; in the confined process.

    Raises:
        ValueError: it is damaged, locked, or another kind of document; in words.
    """
    if data.startswith(b"PK"):
        archive = XmlArchive(data)
        content, styles = archive.root("content.xml"), archive.root("styles.xml")
    else:  # a flat one has all of it in one
        content = styles = root_of(data.lstrip())
    if content is None:
        raise ValueError("it is damaged")
    body = next(content.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"), None)
    if body is None:
        raise ValueError("there is a table or a presentation in it and no text")
    walk = _Walk(_style_parents([content, *([] if styles is None else [styles])]))
    walk.blocks(body)
    around: dict[str, dict[str, None]] = {"header": {}, "footer": {}}
    for element in (
        ()
        if styles is None
        else styles.iter(
            "{*}header", "{*}header-left", "{*}header-first", "{*}footer", "{*}footer-left", "{*}footer-first"
        )
    ):
        inner = _Walk({})
        inner.blocks(element)
        around[local(element).partition("-")[0]].update((str(one["text"]), None) for one in inner.found)
    told = ["Changes that were tracked in this document are taken as accepted."] if walk.changed else []
    heads, feet = ([{"text": text, "kind": kind} for text in texts] for kind, texts in around.items())
    return {"stretches": [*heads, *walk.found, *walk.notes, *feet], "notes": told}


def _style_parents(roots: list[Element]) -> dict[str, str]:
    """The style on which each automatic one is built."""
    found: dict[str, str] = {}
    for root in roots:
        for style in root.iter("{*}style"):
            name, parent = _attribute(style, "name"), _attribute(style, "parent-style-name")
            if name and parent:
                found[name] = parent
    return found


def _attribute(element: Element, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


class _Walk:
    """Goes through a part of a document and collects its stretches."""

    def __init__(self, parents: dict[str, str]) -> None:
        self.found: list[Record] = []
        self.notes: list[Record] = []
        self.changed = False
        self._parents = parents
        self._boxes: list[Element] = []

    def blocks(self, parent: Element, *, listed: bool = False) -> None:
        """The paragraphs, lists and tables in an element, in order."""
        for element in parent:
            match local(element):
                case "p":
                    self._add(self._text(element), "list" if listed else self._kind(element))
                case "h":
                    running = any(len(str(one["text"])) > 200 for one in self.found[:12])  # noqa: PLR2004  # code points
                    self._add(self._text(element), "subtitle" if running else None)
                case "table":
                    self._add("\n".join(filter(None, map(self._row, element.iter("{*}table-row")))), "table")
                case "list" | "list-item" | "list-header":
                    self.blocks(element, listed=True)
                case "tracked-changes":
                    self.changed = True
                case "section" | "frame" | "text-box" | "index-body" | "a" | "numbered-paragraph":
                    self.blocks(element, listed=listed)
            while self._boxes:
                self.blocks(self._boxes.pop(0))

    def _add(self, text: str, kind: str | None) -> None:
        if text:
            self.found.append({"text": text, "kind": kind})

    def _kind(self, paragraph: Element) -> str | None:
        name = _attribute(paragraph, "style-name") or ""
        for _ in range(9):  # styles are built on others; never so many
            if name.casefold() in _STYLES:
                return _STYLES[name.casefold()]
            name = self._parents.get(name, "")
        return None

    def _row(self, row: Element) -> str:
        cells = [
            " ".join(" ".join(self._text(paragraph) for paragraph in cell.iter("{*}p", "{*}h")).split())
            for cell in row
            if local(cell) == "table-cell"
        ]
        return _CELLS.join(cells).strip() if any(cells) else ""

    def _text(self, element: Element) -> str:
        return "".join(self._words(element)).strip()

    def _words(self, element: Element) -> Iterator[str]:
        """The words of a paragraph; white space counts once, as the format says."""
        last = " "
        for part, kept in self._parts(element):
            words = part if kept else _BLANKS.sub(" ", part)
            if not kept and last.endswith((" ", "\n")):
                words = words.lstrip(" ")
            if words:
                yield words
                last = words

    def _parts(self, element: Element) -> Iterator[tuple[str, bool]]:
        if element.text:
            yield element.text, False
        for one in element:
            match local(one):
                case "s":
                    count = _attribute(one, "c") or "1"
                    yield " " * min(int(count) if count.isdecimal() else 1, 1_000), True
                case "tab":
                    yield "\t", True
                case "line-break":
                    yield "\n", True
                case "note":
                    self._note(one)
                case "frame" | "text-box" | "custom-shape":
                    self._boxes.append(one)
                case name if name not in _SKIPPED:
                    yield from self._parts(one)
            if one.tail:
                yield one.tail, False

    def _note(self, note: Element) -> None:
        mark = next((self._text(one) for one in note if local(one) == "note-citation"), "")
        inner = _Walk({})
        for body in note.iter("{*}note-body"):
            inner.blocks(body)
        text = "\n".join(str(one["text"]) for one in inner.found)
        if text:
            self.notes.append({"text": f"{mark} {text}".strip(), "kind": "footer"})
