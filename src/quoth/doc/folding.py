"""The one fold of words: without case, accents, compatibility forms, and with one apostrophe."""

import unicodedata


def fold(words: str) -> str:
    """Words as they are compared; white space stays."""
    low = unicodedata.normalize("NFKC", words).casefold().replace("’", "'").replace("ʼ", "'")
    if low.isascii():
        return low
    decomposed = unicodedata.normalize("NFKD", low)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold_text(text: str) -> str:
    """A whole text so folded, line by line, so that it is never taken apart as a whole; white space is one space."""
    return " ".join(word for line in text.splitlines() for word in fold(line).split())
