"""The index: what goes in is found again, in any number of segments, and damage is noticed."""

import json
import random
import sqlite3
import time
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.archive.index import segment_merger as merging
from quoth.archive.index import vocabulary as words
from quoth.archive.index.chunks import units
from quoth.archive.index.index import Index, made_anew, made_folder, make_segment, to_merge
from quoth.archive.index.postings import MOST_UNITS, entries_of, kept_sequences, packed, short
from quoth.archive.index.segment import FORMAT, Segment
from quoth.archive.index.segment_merger import PART
from quoth.archive.index.segment_writer import Contents, write, write_batch
from quoth.archive.index.vocabulary import WORD, Vocabulary, sequences, words_in
from quoth.types import ArchiveDamaged, ArchiveError

FERRY = "The ferry to Orm leaves Tarn Bay at nine, unless the harbour master closes the northern channel for the day."
BUDGET = (
    "Valdora will spend forty million marks on schools, and not a single mark on the palace, the treasurer promised."
)


def keys_of(text: str) -> np.ndarray:
    vocabulary = Vocabulary()
    return np.unique(short(sequences(vocabulary.features(vocabulary.numbers(text)).hashes, 3)))


def documents_with(index: Index, text: str) -> dict[int, int]:
    """For each document how many sequences of `text` it has."""
    hits = index.sequences(keys_of(text), 1000)
    numbers, counts = np.unique(index.documents(hits.units), return_counts=True)
    return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


def test_words_that_a_process_has_met_are_not_worked_out_again_for_the_next_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_segment(tmp_path / f"1{PART}", [(1, FERRY)])

    def met(word: str) -> int:
        raise AssertionError(word)

    monkeypatch.setattr(words, "hash_of", met)
    make_segment(tmp_path / f"2{PART}", [(1, FERRY), (2, FERRY)])


def test_a_segment_is_the_same_whatever_its_process_has_met_before(tmp_path: Path) -> None:
    make_segment(tmp_path / f"1{PART}", [(1, FERRY)])
    make_segment(tmp_path / f"2{PART}", [(1, FERRY), (2, BUDGET)])
    write_batch(tmp_path / f"3{PART}", entries_of([(1, FERRY), (2, BUDGET)], Vocabulary()))
    assert (tmp_path / f"2{PART}").read_bytes() == (tmp_path / f"3{PART}").read_bytes()


@given(st.text(alphabet=st.sampled_from("aB9_'’ʼ-.\n\t\x1cé ")))
def test_words_are_those_that_the_pattern_finds(written: str) -> None:
    assert words_in(written) == WORD.findall(written)


def test_five_words_of_a_document_lead_to_it(tmp_path: Path) -> None:
    index = Index(tmp_path).extend([(1, FERRY), (2, BUDGET)])
    words = FERRY.replace(",", "").replace(".", "").split()
    for first in range(len(words) - 4):
        assert 1 in documents_with(index, " ".join(words[first : first + 5])), first


def test_an_index_in_many_segments_answers_like_one_in_a_single_segment(tmp_path: Path) -> None:
    texts = [f"{FERRY} Number {number} of the timetable. {BUDGET}" for number in range(1, 30)]
    whole = Index(tmp_path / "whole").extend(enumerate(texts, 1))
    grown = Index(tmp_path / "grown")
    for number, text in enumerate(texts, 1):
        grown = grown.extend([(number, text)])
    assert len(grown.segments) < 12  # merged as it grew
    assert grown.units == whole.units
    for text in (FERRY, "number 17 of the timetable valdora", BUDGET):
        assert documents_with(grown, text) == documents_with(whole, text)


def test_merging_slice_by_slice_gives_what_merging_at_once_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged = []
    for name, at_once in (("whole", 1 << 20), ("sliced", 50)):
        monkeypatch.setattr(merging, "_AT_ONCE", at_once)
        index = Index(tmp_path / name)
        for number in range(1, 6):
            index = index.extend([(number, f"{FERRY} {BUDGET} {number} of {number * 7919}")])
        (segment,) = index.forget([2]).extend([(6, BUDGET)]).segments
        merged.append(segment.path.read_bytes())
    assert merged[0] == merged[1]


def test_merging_takes_memory_for_a_slice_and_not_for_the_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "_AT_ONCE", 1 << 12)
    index = Index(tmp_path)
    size, count = 3000, 300_000
    every = np.arange(count, dtype=np.uint64)
    rare = (every * np.uint64((1 << 32) // count) << np.uint64(24)) + every % np.uint64(size)
    common = (every // np.uint64(size) << np.uint64(24)) + every % np.uint64(size)
    for number in range(6):
        columns = [np.full(size, number)], [np.zeros(size)], [np.ones(size)]
        part = tmp_path / f"{number}.part"
        write(part, Contents(size, *columns, count, [rare], [common]))
        index = index.adopted(part, number)
    tracemalloc.start()
    index = index.tidied()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(index.segments) == 1
    assert len(index.segments[0].sequences) == 6 * count
    assert most < 6 * count  # bytes; an entry in memory has 8


def test_documents_stay_in_order_however_segments_are_merged(tmp_path: Path) -> None:
    index = Index(tmp_path)
    number = 0
    for size in (9, 9, 1, 9, 9, 9, 1, 9, 30, 1, 9, 9, 9, 9, 9, 1, 1, 9):
        index = index.extend([(number + more, f"{FERRY} " * 40) for more in range(1, size + 1)])
        number += size
    documents = np.concatenate([segment.documents for segment in index.segments])
    assert (np.diff(documents) >= 0).all()
    assert set(documents.tolist()) == set(range(1, number + 1))
    ranges = [index.units_of(document) for document in range(1, number + 1)]
    assert [first for first, _ in ranges[1:]] == [after for _, after in ranges[:-1]]
    assert {after - first for first, after in ranges} == {len(units(f"{FERRY} " * 40))}
    assert index.units_of(number + 1) == (0, 0)


def test_the_first_and_last_keys_and_the_widest_gaps_are_kept(tmp_path: Path) -> None:
    last, size = (1 << 32) - 1, (1 << 21) + (1 << 16)
    own = [0, 1, 128, 256, 16_639, 33_023, size - 1]  # gaps of one byte, of two, of three, of four
    entries = np.array([key << 24 | unit for key in (0, 5, last - 1, last) for unit in own], dtype=np.uint64)
    column = [np.zeros(size, dtype=np.int64)]
    write(tmp_path / "1.segment", Contents(size, column, column, column, len(entries), [entries], [entries]))
    segment = Segment(tmp_path / "1.segment")
    for one in (segment.sequences, segment.terms):
        places, counts = one.locate(np.array([0, 4, 5, last], dtype=np.uint64))
        assert counts.tolist() == [len(own), 0, len(own), len(own)]
        assert one.read(places, counts).tolist() == own * 3
        assert one.between(0, 1 << 32).tolist() == entries.tolist()
        assert one.between(1, last).tolist() == entries[len(own) : 3 * len(own)].tolist()
        assert one.between(6, 7).tolist() == []


def test_counts_are_those_of_units(tmp_path: Path) -> None:
    index = Index(tmp_path).extend([(number, FERRY) for number in range(1, 8)])
    hits = index.sequences(keys_of(FERRY), 1000)
    assert set(hits.counts.tolist()) <= {0, 7}
    assert 7 in hits.counts


def test_a_key_with_too_many_units_is_counted_and_not_read(tmp_path: Path) -> None:
    index = Index(tmp_path).extend([(number, FERRY) for number in range(1, 8)])
    hits = index.sequences(keys_of(FERRY), 3)
    assert len(hits.units) == 0
    assert 7 in hits.counts


def test_whether_a_key_has_too_many_units_is_decided_over_all_segments(tmp_path: Path) -> None:
    index = Index(tmp_path)
    for number in range(1, 5):
        index = index.extend([(number, FERRY)])
    assert len(index.segments) == 4
    assert len(index.sequences(keys_of(FERRY), 3).units) == 0
    assert set(index.sequences(keys_of(FERRY), 4).units.tolist()) == {0, 1, 2, 3}


def test_forgotten_documents_go_when_segments_are_merged(tmp_path: Path) -> None:
    index = Index(tmp_path)
    for number in range(1, 6):
        index = index.extend([(number, f"{FERRY} {number}")])
    index = index.forget([2, 3])
    assert index.numbers() == {1, 4, 5}
    assert Index(tmp_path).numbers() == {1, 4, 5}
    before = index.units
    index = index.extend([(6, BUDGET)])
    assert len(index.segments) == 1
    assert index.units == before - 1
    assert index.numbers() == {1, 4, 5, 6}
    assert 2 not in documents_with(index, FERRY)


def test_what_a_reader_has_open_stays_readable_while_segments_are_merged(tmp_path: Path) -> None:
    index = Index(tmp_path)
    for number in range(1, 6):
        index = index.extend([(number, f"{FERRY} {number}")])
    reader = Index(tmp_path)
    index.extend([(6, BUDGET)])
    assert len(documents_with(reader, FERRY)) == 5


def test_an_empty_folder_is_an_empty_index(tmp_path: Path) -> None:
    index = Index(tmp_path / "none")
    assert index.units == 0
    assert documents_with(index, FERRY) == {}


def test_texts_without_words_are_no_trouble(tmp_path: Path) -> None:
    index = Index(tmp_path).extend([(1, "..."), (2, "one"), (3, "one two"), (4, FERRY)])
    assert set(documents_with(index, FERRY)) == {4}
    assert index.numbers() == {1, 2, 3, 4}


@pytest.mark.parametrize("left", [0, 10, 500, -1])
def test_a_truncated_segment_is_refused_in_one_sentence(tmp_path: Path, left: int) -> None:
    Index(tmp_path).extend([(1, FERRY)])
    (path,) = tmp_path.glob("*.segment")
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(ArchiveDamaged, match="repair"):
        Index(tmp_path)


def test_a_missing_segment_is_refused(tmp_path: Path) -> None:
    Index(tmp_path).extend([(1, FERRY)])
    next(tmp_path.glob("*.segment")).unlink()
    with pytest.raises(ArchiveDamaged):
        Index(tmp_path)


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "[]", "{}", json.dumps({"format": FORMAT}), json.dumps({"format": FORMAT, "segments": 3, "through": 1})],
)
def test_a_broken_manifest_is_refused(tmp_path: Path, manifest: str) -> None:
    Index(tmp_path).extend([(1, FERRY)])
    (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(ArchiveDamaged, match="repair"):
        Index(tmp_path)


def test_an_index_of_an_earlier_format_says_how_to_go_on(tmp_path: Path) -> None:
    Index(tmp_path).extend([(1, FERRY)])
    known = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(known | {"format": 1}))
    with pytest.raises(ArchiveError, match=r"format 1.*quoth archive repair"):
        Index(tmp_path)


def test_a_manifest_of_a_later_format_is_not_called_damage(tmp_path: Path) -> None:
    Index(tmp_path).extend([(1, FERRY)])
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 99, "parts": []}))
    with pytest.raises(ArchiveError, match="99") as refused:
        Index(tmp_path)
    assert not isinstance(refused.value, ArchiveDamaged)


def test_every_flipped_byte_of_the_arrays_is_noticed(tmp_path: Path) -> None:
    Index(tmp_path).extend([(1, FERRY), (2, BUDGET)])
    (path,) = tmp_path.glob("*.segment")
    sound = path.read_bytes()
    head = sound.index(b"\n") + 1
    arrays = Segment(path).head["arrays"]
    begin = head
    for kind, length, _ in arrays.values():
        begin += -begin % 64
        size = np.dtype(kind).itemsize * length
        for place in {begin, begin + size // 2, begin + size - 1}:
            spoiled = bytearray(sound)
            spoiled[place] ^= 1
            path.write_bytes(spoiled)
            assert Segment(path).damage(), place
        begin += size
    path.write_bytes(sound)
    assert Segment(path).damage() is None


def test_an_index_made_anew_takes_the_place_of_whatever_was_there(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("nonsense")
    (tmp_path / "00000001.segment").write_bytes(b"nonsense")
    (tmp_path / "9.part").write_bytes(b"nonsense")
    index = made_anew(tmp_path, [(3, FERRY), (4, BUDGET)], 5)
    assert (index.through, index.numbers()) == (5, {3, 4})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["00000002.segment", "manifest.json"]


def test_units_follow_each_other_and_are_the_whole_text() -> None:
    text = f"{FERRY} {BUDGET}\n" * 40 + "x" * 5000
    found = units(text)
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(one.end == two.start for one, two in pairwise(found))
    assert all(one.length <= 1900 for one in found)


def test_about_half_of_the_sequences_are_kept() -> None:
    vocabulary = Vocabulary()
    words = vocabulary.features([vocabulary[f"w{number * 7919 % 1013}"] for number in range(5000)])
    kept, _ = kept_sequences(words.hashes, words.lengths, np.array([0]))
    assert 0.4 < len(kept) / 5000 < 0.6
    assert np.diff(kept).max() <= 3


def test_no_sequence_spans_two_documents() -> None:
    vocabulary = Vocabulary()
    numbers = vocabulary.numbers("one two three four five six seven eight")
    words = vocabulary.features(numbers)
    kept, _ = kept_sequences(words.hashes, words.lengths, np.array([0, 4]))
    assert not {2, 3} & set(kept.tolist())


def test_packed_entries_are_sorted_and_distinct() -> None:
    keys = np.array([5, 3, 5, 3], dtype=np.uint64)
    of_unit = np.array([1, MOST_UNITS - 1, 1, 0], dtype=np.uint64)
    assert packed(keys, of_unit).tolist() == [3 << 24, (3 << 24) + MOST_UNITS - 1, (5 << 24) + 1]


@pytest.mark.parametrize(
    ("sizes", "group"),
    [
        ([], []),
        ([5, 5, 1, 5, 5, 5], [0, 1, 2, 3, 4, 5]),
        ([5] * 6 + [1], []),  # what is new comes first
        ([5], []),
        ([5] * 5, []),
        ([5] * 6, [0, 1, 2, 3, 4, 5]),
        ([1000, 5, 5, 5, 5, 5, 5], [1, 2, 3, 4, 5, 6]),
        ([1000, 5, 5, 5, 5, 5], []),
        ([MOST_UNITS // 2, *[MOST_UNITS // 8] * 6], [1, 2, 3, 4, 5, 6]),  # no more than one segment can hold
        ([MOST_UNITS // 5] * 6, []),
    ],
)
def test_segments_of_like_size_are_merged(sizes: list[int], group: list[int]) -> None:
    assert to_merge(sizes) == group


def test_segments_cost_a_few_times_what_a_full_text_index_of_sqlite_costs(tmp_path: Path) -> None:
    chosen = random.Random(11)
    every = ["".join(chosen.choices("abdegiklmnoprstu", k=chosen.randint(3, 10))) for _ in range(20_000)]
    texts = [" ".join(chosen.choices(every[: 200 + 30 * (number % 600)], k=400)) for number in range(1500)]

    def seconds(work: Callable[[], object]) -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    def in_sqlite() -> None:
        with sqlite3.connect(tmp_path / "texts.sqlite") as base:
            base.execute("DROP TABLE IF EXISTS texts")
            base.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
            base.executemany("INSERT INTO texts VALUES (?)", [(text,) for text in texts])

    documents = list(enumerate(texts, 1))
    make_segment(tmp_path / f"0{PART}", documents)  # words are met
    # side by side, several times: what else a machine does lengthens either
    rounds = [(seconds(lambda: make_segment(tmp_path / f"1{PART}", documents)), seconds(in_sqlite)) for _ in range(5)]
    assert min(own / usual for own, usual in rounds) < 2


def test_a_folder_that_another_process_makes_meanwhile_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"

    def made_between_the_look_and_the_making(path: Path) -> bool:
        monkeypatch.undo()
        path.mkdir()
        return False

    monkeypatch.setattr(Path, "is_dir", made_between_the_look_and_the_making)
    assert made_folder(folder) == folder
    assert folder.is_dir()
