from quoth.pipeline.examine import examine
from quoth.types import Document, Grade

STATEMENT = Document(
    "statement.txt",
    "The harbour board met on Monday. We will not close the ferry line to Olm, whatever the papers say.",
    "",
    title="Statement of the harbour board",
)
INTERVIEW = Document(
    "interview.txt",
    "We will pay every fisherman for each day that he has lost. I have not once been asked to hide anything.",
    "",
)


def verdict(quotation: str, *sources: Document):
    report = Document("report.txt", f"Oda Kest said: “{quotation}”", "")
    (found,) = examine(report, sources).verdicts
    return found


def test_words_of_two_documents_in_one_quotation_are_a_splice_that_names_both():
    found = verdict(
        "We will not close the ferry line to Olm, and we will pay every fisherman for each day that he has lost.",
        STATEMENT,
        INTERVIEW,
    )
    assert found.grade is Grade.SPLICED
    assert [piece.source for piece in found.pieces] == ["statement.txt", "interview.txt"]
    assert found.pieces[1].original.of(INTERVIEW.text) == "We will pay every fisherman for each day that he has lost"
    assert "words of 2 documents" in found.reason
    assert "from “Statement of the harbour board”" in found.reason
    assert "from interview.txt" in found.reason


def test_two_documents_of_one_title_are_two():
    titled = [Document(one.id, one.text, "", title="Statement") for one in (STATEMENT, INTERVIEW)]
    found = verdict(
        "We will not close the ferry line to Olm, and we will pay every fisherman for each day that he has lost.",
        *titled,
    )
    assert "words of 2 documents" in found.reason


def test_a_material_change_in_one_of_the_documents_is_graded_first_and_both_are_named():
    found = verdict(
        "We will close the ferry line to Olm, and we will pay every fisherman for each day that he has lost.",
        STATEMENT,
        INTERVIEW,
    )
    assert found.grade is Grade.ALTERED
    assert [change.source for change in found.changes if change.material] == ["statement.txt"]
    assert "the source has “not”, which the report leaves out" in found.reason
    assert "words of 2 documents" in found.reason


def test_a_marked_gap_between_two_documents_is_a_splice_all_the_same():
    found = verdict(
        "We will not close the ferry line to Olm ... I have not once been asked to hide anything.",
        STATEMENT,
        INTERVIEW,
    )
    assert found.grade is Grade.SPLICED


def test_a_document_beside_the_true_one_changes_no_verdict():
    quotation = "We will not close the ferry line ... whatever the papers say."
    assert verdict(quotation, STATEMENT, INTERVIEW).grade is verdict(quotation, STATEMENT).grade is Grade.ABRIDGED
