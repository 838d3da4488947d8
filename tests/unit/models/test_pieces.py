"""Word pieces are those of the package `tokenizers` (0.23.3), which made `pieces.jsonl` from the shipped vocabulary."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.models.pieces import WordPieces
from quoth.models.session import WEIGHTS

KNOWN = [json.loads(line) for line in Path(__file__).with_name("pieces.jsonl").read_text(encoding="utf-8").splitlines()]
PIECES = WordPieces(WEIGHTS / "tokenizer.json")


@pytest.mark.parametrize("number", range(len(KNOWN)))
def test_pieces_and_their_places_are_those_that_the_models_were_trained_on(number: int) -> None:
    found = PIECES.encode(KNOWN[number]["text"])
    assert [list(piece) for piece in zip(*found, strict=True)] == KNOWN[number]["pieces"]


@given(st.text(max_size=200))
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    found = PIECES.encode(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))
    assert found.starts == sorted(found.starts)
