"""Two hundred pairs of names of our own hold: see names.jsonl."""

import json
from pathlib import Path

import pytest

from quoth.doc.name_similarity import compare_unrelated

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "names.jsonl").read_text(encoding="utf-8").splitlines()]


def measured(part):
    """F1 of same, share of the different that are called same, share of the unsure that are called unsure."""
    pairs = [
        (pair["label"], str(compare_unrelated(pair["a"], pair["b"]).label)) for pair in PAIRS if pair["part"] == part
    ]
    hits = sum(gold == told == "same" for gold, told in pairs)
    called = sum(told == "same" for _, told in pairs)
    f1 = 2 * hits / (sum(gold == "same" for gold, _ in pairs) + called)
    different = [told for gold, told in pairs if gold == "different"]
    unsure = [told for gold, told in pairs if gold == "unsure"]
    return f1, different.count("same") / len(different), unsure.count("unsure") / len(unsure)


@pytest.mark.parametrize("part", ["development", "held out"])
def test_names_are_matched_and_kept_apart(part):
    f1, merged, unsure = measured(part)
    assert f1 >= 0.95
    assert merged <= 0.01
    assert unsure >= 0.95
