"""Words as numbers: a text becomes arrays on which everything else in this room is arithmetic.

A word is folded as everywhere in Quoth (compatibility forms, case), and apostrophes are dropped besides, so that
"GAO's" with either apostrophe is one word. Each distinct word gets a number in a vocabulary; hashes, lengths and
terms are looked up by it for whole batches of documents at once.
"""

import hashlib
import re
from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quoth.archive.index.index_stems import STOP_WORDS, stem
from quoth.doc.words import fold

WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
_SPACED = "".join(chr(code) if chr(code).isalnum() or chr(code) in "_'" else " " for code in range(128))
_SPACE, _APOSTROPHE = b" '"
_LONGEST = 15  # letters; longer words count as rare as these
MOST_WORDS_KEPT = 400_000  # distinct words; a vocabulary that has grown larger starts anew, to bound memory

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_UNKNOWN = (1 << 64) - 1  # in place of a term; terms have 32 bits
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio: spreads neighbouring values (Knuth, TAOCP 3, 6.4)
_TURN = np.uint64(29)
_FINAL = np.uint64(0xBF58476D1CE4E5B9)  # from the finaliser of splitmix64 (Steele, Lea, Flood 2014)


def hash_of(word: str) -> int:
    """64 bits that stand for a folded word; the same on every machine."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


class Words(NamedTuple):
    """Words of a text, in order, as arrays of the same length; see `Vocabulary`."""

    hashes: Hashes
    terms: Hashes
    lengths: Ints


class Vocabulary(dict[str, int]):
    """Numbers for words as they are written, given out as words are met.

    A word's number leads to its hash (64 bits of the folded word), its term (32 bits of its stem; 0 for words that say
    nothing) and its length (letters of the folded word: a stand-in for rarity that needs no statistics).
    """

    def __init__(self) -> None:
        super().__init__()
        self._hashes = array("Q")
        self._terms = array("Q")
        self._folded: dict[int, str] = {}  # words whose terms nobody has asked for: finding a stem takes the longest
        self._lengths = array("q")

    def __missing__(self, written: str) -> int:
        folded = fold(written).replace("'", "")
        number = len(self._hashes)
        self._hashes.append(hash_of(folded))
        self._terms.append(_UNKNOWN)
        self._folded[number] = folded
        self._lengths.append(min(len(folded), _LONGEST))
        self[written] = number
        return number

    def numbers(self, text: str) -> list[int]:
        """The numbers of the words of `text`, in order."""
        return list(map(self.__getitem__, words_in(text)))

    def features(self, numbers: Sequence[int]) -> Words:
        """Hash, term and length of each of some words."""
        chosen = np.array(numbers, dtype=np.int64)
        hashes, lengths = np.asarray(self._hashes, dtype=np.uint64), np.asarray(self._lengths, dtype=np.int64)
        return Words(hashes[chosen], self._terms_of(chosen), lengths[chosen])

    def _terms_of(self, chosen: Ints) -> Hashes:
        known = np.asarray(self._terms, dtype=np.uint64)
        terms: Hashes = known[chosen]
        unknown = np.zeros(len(known), dtype=bool)
        unknown[chosen[terms == _UNKNOWN]] = True
        new = np.flatnonzero(unknown)
        for number in new.tolist():
            folded = self._folded.pop(number)
            self._terms[number] = 0 if folded in STOP_WORDS else term_of(folded)
        return known[chosen] if len(new) else terms

    def hashes(self, numbers: Sequence[int]) -> Hashes:
        """The hash of each of some words."""
        return np.asarray(self._hashes, dtype=np.uint64)[np.array(numbers, dtype=np.int64)]

    @property
    def full(self) -> bool:
        """Whether it is time to start anew."""
        return len(self) >= MOST_WORDS_KEPT


def term_of(folded: str) -> int:
    """32 bits that stand for the stem of a folded word; never 0."""
    return term_of_stem(stem(folded))


def term_of_stem(stemmed: str) -> int:
    """32 bits that stand for a stem; never 0."""
    return (hash_of(stemmed) & 0xFFFFFFFF) or 1


def words_in(text: str) -> list[str]:
    """The words of `text` as `WORD` finds them."""
    if not text.isascii():
        return WORD.findall(text)
    spaced = text.translate(_SPACED)  # several times as fast
    if "'" in spaced:
        spaced = spaced.replace("''", "  ").replace("' ", " ").replace(" '", " ").strip("'")
    return spaced.split()


def places(text: str) -> tuple[Ints, Ints]:
    """Where each word of `text` starts and ends, in code points."""
    if not text.isascii():
        both = np.array([match.span() for match in WORD.finditer(text)], dtype=np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]
    spaced = text.translate(_SPACED).encode("ascii")  # the words of `words_in`, twenty times as fast
    codes = np.frombuffer(b" " + spaced + b" ", dtype=np.uint8)
    inside = (codes != _SPACE) & (codes != _APOSTROPHE)
    inside[1:-1] |= (codes[1:-1] == _APOSTROPHE) & inside[:-2] & inside[2:]
    edges = np.flatnonzero(inside[1:] != inside[:-1]).astype(np.int64, copy=False)
    return edges[::2], edges[1::2]


def sequences(hashes: Hashes, length: int) -> Hashes:
    """A hash for each run of `length` words, by its first word; shape (words - length + 1,), empty for short texts."""
    count = len(hashes) - length + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    with np.errstate(over="ignore"):
        mixed = hashes[:count].copy()
        for place in range(1, length):
            mixed = (mixed * _MIX) ^ (mixed >> _TURN)
            mixed += hashes[place : place + count]
        mixed ^= mixed >> np.uint64(32)
        mixed *= _FINAL
        mixed ^= mixed >> _TURN
    return mixed
