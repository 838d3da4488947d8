"""A very long source is read where the report comes near it, and says where it was not."""

import random
from itertools import pairwise

import pytest

from quoth.matching import long_sources
from quoth.matching.long_sources import near
from quoth.pipeline.examine import examine
from quoth.reading import read_text
from quoth.types import Grade, Span

WORDS = ("harbour", "council", "ferry", "ledger", "winter", "granary", "pilot", "bridge", "cargo", "ration", "tariff")
SAID = "The lighthouse keepers of Arlen will get back the wages that were held from them in the spring"
REPORT = read_text(f'Minister Ilse Dune spoke on Tuesday.\n\n"{SAID}," Dune said.', "report.txt")


@pytest.fixture(autouse=True)
def _short_bounds(monkeypatch):
    monkeypatch.setattr(long_sources, "LONGEST", 30_000)
    monkeypatch.setattr(long_sources, "READ", 10_000)


def hearing(*, said: str = SAID, lines: int = 1_000):
    draw = random.Random(7)
    turns = []
    for number in range(lines):
        filler = " ".join(draw.choice(WORDS) for _ in range(draw.randint(6, 16)))
        turns.append(f"{'DUNE' if number % 2 else 'THE CHAIR'}: The {filler}.")
    turns[801] = f"DUNE: {said}."
    return read_text("Hearing of the Ports Committee\n\n" + "\n\n".join(turns), "hearing.txt")


def test_a_source_of_ordinary_length_is_read_as_it_is():
    short = read_text(hearing().text[:20_000], "short.txt")
    assert near(REPORT, short) == (short, ())


def test_offsets_stay_and_what_is_far_is_named():
    source = hearing()
    read, far = near(REPORT, source)
    kept = [block.span for block in read.blocks]
    assert sum(span.length for span in kept) < 20_000 < len(source.text)
    assert len(read.text) == len(source.text)
    assert all(span.of(read.text) == span.of(source.text) for span in kept)
    at = source.text.index(SAID)
    assert Span(at, at + len(SAID)).of(read.text) == SAID
    assert all(span.of(source.text) != span.of(read.text) for span in far)
    assert all(span.end <= other.start for span, other in pairwise(far))


def test_words_far_inside_a_very_long_source_are_found_at_their_place_and_speaker():
    source = hearing()
    found = examine(REPORT, [source])
    (verdict,) = found.verdicts
    assert verdict.grade is Grade.VERBATIM
    (piece,) = verdict.pieces
    assert piece.original.of(source.text) == SAID
    assert found.sources == (source,)
    assert {one.document for one in found.not_examined} == {"hearing.txt"}
    assert "fewer words" in found.not_examined[0].why


def test_a_changed_number_far_inside_a_very_long_source_is_named():
    source = hearing(said="We spent 40 million on the lighthouse of Arlen in the spring")
    report = read_text('"We spent 90 million on the lighthouse of Arlen in the spring," Dune said.', "r.txt")
    (verdict,) = examine(report, [source]).verdicts
    assert verdict.grade is Grade.ALTERED
    assert [change.original.of(source.text) for change in verdict.changes if change.material] == ["40 million"]


def test_a_line_without_an_end_is_cut_at_words():
    source = read_text("harbour ferry " * 4_000 + SAID + "." + " ledger winter" * 4_000, "line.txt")
    read, far = near(REPORT, source)
    assert SAID in read.text
    assert far
    assert len(read.text) == len(source.text)
