from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.models import encoder as room
from quoth.models.encoder import Reader, reader
from quoth.models.ner import OnnxRecogniser
from quoth.models.session import NO_SHAPE, TITLE, WEIGHTS, WIDTH, vocabulary
from quoth.models.windows import LIMIT, read_windows
from quoth.types import EntityType, Span


class TitlesAreNames:
    """Stands in for the network: each capitalised word begins a person, each one after it goes on."""

    def __init__(self, *_args, **_more):
        self.longest = self.runs = 0

    def run(self, feeds, outputs):
        assert feeds["inputs_embeds"].shape == (*feeds["shapes"].shape, WIDTH)
        self.longest = max(self.longest, feeds["shapes"].shape[1])
        self.runs += 1
        shape = feeds["shapes"].shape
        scores = np.zeros((*shape, 7), dtype=np.float32)
        title = feeds["shapes"] == TITLE
        assert (feeds["shapes"][:, 0] == NO_SHAPE).all()
        scores[..., 0] = np.where(title, 0, 5)
        scores[..., 1] = np.where(title, 4, 0)
        scores[..., 2] = np.where(title, 6, 0)
        return [scores if name == "names" else np.zeros((*shape, 5), dtype=np.float32) for name in outputs]


@pytest.fixture
def recogniser(monkeypatch):
    monkeypatch.setattr(room, "Network", TitlesAreNames)
    return OnnxRecogniser(Reader(vocabulary()))


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
    assert recogniser._reader._network.longest <= LIMIT


def test_a_script_without_spaces_is_read_in_parts(recogniser):
    text = "部" * 1000
    assert recogniser.names(text, [Span(0, 1000)]) == []
    assert recogniser._reader._network.longest <= LIMIT


def test_a_text_that_was_read_is_not_read_again(recogniser):
    text = "Ada spoke.\n\nBela listened."
    paragraphs = [Span(0, 10), Span(12, 26)]
    assert recogniser.names(text, paragraphs) == recogniser.names(text, list(paragraphs))
    assert recogniser._reader._network.runs == 1
    recogniser.names(text, paragraphs[:1])
    assert recogniser._reader._network.runs == 2


def test_a_name_in_a_paragraph_too_long_for_a_window_is_told_once(recogniser):
    text = " ".join(f"on day {number} they met Ada Lind{'qvist' * (number % 3)}" for number in range(120))
    names = [name.span.of(text) for name in recogniser.names(text, [Span(0, len(text))])]
    assert names == [f"Ada Lind{'qvist' * (number % 3)}" for number in range(120)]


@given(st.lists(st.text(max_size=60), max_size=5))
def test_spans_slice_back_inside_their_paragraph_in_order(paragraphs):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "Network", TitlesAreNames)
        text = "\n\n".join(paragraphs)
        spans, at = [], 0
        for paragraph in paragraphs:
            spans.append(Span(at, at + len(paragraph)))
            at += len(paragraph) + 2
        names = OnnxRecogniser(Reader(vocabulary())).names(text, spans)
    found = [name.span for name in names]
    assert all(any(outer.holds(span) for outer in spans) and span.length for span in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.skipif(not (WEIGHTS / "reader.onnx").is_file(), reason="the recogniser's weights are not installed")
def test_the_shipped_recogniser_tells_persons_places_and_bodies_apart():
    text = (
        "Marta Kowalski, who leads the National Fisheries Council, flew to Oslo on Monday.\n\n"
        "Mr. Kowalski said that the Council had no plans for Bergen."
    )
    end = text.index("\n")
    names = OnnxRecogniser(reader()).names(text, [Span(0, end), Span(end + 2, len(text))])
    found = {(name.span.of(text), name.type) for name in names}
    assert ("Marta Kowalski", EntityType.PERSON) in found
    assert ("Kowalski", EntityType.PERSON) in found
    assert ("National Fisheries Council", EntityType.ORGANISATION) in {(w.removeprefix("the "), t) for w, t in found}
    assert {("Oslo", EntityType.PLACE), ("Bergen", EntityType.PLACE)} <= found


class Told:
    """Stands in for the reader: says the labels that it was told, word by word."""

    def __init__(self, *labels):
        self.labels = labels

    def names(self, text, paragraphs):
        (window,) = read_windows(vocabulary(), text, paragraphs)
        assert len(window.starts) == len(self.labels)
        scores = np.full((len(self.labels), 7), -9.0, dtype=np.float32)
        scores[np.arange(len(self.labels)), self.labels] = 0
        return [(window, scores)]


@pytest.mark.parametrize(
    ("text", "labels", "names"),
    [
        ("Orr Corp. paid.", (5, 6, 0, 0, 0), ["Orr Corp."]),
        ("They saw Orr.", (0, 0, 1, 0), ["Orr"]),
        ("R. Ada Orr left", (1, 0, 1, 2, 0), ["R. Ada Orr"]),
        ("Ada, Bela left", (1, 0, 1, 0), ["Ada", "Bela"]),
        ('"Orr, Ada" wrote', (0, 1, 0, 1, 0, 0), ["Orr, Ada"]),
        ("Tarn, Ada left", (3, 0, 1, 0), ["Tarn", "Ada"]),
    ],
)
def test_a_name_has_its_full_stop_and_is_not_cut_at_an_initial_or_the_comma_of_a_mail_address(text, labels, names):
    found = OnnxRecogniser(Told(*labels)).names(text, [Span(0, len(text))])
    assert [name.span.of(text) for name in found] == names
