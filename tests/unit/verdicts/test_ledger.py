"""The ledger of differences is read off the changes of verdicts."""

from quoth.pipeline.examine import examine
from quoth.reading import read_text
from quoth.types import ChangeKind, Discrepancy, Grade, Mode, Piece, Searched, Span, Statement, Verdict
from quoth.verdicts.reconciling import reconciled


def differences(report, source):
    found = examine(read_text(report, "report"), [read_text(source, "source")])
    return [(one.kind.value, one.report_value, one.source_value) for one in found.discrepancies], found


def test_a_condition_that_a_quotation_leaves_out_stands_in_the_ledger():
    source = "Statement by Mayor Ilse Brandt\n\nIf the province pays for it, we will mend the bridge over the Sorn."
    report = "“We will mend the bridge over the Sorn,” Mayor Ilse Brandt said on Friday."
    told, found = differences(report, source)
    assert any(change.material for verdict in found.verdicts for change in verdict.changes)
    assert [kind for kind, _, _ in told] == ["condition"]
    assert told[0][2].startswith("If the province pays")


def test_one_misspelt_name_is_one_difference_however_often_it_is_given_in_part():
    source = "Statement by the ministry\n\nWe reject what Ilya Mahrens says. Mahrens was never at the quay."
    report = "The ministry rejected what Ilya Marens said. It said that Marens was never at the quay."
    told, _ = differences(report, source)
    assert sum(kind == "name" for kind, _, _ in told) == 1


MINUTES = (
    "Statement by the harbour board of Olm, 20 October 2031\n\n"
    "Ilan Voss, the mayor: The board met on 20 October and voted four to three to close the old mill."
)


def test_a_date_that_a_verdict_names_stands_in_the_ledger_and_a_number_without_its_preposition():
    report = "The board met on 21 October and voted four to two to close the old mill, said Ilan Voss, the mayor."
    told, found = differences(report, MINUTES)
    assert [verdict.grade.value for verdict in found.verdicts] == ["altered"]
    assert sorted(told) == [("date", "21 October", "20 October"), ("number", "2", "3")]


def test_words_of_another_speaker_are_a_difference_of_the_ledger():
    source = "ILAN VOSS: The mill will be sold in spring.\n\nTARN VELM: The mill must stand where it stands."
    report = "“The mill will be sold in spring,” said Tarn Velm."
    told, found = differences(report, source)
    assert [verdict.grade.value for verdict in found.verdicts] == ["altered"]
    assert [kind for kind, _, _ in told] == ["agent"]


def test_a_verdict_that_names_a_change_is_never_without_a_difference():
    source = "Statement by Mayor Ilse Brandt\n\nWe will mend the bridge over the Sorn in spring."
    report = "“We will never mend the bridge over the Sorn in spring,” Mayor Ilse Brandt said."
    told, found = differences(report, source)
    assert [verdict.grade.value for verdict in found.verdicts] == ["altered"]
    assert told


def test_what_the_ledger_knows_of_a_statements_words_its_verdict_says_too():
    report, source = read_text("The union said that 40 mills had closed.", "report"), read_text("30 mills closed.", "s")
    content = Span(20, 40)
    statement = Statement("1", "report", Mode.INDIRECT, (content,))
    verdict = Verdict("1", Grade.REWORDED, 0.8, (Piece(content, "s", Span(0, 16)),), (), "told", Searched(1, 1, None))
    other = Discrepancy(ChangeKind.NUMBER, Span(20, 28), "40 mills", "s", Span(0, 8), "30 mills")
    (altered,) = reconciled(report, [statement], [verdict], [other], [source])
    assert (altered.grade, altered.reason) == (
        Grade.ALTERED,
        "the report has “40 mills” where the source has “30 mills” (a number); this is the likeliest reading, not a"
        " certain one.",
    )
    far = Discrepancy(ChangeKind.NUMBER, Span(0, 3), "2", "s", Span(0, 8), "30 mills")
    assert reconciled(report, [statement], [verdict], [far], [source]) == (verdict,)
