from quoth.aligning import Speakers, align, prepare
from quoth.values import Document, Entity, EntityType, Passage, Span

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
    speaker = Entity("e1", named, EntityType.PERSON, (Passage("s", at, at + len(named)),))
    return best, Speakers([speaker], [prepared]).align_beside(report, content, "e1", best)


def test_of_two_places_the_one_that_names_the_speaker_is_taken():
    _, found = held("Falk")
    assert [piece.original.of(SOURCE) for piece in found.pieces] == [REPORT]
    assert found.pieces[0].original.start < SOURCE.index("The board met")


def test_a_name_where_the_words_are_not_said_changes_nothing():
    best, found = held("three engineers")
    assert found == best


def test_of_two_places_the_one_that_does_not_merely_quote_it_is_the_source():
    source = Document(
        "debate",
        'You even called it the "silver bridge", Minister. That was in spring.\n'
        "I did say three years ago that I hoped it would be the silver bridge. It met none of our demands.",
        "",
    )
    found = align(Document("report", "silver bridge", ""), (Span(0, 13),), [prepare(source)])
    assert "I hoped it would be" in found.nearest.span.of(source.text)


def test_a_sentence_of_a_few_words_is_shown_with_its_neighbours():
    source = Document("debate", "You were in the ministry by then. No, I was not. I had left. Let us go on.", "")
    found = align(Document("report", "I had left", ""), (Span(0, 10),), [prepare(source)])
    assert found.likeliest.span.of(source.text) == "I had left."
    assert found.nearest.span.of(source.text) == "No, I was not. I had left. Let us go on."


def test_a_place_that_the_words_leave_open_is_shown_as_a_stretch_for_a_glance():
    idle = "The rain came in from the west that day. Nobody was surprised. It had been a wet month in the valley. " * 12
    source = Document(
        "speech", f"{idle}The dredger needs a crew. All of them are at home. The ferries lie idle. {idle}", ""
    )
    report = Document("report", "crewless dredgers and idling ferries worry owners of inns", "")
    found = align(report, (Span(0, len(report.text)),), [prepare(source)])
    shown = found.nearest.span.of(source.text)
    assert "dredger" in shown
    assert "ferries" in shown
    assert len(shown) <= 800
    assert found.nearest.start <= found.likeliest.start
    assert found.likeliest.end <= found.nearest.end
