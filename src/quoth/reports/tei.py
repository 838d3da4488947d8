"""Texts and findings as a TEI P5 corpus: texts with anchors where statements begin and end, verdicts standing off them.

Statements may stand inside each other and share words, which elements cannot; anchors can. An annotation names the two
anchors of each stretch in the report, and those of the passages that it comes from.
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from quoth.reports.excerpts import one_line
from quoth.reports.labels import MEANINGS, REJECTED_MEANING, heading
from quoth.reports.page_layout import whole_layout
from quoth.reports.view import Finding, View, view
from quoth.types import BlockKind, Document, Examination, Grade

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: What XML 1.0 has no place for; each is one code point, and so is what stands for it.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

REJECTED = "status-rejected"  # the category of findings that a person rejected

Anchor = tuple[int, bool, str]  # a place in a text, whether something ends there, and the anchor's name


def to_tei(examination: Examination) -> bytes:
    """The corpus.

    Args:
        examination: what was found out about one report; what a person decided is a note in the annotation.

    Returns:
        A `teiCorpus` of the report, with an annotation for each statement, and of each source, in UTF-8. What XML
        cannot hold (control characters) is written as U+FFFD.
    """
    seen = view(examination)
    corpus = etree.Element(f"{{{TEI}}}teiCorpus", nsmap={None: TEI})
    corpus.append(_corpus_header(examination))
    anchors: dict[str, list[Anchor]] = {one.id: [] for one in (examination.report, *examination.sources)}
    annotations = _element("listAnnotation")
    for finding in (*seen.findings, *seen.rejected):
        annotations.append(_annotation(seen, finding, anchors))
    for number, document in enumerate((examination.report, *examination.sources)):
        standing_off = annotations if number == 0 and len(annotations) else None
        corpus.append(_document(document, f"d{number}", anchors[document.id], standing_off))
    return bytes(etree.tostring(corpus, xml_declaration=True, encoding="UTF-8"))


def _corpus_header(examination: Examination) -> etree._Element:
    header = _header("Examination of " + heading(examination.report), "What Quoth found out, for whoever asked it.")
    encoding = _add(header, "encodingDesc")
    tool = _add(_add(encoding, "appInfo"), "application", ident="quoth", version=_version(examination))
    _add(tool, "label", "Quoth")
    taxonomy = _add(_add(encoding, "classDecl"), "taxonomy")
    taxonomy.set(XML_ID, "grades")
    for grade, meaning in MEANINGS.items():
        category = _add(taxonomy, "category")
        category.set(XML_ID, _grade_id(grade))
        _add(category, "catDesc", f"{grade}: {meaning}")
    rejected = _add(taxonomy, "category")
    rejected.set(XML_ID, REJECTED)
    _add(rejected, "catDesc", f"rejected: {REJECTED_MEANING}")
    return header


def _version(examination: Examination) -> str:
    return re.sub(r"[^\w.]", "", str(examination.recipe.get("quoth", ""))) or "0"


def _header(title: str, about: str, origin: Document | None = None) -> etree._Element:
    header = _element("teiHeader")
    described = _add(header, "fileDesc")
    _add(_add(described, "titleStmt"), "title", title)
    _add(_add(described, "publicationStmt"), "p", about)
    source = _add(described, "sourceDesc")
    if origin is None:
        _add(source, "p", "Made by a program from the texts below.")
        return header
    entry = _add(source, "bibl")
    _add(entry, "title", heading(origin))
    if origin.publisher:
        _add(entry, "publisher", origin.publisher)
    if origin.published:
        _add(entry, "date", origin.published)
    if origin.url:
        _add(entry, "ref", origin.url)
    _add(entry, "idno", origin.id, type="document")
    _add(entry, "idno", origin.sha256, type="sha256")
    return header


def _document(
    document: Document, name: str, anchors: list[Anchor], annotations: etree._Element | None
) -> etree._Element:
    whole = _element("TEI")
    whole.set(XML_ID, name)
    whole.append(_header(heading(document), "For reading beside the findings.", document))
    if annotations is not None:
        _add(whole, "standOff").append(annotations)
    text = _add(whole, "text")
    if document.language:
        text.set(XML_LANG, re.sub(r"[^A-Za-z0-9-]", "", document.language) or "und")
    body = _add(text, "body")
    waiting = sorted(anchors)
    for block in whole_layout(document):
        kind = block.kind
        shown = _add(body, "p") if kind is BlockKind.PARAGRAPH else _add(body, "ab", type=str(kind))
        here = [one for one in waiting if _falls(one, block.span.start, block.span.end)]
        waiting = [one for one in waiting if one not in here]
        _fill(shown, document.text, block.span.start, block.span.end, here)
    if not len(body):
        _add(body, "p")
    for _, _, at in waiting:  # in white space between blocks
        _anchor(body, at)
    return whole


def _falls(anchor: Anchor, start: int, end: int) -> bool:
    """Whether an anchor stands in a block: a beginning before its end, an end behind its beginning."""
    place, ends, _ = anchor
    return start < place <= end if ends else start <= place < end


def _fill(shown: etree._Element, text: str, start: int, end: int, anchors: Sequence[Anchor]) -> None:
    at = start
    shown.text = ""
    last: etree._Element | None = None
    for place, _, name in anchors:
        _write(shown, last, text[at:place])
        at = place
        last = _anchor(shown, name)
    _write(shown, last, text[at:end])


def _write(shown: etree._Element, last: etree._Element | None, words: str) -> None:
    clean = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", words)
    if last is None:
        shown.text += clean
    else:
        last.tail = (last.tail or "") + clean


def _annotation(seen: View, finding: Finding, anchors: dict[str, list[Anchor]]) -> etree._Element:
    examination = seen.examination
    targets = list(_targets(finding.anchor, "r", examination.report.id, finding.statement.content, anchors))
    stands = REJECTED if finding.rejected else _grade_id(finding.grade)
    made = _element("annotation", motivation="assessing", target=" ".join(targets), corresp=f"#{stands}")
    made.set(XML_ID, finding.anchor)
    by_source: dict[str, list[str]] = {}
    for number, piece in enumerate(finding.verdict.pieces):
        passages = _targets(finding.anchor, f"o{number}", piece.source, [piece.original], anchors)
        by_source.setdefault(piece.source, []).extend(passages)
    _add(made, "note", ", according to ".join(finding.speakers), type="speaker")
    sure = f" (confidence {finding.certainty})" if finding.certainty else ""
    if finding.verdict.reason:
        _add(made, "note", f"{finding.verdict.reason}{sure}", type="reason")
    for source, places in by_source.items():
        _add(made, "note", source, type="source", target=" ".join(places))
    if finding.decided:
        _add(made, "note", finding.decision, type=str(finding.decided.status))
    return made


def _targets(
    name: str, side: str, document: str, spans: Sequence[tuple[int, int]], anchors: dict[str, list[Anchor]]
) -> Iterator[str]:
    """Names of the anchors of some stretches, which are put down at their places."""
    for number, (start, end) in enumerate(spans):
        begins, ends = f"{name}-{side}{number}b", f"{name}-{side}{number}e"
        anchors[document] += [(start, False, begins), (end, True, ends)]
        yield from (f"#{begins}", f"#{ends}")


def _grade_id(grade: Grade) -> str:
    return f"grade-{str(grade).replace(' ', '-')}"


def _anchor(parent: etree._Element, name: str) -> etree._Element:
    made = _add(parent, "anchor")
    made.set(XML_ID, name)
    return made


def _element(tag: str, **attributes: str) -> etree._Element:
    made = etree.Element(f"{{{TEI}}}{tag}", nsmap={None: TEI})
    for name, value in attributes.items():
        made.set(name, _clean(value))
    return made


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = _element(tag, **attributes)
    if text is not None:
        made.text = _clean(text)
    parent.append(made)
    return made


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", one_line(text))
