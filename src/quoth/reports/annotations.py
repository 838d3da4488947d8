"""Findings as W3C Web Annotations on the report: where, which words, what was made of them, and the source's passages.

The recommendation counts positions in Unicode code points, as Quoth does; annotators written in JavaScript count UTF-16
units, in which a sign beyond the first plane is two. Both are to be had, and each file says which it has.
"""

from bisect import bisect_left
from collections.abc import Callable

from quoth.reports.linked import SOFTWARE, Node, document_name, dumped, named, statement_name, web_address
from quoth.reports.view import Finding, View, view
from quoth.types import Document, Examination, Span, Status

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points before and after the words, by which they are found again in a text that has moved

Count = Callable[[int], int]


def to_annotations(examination: Examination) -> str:
    """The findings as annotations, positions in code points.

    Args:
        examination: what was found out about one report; what a person decided is a body of its own, by the person.

    Returns:
        JSON-LD: a graph of one annotation a finding, classified by the grade that holds; those that people rejected
        come last and are classified "rejected". A statement in several stretches has a target for each.
    """
    return _made(examination, lambda _: lambda at: at, "code points")


def to_utf16_annotations(examination: Examination) -> str:
    """The same, positions in UTF-16 units."""
    return _made(examination, utf16, "UTF-16 units")


def utf16(text: str) -> Count:
    """Tells the place of a code point in UTF-16 units."""
    wide = [at for at, sign in enumerate(text) if ord(sign) > 0xFFFF]  # noqa: PLR2004  # the first plane's last
    return lambda at: at + bisect_left(wide, at)


def _made(examination: Examination, counting: Callable[[str], Count], counted: str) -> str:
    seen = view(examination)
    counts = {one.id: counting(one.text) for one in (*examination.sources, examination.report)}
    software: Node = {
        "id": SOFTWARE,
        "type": "Software",
        "name": f"Quoth {examination.recipe.get('quoth', '')}, positions in {counted}".strip(),
    }
    graph = [software, *(_annotation(seen, finding, counts) for finding in (*seen.findings, *seen.rejected))]
    return dumped(CONTEXT, graph)


def _annotation(seen: View, finding: Finding, counts: dict[str, Count]) -> Node:
    examination = seen.examination
    report = examination.report
    stands = str(Status.REJECTED if finding.rejected else finding.grade)
    bodies: list[Node] = [{"type": "TextualBody", "purpose": "classifying", "value": stands}]
    if finding.verdict.reason:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": finding.verdict.reason,
                       "language": "en"})  # fmt: skip
    for piece in finding.verdict.pieces:
        source = examination.document(piece.source)
        place = _place(source, piece.original, counts[source.id])
        bodies.append({"type": "SpecificResource", "purpose": "linking", **place})
    if decided := finding.decided:
        person: Node = {"id": named("person", decided.by), "type": "Person", "name": decided.by}
        bodies.append({"type": "TextualBody", "purpose": "moderating", "value": finding.decision, "creator": person,
                       "created": decided.at})  # fmt: skip
    return {
        "id": statement_name(examination, finding.anchor),
        "type": "Annotation",
        "motivation": "assessing",
        "generator": SOFTWARE,
        "body": bodies,
        "target": [_place(report, span, counts[report.id]) for span in finding.statement.content],
    }


def _place(document: Document, span: Span, count: Count) -> Node:
    """A stretch of a document, by its words and by its place."""
    text = document.text
    return {
        "source": web_address(document) or document_name(document),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - AROUND) : span.start],
                "suffix": text[span.end : span.end + AROUND],
            },
            {"type": "TextPositionSelector", "start": count(span.start), "end": count(span.end)},
        ],
    }
