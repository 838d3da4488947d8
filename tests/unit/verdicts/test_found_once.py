"""What every statement of a report asks of its source is found once, and found right."""

import random

import numpy as np
import pytest

from quoth.attribution import joining
from quoth.changes import governors
from quoth.doc.doc import analysed
from quoth.matching import ranking
from quoth.matching.passages import prepare
from quoth.models.ports import RULES_ONLY
from quoth.pipeline.examine import examine, who_says_what
from quoth.reading import read_text
from quoth.types import Span
from quoth.verdicts.voices import Numbers

STORY = (
    "Mira Orlan said that the bridge was safe. “We paid for it twice,” she said. Oskar Vessik laughed.\n\n"
    "“Nobody paid,” Oskar Vessik said. “Nobody will.” The meeting ended at nine.\n"
)


class _Counted(int):
    hashed = 0

    def __hash__(self) -> int:
        _Counted.hashed += 1
        return int.__hash__(self)


def test_the_numbers_of_a_speakers_sentences_are_hashed_once() -> None:
    numbers = Numbers(map(_Counted, range(50)))
    known = {("source", numbers): "narrowed"}
    before = _Counted.hashed
    for _ in range(100):
        assert known["source", numbers] == "narrowed"
    assert _Counted.hashed == before
    assert numbers == tuple(range(50))
    assert hash(numbers) == hash(tuple(range(50)))


def test_the_sentences_that_nobody_else_said_are_those_that_none_of_their_words_meet() -> None:
    source = read_text(STORY * 3, "source")
    (held,) = who_says_what(read_text(STORY, "report"), [source], RULES_ONLY).held
    dice = random.Random(7)
    for _ in range(200):
        starts = [dice.randrange(len(source.text)) for _ in range(dice.randrange(1, 6))]
        spans = [Span(start, min(len(source.text), start + dice.randrange(1, 90))) for start in starts]
        taken = {number for span in spans for number in held.met(span)}
        free = [number for number in range(len(analysed(source).sentences)) if number not in taken]
        assert held.untouched(np.array(spans, dtype=np.int32)) == free


def test_the_stretch_that_is_shown_is_the_first_that_nothing_clearly_beats() -> None:
    source = prepare(read_text(STORY * 40, "source"))
    dice = np.random.default_rng(3)
    for spread in (0.0, 0.5, 4.0):
        odds = dice.normal(size=len(source.sentences)) * spread
        chance = np.concatenate(([0.0], np.cumsum(np.exp(odds - odds.max()))))
        ends = source.reaches(ranking.LONGEST_SHOWN)
        best, expected = -1.0, (0, 0)
        for first, together in enumerate((chance[ends + 1] - chance[:-1]).tolist()):
            if together > best + ranking.CHANCE_THAT_TELLS:
                best, expected = together, (first, int(ends[first]))
        assert ranking._shown(odds, source) == expected


def test_a_line_whose_opening_mark_was_forgotten_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    of_line = joining.of_line
    monkeypatch.setattr(joining, "of_line", lambda tokens: read.append(tokens[0].start) or of_line(tokens))
    text = "“We paid, he said.\n" * 6
    found = examine(read_text(text, "report"), [])
    assert sum(one.content[0].of(text) == "We paid" for one in found.statements) == 6
    assert len(read) == len(set(read)) == 6


def test_what_governs_words_that_are_quoted_again_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[tuple[int, int]] = []
    behind = governors.behind
    governors.governors.cache_clear()
    monkeypatch.setattr(
        governors, "behind", lambda doc, first, last, own: looked.append((first, last)) or behind(doc, first, last, own)
    )
    report = "“The bridge is safe for everybody,” Mira Orlan said.\n\n" * 12
    source = "Statement of Mira Orlan\n\nI know that the bridge is safe for everybody who crosses it. We paid for it."
    found = examine(read_text(report, "report"), [read_text(source, "source")])
    assert len({verdict.grade for verdict in found.verdicts}) == 1
    assert len(found.verdicts) == 12
    assert len(looked) < 12
