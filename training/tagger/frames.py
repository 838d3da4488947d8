"""GUM's frames ("he said", "according to the ministry") to source and cue: GUM marks them as one, a list parts them."""

import re

from quoth.attribution.cue_tables import verbs

_WORD = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")
_OPENERS = frozenset(
    [
        "and",
        "but",
        "so",
        "as",
        "because",
        "that",
        "while",
        "when",
        "also",
        "for",
        "if",
        "then",
        "yet",
        "or",
        "although",
        "though",
    ]
)
_HELPERS = frozenset(
    [
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "not",
        "never",
        "also",
        "then",
        "later",
        "even",
        "just",
        "still",
        "now",
        "don't",
        "doesn't",
        "didn't",
        "can't",
        "cannot",
        "won't",
    ]
)


def with_roles(record: dict) -> dict:
    """The record with source and cue in place of each frame."""
    made = []
    for one in record["attributions"]:
        spans = [tuple(span) for span in one["frame"]]
        source, cue = _parted(record["text"], spans[0]) if spans else ([], [])
        if cue:
            made.append({"id": one["id"], "source": source, "cue": cue, "content": one["content"]})
    return {**record, "attributions": made}


def _parted(text: str, frame: tuple[int, int]) -> tuple[list[list[int]], list[list[int]]]:
    """Source and cue of a frame; nothing where no word is known for a cue."""
    words = [(m.start() + frame[0], m.end() + frame[0], m.group().lower()) for m in _WORD.finditer(text[slice(*frame)])]
    words = [word for word in words if word[2][0].isalnum()]
    while words and words[0][2] in _OPENERS:
        words = words[1:]
    if len(words) > 2 and words[0][2] == "according":
        return [[words[2][0], words[-1][1]]], [[words[0][0], words[1][1]]]
    head = next((n for n in range(len(words) - 1, -1, -1) if words[n][2] in verbs()), None)
    if head is None:
        return [], []
    first = head
    while first and words[first - 1][2] in _HELPERS:
        first -= 1
    cue = [[words[first][0], words[head][1]]]
    if first:
        return [[words[0][0], words[first - 1][1]]], cue
    rest = words[head + 1 :]
    return ([[rest[0][0], rest[-1][1]]] if rest else []), cue
