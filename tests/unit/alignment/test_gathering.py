import pytest

from quoth.alignment import align
from quoth.matching import prepare
from quoth.types import Document, Span

BOARD = (
    "The harbour board met on Monday. We will not close the ferry line to Olm, whatever the papers say. "
    "In 2031 the line carried 34,000 people. The board, which has five members, voted twice."
)
MINISTER = (
    "Will the fishermen be paid? We will pay every fisherman for each day that he has lost. "
    "I have not once been asked to hide anything. The harbour board met on a Tuesday."
)


def held(quote: str, *sources: str):
    documents = [Document(f"s{number}", text, "") for number, text in enumerate(sources)]
    found = align(Document("r", quote, ""), (Span(0, len(quote)),), [prepare(one) for one in documents])
    texts = {one.id: one.text for one in documents}
    return found, [(piece.source, piece.original.of(texts[piece.source])) for piece in found.pieces]


def test_a_stretch_that_only_another_source_has_is_drawn_from_there():
    found, drawn = held(
        "We will not close the ferry line to Olm, and we will pay every fisherman for each day that he has lost.",
        BOARD,
        MINISTER,
    )
    assert drawn == [
        ("s0", "We will not close the ferry line to Olm"),
        ("s1", "We will pay every fisherman for each day that he has lost"),
    ]
    assert len(found.drawn) == 2
    assert found.documents == 2


def test_a_quotation_may_come_back_to_a_source():
    _, drawn = held(
        "We will pay every fisherman for each day that he has lost. We will not close the ferry line to Olm. "
        "I have not once been asked to hide anything.",
        BOARD,
        MINISTER,
    )
    assert [source for source, _ in drawn] == ["s1", "s0", "s1"]


@pytest.mark.parametrize(
    "quote",
    [
        "We will not close the ferry line to Olm, whatever the papers say.",
        "We will almost certainly not close the ferry line, whatever anybody says.",
        "In 2031 the line carried 34,000 people ... The board voted twice.",
        "The board voted twice on a Tuesday",
        "We shall keep the ferry to Olm. Nobody was asked to hide a thing.",
    ],
)
def test_other_sources_change_nothing_for_a_quotation_that_one_source_has(quote):
    alone, _ = held(quote, BOARD)
    beside, _ = held(quote, BOARD, MINISTER)
    assert not beside.drawn
    assert beside.pieces == alone.pieces
    assert beside.edits == alone.edits


def test_a_body_named_more_fully_in_another_source_is_no_splice():
    ours = (
        "The Ministry of Ports and Inland Waters of Valdora will open the harbour to fishing boats on Sunday morning."
    )
    _, drawn = held(
        ours,
        "The ministry will open the harbour to fishing boats on Sunday morning.",
        "The Ministry of Ports and Inland Waters of Valdora is in Tarn.",
    )
    assert {source for source, _ in drawn} == {"s0"}
