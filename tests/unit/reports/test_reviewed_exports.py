"""Every format says what people decided: what stands, what was found before, who says so and why."""

import ctypes
import io
import json
from dataclasses import replace

import pytest
from lxml import etree
from markdown_it import MarkdownIt
from pypdfium2 import PdfDocument, raw
from rdflib import RDF, Graph
from rich.console import Console

from quoth.reports import notebook as notebook  # noqa: PLC0414  # says how notebooks show it
from quoth.reports import to_terminal
from quoth.reports.exports import FORMATS, export
from quoth.types import AsReviewed, Examination
from unit.reports.test_exports import PROV, SCHEMA, TEI, graph, pages

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def readable(name: str, made: bytes) -> str:
    """All that a format says, as a person reads it."""
    if name == "pdf":
        return " ".join(pages(made))
    if name == "md":
        tokens = MarkdownIt("commonmark").enable("table").parse(made.decode())
        return "\n".join(child.content for token in tokens for child in token.children or () if child.content)
    return " ".join(etree.fromstring(made).itertext()) if name == "tei" else made.decode()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "bibtex"])
def test_every_format_tells_what_was_found_and_who_rejected_it_when_and_why(rejected: AsReviewed, name: str):
    made = readable(name, export(rejected, name))
    assert "Quoth: altered .93; rejected by Ida Brenn on 2031-05-03: the log book says so, too" in made


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "bibtex"])
def test_every_format_tells_what_was_corrected_from_what_to_what_and_nothing_of_confirming(
    corrected: AsReviewed, name: str
):
    made = readable(name, export(corrected, name))
    told = "Quoth: altered .93; corrected to reworded, speaker “Ministry of Ports” → “Orla Venn”, words “the ministry"
    assert told in made
    assert "→ “almost 40 tonnes of oil” by Ida Brenn on 2031-05-03: a round number" in made
    assert "confirmed" not in made
    assert made == readable(name, export(corrected, name))


@pytest.mark.parametrize("name", ["md", "pdf"])
def test_what_is_rejected_stands_last_and_counts_for_nothing(rejected: AsReviewed, name: str):
    made = readable(name, export(rejected, name))
    assert "how sure" not in made, "no line of what differs"
    assert "4 statements: 2 not found, 1 reworded, 1 verbatim. 1 more rejected by a person." in made
    assert "Altered" not in made
    assert made.index("In the report, not in the source") < made.index("Rejected (1)")
    assert made.index("Rejected (1)") < made.index("the ministry knew of almost")


@pytest.mark.parametrize("name", ["md", "pdf"])
def test_a_corrected_finding_is_counted_and_grouped_where_the_person_put_it(corrected: AsReviewed, name: str):
    made = readable(name, export(corrected, name))
    assert "5 statements: 2 not found, 2 reworded, 1 verbatim." in made
    assert "how sure" not in made
    assert "Orla Venn, quoted: stressed" in made


def test_annotations_classify_by_what_stands_and_rejected_ones_come_last(rejected: AsReviewed, corrected: AsReviewed):
    def classes(examination: Examination) -> list[str]:
        graph = json.loads(export(examination, "annotations"))["@graph"][1:]
        return [next(b["value"] for b in one["body"] if b.get("purpose") == "classifying") for one in graph]

    assert classes(rejected) == ["verbatim", "reworded", "not found", "not found", "rejected"]
    assert classes(corrected) == ["verbatim", "reworded", "reworded", "not found", "not found"]


def test_schema_org_has_a_status_and_no_review_of_what_is_rejected(rejected: AsReviewed, corrected: AsReviewed):
    read = graph(export(rejected, "jsonld"), {"@vocab": str(SCHEMA)})
    (said,) = read.subjects(SCHEMA.creativeWorkStatus, None)
    assert str(next(read.objects(said, SCHEMA.creativeWorkStatus))) == "rejected"
    assert not set(read.subjects(RDF.type, SCHEMA.ClaimReview))
    read = graph(export(corrected, "jsonld"), {"@vocab": str(SCHEMA)})
    (review,) = read.subjects(RDF.type, SCHEMA.ClaimReview)
    assert str(next(read.objects(review, SCHEMA.claimReviewed))) == "almost 40 tonnes of oil"
    (rating,) = read.objects(review, SCHEMA.reviewRating)
    assert str(next(read.objects(rating, SCHEMA.alternateName))) == "reworded"
    assert "Orla Venn" in {str(one) for one in read.objects(None, SCHEMA.name)}


def test_provenance_keeps_the_verdict_and_tells_that_it_was_invalidated_or_revised(
    rejected: AsReviewed, corrected: AsReviewed
):
    for one, link in ((rejected, PROV.wasInvalidatedBy), (corrected, PROV.wasRevisionOf)):
        read = Graph()
        read.parse(data=export(one, "prov"), format="json-ld")
        pairs = list(read.subject_objects(link))
        assert len(pairs) == 1
        verdict = pairs[0][0 if one is rejected else 1]
        assert str(next(read.objects(verdict, PROV.value))) == "altered"
        assert next(read.objects(verdict, PROV.wasGeneratedBy))


def test_the_tei_puts_rejected_findings_into_a_class_of_their_own(rejected: AsReviewed, corrected: AsReviewed):
    def classes(examination: Examination) -> list[str]:
        corpus = etree.fromstring(export(examination, "tei"))
        return [one.get("corresp") for one in corpus.iter(f"{TEI}annotation")]

    assert classes(rejected)[-1] == "#status-rejected"
    assert "#grade-altered" not in classes(rejected)
    assert classes(corrected).count("#grade-reworded") == 2


# --- paper ------------------------------------------------------------------------------------------------------------


def structure(made: bytes) -> list[list[str]]:
    """The kinds of elements of each page of a tagged PDF, as PDFium reads them."""
    document = PdfDocument(made)
    assert raw.FPDFCatalog_IsTagged(document)
    found = []
    for at in range(len(document)):
        tree = raw.FPDF_StructTree_GetForPage(document[at])
        found.append([kind for one in range(raw.FPDF_StructTree_CountChildren(tree))
                      for kind in kinds(raw.FPDF_StructTree_GetChildAtIndex(tree, one))])  # fmt: skip
    return found


def kinds(element: object) -> list[str]:
    """The kind of an element, and of those in it."""
    size = raw.FPDF_StructElement_GetType(element, None, 0)
    told = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(element, told, size)
    inner = [raw.FPDF_StructElement_GetChildAtIndex(element, at)
             for at in range(max(raw.FPDF_StructElement_CountChildren(element), 0))]  # fmt: skip
    return [told.raw.decode("utf-16-le").rstrip("\0"), *(kind for one in inner if one for kind in kinds(one))]


def test_paper_is_tagged_and_has_an_outline(rejected: AsReviewed):
    made = export(rejected, "pdf")
    first, *others = structure(made)
    assert first[:3] == ["Document", "H1", "P"]
    assert "H2" in first
    assert "H2" in others[-1]
    titles = [one.get_title() for one in PdfDocument(made).get_toc()]
    assert titles[0] == rejected.report.title
    assert titles[-1] == "Rejected (1)"


def test_an_element_of_paper_goes_on_overleaf(examination: Examination):
    long = "The pier is long. " * 900
    made = export(
        replace(examination, verdicts=tuple(replace(one, reason=long) for one in examination.verdicts)), "pdf"
    )
    assert [page for page in structure(made) if "P" not in page] == []


def test_paper_is_dated_by_the_last_decision_and_not_at_all_where_nobody_knows(
    rejected: AsReviewed, examination: Examination
):
    assert PdfDocument(export(rejected, "pdf")).get_metadata_value("CreationDate").startswith("D:20310503100000")
    undecided = replace(rejected, decided=())
    assert PdfDocument(export(undecided, "pdf")).get_metadata_value("CreationDate").startswith("D:20310502080000")
    made = export(examination, "pdf")
    assert PdfDocument(made).get_metadata_value("CreationDate") == ""
    assert b"D:2000" not in made


# --- terminal and notebook --------------------------------------------------------------------------------------------


def printed(examination: Examination) -> str:
    out = io.StringIO()
    to_terminal(examination, Console(file=out, width=400, highlight=False))
    return " ".join(out.getvalue().split())


def test_a_terminal_tells_what_was_decided_and_what_is_rejected_last(rejected: AsReviewed, corrected: AsReviewed):
    told = printed(rejected)
    assert "4 statements:" in told
    assert "ALTERED" not in told
    assert told.index("REJECTED") < told.index("Quoth: altered .93; rejected by Ida Brenn")
    assert "→ Quoth: altered .93; corrected to reworded, speaker" in printed(corrected)


def test_a_notebook_shows_a_reviewed_examination_as_any_other(corrected: AsReviewed):
    assert "corrected to reworded" in (corrected._repr_html_() or "")
