"""Names in GUM's documents: the proper nouns in mentions of persons, places and organisations.

Besides, what each word is: its part of speech, and the type of the smallest mention that it stands in.
"""

import json
from bisect import bisect_left
from pathlib import Path

from training.recogniser.data import TAGS, TYPES, Sentence

_KINDS = {"person": "PER", "place": "LOC", "organization": "ORG"}
#: Words that may stand inside a name between its proper nouns.
_INNER = {"of", "the", "and", "for", "&", "-", "de", "al", "von", "van", "bin", "'s", "’s"}
#: Titles, which GUM counts into the name and UNER does not.
_TITLES = frozenset(
    """mr. mrs. ms. dr. mr mrs ms dr president senator judge minister prime professor prof. sir justice chief governor
    general chancellor secretary king vice representative chair administrator""".split()  # noqa: SIM905
)


def read_gum(file: Path) -> list[list[Sentence]]:
    """The sentences of each document whose licence does not bar commercial use."""
    documents = []
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if "NC" not in record["licence"]:
            documents.append(_sentences(record))
    return documents


def _sentences(record: dict) -> list[Sentence]:
    """Sentences with their names; proper nouns of other things carry no label, as UNER may or may not name them."""
    text = record["text"]
    starts, ends, tags = (record["tokens"][key] for key in ("start", "end", "upos"))
    labels: list[str | None] = [None] * len(starts)
    mentions = sorted(
        ((s, e, _KINDS.get(entity["type"])) for entity in record["entities"] for s, e in entity["mentions"]),
        key=lambda mention: mention[0] - mention[1],
    )
    place = {start: index for index, start in enumerate(starts)}
    whole: set[int] = set()  # words of a mention that is a name and nothing else ("Tarn Bay University")
    for start, end, kind in mentions:
        inside = range(place.get(start, 0), place.get(start, 0))
        if start in place:
            inside = range(
                place[start], next((i for i in range(place[start], len(starts)) if ends[i] > end), len(starts))
            )
        words = {index: text[starts[index] : ends[index]] for index in inside}
        proper = [
            index
            for index, word in words.items()
            if tags[index] == "PROPN" or (kind in {"LOC", "ORG"} and word[0].isupper() and word != "The")
        ]
        if not any(tags[index] == "PROPN" for index in proper):
            continue
        for index in proper:
            if index not in whole:
                labels[index] = kind or "?"
        if kind and all(index in proper or word.lower() in _INNER for index, word in words.items()):
            whole |= set(proper)
    types = [TYPES.index("none")] * len(starts)
    around = [(s, e, entity["type"]) for entity in record["entities"] for s, e in entity["mentions"] if entity["type"]]
    for start, end, kind in sorted(around, key=lambda mention: mention[0] - mention[1]):  # the smallest is written last
        for index in range(bisect_left(starts, start), bisect_left(starts, end)):
            types[index] = TYPES.index(kind)
    made = []
    for sentence in record["sentences"]:
        begin, stop = sentence["span"]
        inside = [index for index in range(len(starts)) if begin <= starts[index] and ends[index] <= stop]
        names, unsure = _runs(text, inside, labels, tags, starts, ends)
        shifted = tuple((s - begin, e - begin, k) for s, e, k in names)
        told = tuple((starts[i] - begin, ends[i] - begin, TAGS.index(tags[i]), types[i]) for i in inside)
        made.append(Sentence(text[begin:stop], shifted, tuple((s - begin, e - begin) for s, e in unsure), told))
    return made


def _runs(
    text: str, inside: list[int], labels: list[str | None], tags: list[str], starts: list[int], ends: list[int]
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int]]]:
    """Runs of proper nouns of one kind as names, and the words that carry no label."""
    names: list[tuple[int, int, str]] = []
    unsure: list[tuple[int, int]] = []
    at = 0
    while at < len(inside):
        index = inside[at]
        kind = labels[index]
        if tags[index] != "PROPN" and kind is None:
            at += 1
            continue
        if kind in {None, "?"} or (kind == "PER" and text[starts[index] : ends[index]].lower() in _TITLES):
            unsure.append((starts[index], ends[index]))
            at += 1
            continue
        last = look = at
        while look + 1 < len(inside):
            look += 1
            word = text[starts[inside[look]] : ends[inside[look]]].lower()
            if labels[inside[look]] == kind:
                last = look
            elif kind == "PER" or (kind == "LOC" and word == "and") or word not in _INNER or look - last > 2:
                break
        if any(tags[i] == "PROPN" for i in inside[at : last + 1]):
            names.append((starts[index], ends[inside[last]], str(kind)))
        at = last + 1
    return names, unsure
