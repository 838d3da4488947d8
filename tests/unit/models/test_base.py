import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.models.session import (
    CAPITALS,
    DIGITS,
    LOWER,
    MARK,
    TITLE,
    WEIGHTS,
    WIDTH,
    Network,
    Vocabulary,
    padded,
    shape,
    shapes,
    vocabulary,
    word_ranges,
)
from quoth.types import MissingPart


def test_offsets_count_code_points_and_not_bytes():
    text = "𝒜 Señora Ørsted 东"
    encoded = vocabulary().encode(text)
    covered = [
        word
        for first, last in word_ranges(text, encoded.offsets)
        for word in [text[encoded.offsets[first, 0] : encoded.offsets[last - 1, 1]]]
    ]
    assert covered == ["𝒜", "Señora", "Ørsted", "东"]


@given(st.text(max_size=80))
def test_every_piece_of_any_text_slices_inside_it_in_order(text):
    encoded = vocabulary().encode(text)
    assert len(encoded.ids) == len(encoded.offsets)
    assert (encoded.offsets[:, 0] <= encoded.offsets[:, 1]).all()
    assert (encoded.offsets <= len(text)).all()
    assert (np.diff(encoded.offsets[:, 0]) >= 0).all()


def test_long_texts_are_neither_cut_nor_padded():
    assert len(vocabulary().encode("river " * 1000).ids) == 1000


def test_a_reserved_piece_written_in_a_text_is_read_as_text():
    ids = vocabulary().encode("before [SEP] after [CLS]").ids
    assert not {101, 102} & set(ids.tolist())


def test_an_empty_text_has_no_pieces():
    encoded = vocabulary().encode("")
    assert encoded.ids.shape == (0,)
    assert encoded.offsets.shape == (0, 2)
    assert vocabulary().word_vectors(encoded.ids).shape == (0, WIDTH)


def test_a_batch_is_encoded_as_its_texts_are_one_by_one():
    texts = ["The bridge opened.", "", "Nobody came."]
    for together, alone in zip(vocabulary().encode_batch(texts), map(vocabulary().encode, texts), strict=True):
        assert together.ids.tolist() == alone.ids.tolist()


def test_word_vectors_keep_the_shape_of_the_ids():
    vectors = vocabulary().word_vectors(np.array([[2023, 2003], [0, 0]]))
    assert vectors.shape == (2, 2, WIDTH)
    assert vectors.dtype == np.float32
    assert np.abs(vectors[0]).max() > 0.01


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("river", LOWER),
        ("River", TITLE),
        ("UN", CAPITALS),
        ("A", TITLE),
        ("1990s", DIGITS),
        ("—", MARK),
        ("McAra", TITLE),
        ("部", LOWER),
    ],
)
def test_the_shape_of_a_word_tells_its_case(word, expected):
    assert shape(word) == expected


def test_all_pieces_of_a_word_have_the_shape_of_the_whole_word():
    text = "Valdora's UN envoy"
    encoded = vocabulary().encode(text)
    found = shapes(text, encoded.offsets)
    for (start, end), kind in zip(encoded.offsets.tolist(), found.tolist(), strict=True):
        piece = text[start:end]
        expected = MARK if piece == "'" else TITLE if end <= 7 else CAPITALS if piece == "UN" else LOWER
        assert kind == expected, piece


def test_words_are_ranges_of_pieces_that_cover_every_piece_once():
    text = "Unquestionably, Valdorans re-elected her."
    encoded = vocabulary().encode(text)
    ranges = word_ranges(text, encoded.offsets)
    assert [index for first, last in ranges for index in range(first, last)] == list(range(len(encoded.ids)))
    spelled = [text[encoded.offsets[first, 0] : encoded.offsets[last - 1, 1]] for first, last in ranges]
    assert spelled == ["Unquestionably", ",", "Valdorans", "re", "-", "elected", "her", "."]


def test_padding_is_masked():
    values, mask = padded([np.array([5, 6, 7]), np.array([8])], fill=9)
    assert values.tolist() == [[5, 6, 7], [8, 9, 9]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_missing_weights_are_named(tmp_path):
    with pytest.raises(MissingPart, match=r"tokenizer\.json"):
        Vocabulary(tmp_path)
    with pytest.raises(MissingPart, match=r"tagger\.onnx"):
        Network(tmp_path / "tagger.onnx")


def test_the_shipped_word_table_matches_the_vocabulary():
    assert np.load(WEIGHTS / "words.npy", mmap_mode="r").shape == (30522, WIDTH)
