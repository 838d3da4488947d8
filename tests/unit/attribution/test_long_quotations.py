"""A quotation is one quotation, however long it is."""

from quoth.attribution import attributed
from quoth.reading import read_text


def test_a_quotation_of_thousands_of_characters_stands_once_in_one_statement():
    speech = "“" + "the river rises and the town waits, " * 200 + "and nobody comes”"
    report = read_text(f"Mira Orlan said: {speech}\n\nIt rained.", "report")
    statements, _ = attributed(report)
    assert [[span.of(report.text) for span in one.content] for one in statements] == [[speech]]


def test_a_long_sentence_cut_in_parts_has_its_quotation_once():
    around = "and the river rose " * 150
    report = read_text(f"Mira Orlan said: “{around}we stay” {around}.", "report")
    statements, _ = attributed(report)
    spans = [span for one in statements for span in one.content]
    assert len(spans) == len(set(spans))
