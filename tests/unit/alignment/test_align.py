import pytest

from quoth.alignment import align
from quoth.matching import prepare
from quoth.types import Document, EditKind, Span

SPEECH = (
    "The harbour board met on Monday. We will not close the ferry line to Olm, whatever the papers say. "
    "In 2031 the line carried 34,000 people. The board, which has five members, voted twice. "
    "Nobody on this board has ever been paid for a vote. Our islands need the ferry more than the bridge."
)


def held(quote: str, source: str = SPEECH):
    report, document = Document("r", quote, ""), Document("s", source, "")
    return align(report, (Span(0, len(quote)),), [prepare(document)]), document


def test_a_quotation_word_for_word_is_one_piece_without_edits():
    found, source = held("We will not close the ferry line to Olm")
    assert [piece.original.of(source.text) for piece in found.pieces] == ["We will not close the ferry line to Olm"]
    assert not found.edits
    assert found.coverage == pytest.approx(1)


def test_left_out_words_part_two_pieces_and_a_mark_owns_up_to_them():
    found, source = held("The board ... voted twice.")
    assert [piece.original.of(source.text) for piece in found.pieces] == ["The board", "voted twice"]
    (edit,) = found.edits
    assert (edit.kind, edit.marked) == (EditKind.LEFT_OUT, True)
    assert edit.original.of(source.text) == "which has five members"


def test_pieces_in_reversed_order_keep_the_order_of_the_report():
    found, _ = held("The board, which has five members, voted twice. The harbour board met on Monday.")
    assert found.pieces[0].original.start > found.pieces[1].original.start


def test_moved_words_are_told_from_dropped_ones():
    found, _ = held("The line carried 34,000 people in 2031.")
    assert [edit.kind for edit in found.edits if edit.kind is not EditKind.REPLACED] == [EditKind.MOVED]


def test_a_comma_is_never_paired_in_preference_to_a_word():
    found, source = held("We will not close it, the ferry line, to Olm")
    assert found.pieces[0].original.of(source.text).startswith("We will not close the ferry line")


def test_a_repeated_passage_is_the_one_whose_context_agrees():
    source = "On ferries the minister said: it costs too much. " + "Nothing else happened. " * 30
    source += "On bridges the minister said: it costs too much."
    text = "Of the bridges she said “it costs too much” on Monday."
    start = text.index("it costs")
    document = Document("s", source, "")
    found = align(Document("r", text, ""), (Span(start, start + 17),), [prepare(document)])
    assert found.pieces[0].original.start > source.index("bridges")


def test_brackets_are_an_insertion_that_is_owned_up_to():
    found, _ = held("Nobody on this board [of the harbour] has ever been paid for a vote.")
    assert [(edit.kind, edit.marked) for edit in found.edits] == [(EditKind.INSERTED, True)]


def test_an_empty_source_and_an_empty_quotation_are_answers_not_errors():
    assert held("anything", "")[0].pieces == ()
    assert held("", SPEECH)[0].pieces == ()


def test_content_in_two_spans_leaves_out_the_words_between_them():
    text = "“We will not close,” she said, “the ferry line to Olm.”"
    spans = (Span(1, 18), Span(text.index("the ferry"), len(text) - 1))
    document = Document("s", SPEECH, "")
    found = align(Document("r", text, ""), spans, [prepare(document)])
    assert [piece.reported.of(text) for piece in found.pieces] == ["We will not close", "the ferry line to Olm"]
    assert found.coverage == pytest.approx(1)


def test_a_moved_word_is_the_nearest_of_its_kind():
    source = "In 2031, the trade of Tarn Bay slowly restarted. The boats of the bay were sold in 2031 by the board."
    found, document = held("The trade of Tarn Bay restarted in 2031", source)
    (moved,) = [edit for edit in found.edits if edit.kind is EditKind.MOVED]
    assert moved.original.start == 0
    assert moved.original.of(document.text) == "In 2031"
