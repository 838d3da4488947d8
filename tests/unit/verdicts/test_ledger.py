"""The ledger of differences is read off the changes of verdicts."""

from quoth.pipeline.examine import examine
from quoth.reading import read_text


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
