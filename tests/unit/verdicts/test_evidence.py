"""Which passage is shown for what a report tells in its own words."""

from quoth.pipeline.examine import examine
from quoth.reading import read_text

REPORT = (
    "Mayor Ilse Brandt spoke in Lunde on Friday. She said that the bridge over the Sorn would be closed to lorries. "
    "“The bridge will not carry another winter of lorries,” Brandt said."
)
SOURCE = (
    "Remarks by Mayor Ilse Brandt\n\n"
    "The harbour of Lunde was built by our grandfathers, and lorries came to it from all over the country.\n\n"
    "Let me turn to the bridge. The bridge will not carry another winter of lorries. "
    "That is why we are closing the bridge over the Sorn to lorries, as the engineers of the province asked.\n\n"
    "The school on the hill gets a new roof, and the lorries that bring it will come by the coast road."
)


def shown(report, source, words):
    found = examine(read_text(report, "report"), [read_text(source, "source")])
    by_id = {one.statement: one for one in found.verdicts}
    statement = next(one for one in found.statements if words in " ".join(s.of(report) for s in one.content))
    return [piece.original.of(source) for piece in by_id[statement.id].pieces]


def test_one_passage_is_shown_and_it_is_the_one_that_carries_the_statement():
    (passage,) = shown(REPORT, SOURCE, "closed to lorries")
    assert "closing the bridge over the Sorn to lorries" in passage
    assert "roof" not in passage
    assert "grandfathers" not in passage


def test_clauses_at_the_edge_that_hold_nothing_of_the_statement_are_not_shown():
    (passage,) = shown(REPORT, SOURCE, "closed to lorries")
    assert "engineers" not in passage
