"""Words and marks of a text, with their offsets."""

import re
import unicodedata
from functools import lru_cache

from quoth.types import Span

#: A word with its inner apostrophes and hyphens kept apart ("Iran's" is one word, "well-known" two words and a mark),
#: a number with its inner separators ("1,200.5"), or one mark.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?\b|\w+(?:['’]\w+)*|[^\w\s]")


def tokens(text: str) -> list[Span]:
    """Words, numbers and single marks of `text`, in order; white space belongs to none."""
    return [Span(*match.span()) for match in TOKEN.finditer(text)]


def words(text: str) -> list[Span]:
    """The tokens of `text` that hold a letter or a digit."""
    return [span for span in tokens(text) if text[span.start].isalnum() or text[span.end - 1].isalnum()]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word as it is compared: Unicode compatibility forms, case and apostrophe glyphs folded.

    Accents stay: they tell names apart, and who compares names folds them there.
    """
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'").replace("ʼ", "'")
