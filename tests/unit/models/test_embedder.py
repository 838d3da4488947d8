import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.models.embedder import OnnxEmbedder, buckets
from quoth.models.session import vocabulary


@pytest.fixture(scope="module")
def embedder():
    return OnnxEmbedder(vocabulary())


def test_rows_have_length_one_and_stand_in_the_order_of_the_texts(embedder):
    texts = [
        "The minister resigned on Monday.",
        "x",
        "The bridge over the Tarn is closed for repairs until the spring.",
    ]
    vectors = embedder.embed(texts)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    alone = embedder.embed([texts[2]])[0]
    assert vectors[2] @ alone > 0.98
    assert vectors[0] @ alone < 0.6


def test_a_paraphrase_is_nearer_than_another_subject(embedder):
    vectors = embedder.embed(
        [
            "The minister stepped down on Monday.",
            "On Monday the minister resigned from office.",
            "Rain is expected along the coast on Monday.",
        ]
    )
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_no_text_and_empty_texts_and_very_long_texts_are_embedded(embedder):
    assert embedder.embed([]).shape == (0, 384)
    assert np.isfinite(embedder.embed(["", "word " * 5000])).all()


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 600))
def test_batches_hold_every_text_once_and_keep_to_their_size(lengths, at_once):
    batches = list(buckets(lengths, at_once))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= at_once
