"""Corpora to windows with labels."""

import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from quoth.models.session import Vocabulary
from quoth.models.windows import Paragraph, Part, Window, read_paragraph, window_of
from quoth.types import Span

ROLES = ("source", "cue", "content")
Run = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_SWAPPED = str.maketrans("“”‘’'", "‘’“”’")


@dataclass
class Labelled:
    """A window and what is known of it.

    Attributes:
        window: the window.
        statements: its statements, each a list of the window's words for each role.
        told: whether its statements are known at all.
        names: the label of each word as part of a name, if its names are known.
    """

    window: Window
    statements: list[dict[str, list[int]]] = field(default_factory=list)
    told: bool = True
    names: np.ndarray | None = None


def paragraphs_of(text: str) -> list[Span]:
    """The lines of a text."""
    spans = (Span(*match.span()).trimmed(text) for match in _LINE.finditer(text))
    return [span for span in spans if span.length]


def restyled(text: str, rng: random.Random) -> str:
    """The same text with other quotation marks, character for character, so that all offsets hold."""
    choice = rng.random()
    if choice < 0.35:
        return text.translate(_STRAIGHT)
    text = re.sub(r'(?<![\w.,!?])"(?=\S)', "“", text).replace('"', "”")
    if choice < 0.6:
        return re.sub(r"(?<!\w)'(?=\w)", "‘", text).replace("'", "’")
    if choice < 0.85:  # as in Britain: single marks outside
        text = re.sub(r"(?<=\w)”(?=\w)|(?<=s)”(?= \w)", "’", text.translate(_SWAPPED))
        return text if rng.random() < 0.6 else text.translate(_STRAIGHT)
    return text.translate(str.maketrans("“”", "«»"))


def read_records(path: Path) -> list[dict]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_releases(path: Path, count: int) -> list[str]:
    """The texts of `count` records, evenly drawn from a packed JSON Lines file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        kept = list(lines)
    return [json.loads(line)["text"] for line in kept[:: max(1, len(kept) // count)][:count]]


def labelled(
    vocabulary: Vocabulary, text: str, attributions: Sequence[dict], limit: int, first_limit: int | None = None
) -> list[Labelled]:
    """The windows of a document with what is said in them.

    A statement belongs to the window of its cue; what of it lies in another is lost, as are statements without a cue or
    content.

    Args:
        vocabulary: the shared one.
        text: the document.
        attributions: of the corpus, each role a list of [start, end).
        limit: pieces of a window at most.
        first_limit: pieces of the first window at most, so that epochs cut at other places.
    """
    paragraphs = [read_paragraph(vocabulary, text, span) for span in paragraphs_of(text)]
    made = [Labelled(window_of(parts)) for parts in _packed([p for p in paragraphs if p], limit, first_limit or limit)]
    if not made:
        return made
    starts = np.concatenate([one.window.starts for one in made])
    ends = np.concatenate([one.window.ends for one in made])
    base = np.cumsum([0] + [len(one.window.starts) for one in made])
    for attribution in attributions:
        words = {role: _words(starts, ends, attribution[role]) for role in ROLES}
        if not words["cue"] or not words["content"]:
            continue
        number = int(np.searchsorted(base, words["cue"][0], side="right")) - 1
        low, high = int(base[number]), int(base[number + 1])
        made[number].statements.append({role: [w - low for w in words[role] if low <= w < high] for role in ROLES})
    return made


def _words(starts: np.ndarray, ends: np.ndarray, spans: Sequence[Sequence[int]]) -> list[int]:
    """Numbers of the words that spans touch."""
    touched: set[int] = set()
    for start, end in spans:
        low, high = np.searchsorted(ends, start, side="right"), np.searchsorted(starts, end, side="left")
        touched.update(range(int(low), int(high)))
    return sorted(touched)


def _packed(paragraphs: Sequence[Paragraph], limit: int, first_limit: int) -> Iterator[list[Part]]:
    """Whole paragraphs in windows; what is too long for one is cut at a word."""
    parts: list[Part] = []
    size, room = 1, first_limit
    for number, paragraph in enumerate(paragraphs):
        bounds, count, low = paragraph.bounds, len(paragraph.first), 0
        while low < count:
            left = int(bounds[count] - bounds[low])
            high = count
            if size + left + 1 > room:
                if parts:
                    yield parts
                    parts, size, room = [], 1, limit
                    continue
                high = int(np.searchsorted(bounds, bounds[low] + limit - 2, side="right")) - 1
                high, room = min(high, count), limit
            parts.append(Part(number, paragraph, low, high, low, high))
            size += parts[-1].pieces + 1
            low = high
    if parts:
        yield parts
