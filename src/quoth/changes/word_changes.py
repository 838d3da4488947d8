"""Content words exchanged, added or dropped: synonyms, spellings, strength, and what the tables do not know."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quoth.changes.comparison import Case
from quoth.changes.contrasts import contrast, converse, little, needs_capital, turned
from quoth.changes.name_forms import named, names_among, same_body, same_name, span_of, surfaces
from quoth.changes.sides import Side
from quoth.doc.name_tables import plain, world
from quoth.doc.slips import spelled_alike
from quoth.doc.stems import stem
from quoth.doc.tokens import Unit, frequencies, function_words, units
from quoth.doc.word_similarity import phrase_groups, synonym_groups, word_kind
from quoth.models.ports import Embedder, Judge
from quoth.types import Change, ChangeKind, Edit, EditKind, Span

#: Share of the reported weight that must be the source's own for a lone unknown word to count as a change of strength.
LITERAL = 0.6
#: In how many places a quotation with an unknown word may differ and still be taken for the source's own words.
MOST_PLACES = 1
#: So many tokens a quotation has at least that is the source's but for one word.
FEWEST = 4
#: In how many at most before a word of another level of strength is one more way of putting it.
FREE_PLACES = 2
#: Likeness of two words or phrases by themselves from which on one is taken to be another way of putting the other. On
#: single words exchanged in press releases, half of the synonyms and one in twenty stronger words reach it.
ALIKE_WORDS = 0.62
#: Likeness from which on a judge is asked as well, and how sure it must be that the two sentences say the same.
NEARLY_ALIKE = 0.44
JUDGED_SAME = 0.85
_TYPO = 0.8


@dataclass(frozen=True, slots=True)
class _Scales:
    levels: Mapping[str, frozenset[tuple[int, int]]]
    intensifiers: frozenset[str]
    light: frozenset[str]


@lru_cache(maxsize=1)
def _scales() -> _Scales:
    raw = tomllib.loads((files("quoth.lexicon") / "scales.toml").read_text(encoding="utf-8"))
    levels: dict[str, set[tuple[int, int]]] = {}
    for number, line in enumerate(raw["scales"]):
        for level, words in enumerate(line.split("|")):
            for word in words.split():
                levels.setdefault(stem(word), set()).add((number, level))
    return _Scales(
        {word: frozenset(found) for word, found in levels.items()},
        frozenset(raw["intensifiers"]),
        frozenset(raw["light"]),
    )


def intensifies(key: str) -> bool:
    """Whether a word makes a claim stronger or weaker by itself, or judges: "illegally", "shamelessly"."""
    return key in _scales().intensifiers


def stronger(key: str, others: Sequence[str]) -> int | None:
    """The number of the word that stands on another level of the one scale of a verb of saying than `key` does.

    None where some word stands on its level, or none stands on a scale of its.
    """
    levels = dict(_scales().levels.get(stem(key), frozenset()))
    rival = None
    for number, other in enumerate(others):
        for scale, level in _scales().levels.get(stem(other), frozenset()):
            if scale in levels and scale in _demanding():
                if levels[scale] == level:
                    return None
                rival = number if rival is None else rival
    return rival


@lru_cache(maxsize=1)
def _demanding() -> frozenset[int]:
    """Numbers of the scales of demanding, on which a report's verb and a source's verb are compared."""
    asked = dict(_scales().levels.get("ask", frozenset()))
    return frozenset(asked) & frozenset(dict(_scales().levels.get("demand", frozenset())))


def word_changes(
    case: Case,
    explained: Sequence[Change],
    embedder: Embedder | None = None,
    judge: Judge | None = None,
    *,
    from_ends: bool = False,
) -> Iterator[Change]:
    """Changes of the content words of each edit that other detectors did not explain.

    Args:
        case: the two sides.
        explained: the changes found so far; it may grow.
        embedder: tells another word for the same.
        judge: settles what the embedder leaves open.
        from_ends: whether the two tell one thing from its two ends, so that "to" is "from".
    """
    told = _Explained(case, explained, ours=True), _Explained(case, explained, ours=False)
    for edit in case.edits:
        if edit.kind is EditKind.MOVED or edit.marked:
            continue
        turned = None if from_ends else _turned(case, edit)
        if turned is not None:
            yield turned
            continue
        ours, theirs = told[0].content(edit.reported), told[1].content(edit.original)
        if edit.kind is EditKind.LEFT_OUT:
            continue
        yield from _compare(case, edit, ours, theirs, embedder, judge)


def _turned(case: Case, edit: Edit) -> Change | None:
    """One little word for its opposite, and nothing else: "before" for "after"."""
    if edit.reported is None or edit.original is None:
        return None
    ours, theirs = case.ours.inside(edit.reported), case.theirs.inside(edit.original)
    mine, other = ([unit.key for unit in found] for found in (ours, theirs))
    one, two = little(mine, 0), little(other, 0)
    if one is None or two is None or (one[1], two[1]) != (len(mine), len(other)):
        return None
    kind = turned(one[0], two[0])
    return None if kind is None else case.change(kind, span_of(ours), span_of(theirs))


class _Explained:
    """The units of one side that operators, numbers, dates and the changes found so far account for."""

    def __init__(self, case: Case, explained: Sequence[Change], *, ours: bool) -> None:
        self._side = case.ours if ours else case.theirs
        self._explained = explained  # grows while the edits are gone through
        self._ours = ours
        self._read = 0
        self._units = {
            number
            for marker in self._side.markers
            for number in range(marker.first, marker.last)
            if marker.family != "negation"
        }
        for span in self._side.counted:
            self._units.update(range(*self._side.range(span)))

    def content(self, span: Span | None) -> list[Unit]:
        """The content words of a span that nothing accounts for."""
        if span is None:
            return []
        for change in self._explained[self._read :]:
            covered = change.reported if self._ours else change.original
            if covered:
                self._units.update(range(*self._side.range(covered)))
        self._read = len(self._explained)
        first, last = self._side.range(span)
        return [
            unit
            for number, unit in enumerate(self._side.units[first:last], first)
            if unit.key not in function_words()
            and number not in self._units
            and word_kind(unit.key) == ""
            and unit.key not in {"$", "%", "€", "£"}
        ]


def _compare(
    case: Case, edit: Edit, ours: list[Unit], theirs: list[Unit], embedder: Embedder | None, judge: Judge | None
) -> Iterator[Change]:
    """Pair off what goes together; what is left decides."""
    phrase = _phrase(case, edit, ours=True), _phrase(case, edit, ours=False)
    if phrase[0] and phrase[1] and phrase_groups(phrase[0]) & phrase_groups(phrase[1]):
        yield case.change(ChangeKind.WORDING, edit.reported, edit.original, material=False)
        return
    if same_body(surfaces(case.ours.text, ours), surfaces(case.theirs.text, theirs)):
        yield case.change(ChangeKind.NAME, edit.reported, edit.original, material=False)
        return
    yield from _names(case, ours, theirs)
    for mine in list(ours):
        for other in theirs:
            excluded = None if needs_capital(mine.key) else contrast((mine.key,), (other.key,))
            kind = excluded or _relation(mine.key, other.key)
            if kind is None and _meanings(case.ours, mine) & _meanings(case.theirs, other):
                kind = ChangeKind.WORDING  # "carrying out" for "conducting"
            if kind is None:
                continue
            ours.remove(mine)
            theirs.remove(other)
            if (kind is ChangeKind.STRENGTH and case.places > FREE_PLACES) or (
                excluded and converse((mine.key,), (other.key,))
            ):
                break  # whether "buy" and "sell" tell one thing from its two ends is told by their places
            if excluded or kind is not ChangeKind.WORDING:
                yield case.change(kind, span_of([mine]), span_of([other]), material=kind is not ChangeKind.SPELLING)
            break
    yield from _leftover(case, edit, ours, theirs, embedder, judge)


def _meanings(side: Side, unit: Unit) -> frozenset[int]:
    """Numbers of the synonym groups of a word, and of it with the word behind it: "carrying", "carrying out"."""
    last = side.range(Span(unit.start, unit.end))[1]
    following = side.units[last : last + 1]
    phrase = f"{unit.key} {following[0].key}" if following else unit.key
    return synonym_groups(unit.key) | phrase_groups(phrase)


def _names(case: Case, ours: list[Unit], theirs: list[Unit]) -> Iterator[Change]:
    """Names against names; consumes what it pairs."""
    mine = names_among(case.ours.text, ours)
    others = names_among(case.theirs.text, theirs)
    for name in mine:
        written = surfaces(case.ours.text, name)
        best = ""
        twin = None
        for other in others:
            how = same_name(written, surfaces(case.theirs.text, other)) or _seat(case, name, other)
            if how:
                best, twin = how, other
                break
        if twin is None and others:
            twin = others[0]
        if twin is None:
            continue
        others.remove(twin)
        for unit in name:
            ours.remove(unit)
        for unit in twin:
            theirs.remove(unit)
        kind = ChangeKind.SPELLING if best == "spelling" else ChangeKind.NAME
        yield case.change(kind, span_of(name), span_of(twin), material=not best)


_PLACED = frozenset(["in", "at", "near", "from", "to", "around", "outside", "of", "visit", "visited"])


def _seat(case: Case, ours: Sequence[Unit], theirs: Sequence[Unit]) -> str:
    """Gives "form" where one side acts under the name of its seat of government: a capital for its country.

    "The capital denied it" may stand for its country; "in the capital" is a place, and no other place will do.
    """
    mine = plain(" ".join(surfaces(case.ours.text, ours)))
    other = plain(" ".join(surfaces(case.theirs.text, theirs)))
    for capital, country in ((mine, other), (other, mine)):
        if capital in world().capitals and plain(world().capitals[capital]) == plain(
            world().names.get(country, country)
        ):
            before = [
                units(side.text, max(0, first.start - 30), first.start)[-1:]
                for side, first in ((case.ours, ours[0]), (case.theirs, theirs[0]))
            ]
            placed = any(unit.key in _PLACED for found in before for unit in found)
            return "" if placed else "form"
    return ""


def _relation(first: str, second: str) -> ChangeKind | None:  # noqa: PLR0911 - one table after another
    """What the exchange of one word for another is, as far as the tables know; None where they do not."""
    one, two = stem(first), stem(second)
    if one == two:
        return ChangeKind.WORDING
    scales = _scales()
    ladders = dict(scales.levels.get(one, frozenset()))
    others = dict(scales.levels.get(two, frozenset()))
    common = ladders.keys() & others.keys()
    if common:
        level = all(ladders[number] == others[number] for number in common)
        return ChangeKind.WORDING if level else ChangeKind.STRENGTH
    if synonym_groups(first) & synonym_groups(second):
        return ChangeKind.WORDING
    if _typo(first, second):
        return ChangeKind.SPELLING
    if _compared(first) != _compared(second) and _base(first) == _base(second):
        return ChangeKind.STRENGTH
    if one[:5] == two[:5] and one[-2:] != two[-2:]:  # "economy", "economic"
        return ChangeKind.WORDING
    return None


def _compared(word: str) -> str:
    """Comparative or superlative."""
    return "er" if word.endswith("er") else "est" if word.endswith("est") else ""


def _base(word: str) -> str:
    cut = word[: -len(_compared(word))] if _compared(word) else word
    cut = cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] else cut  # noqa: PLR2004 - "bigger"
    return cut.rstrip("e")[:-1] + "y" if cut.endswith("i") else cut.rstrip("e")


def _typo(first: str, second: str) -> bool:
    """Whether one is most likely the other misspelt: nearly the same letters, and one of them hardly ever seen."""
    if min(len(first), len(second)) < 4:  # noqa: PLR2004
        return False
    known = frequencies()
    rare = min(known.get(first, (0, 0))[0], known.get(second, (0, 0))[0])
    return rare == 0 and spelled_alike(first, second) >= _TYPO


def _phrase(case: Case, edit: Edit, *, ours: bool) -> str:
    span = edit.reported if ours else edit.original
    side = case.ours if ours else case.theirs
    return " ".join(unit.key for unit in side.inside(span)) if span else ""


def _literal(case: Case) -> bool:
    """Whether the quotation is the source's own words but for a single place: there an unknown word was put on purpose.

    Where several places are put another way the text is a translation or a paraphrase, and an unknown word is most
    likely one more other way of putting it.
    """
    return case.places <= MOST_PLACES and (case.alignment.coverage >= LITERAL or _one_word(case))


def _one_word(case: Case) -> bool:
    """Whether all words are the source's but for one, however much that one weighs: "we own it", "we lease it"."""
    edits = [edit for edit in case.edits if not edit.marked]
    if len(edits) != 1 or edits[0].reported is None or edits[0].original is None:
        return False
    sizes = len(case.ours.inside(edits[0].reported)), len(case.theirs.inside(edits[0].original))
    return sizes == (1, 1) and len(case.ours.units) >= FEWEST


def _alike(case: Case, ours: Sequence[Unit], theirs: Sequence[Unit], embedder: Embedder, judge: Judge | None) -> bool:
    """Whether an embedder takes the words for each other by themselves, or nearly so and a judge the sentences."""
    written = " ".join(surfaces(case.ours.text, ours)), " ".join(surfaces(case.theirs.text, theirs))
    vectors = embedder.embed(written)
    likeness = float(vectors[0] @ vectors[1])
    if likeness >= ALIKE_WORDS or judge is None or likeness < NEARLY_ALIKE:
        return likeness >= ALIKE_WORDS
    return judge.judge([case.passages])[0].same >= JUDGED_SAME


def _leftover(
    case: Case, edit: Edit, ours: list[Unit], theirs: list[Unit], embedder: Embedder | None, judge: Judge | None
) -> Iterator[Change]:
    """Words that nothing answers: added intensifiers, and unknown words in a text that is otherwise word for word."""
    scales = _scales()
    telling = [unit for unit in ours if unit.key not in scales.light]
    for unit in telling:
        if unit.key in scales.intensifiers and not any(other.key in scales.intensifiers for other in theirs):
            yield case.change(ChangeKind.STRENGTH, span_of([unit]), None)
            return
    for unit in theirs:
        if unit.key in scales.intensifiers and not any(other.key in scales.intensifiers for other in ours):
            yield case.change(ChangeKind.STRENGTH, edit.reported, span_of([unit]))
            return
    literal = _literal(case)
    if telling and theirs and literal:
        if embedder is not None and _alike(case, telling, theirs, embedder, judge):
            return
        yield case.change(ChangeKind.STRENGTH, span_of(telling), span_of(theirs))
    elif telling and not theirs and literal:
        names = [unit for unit in telling if named(case.ours.text, unit)]
        if any(unit.key.endswith("ly") for unit in telling) or names:
            yield case.change(ChangeKind.NAME if names else ChangeKind.STRENGTH, span_of(telling), None)
