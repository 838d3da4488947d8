"""Every format is read by somebody else's parser, and says what the examination says."""

import base64
import json
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree
from markdown_it import MarkdownIt
from pybtex.database import parse_string
from pypdfium2 import PdfDocument
from rdflib import RDF, Graph, Namespace, URIRef

from quoth.models.ports import RULES_ONLY
from quoth.pipeline.examine import examine
from quoth.reading import read_text
from quoth.reports.exports import FORMATS, export
from quoth.review import Act
from quoth.types import (
    AsReviewed,
    Document,
    Examination,
    Grade,
    Mode,
    Piece,
    Searched,
    Span,
    Statement,
    UnusableArguments,
    Verdict,
)
from unit.reports.test_page import HOSTILE

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks" / "page"))
from made_pairs import pair

#: rdflib's own reader of JSON-LD uses what rdflib calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SCHEMA, PROV = Namespace("https://schema.org/"), Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
XML = "{http://www.w3.org/XML/1998/namespace}"
TEI = "{http://www.tei-c.org/ns/1.0}"
LINKED = ("annotations", "annotations-utf16", "jsonld", "prov")
#: The terms of http://www.w3.org/ns/anno.jsonld that the exports use, as that context has them.
ANNOTATION_TERMS = {
    "oa": str(OA), "dcterms": "http://purl.org/dc/terms/", "rdf": str(RDF), "as": "http://www.w3.org/ns/activitystreams#",
    "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#", "dc": "http://purl.org/dc/elements/1.1/",
    "id": {"@id": "@id", "@type": "@id"}, "type": {"@id": "@type", "@type": "@id"},
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "Software": "as:Application", "Person": "foaf:Person",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "assessing": "oa:assessing", "classifying": "oa:classifying", "commenting": "oa:commenting",
    "linking": "oa:linking",
    "moderating": "oa:moderating", "creator": {"@type": "@id", "@id": "dcterms:creator"},
    "generator": {"@type": "@id", "@id": "as:generator"},
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "name": "foaf:name", "value": "rdf:value", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "language": "dc:language", "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}  # fmt: skip


@pytest.fixture
def hostile(examination: Examination) -> Examination:
    report = replace(examination.report, title=HOSTILE, publisher=HOSTILE, id=HOSTILE, published=HOSTILE)
    return replace(
        examination,
        report=report,
        verdicts=tuple(replace(one, reason=f"{HOSTILE}\x00\x1b") for one in examination.verdicts),
        entities=tuple(replace(one, name=f"{HOSTILE}|*_`[x](y)") for one in examination.entities),
        statements=tuple(replace(one, document=HOSTILE) for one in examination.statements),
    )


@pytest.fixture
def beyond_the_first_plane() -> Examination:
    """A report with signs that are two UTF-16 units each, before and inside of what was said."""
    said = "The 🚢 harbour is 𝒐𝒑𝒆𝒏"
    report = Document("r", f"🌊🌊 Kest said: “{said}”, and left.", "ab" * 32, url="https://paper.example/a b")
    source = Document("s", f"🌊 {said}.", "cd" * 32, url="https://ministry.example/s")
    start = report.text.index(said)
    statement = Statement("s1", "r", Mode.DIRECT, (Span(start, start + len(said)),))
    piece = Piece(statement.content[0], "s", Span(2, 2 + len(said)))
    verdict = Verdict("s1", Grade.VERBATIM, 0.9, (piece,), (), "Word for word.", Searched(1, 1))
    return Examination(report, (source,), (statement,), (verdict,))


def graph(text: bytes, context: object) -> Graph:
    """What rdflib reads, with a context of ours in the place of one that stands on the web."""
    document = json.loads(text)
    document["@context"] = context
    read = Graph()
    read.parse(data=json.dumps(document), format="json-ld")
    return read


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "pdf"])
def test_the_same_examination_gives_the_same_bytes_with_the_mark_of_their_maker(examination, hostile, name: str):
    made = export(examination, name)
    assert made == export(examination, name)
    assert FORMATS[name].mark in made
    assert export(hostile, name).decode("utf-8")
    assert export(Examination(examination.report, examination.sources), name).decode("utf-8")


def test_a_format_that_there_is_not_is_named_with_those_there_are(examination: Examination):
    with pytest.raises(UnusableArguments, match="There is no format docx; there are md, pdf, bibtex"):
        export(examination, "docx")


def test_a_memo_has_the_words_of_the_texts_and_none_of_them_as_markup(hostile: Examination, decide):
    memo = export(decide(hostile, "the ministry knew of almost", Act.ACCEPT, "read with the log book"), "md").decode()
    tokens = MarkdownIt("commonmark").enable("table").parse(memo)
    inner = [child for token in tokens for child in token.children or ()]
    assert {token.content.strip() for token in tokens if token.type == "html_block"} == {"<!-- examined by Quoth -->"}
    assert {child.type for child in inner} <= {
        "text",
        "strong_open",
        "strong_close",
        "em_open",
        "em_close",
        "softbreak",
    }
    text = "".join(child.content for child in inner)
    assert "<script>alert(1)</script>" in text
    assert "almost 40 tonnes" in text
    assert "Quoth: altered .93; accepted by Ida Brenn on 2031-05-03: read with the log book" in text


def test_a_memo_leads_with_a_table_of_what_differs(examination: Examination):
    tokens = MarkdownIt("commonmark").enable("table").parse(export(examination, "md").decode())
    cells = [tokens[at + 1].content.replace("\\", "") for at, token in enumerate(tokens) if token.type == "td_open"]
    assert cells[:3] == ["how sure", "almost 40 tonnes", "40 tonnes"]
    assert ["date", "Thursday (1 May 2031)", "30 April 2031 (Wednesday)"] in [
        cells[at : at + 3] for at in range(0, 15, 5)
    ]


def test_bibtex_cites_every_document_once(examination: Examination, hostile: Examination):
    read = parse_string(export(examination, "bibtex").decode(), "bibtex").entries
    assert list(read) == ["gazette-txt", "statement-txt"]
    assert str(read["gazette-txt"].persons["author"][0]).strip("{}") == "The Harbour Gazette"
    fields = read["gazette-txt"].fields
    assert (fields["year"], fields["month"], fields["date"]) == ("2031", "05", "2031-05-02")
    assert fields["title"].strip("{}") == examination.report.title
    assert len(parse_string(export(hostile, "bibtex").decode(), "bibtex").entries) == 2
    twice = replace(examination, sources=(examination.report,))
    assert len(parse_string(export(twice, "bibtex").decode(), "bibtex").entries) == 2


@pytest.mark.parametrize("title", ["The set {a, {b}} grows", "Harbour }} opens", "{ and {{"])
def test_braces_of_a_title_end_no_field_of_bibtex(examination: Examination, title: str):
    told = replace(examination, report=replace(examination.report, title=title))
    written = export(told, "bibtex").decode()
    fields = parse_string(written, "bibtex").entries["gazette-txt"].fields
    assert fields["year"] == "2031"
    assert fields["title"].strip("{}").count("textbrace") == title.count("{") + title.count("}")


@pytest.mark.parametrize("name", ["annotations", "annotations-utf16"])
def test_every_selector_finds_its_words_in_the_text(beyond_the_first_plane: Examination, name: str):
    made = json.loads(export(beyond_the_first_plane, name))
    report, source = beyond_the_first_plane.report.text, beyond_the_first_plane.sources[0].text
    annotation = made["@graph"][1]
    for place, text in ((annotation["target"][0], report), (annotation["body"][2], source)):
        quote, position = place["selector"]
        start, end = position["start"], position["end"]
        if name == "annotations":
            found = text[start:end]
        else:
            found = text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
        assert found == quote["exact"] == "The 🚢 harbour is 𝒐𝒑𝒆𝒏"
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text
    assert annotation["target"][0]["source"].startswith("ni:///sha-256;"), "an address with a space is none"
    assert annotation["body"][2]["source"] == "https://ministry.example/s"


def test_annotations_are_annotations_for_another_reader(examination: Examination, accepted: AsReviewed):
    read = graph(export(accepted, "annotations"), ANNOTATION_TERMS)
    annotations = set(read.subjects(RDF.type, OA.Annotation))
    assert len(annotations) == len(examination.statements)
    for one in annotations:
        assert (one, OA.motivatedBy, OA.assessing) in read
        targets = list(read.objects(one, OA.hasTarget))
        assert targets
        for target in targets:
            kinds = {
                kind for selector in read.objects(target, OA.hasSelector) for kind in read.objects(selector, RDF.type)
            }
            assert kinds == {OA.TextQuoteSelector, OA.TextPositionSelector}
    grades = {
        str(value) for body in read.subjects(OA.hasPurpose, OA.classifying) for value in read.objects(body, RDF.value)
    }
    assert grades == {"altered", "verbatim", "reworded", "not found"}
    assert len(set(read.subjects(OA.hasPurpose, OA.moderating))) == 1


def test_schema_org_has_quotations_claims_and_no_review_that_nobody_wrote(
    examination: Examination, accepted: AsReviewed
):
    read = graph(export(examination, "jsonld"), {"@vocab": str(SCHEMA)})
    assert len(set(read.subjects(RDF.type, SCHEMA.Quotation))) == 3
    assert len(set(read.subjects(RDF.type, SCHEMA.Claim))) == 2
    assert not set(read.subjects(RDF.type, SCHEMA.ClaimReview))
    assert not set(read.subjects(RDF.type, SCHEMA.Rating))
    assert "altered" not in export(examination, "jsonld").decode()
    read = graph(export(accepted, "jsonld"), {"@vocab": str(SCHEMA)})
    review = next(read.subjects(RDF.type, SCHEMA.ClaimReview))
    author = next(read.objects(review, SCHEMA.author))
    assert (author, RDF.type, SCHEMA.Person) in read
    assert str(next(read.objects(author, SCHEMA.name))) == "Ida Brenn"
    rating = next(read.objects(review, SCHEMA.reviewRating))
    assert str(next(read.objects(rating, SCHEMA.alternateName))) == "altered"


def test_linked_data_may_stand_in_a_page(hostile: Examination):
    for name in LINKED:
        assert b"<" not in export(hostile, name)


def test_provenance_tells_what_came_from_what(examination: Examination, accepted: AsReviewed):
    made = export(accepted, "prov")
    read = Graph()
    read.parse(data=made, format="json-ld")
    run = next(read.subjects(PROV.used, URIRef("ni:///sha-256;" + _digest(examination.report))))
    assert (run, PROV.wasAssociatedWith, URIRef("urn:quoth:software")) in read
    verdicts = set(read.subjects(PROV.wasGeneratedBy, run))
    assert len(verdicts) == len(examination.verdicts)
    quoted = set(read.subjects(PROV.wasQuotedFrom, None))
    derived = set(read.subjects(PROV.wasDerivedFrom, None)) - verdicts
    assert len(quoted) == 1, "the verbatim one"
    assert {str(next(read.objects(one, PROV.value)))[:12] for one in quoted} == {"absurd from "}
    assert derived
    person = next(read.subjects(RDF.type, PROV.Person))
    assert set(read.subjects(PROV.wasAttributedTo, person))


def _digest(document: Document) -> str:
    return base64.urlsafe_b64encode(bytes.fromhex(document.sha256)).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def dtd() -> etree.DTD:
    with (files("trafilatura") / "data" / "tei_corpus.dtd").open("rb") as file:
        return etree.DTD(file)


def test_the_tei_is_valid_whatever_the_texts_hold(
    examination, hostile, beyond_the_first_plane, dtd: etree.DTD, accepted, corrected, rejected
):
    bare = Examination(examination.report, examination.sources)
    for one in (examination, hostile, beyond_the_first_plane, bare, accepted, corrected, rejected):
        corpus = etree.fromstring(export(one, "tei"))
        assert dtd.validate(corpus), str(dtd.error_log)


def test_the_anchors_of_the_tei_stand_around_the_words(examination: Examination):
    corpus = etree.fromstring(export(examination, "tei"))
    text = examination.report.text
    for statement in examination.statements:
        annotation = next(one for one in corpus.iter(f"{TEI}annotation") if one.get(f"{XML}id") == statement.id)
        begins, ends = annotation.get("target").split()
        shown = _between(corpus, begins[1:], ends[1:])
        assert " ".join(shown.split()) == " ".join(statement.content[0].of(text).split())


def _between(corpus: etree._Element, begins: str, ends: str) -> str:
    """The text from one anchor to another."""
    words, inside = [], False
    for one in corpus.iter():
        if one.get(f"{XML}id") == begins:
            inside = True
        if one.get(f"{XML}id") == ends:
            return "".join(words)
        if inside:
            words += [one.text or "", one.tail or ""]
    raise AssertionError(ends)


def pages(made: bytes) -> list[str]:
    """The text of each page, as PDFium reads it."""
    document = PdfDocument(made)
    return [" ".join(document[at].get_textpage().get_text_bounded().split()) for at in range(len(document))]


def test_paper_has_the_summary_first_and_an_annex(accepted: AsReviewed):
    made = export(accepted, "pdf")
    assert made == export(accepted, "pdf")
    assert FORMATS["pdf"].mark in made
    read = pages(made)
    annex = next(number for number, text in enumerate(read) if text.startswith("Annex"))
    assert annex in {1, 2}
    assert "almost 40 tonnes ← 40 tonnes" in read[0]
    assert "Thursday (1 May 2031) ← 30 April 2031 (Wednesday)" in read[0]
    assert "Quoth: altered .93; accepted by Ida Brenn on 2031-05-03: read with the log book" in read[0]
    assert "absurd from beginning to end" in " ".join(read[annex:])


def test_paper_of_many_findings_keeps_its_summary_to_two_pages():
    texts = pair(60)
    made = examine(read_text(texts[0], "report"), [read_text(texts[1], "source")], RULES_ONLY)
    read = pages(export(made, "pdf"))
    annex = next(number for number, text in enumerate(read) if text.startswith("Annex"))
    assert annex == 2
    assert "in the annex" in read[1]
    whole = " ".join(read)
    for verdict in made.verdicts:
        if verdict.grade is Grade.ALTERED:
            words = next(one for one in made.statements if one.id == verdict.statement).content[0]
            assert made.report.words(words)[1:30] in whole


def test_paper_takes_any_text_and_says_what_it_cannot_draw(hostile: Examination):
    text = hostile.report.text + " {nb} 港 \x00 \ud83d".encode("utf-8", "replace").decode()
    made = export(replace(hostile, report=replace(hostile.report, text=text)), "pdf")
    assert "signs have no font here" in pages(made)[0]


def test_other_scripts_that_the_font_has_are_drawn(examination: Examination):
    title = "Η Επιτροπή και Комиссия łączy się"
    read = pages(export(replace(examination, report=replace(examination.report, title=title)), "pdf"))
    assert title in read[0]
    assert "no font" not in read[0]
