from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from reference_alignment import best

from quoth.alignment.token_alignment import Word, likenesses, pairs, strongest
from quoth.doc.tokens import units, weight

tables = st.tuples(st.integers(1, 7), st.integers(1, 9)).flatmap(
    lambda shape: arrays(np.float32, shape, elements=st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5]))
)


def words(text: str) -> list[Word]:
    return [Word(unit.key, weight(unit.key), text[unit.start].isupper()) for unit in units(text)]


@given(tables)
def test_the_fast_pairing_is_worth_as_much_as_the_plain_one(worth):
    total, _ = best(worth.tolist())
    found = strongest(worth)
    assert sum(float(worth[pair]) for pair in found) == pytest.approx(total)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))


def test_a_number_is_paired_with_the_number_in_its_place():
    ours, theirs = words("the dam held 40 days"), words("the dam held for 14 days")
    assert (3, 4) in pairs(ours, theirs)


def test_words_that_tell_more_are_worth_more():
    worth = likenesses(words("the harbour"), words("the harbour"))
    assert worth[1, 1] > worth[0, 0]


def test_a_lone_function_word_far_from_its_like_is_not_paired():
    ours = words("of ferries")
    theirs = words("boats of the old and the new, the small and the large boats we know ferries")
    assert [pair for pair in pairs(ours, theirs) if pair[0] == 0] == []
