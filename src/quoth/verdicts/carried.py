"""Whether a passage of a source carries what a report says somebody said: a small model over a few signals.

The passage is the window of one to five sentences, of the speaker's own words where these are known, that covers the
statement best; sentences may be skipped, since a report joins what a source says in two places. Words count by their
rarity in the source, and numbers, dates and names by what they stand for. What the signals weigh stands in
`carried.toml`, fitted by `training/support` to statements of real reports, with folds by report.
"""

import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from math import exp, log

from quoth.doc.doc import Doc
from quoth.doc.tokens import function_words
from quoth.doc.word_similarity import synonym_groups
from quoth.matching.passages import Prepared
from quoth.types import Entity, Mode, Span, Statement
from quoth.verdicts.voices import Standing, Voice

#: Sentences of a window at most, sentences looked at from which one is begun, and how far on the next may stand.
WIDEST, ANCHORS, REACH = 5, 24, 6
#: What each further sentence must cover besides.
WORTH_ADDING = 0.05
#: So few eligible sentences are all compared by meaning.
FEW = 40


@dataclass(frozen=True, slots=True)
class Support:
    """How far a source carries a statement.

    Attributes:
        chance: that it does, 0..1.
        window: numbers of the sentences of the best passage, in order; empty for an empty source.
        cover: share of the statement's content, by rarity, that the window holds.
        signals: what the chance was made of, by name.
    """

    chance: float
    window: tuple[int, ...]
    cover: float
    signals: Mapping[str, float]


class Contents:
    """The content of each sentence of a source, by keys: stems, groups of synonyms, values, entities."""

    def __init__(self, doc: Doc, entities: Sequence[Entity]) -> None:
        """Reads the source once."""
        self.doc = doc
        self.words = frozenset(doc.keys)
        self.named = names_in(doc, entities)
        self.keys = tuple(frozenset(key for keys, _ in self.of(sentence) for key in keys) for sentence in doc.sentences)
        self.index: dict[str, list[int]] = {}  # for each key the numbers of the sentences that have it
        for number, keys in enumerate(self.keys):
            for key in keys:
                self.index.setdefault(key, []).append(number)
        self.windows: dict[object, list[tuple[float, tuple[int, ...]]]] = {}  # found already, by what was looked for

    @cached_property
    def stems(self) -> Mapping[str, Sequence[int]]:
        """For each stem of a word the numbers of the sentences that hold it."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for number, (first, last) in enumerate(pairwise(self.doc.first)):
            for word in self.doc.stems[first:last]:
                found[word].add(number)
        return {word: tuple(numbers) for word, numbers in found.items()}

    def of(self, span: Span) -> list[tuple[tuple[str, ...], float]]:
        """What a stretch says: for each content word or name the keys by which it may be met, and its weight."""
        return contents(self.doc, span, self.named)

    def rarity(self, key: str) -> float:
        """How much a key tells in this source, 0..1."""
        size = len(self.keys)
        return max(0.1, log((size + 1) / (len(self.index.get(key, ())) + 0.5)) / log(size + 1)) if size > 1 else 1.0


def contents(doc: Doc, span: Span, named: Mapping[int, tuple[int, str]]) -> list[tuple[tuple[str, ...], float]]:
    """Content words, values and names of a stretch; a name counts once, by its entity."""
    found: list[tuple[tuple[str, ...], float]] = []
    first, last = doc.range(span)
    at = first
    while at < last:
        if at in named:
            end, entity = named[at]
            found.append((("@" + entity, *(doc.stems[number] for number in range(at, min(end, last)))), 1.5))
            at = end
            continue
        key = doc.keys[at]
        if key not in function_words() and not key.startswith("'"):
            found.append(((doc.stems[at], *(f"#{group}" for group in synonym_groups(key))), doc.weights[at]))
        at += 1
    return found


def names_in(doc: Doc, entities: Sequence[Entity]) -> dict[int, tuple[int, str]]:
    """For the first token of each name: one past its last token, and the entity that it names."""
    found: dict[int, tuple[int, str]] = {}
    for entity in entities:
        if entity.named:
            for mention in entity.mentions:
                if mention.document == doc.document.id:
                    first, last = doc.range(mention.span)
                    if first < last:
                        found[first] = (last, entity.id)
    return found


def support(
    report: Doc,
    statement: Statement,
    source: Prepared,
    there: Contents,
    voice: Voice,
    named: Mapping[int, tuple[int, str]],
) -> Support:
    """How far a source carries a statement; see the module. `named` are the names of the report, by `names_in`."""
    content = [one for span in statement.content for one in contents(report, span, named)]
    worded = [one for one in content if not one[0][0][:1].isdigit()]
    content = worded if len(worded) > 1 else content  # numbers are a signal of their own
    eligible = voice.own if voice.own is not None else range(len(there.keys))
    weights = [weight * there.rarity(keys[0]) for keys, weight in content]
    total = sum(weights) or 1.0
    wanted = (tuple(keys for keys, _ in content), tuple(weights), voice.own)
    windows = there.windows.get(wanted)
    if windows is None:
        windows = there.windows[wanted] = _windows(content, weights, there, eligible)
    cover, window = windows[0] if windows else (0.0, ())
    signals = {
        "cover": cover / total,
        **_values(report, statement, content, there),
        **_quoted(report, statement, source, eligible),
    }
    if source.embedder is not None and there.keys:
        signals["likeness"] = _likeness(report, statement, source, eligible, window)
    signals |= {
        "length": min(len(content), 20) / 20,
        "mixed": float(statement.mode is Mode.MIXED),
        **{standing.name.lower(): float(voice.standing is standing) for standing in Standing},
    }
    return Support(chance(signals), window, cover / total, signals)


def _windows(
    content: Sequence[tuple[tuple[str, ...], float]], weights: Sequence[float], there: Contents, eligible: Sequence[int]
) -> list[tuple[float, tuple[int, ...]]]:
    """Windows of sentences and what they cover, best first, none inside another."""
    holds: defaultdict[int, set[int]] = defaultdict(set)
    allowed = set(eligible)
    met: dict[tuple[str, ...], set[int]] = {}  # the eligible sentences that have some keys
    for number, (keys, _) in enumerate(content):
        if keys not in met:
            met[keys] = allowed.intersection(chain.from_iterable(there.index.get(key, ()) for key in keys))
        for sentence in met[keys]:
            holds[sentence].add(number)
    value = {sentence: sum(weights[number] for number in held) for sentence, held in holds.items()}
    anchors = sorted(value, key=lambda sentence: (-value[sentence], sentence))[:ANCHORS]
    total = sum(weights) or 1.0
    order = sorted(holds)
    made: dict[tuple[int, ...], float] = {}
    for anchor in anchors:
        window, held = [anchor], set(holds[anchor])
        while len(window) < WIDEST:
            low, high = bisect_left(order, min(window) - REACH), bisect_left(order, max(window) + REACH + 1)
            gains = [
                (sum(weights[n] for n in holds[other] - held), -other)
                for other in order[low:high]
                if other not in window
            ]
            gain, best = max(gains, default=(0.0, 0))
            if gain < WORTH_ADDING * total:
                break
            window.append(-best)
            held |= holds[-best]
        made[tuple(sorted(window))] = sum(weights[n] for n in held) - WORTH_ADDING * total * (len(window) - 1)
    ranked = sorted(((score, window) for window, score in made.items()), key=lambda one: (-one[0], one[1]))
    kept: list[tuple[float, tuple[int, ...]]] = []
    for score, chosen in ranked:
        if not any(set(chosen) <= set(other) or set(other) <= set(chosen) for _, other in kept):
            kept.append((score, chosen))
    return kept


def _values(
    report: Doc, statement: Statement, content: Sequence[tuple[tuple[str, ...], float]], there: Contents
) -> dict[str, float]:
    """Numbers and names of the statement that the source has nowhere."""
    keys = there.words
    counted = missing = 0
    for span in statement.content:
        first, last = report.range(span)
        for number in range(first, last):
            if report.keys[number][:1].isdigit():
                counted += 1
                missing += report.keys[number] not in keys
    names = [one[0] for one, _ in content if one[0].startswith("@")]
    strange = sum(1 for name in names if name not in there.index)
    return {
        "number there": float(counted > missing),
        "number missing": float(missing > 0),
        "names missing": strange / len(names) if names else 0.0,
    }


def quoted_spans(report: Doc, statement: Statement) -> list[Span]:
    """The words of a statement that stand in quotation marks, without the marks."""
    found = (report.quotations_in(Span(span.start, span.end + 1)) for span in statement.content)
    return list(dict.fromkeys(one.inner for some in found for one in some))


def _quoted(report: Doc, statement: Statement, source: Prepared, eligible: Sequence[int]) -> dict[str, float]:
    """Whether the words in quotation marks stand in the source as they are."""
    if statement.mode is not Mode.MIXED:
        return {"quoted there": 0.0, "quoted missing": 0.0}
    there = missing = 0
    for span in quoted_spans(report, statement):
        first, last = report.range(span)
        keys = report.keys[first:last]
        if not keys:
            continue
        if _stands(keys, source, set(eligible)):
            there += 1
        elif len(keys) > 1:
            missing += 1
    return {"quoted there": float(there > 0), "quoted missing": float(missing > 0)}


def _stands(keys: Sequence[str], source: Prepared, eligible: set[int]) -> bool:
    """Whether some words stand next to each other in a source, in an eligible sentence."""
    return any(
        source.keys[at : at + len(keys)] == tuple(keys) and source.sentence_of(at) in eligible
        for at in source.places.get(keys[0], ())
    )


def _likeness(
    report: Doc, statement: Statement, source: Prepared, eligible: Sequence[int], window: Sequence[int]
) -> float:
    """Likeness of meaning of the statement and the likest of the window's sentences and of those beside them."""
    assert source.embedder is not None
    text = " ".join(span.of(report.text) for span in statement.content)
    vector = source.embedder.embed([text])[0]
    allowed = set(eligible)
    near = [number for number in window if number in allowed] or list(eligible[:1])
    more = (
        sorted({other for number in near for other in (number - 1, number, number + 1)} & allowed)
        if len(eligible) > FEW
        else list(eligible)
    )
    vectors = source.vectors(more or near)
    joined = source.embedder.embed([" ".join(source.sentences[number].of(source.document.text) for number in near)])[0]
    best = float(max((vectors @ vector).max() if vectors is not None else 0.0, joined @ vector))
    return max(0.0, best)


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    raw = tomllib.loads((files("quoth.verdicts") / "carried.toml").read_text(encoding="utf-8"))
    return {way: {name: float(value) for name, value in table.items()} for way, table in raw.items()}


def chance(signals: Mapping[str, float]) -> float:
    """Chance that the statement is carried, by the weights for the signals that are at hand."""
    way = "embedder" if "likeness" in signals else "words"
    table = _weights()[way]
    return 1 / (
        1 + exp(-sum(value * signals.get(name, 1.0 if name == "bias" else 0.0) for name, value in table.items()))
    )
