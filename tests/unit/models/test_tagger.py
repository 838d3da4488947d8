from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.models.encoder import Reader, reader
from quoth.models.ports import TaggedStatement
from quoth.models.session import vocabulary
from quoth.models.tagger import OnnxTagger, distances, field_of, paragraphs_from
from quoth.models.windows import read_windows
from quoth.types import MissingPart, Span

STORY = """Harbour bridge to close in May
The ministry of works said on Monday that the bridge over Tarn Bay would close in May.
“We cannot wait another winter,” said Ann Orr, the minister. “The piers are failing.”
Fishermen's leaders denied that they had been told of the plan."""


@pytest.fixture(scope="module")
def tagger() -> OnnxTagger:
    return OnnxTagger(reader())


def lines(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def by_cue(text: str, statements: list[TaggedStatement]) -> dict[str, TaggedStatement]:
    return {" ".join(words(text, one.cue)): one for one in statements}


def test_direct_speech_around_its_cue_is_one_statement_of_two_parts_with_their_marks(tagger: OnnxTagger):
    found = by_cue(STORY, tagger.tag(STORY, lines(STORY)))
    said = [one for one in found.values() if words(STORY, one.content)[0].startswith("“")]
    assert len(said) == 1
    assert words(STORY, said[0].content) == ["“We cannot wait another winter,”", "“The piers are failing.”"]
    assert words(STORY, said[0].source)[0].startswith("Ann Orr")
    assert words(STORY, said[0].cue) == ["said"]


def test_indirect_speech_has_its_source_and_its_clause_without_the_full_stop(tagger: OnnxTagger):
    found = tagger.tag(STORY, lines(STORY))
    ministry = [one for one in found if words(STORY, one.source) == ["The ministry of works"]]
    assert ministry
    assert words(STORY, ministry[0].content) == ["that the bridge over Tarn Bay would close in May"]


def test_a_denial_is_a_statement(tagger: OnnxTagger):
    assert "denied" in by_cue(STORY, tagger.tag(STORY, lines(STORY)))


def test_only_the_given_paragraphs_are_read(tagger: OnnxTagger):
    last = lines(STORY)[-1]
    found = tagger.tag(STORY, [last])
    assert found
    assert all(last.holds(span) for one in found for span in (*one.cue, *one.source, *one.content))


def test_statements_come_in_the_order_of_their_cues_and_are_sure_between_nought_and_one(tagger: OnnxTagger):
    found = tagger.tag(STORY, lines(STORY))
    assert [one.cue for one in found] == sorted(one.cue for one in found)
    assert all(0 <= one.confidence <= 1 for one in found)


def test_a_text_longer_than_any_window_is_read_to_its_end(tagger: OnnxTagger):
    text = ("The quay was quiet. " * 150) + "Ann Orr said that the bridge would close in May."
    found = by_cue(text, tagger.tag(text, [Span(0, len(text))]))
    assert words(text, found["said"].content) == ["that the bridge would close in May"]


def test_words_are_looked_for_beside_the_cues_paragraph_and_on_over_marks_that_open_again():
    text = "Day broke.\nRain fell.\n“We stay.\n“We always have.”\nAnn Orr said so.\nNobody came.\nIt was late."
    (window,) = read_windows(vocabulary(), text, lines(text))
    said = next(number for number, start in enumerate(window.starts) if text.startswith("said", start))
    low, high = field_of(window, (said, said))
    assert text[window.starts[low] : window.ends[high - 1]] == text[text.index("Rain") : text.index("\nIt was")]


def test_nothing_is_found_in_nothing(tagger: OnnxTagger):
    assert tagger.tag("", []) == []
    assert tagger.tag("  \n ", [Span(0, 4)]) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_no_text_crashes_and_every_span_is_words_of_it(text: str):
    found = OPENED.tag(text, [Span(0, len(text))])
    for one in found:
        for span in (*one.cue, *one.source, *one.content):
            assert span.of(text).strip() == span.of(text) != ""


OPENED = OnnxTagger(reader())


def test_weights_that_are_not_there_are_named(tmp_path: Path):
    with pytest.raises(MissingPart, match=r"tagger\.json"):
        OnnxTagger(reader(), tmp_path)
    with pytest.raises(MissingPart, match=r"reader\.onnx"):
        Reader(vocabulary(), tmp_path / "reader.onnx")


def test_distance_from_the_cue_is_nought_in_it_and_tells_before_from_behind():
    found = distances(30, 10, 11)
    assert found[10] == found[11] == 0
    assert found[9] == 1
    assert found[12] == 13
    assert (np.diff(found[:10]) <= 0).all()
    assert (np.diff(found[12:]) >= 0).all()


def test_paragraphs_are_counted_from_that_of_the_cue_up_to_two():
    assert paragraphs_from(np.array([0, 1, 2, 3, 3, 4, 9]), 3).tolist() == [0, 0, 1, 2, 2, 3, 4]
