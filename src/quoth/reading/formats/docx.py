"""Word documents (DOCX): paragraphs, lists, tables, headers, footers and footnotes (ISO 29500)."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from quoth.reading.formats.parsing import Element, XmlArchive, local, parsed
from quoth.reading.laid_out import Said, as_laid, laid_out
from quoth.reading.raw import Found, Raw

_WHAT = "a Word document (DOCX)"
_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "annotationRef", "object", "commentReference"}
)
_NOTES = ("footnote", "endnote")
_CELLS = " | "
_MAIN = "word/document.xml"
_STYLES = (
    (re.compile(r"title"), "title"),
    (re.compile(r"subtitle"), "subtitle"),
    (re.compile(r"heading \d"), "heading"),
    (re.compile(r"(?:intense )?quote"), "quote"),
    (re.compile(r"caption"), "caption"),
)

Record = dict[str, object]


def read(raw: Raw) -> Iterator[Found]:
    """The document."""
    found = parsed(f"{__name__}:stretches", raw, _WHAT)
    yield laid_out(as_laid(found["stretches"]), raw.id, Said(notes=tuple(found["notes"])), name=raw.name)


def stretches(data: bytes) -> dict[str, object]:
    """The stretches of a Word document, and what a reader must know of it; in the confined process.

    Raises:
        ValueError: it is damaged or locked; in words.
    """
    archive = XmlArchive(data)
    main = _main(archive)
    body = archive.root(main)
    if body is None:
        raise ValueError("it is damaged")
    related = _related(archive, main)
    walk = _Walk(_style_kinds(archive.root(related.get("styles", ["word/styles.xml"])[0])))
    for element in body.iter("{*}body"):
        walk.blocks(element)
    heads = _around(archive, related.get("header", ()), "header")
    feet = _around(archive, related.get("footer", ()), "footer")
    notes = [
        note
        for kind in _NOTES
        for note in _notes(archive.root(related.get(f"{kind}s", [f"word/{kind}s.xml"])[0]), kind, walk.cited[kind])
    ]
    told = ["Changes that were tracked in this document are taken as accepted."] if walk.changed else []
    return {"stretches": [*heads, *walk.found, *notes, *feet], "notes": told}


def _main(archive: XmlArchive) -> str:
    root = archive.root("_rels/.rels")
    for one in () if root is None else root:
        if str(one.get("Type", "")).endswith("/officeDocument"):
            return posixpath.normpath(str(one.get("Target", _MAIN)).lstrip("/"))
    return _MAIN


def _related(archive: XmlArchive, main: str) -> dict[str, list[str]]:
    """The parts that belong to the main one, by what they are to it."""
    folder, name = posixpath.split(main)
    root = archive.root(f"{folder}/_rels/{name}.rels")
    found: dict[str, list[str]] = {}
    for one in () if root is None else root:
        target = posixpath.normpath(posixpath.join("/", folder, str(one.get("Target", "")))).lstrip("/")
        found.setdefault(str(one.get("Type", "")).rpartition("/")[2], []).append(target)
    return found


def _style_kinds(root: Element) -> dict[str, str]:
    """What paragraphs of a style are, where its name says so."""
    kinds: dict[str, str] = {}
    for style in () if root is None else root.iter("{*}style"):
        name = next((str(_value(one)) for one in style.iter("{*}name")), "").casefold()
        for pattern, kind in _STYLES:
            if pattern.fullmatch(name):
                kinds[str(_attribute(style, "styleId"))] = kind
    return kinds


def _attribute(element: Element, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _value(element: Element) -> str | None:
    return _attribute(element, "val")


def _child(element: Element, name: str) -> Element:
    return next((one for one in element if local(one) == name), None)


class _Walk:
    """Goes through a part of a document and collects its stretches."""

    def __init__(self, kinds: dict[str, str]) -> None:
        self.found: list[Record] = []
        self.cited: dict[str, list[str]] = {kind: [] for kind in _NOTES}  # ids of notes, in order
        self.changed = False
        self._kinds = kinds
        self._boxes: list[Element] = []

    def blocks(self, parent: Element) -> None:
        """The paragraphs and tables in an element, in order."""
        for element in parent:
            match local(element):
                case "p":
                    self._add(self.words(element).strip(), self._kind(element))
                case "tbl":
                    self._add("\n".join(filter(None, map(self._row, self._rows(element)))), "table")
                case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag":
                    self.blocks(element)
                case "AlternateContent":
                    for choice in element[:1]:
                        self.blocks(choice)
            while self._boxes:
                self.blocks(self._boxes.pop(0))

    def _add(self, text: str, kind: str | None) -> None:
        if text:
            running = any(one["kind"] in {None, "list"} and len(str(one["text"])) > 200 for one in self.found[:12])  # noqa: PLR2004
            if kind == "heading":
                kind = "subtitle" if running else None
            self.found.append({"text": text, "kind": kind})

    def _kind(self, paragraph: Element) -> str | None:
        properties = _child(paragraph, "pPr")
        if properties is None:
            return None
        style = _child(properties, "pStyle")
        told = self._kinds.get(str(_value(style))) if style is not None else None
        if told:
            return told
        if _child(properties, "outlineLvl") is not None:
            return "heading"
        listed = _child(properties, "numPr")
        number = _child(listed, "numId") if listed is not None else None
        return "list" if number is not None and _value(number) != "0" else None

    def _rows(self, table: Element) -> Iterator[Element]:
        for element in table:
            if local(element) == "tr":
                yield element
            elif local(element) in {"sdt", "sdtContent", "customXml"}:
                yield from self._rows(element)

    def _row(self, row: Element) -> str:
        cells: list[str] = []
        for cell in row.iter("{*}tc"):
            if cell.getparent() is row or local(cell.getparent()) in {"sdtContent", "customXml"}:
                words = [self.words(paragraph).strip() for paragraph in cell.iter("{*}p")]
                cells.append(" ".join(" ".join(filter(None, words)).split()))
        return _CELLS.join(cells).strip() if any(cells) else ""

    def words(self, element: Element) -> str:  # noqa: C901  # a table of cases
        """The words of a paragraph or of what stands in it."""
        parts: list[str] = []
        for one in element:
            match local(one):
                case "t":
                    parts.append(one.text or "")
                case "tab":
                    parts.append("\t")
                case "br" | "cr":
                    parts.append("\n" if _attribute(one, "type") in {None, "textWrapping"} else " ")
                case "noBreakHyphen":
                    parts.append("-")
                case "footnoteReference" | "endnoteReference":
                    self.cited[local(one).removesuffix("Reference")].append(str(_attribute(one, "id")))
                case "txbxContent":
                    self._boxes.append(one)
                case "AlternateContent":
                    parts.extend(self.words(choice) for choice in one[:1])
                case "del" | "moveFrom":
                    self.changed = True
                case "ins" | "moveTo":
                    self.changed = True
                    parts.append(self.words(one))
                case "r" if _is_hidden(one):
                    pass
                case name if name not in _SKIPPED:
                    parts.append(self.words(one))
        return "".join(parts)


def _is_hidden(run: Element) -> bool:
    properties = _child(run, "rPr")
    hidden = _child(properties, "vanish") if properties is not None else None
    return hidden is not None and _value(hidden) not in {"0", "false", "off"}


def _around(archive: XmlArchive, names: Iterable[str], kind: str) -> list[Record]:
    """The headers or footers of a document, each text once."""
    found: dict[str, None] = {}
    for name in names:
        root = archive.root(name)
        if root is not None:
            walk = _Walk({})
            walk.blocks(root)
            found.update((str(one["text"]), None) for one in walk.found)
    return [{"text": text, "kind": kind} for text in found]


def _notes(root: Element, kind: str, cited: list[str]) -> Iterator[Record]:
    """The notes in the order in which they are cited, each with its number."""
    if root is None:
        return
    by_id = {str(_attribute(one, "id")): one for one in root if local(one) == kind}
    for number, id_ in enumerate(dict.fromkeys(cited), 1):
        if id_ in by_id:
            walk = _Walk({})
            walk.blocks(by_id[id_])
            text = "\n".join(str(one["text"]) for one in walk.found)
            if text:
                yield {"text": f"{number} {text}", "kind": "footer"}
