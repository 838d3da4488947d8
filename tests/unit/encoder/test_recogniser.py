from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.encoder import recogniser as room
from quoth.encoder.base import NO_SHAPE, TITLE, WEIGHTS, WIDTH, vocabulary, word_ranges
from quoth.encoder.recogniser import LONGEST_WINDOW, OnnxRecogniser
from quoth.values import EntityType, Span


class TitlesAreNames:
    """Stands in for the network: each capitalised word begins a person, each one after it goes on."""

    def __init__(self, *_args, **_more):
        self.longest = 0

    def run(self, feeds):
        assert feeds["words"].shape == (*feeds["mask"].shape, WIDTH)
        self.longest = max(self.longest, feeds["mask"].shape[1])
        scores = np.zeros((*feeds["mask"].shape, 7), dtype=np.float32)
        title = feeds["shapes"] == TITLE
        assert (feeds["shapes"][:, 0] == NO_SHAPE).all()
        scores[..., 0] = np.where(title, 0, 5)
        scores[..., 1] = np.where(title, 4, 0)
        scores[..., 2] = np.where(title, 6, 0)
        return [scores]


@pytest.fixture
def recogniser(monkeypatch):
    monkeypatch.setattr(room, "Network", TitlesAreNames)
    return OnnxRecogniser(vocabulary())


def test_a_name_runs_over_words_and_stops_at_the_end_of_its_paragraph(recogniser):
    text = "they met Ada Lindqvist\n\nTarn Bay was quiet"
    names = recogniser.names(text, [Span(0, 22), Span(24, 42)])
    assert [name.span.of(text) for name in names] == ["Ada Lindqvist", "Tarn Bay"]
    assert {name.type for name in names} == {EntityType.PERSON}
    assert all(0 < name.confidence <= 1 for name in names)


def test_only_the_given_paragraphs_are_read(recogniser):
    text = "Ada spoke. Bela listened."
    assert [name.span.of(text) for name in recogniser.names(text, [Span(11, 25)])] == ["Bela"]
    assert recogniser.names(text, []) == []
    assert recogniser.names("   ", [Span(0, 3)]) == []


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence(recogniser):
    sentence = "it was said that the river had risen over night and that nobody in Tarn had slept . "
    text = sentence * 40
    names = recogniser.names(text, [Span(0, len(text.rstrip()))])
    assert [name.span.of(text) for name in names] == ["Tarn"] * 40
    assert recogniser._network.longest <= LONGEST_WINDOW + 2


def test_a_script_without_spaces_is_read_in_parts(recogniser):
    text = "部" * 1000
    assert recogniser.names(text, [Span(0, 1000)]) == []
    assert recogniser._network.longest <= LONGEST_WINDOW + 2


@given(st.lists(st.text(max_size=60), max_size=5))
def test_spans_slice_back_inside_their_paragraph_in_order(paragraphs):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "Network", TitlesAreNames)
        text = "\n\n".join(paragraphs)
        spans, at = [], 0
        for paragraph in paragraphs:
            spans.append(Span(at, at + len(paragraph)))
            at += len(paragraph) + 2
        names = OnnxRecogniser(vocabulary()).names(text, spans)
    found = [name.span for name in names]
    assert all(any(outer.holds(span) for outer in spans) and span.length for span in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.skipif(not (WEIGHTS / "recogniser.onnx").is_file(), reason="the recogniser's weights are not installed")
def test_the_shipped_recogniser_tells_persons_places_and_bodies_apart():
    text = (
        "Marta Kowalski, who leads the National Fisheries Council, flew to Oslo on Monday.\n\n"
        "Mr. Kowalski said that the Council had no plans for Bergen."
    )
    names = OnnxRecogniser(vocabulary()).names(text, [Span(0, 82), Span(84, len(text))])
    found = {(name.span.of(text), name.type) for name in names}
    assert ("Marta Kowalski", EntityType.PERSON) in found
    assert ("Kowalski", EntityType.PERSON) in found
    assert ("National Fisheries Council", EntityType.ORGANISATION) in {(w.removeprefix("the "), t) for w, t in found}
    assert {("Oslo", EntityType.PLACE), ("Bergen", EntityType.PLACE)} <= found


class Marked:
    """Stands in for the network: says the label that it was told for each piece."""

    def __init__(self, labels):
        self.labels = labels

    def run(self, feeds):
        scores = np.full((1, feeds["mask"].shape[1], 7), -9.0, dtype=np.float32)
        scores[0, np.arange(len(self.labels)) + 1, self.labels] = 0
        return [scores]


@pytest.mark.parametrize(
    ("text", "labels", "names"),
    [
        ("Tarn Corp. paid.", (5, 6, 0, 0, 0), ["Tarn Corp."]),
        ("They saw Tarn.", (0, 0, 1, 0), ["Tarn"]),
        ("R. Ada Grey left", (1, 0, 1, 2, 0), ["R. Ada Grey"]),
        ("Ada, Clara left", (1, 0, 1, 0), ["Ada", "Clara"]),
        ('"Grey, Ada" wrote', (0, 1, 0, 1, 0, 0), ["Grey, Ada"]),
        ("Bay, Ada left", (3, 0, 1, 0), ["Bay", "Ada"]),
    ],
)
def test_a_name_has_its_full_stop_and_is_not_cut_at_an_initial_or_the_comma_of_a_mail_address(
    recogniser, text, labels, names
):
    pieces = vocabulary().encode(text)
    words = [0] * len(pieces.ids)
    for (first, _), label in zip(word_ranges(text, pieces.offsets), labels, strict=True):
        words[first] = label
    recogniser._network = Marked(words)
    assert [name.span.of(text) for name in recogniser.names(text, [Span(0, len(text))])] == names
