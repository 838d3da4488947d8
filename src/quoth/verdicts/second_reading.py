"""The second reading: the judge holds a whole statement against the passage that the first reading settled on.

The first reading pairs words, and accuses only of certain pairs. What it overlooks, and what it takes for a change that
is none, is a matter of the whole. The judge's answer moves how sure a verdict is, by weights that are fitted to graded
cases (`second_reading.toml`); a verdict that is then likelier wrong than right is `unclear`, and shows what it showed.
The judge by itself never accuses, and never acquits. Words that stand in the source as they are it is not asked about.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from math import exp, log

from quoth.types import Carriage, Grade, Statement, Verdict
from quoth.verdicts.dossier import Dossier
from quoth.verdicts.reasons import reread_reason

#: Grades that are weighed alike.
FAMILIES = {
    Grade.ABRIDGED: "faithful",
    Grade.REWORDED: "faithful",
    Grade.SPLICED: "accusing",
    Grade.ALTERED: "accusing",
}
#: Below this chance of being right a verdict is left open.
EVEN = 0.5
#: Sentences on either side of a passage that are read with it: what takes a statement back stands there.
BESIDE = 1
_LEAST = 0.005  # no chance counts as less, or as more than 1 minus it


class SecondReading:
    """Second readings of the verdicts on one report."""

    def __init__(self, dossier: Dossier) -> None:
        """Takes the report and what it is held against."""
        self._dossier = dossier

    def verdict(self, statement: Statement, first: Verdict) -> Verdict:
        """The verdict after the judge has read the whole; the first one where there is no judge, or nothing to read."""
        if first.why is not None or first.grade not in FAMILIES:
            return first
        told = first.support or self._carriage(statement, first)
        if told is None:
            return first
        sure = chance(FAMILIES[first.grade], first.confidence, told)
        if sure >= EVEN:
            return replace(first, confidence=sure, support=told)
        return replace(
            first, grade=Grade.UNCLEAR, confidence=0.0, support=told, reason=reread_reason(first.grade, first.reason)
        )

    def _carriage(self, statement: Statement, first: Verdict) -> Carriage | None:
        """What the judge makes of the passage of a verdict's pieces, with the sentences beside it."""
        judge = self._dossier.tools.judge
        if judge is None or not first.pieces:
            return None
        source = self._dossier.source(first.pieces[0].source)
        met = {
            number
            for piece in first.pieces
            if piece.source == first.pieces[0].source
            for number in source.doc.sentences_of(piece.original)
        }
        near = {other for number in met for other in range(number - BESIDE, number + BESIDE + 1)}
        passage = [source.doc.sentences[number] for number in sorted(near) if 0 <= number < len(source.doc.sentences)]
        (told,) = judge.judge(
            [
                (
                    " ".join(span.of(self._dossier.report.text) for span in statement.content),
                    " ".join(span.of(source.doc.text) for span in passage),
                )
            ]
        )
        return Carriage(told.carried, told.partly, told.changed, told.absent)


def signals(first: float, told: Carriage) -> dict[str, float]:
    """What the chance of a verdict rests on: the log odds of its confidence, and of two of the judge's answers."""
    return {"first": _odds(first), "carried": _odds(told.carried), "changed": _odds(told.changed)}


def chance(family: str, first: float, told: Carriage) -> float:
    """Chance, 0..1, that a verdict of a family of grades is right.

    Args:
        family: of `FAMILIES`.
        first: its confidence after the first reading.
        told: the judge's answer.
    """
    table = _weights()[family]
    total = table["bias"] + sum(table[name] * value for name, value in signals(first, told).items())
    return 1 / (1 + exp(-total))


def _odds(share: float) -> float:
    kept = min(max(share, _LEAST), 1 - _LEAST)
    return log(kept / (1 - kept))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    raw = tomllib.loads((files("quoth.verdicts") / "second_reading.toml").read_text(encoding="utf-8"))
    return {family: {name: float(value) for name, value in table.items()} for family, table in raw.items()}
