"""Speakers that the layout names: transcripts, interviews, headlines, signatures."""

from collections.abc import Mapping, Sequence

from quoth.attributing.speech import Draft
from quoth.values import Document, Span


def labelled(document: Document, paragraphs: Sequence[Span]) -> Mapping[Span, Draft]:
    """Paragraphs that name their speaker in front, each with its draft."""
    return {}
