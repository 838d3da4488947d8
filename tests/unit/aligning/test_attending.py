from quoth.aligning import align, align_beside, prepare
from quoth.values import Document, Span

SOURCE = (
    "Councillor Falk claims that the board sold the old quay to a rival. "
    "The board met on Thursday and heard three engineers. "
    "As to the accusation that the board sold the old quay to a rival, we declare that the quay is ours."
)
REPORT = "the board sold the old quay to a rival"


def held(named: str):
    source, report = Document("s", SOURCE, ""), Document("r", REPORT, "")
    prepared = prepare(source)
    content = (Span(0, len(REPORT)),)
    best = align(report, content, [prepared])
    at = SOURCE.find(named)
    return best, align_beside(report, content, prepared, [Span(at, at + len(named))], best)


def test_of_two_places_the_one_that_names_the_speaker_is_taken():
    _, found = held("Falk")
    assert [piece.original.of(SOURCE) for piece in found.pieces] == [REPORT]
    assert found.pieces[0].original.start < SOURCE.index("The board met")


def test_a_name_where_the_words_are_not_said_changes_nothing():
    best, found = held("three engineers")
    assert found == best
