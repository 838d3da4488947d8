"""What a batch of documents gives the index: entries (key, unit) for word sequences and for words.

Of all sequences of three words only some are kept: in every window of three neighbouring sequences the one with the
longest words, a stand-in for the rarest. Any five words in a row that a text shares with a document then share a kept
sequence, with about half of the entries. This is winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003), with the choice
biased towards what is rare (Sun, Qin, Wang, SIGIR 2013) by a measure that never changes, so that an index can grow.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quoth.archive.index.chunks import units
from quoth.archive.index.vocabulary import Hashes, Ints, Vocabulary, sequences
from quoth.types import Span

SEQUENCE = 3  # words in a sequence
WINDOW = 3  # neighbouring sequences, one of which is kept: any SEQUENCE + WINDOW - 1 = 5 words share one
UNIT_BITS = 24
MOST_UNITS = 1 << UNIT_BITS  # in one segment


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of some documents; units are numbered from 0.

    Attributes:
        documents: per unit, the store's number of its document.
        starts: per unit, where it starts in the document, in code points.
        ends: where it ends.
        sequences: sorted distinct values of `hash << 24 | unit`, the hash of 32 bits.
        terms: the same for stems of words.
        through: the largest document number read.
    """

    documents: Ints
    starts: Ints
    ends: Ints
    sequences: Hashes
    terms: Hashes
    through: int


def entries_of(documents: Iterable[tuple[int, str]], vocabulary: Vocabulary) -> Batch:
    """The entries of documents given as (number, text)."""
    words: list[int] = []
    words_in_unit: list[int] = []
    unit_documents: list[int] = []
    places: list[Span] = []
    first_words: list[int] = []
    through = 0
    for number, text in documents:
        first_words.append(len(words))
        through = max(through, number)
        for span in units(text):
            before = len(words)
            words += vocabulary.numbers(text[span.start : span.end])
            words_in_unit.append(len(words) - before)
            unit_documents.append(number)
            places.append(span)
    read = vocabulary.features(words)
    of_unit = np.repeat(np.arange(len(words_in_unit), dtype=np.uint64), words_in_unit)
    spans = np.array(places, dtype=np.int64).reshape(-1, 2)
    kept, chosen = kept_sequences(read.hashes, read.lengths, np.array(first_words, dtype=np.int64))
    telling = np.flatnonzero(read.terms)
    return Batch(
        np.array(unit_documents, dtype=np.int64),
        spans[:, 0],
        spans[:, 1],
        packed(short(chosen), of_unit[kept]),
        packed(read.terms[telling], of_unit[telling]),
        through,
    )


def packed(keys: Hashes, of_unit: Hashes) -> Hashes:
    """Sorted distinct `key << 24 | unit`."""
    both = (keys << np.uint64(UNIT_BITS)) | of_unit
    both.sort()
    if len(both) == 0:
        return both
    return both[np.concatenate(([True], both[1:] != both[:-1]))]


def short(hashes: Hashes) -> Hashes:
    """The upper 32 of 64 bits."""
    return hashes >> np.uint64(32)


def kept_sequences(hashes: Hashes, lengths: Ints, first_words: Ints) -> tuple[npt.NDArray[np.intp], Hashes]:
    """Which sequences are kept: the place of each one's first word, and its hash; none spans two documents."""
    found = sequences(hashes, SEQUENCE)
    count = len(found)
    if count == 0:
        return np.zeros(0, dtype=np.intp), found
    size = lengths[:count] + lengths[1 : count + 1] + lengths[2 : count + 2]
    rank = (size.astype(np.uint64) << np.uint64(32)) | (short(found) ^ np.uint64(0x5BD1E995))
    for back in range(1, SEQUENCE):  # sequences that would run into the next document
        across = first_words - back
        rank[across[(across >= 0) & (across < count)]] = 0
    padded = np.concatenate((np.zeros(WINDOW - 1, np.uint64), rank, np.zeros(WINDOW - 1, np.uint64)))
    windows = padded[: count + WINDOW - 1].copy()  # the largest of window i, which ends at sequence i
    for ahead in range(1, WINDOW):
        np.maximum(windows, padded[ahead : ahead + len(windows)], out=windows)
    # Windows that reach past a text's ends count, too, so its first and its last sequence are always kept.
    is_kept = np.zeros(count, dtype=bool)
    for ahead in range(WINDOW):
        is_kept |= rank == windows[ahead : ahead + count]
    is_kept &= rank > 0
    kept = np.flatnonzero(is_kept)
    return kept, found[kept]
