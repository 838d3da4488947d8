"""Subtitles (SRT, WebVTT, SBV): the words of their cues."""

from collections.abc import Iterator
from dataclasses import replace

from quoth.reading.forms import words_of_cues
from quoth.reading.plain import read_text
from quoth.reading.raw import Found, Raw


def read(raw: Raw) -> Iterator[Found]:
    """The words of the cues as one document."""
    text, notes = raw.text()
    document = read_text(words_of_cues(text), raw.id)
    yield replace(document, notes=(*notes, "Read as subtitles, without their numbers and times."))
