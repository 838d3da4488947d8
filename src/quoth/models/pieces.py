"""A text in the word pieces of BERT's uncased vocabulary (WordPiece), each with its place in the text.

What the package `tokenizers` does with the same `tokenizer.json`, without its forty megabytes of other packages.
"""

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from re import compile as pattern
from typing import NamedTuple

_WORD = pattern(r"[^ ]+")
_LONGEST_WORD = 100  # letters; a longer one is unknown as a whole
_GOES_ON = "##"  # before pieces that do not begin a word
_REMEMBERED = 65_536  # words
_BLANK_CONTROLS = "\t\n\r"
_NOTHING = frozenset({"Cc", "Cf", "Co", "Cs"})  # categories of signs that nobody sees
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip  # each a word of its own


class Pieces(NamedTuple):
    """The pieces of a text: their ids, and where each begins and ends, in code points."""

    ids: list[int]
    starts: list[int]
    ends: list[int]


class WordPieces:
    """The pieces of a vocabulary."""

    def __init__(self, file: Path) -> None:
        """Reads `tokenizer.json`."""
        model = json.loads(file.read_text(encoding="utf-8"))["model"]
        self._vocabulary: Mapping[str, int] = model["vocab"]
        self._unknown = self._vocabulary[model["unk_token"]]
        self._pieces = lru_cache(maxsize=_REMEMBERED)(self._divided)

    def encode(self, text: str) -> Pieces:
        """The pieces of a text, in reading order; "[SEP]" in an article is text, too."""
        folded = [_folded(letter) for letter in text]
        found = Pieces([], [], [])
        plain = "".join(folded)
        at = range(len(text)) if len(plain) == len(text) and all(map(len, folded)) else _origins(folded)
        for word in _WORD.finditer(plain):
            start = word.start()
            for id_, begin, end in self._pieces(word[0]):
                found.ids.append(id_)
                found.starts.append(at[start + begin])
                found.ends.append(at[start + end - 1] + 1)
        return found

    def _divided(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """The longest pieces that a word begins with, each time of what is left: id, start and end in the word."""
        whole = ((self._unknown, 0, len(word)),)
        if len(word) > _LONGEST_WORD:
            return whole
        found: list[tuple[int, int, int]] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                id_ = self._vocabulary.get((_GOES_ON if start else "") + word[start:end])
                if id_ is not None:
                    found.append((id_, start, end))
                    start = end
                    break
            else:
                return whole
        return tuple(found)


def _origins(folded: list[str]) -> list[int]:
    """For each letter of the folded text the place of the one that it came from."""
    return list(chain.from_iterable([number] * len(letters) for number, letters in enumerate(folded)))


@lru_cache(maxsize=65_536)
def _folded(letter: str) -> str:
    """A letter as the vocabulary has it: small, without accents; marks and ideographs with blanks around."""
    kind = unicodedata.category(letter)
    if letter in _BLANK_CONTROLS or kind[0] == "Z":
        return " "
    if kind in _NOTHING or letter == "\ufffd":
        return ""
    bare = "".join(part for part in unicodedata.normalize("NFD", letter) if unicodedata.category(part) != "Mn").lower()
    if any(first <= ord(letter) <= last for first, last in _IDEOGRAPHS) or (bare and _is_mark(bare)):
        return f" {bare} "
    return bare


def _is_mark(letter: str) -> bool:
    """Whether a letter is punctuation, which stands by itself; in ASCII all signs are."""
    if len(letter) > 1:
        return False
    return unicodedata.category(letter)[0] == "P" or (
        letter.isascii() and letter.isprintable() and not letter.isalnum()
    )
