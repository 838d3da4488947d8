"""The second reading: the judge holds a whole statement against the passage that the first reading settled on.

The first reading pairs words, and accuses only of certain pairs. What it overlooks, and what it takes for a change that
is none, is a matter of the whole. The chance that the passage carries the statement is one small model of the judge's
answer and of the first confidence, with weights for each family of grades (`second_reading.toml`). What it contradicts
is `unclear`; where it is sure, the verdict turns: to `reworded`, or to `altered` if the judge shows by which one
difference (`turning_points`), never by its answer alone.
"""

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from math import exp, log

from quoth.alignment import align
from quoth.types import Act, Carriage, Change, ChangeKind, Grade, Piece, Span, Statement, Verdict
from quoth.verdicts.dossier import Dossier, Source
from quoth.verdicts.reasons import read_alike_reason, reread_reason, turning_reason
from quoth.verdicts.retelling import CLOSE
from quoth.verdicts.turning_points import restored, turning_point

#: Grades that are weighed alike. That words were joined is seen, not read.
FAMILIES = {
    Grade.VERBATIM: "exact",
    Grade.ABRIDGED: "exact",
    Grade.REWORDED: "faithful",
    Grade.ALTERED: "accusing",
    Grade.NOT_FOUND: "absent",
    Grade.UNCLEAR: "open",
}
#: Cues that turn what they introduce, which the judge reads without them.
_TURNING = frozenset([Act.DENY, Act.REJECT, Act.ASK])
#: Chances of being carried from which on, and up to which, a verdict turns into its contrary.
CARRIED, NOT_CARRIED = 0.72, 0.2
#: Below this chance what words alone passed is left open; what they accused or did not find is from `EVEN` on.
DOUBTED, EVEN = 0.4, 0.5
#: Undoing one difference must make the judge so sure, for it to be named.
NAMED = 0.5
#: Sentences on either side of a passage that are read with it: what takes a statement back stands there.
BESIDE = 1
_LEAST = 0.005
#: So much, of what it stands for, may a value be rounded.
ROUNDED = Fraction(1, 10)
#: A report draws sentences together: so many from elsewhere are read too, that have so many of its telling words which
#: the passage has not, and what a word weighs at least to be one.
ELSEWHERE, SEVERAL, TELLING = 2, 2, 1.2
#: A text of so many sentences at most is a passage that was handed over.
HANDED_OVER = 12


class SecondReading:
    """Second readings of the verdicts on one report."""

    def __init__(self, dossier: Dossier) -> None:
        """Takes the report and what it is held against."""
        self._dossier = dossier

    def verdict(
        self,
        statement: Statement,
        first: Verdict,
        passage: Sequence[Piece],
        own: Mapping[str, Collection[int] | None],
    ) -> Verdict:
        """The verdict after the judge has read the whole; the first one where there is no judge, or nothing to read.

        Args:
            statement: a statement of the report.
            first: the verdict of the first reading.
            passage: the pieces that the statement is held against; of its first source those that stand there count.
            own: for each source, by its id, the numbers of the sentences that are the speaker's own, None where nothing
                tells; beside the passage only these are read.
        """
        judge, family = self._dossier.tools.judge, FAMILIES.get(first.grade)
        if judge is None or family is None or not passage or _beyond(statement, first):
            return first
        source = self._dossier.source(passage[0].source)
        numbers = self._read(statement, source, passage, own[source.prepared.document.id])
        sentences = [source.doc.sentences[number] for number in numbers]
        text, same = self._dossier.report.text, self._same(first, source)
        said = " ".join(restored(text, span, same) for span in statement.content)
        (told,) = judge.judge([(said, " ".join(span.of(source.doc.text) for span in sentences))])
        carriage = Carriage(told.carried, told.partly, told.changed, told.absent)
        cover = self._cover(statement, source, sentences)
        heard = signals(first.confidence, carriage, cover, found_among=self._dossier.passages)
        carried = chance(family, heard)
        read = replace(first, support=carriage)
        if family in {"exact", "faithful"}:
            if carried >= DOUBTED:
                return replace(read, confidence=carried)
        elif family == "accusing" and cover >= CLOSE:  # what differs in the source's own words is seen, not read
            return replace(read, confidence=max(EVEN, 1 - carried))
        elif carried >= CARRIED and not self._measured_otherwise(statement, source, sentences):
            alike = read_alike_reason(source.prepared.document)
            return replace(
                read, grade=Grade.REWORDED, confidence=carried, pieces=tuple(passage), changes=(), reason=alike
            )
        elif family != "open" and carried < EVEN:
            return replace(read, confidence=1 - carried)
        turned = None
        if family == "faithful" and carried <= NOT_CARRIED:
            turned = self._turned(statement, replace(read, confidence=1 - carried), source, numbers, same)
        return turned or self._left_open(read, passage)

    def _left_open(self, read: Verdict, passage: Sequence[Piece]) -> Verdict:
        """A verdict that the judge contradicts; it shows what it showed."""
        if read.grade is Grade.UNCLEAR:
            return read
        told = reread_reason(read.grade, read.reason)
        pieces = read.pieces or tuple(passage)
        return replace(read, grade=Grade.UNCLEAR, confidence=0.0, reason=told, pieces=pieces)

    def _turned(
        self,
        statement: Statement,
        read: Verdict,
        source: Source,
        numbers: tuple[int, ...],
        same: Sequence[tuple[Span, str]],
    ) -> Verdict | None:
        """The accusation that the judge makes and can lay to one difference; None without."""
        judge = self._dossier.tools.judge
        if judge is None:
            return None
        sentences = [source.doc.sentences[number] for number in numbers]
        alignment = align(self._dossier.report, statement.content, [self._dossier.narrowed(source, numbers)])
        point = turning_point(judge, self._dossier.doc, statement.content, source.doc, sentences, alignment, same)
        if point is None or point.carried < NAMED:
            return None
        document = source.prepared.document
        kind = ChangeKind.WORDING
        if point.reported is None or point.original is None:
            kind = ChangeKind.OMISSION if point.original else ChangeKind.INSERTION
        change = Change(kind, material=True, reported=point.reported, original=point.original, source=document.id)
        return replace(
            read,
            grade=Grade.ALTERED,
            changes=(*read.changes, change),
            reason=turning_reason(self._dossier.report, document, change),
        )

    def _same(self, first: Verdict, source: Source) -> list[tuple[Span, str]]:
        """Values of the report that the source writes in another form, and how it writes them."""
        both = [
            (change.reported, change.original.of(source.doc.text))
            for change in first.changes
            if not change.material and change.reported and change.original
            and change.source == source.prepared.document.id
        ]  # fmt: skip
        text = self._dossier.report.text
        return [(span, theirs) for span, theirs in both if any(map(str.isdecimal, span.of(text) + theirs))]

    def _read(
        self, statement: Statement, source: Source, passage: Sequence[Piece], own: Collection[int] | None
    ) -> tuple[int, ...]:
        """Numbers of the sentences that the judge reads: of the pieces, beside them, and what else is drawn on."""
        met = {
            number
            for piece in passage
            if piece.source == source.prepared.document.id
            for number in source.doc.sentences_of(piece.original)
        }
        near = {other for number in met for other in range(number - BESIDE, number + BESIDE + 1)}
        his = frozenset(range(len(source.doc.sentences)) if own is None else own)
        near = {number for number in near if number in met or number in his}
        near |= set(self._elsewhere(statement, source, near, his))
        return tuple(sorted(near))

    def _cover(self, statement: Statement, source: Source, sentences: Sequence[Span]) -> float:
        """The share of what the statement's words tell that stands in these sentences, word for word."""
        doc = self._dossier.doc
        there = {key for span in sentences for key in source.doc.keys[slice(*source.doc.range(span))]}
        tokens = [at for span in statement.content for at in range(*doc.range(span))]
        total = sum(doc.weights[at] for at in tokens)
        return sum(doc.weights[at] for at in tokens if doc.keys[at] in there) / total if total else 0.0

    def _measured_otherwise(self, statement: Statement, source: Source, sentences: Sequence[Span]) -> bool:
        """Whether a quantity of the report stands in its unit in these sentences, and never with about its value.

        A judge reads numbers by their looks: that "25 kilometres" is not "2,500 metres" is known without it.
        """
        there = [one.value for one in source.doc.numbers_at(sentences)]
        for mine in (one.value for one in self._dossier.doc.numbers_at(statement.content)):
            rivals = [its for its in there if mine[2] and its[2] == mine[2]]
            if rivals and not any(abs(mine[0] - its[0]) <= ROUNDED * abs(its[0]) for its in rivals):
                return True
        return False

    def _elsewhere(
        self, statement: Statement, source: Source, near: Collection[int], his: Collection[int]
    ) -> Iterator[int]:
        """Sentences elsewhere that have several telling words of the statement which the passage has not."""
        doc, prepared = self._dossier.doc, source.prepared
        tokens = [at for span in statement.content for at in range(*doc.range(span))]
        where: dict[str, set[int]] = {}
        for key in {doc.keys[at] for at in tokens if doc.weights[at] >= TELLING}:
            numbers = {prepared.sentence_of(unit) for unit in prepared.places.get(key, ())}
            if not numbers & set(near) and (numbers := {number for number in numbers if number in his}):
                where[key] = numbers
        for _ in range(ELSEWHERE):
            tells = Counter(number for numbers in where.values() for number in numbers)
            best = min(tells, key=lambda number: (-tells[number], number), default=None)
            if best is None or tells[best] < SEVERAL:
                return
            yield best
            where = {key: numbers for key, numbers in where.items() if best not in numbers}


def _beyond(statement: Statement, first: Verdict) -> bool:
    """Whether a verdict rests on what the judge does not read: who speaks, or a cue that turns what it introduces."""
    return (
        first.why is not None
        or statement.negated
        or statement.act in _TURNING
        or any(change.material and change.kind is ChangeKind.AGENT for change in first.changes)
    )


def signals(first: float, told: Carriage, cover: float, *, found_among: int) -> dict[str, float]:
    """What the chance rests on.

    Args:
        first: the confidence of the first reading; its log odds count.
        told: the judge's answer; the log odds of two of its chances count.
        cover: the share, 0..1, of what the statement's words tell that the passage has.
        found_among: how many sentences were searched. Of a passage found among many the words tell more, and the judge
            less, than of one that was handed over.
    """
    return {
        "first": _odds(first),
        "carried": _odds(told.carried),
        "changed": _odds(told.changed),
        "cover": cover,
        "many": float(found_among > HANDED_OVER),
    }


def _odds(share: float) -> float:
    """The log odds of a chance, which counts as no less than .005 and no more than .995."""
    kept = min(max(share, _LEAST), 1 - _LEAST)
    return log(kept / (1 - kept))


def chance(family: str, heard: Mapping[str, float]) -> float:
    """Chance, 0..1, that the passage carries a statement whose first verdict is of a family of grades.

    Args:
        family: of `FAMILIES`.
        heard: `signals`.
    """
    table = _weights()[family]
    return 1 / (1 + exp(-table["bias"] - sum(table[name] * value for name, value in heard.items())))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    raw = tomllib.loads((files("quoth.verdicts") / "second_reading.toml").read_text(encoding="utf-8"))
    return {family: {name: float(value) for name, value in table.items()} for family, table in raw.items()}
