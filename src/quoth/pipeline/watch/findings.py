"""An Examination to what is told of it, and what a later version of a report changes in that."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from quoth.doc.slips import shared
from quoth.pipeline.watch.desk import Desk
from quoth.pipeline.watch.desk_state import Record, Told
from quoth.reports.points import Point, points
from quoth.reports.view import view
from quoth.types import Document, Examination, Grade, Statement, Verdict
from quoth.types.records import DECIMALS

FINDING, CORRECTION, WITHDRAWAL = "finding", "correction", "withdrawal"
_SEVERITY = {grade: place for place, grade in enumerate(Grade)}  # most serious first
_ID_LETTERS = 32
_ALIKE = 0.6  # of its letters; a statement less like an earlier one is another, and no corrected form of it


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told of a version of a report.

    Attributes:
        new: id, record and whether it stands until a later version ends it.
        ended: numbers of earlier findings that no longer stand.
    """

    new: tuple[tuple[str, Record, bool], ...]
    ended: tuple[int, ...]


def news(report: str, version: int, examination: Examination, earlier: Sequence[Told], desk: Desk, found: str) -> News:
    """What is to be told of an examined version of a report, each finding once in all versions.

    Args:
        report: what the report is called in all its versions.
        version: from 1.
        examination: of this version.
        earlier: what was found in versions before.
        desk: what is worth telling.
        found: when, in ISO 8601.

    Returns:
        The findings that no earlier version had; for each earlier one that stood and stands no longer, a correction
        where the report's words have changed, a withdrawal where the words are the same and the verdict is another.
    """
    known = {one.id for one in earlier}
    new: dict[str, tuple[Record, bool]] = {}
    standing: set[str] = set()
    verdicts: dict[str, Verdict] = {}
    now: list[str] = []
    about = _about(report, version, examination.report)
    found_points: tuple[Point, ...] | None = None
    for statement in examination.statements:
        verdict = examination.verdict(statement)
        now.append(examination.words(statement))
        words = _folded(now[-1])
        verdicts.setdefault(words, verdict)
        if not is_worth_telling(verdict, desk):
            continue
        id_ = _id(report, words, verdict.grade)
        standing.add(id_)
        if id_ not in known:
            found_points = points(view(examination)) if found_points is None else found_points
            record = _finding(id_, about, examination, statement, verdict, found)
            new.setdefault(id_, ({**record, "points": _told(found_points, statement)}, True))
    ended = [one for one in earlier if one.standing and one.id not in standing]
    for one in ended:
        id_ = _id(one.id, CORRECTION)
        if id_ not in known:
            new.setdefault(id_, (_ending(id_, about, one, verdicts, now, found), False))
    return News(tuple((id_, *rest) for id_, rest in new.items()), tuple(one.number for one in ended))


def is_worth_telling(verdict: Verdict, desk: Desk) -> bool:
    """Whether a verdict is serious and sure enough for a desk."""
    if verdict.confidence < desk.confidence:
        return False
    if verdict.grade is Grade.NOT_FOUND:
        return desk.not_found
    return _SEVERITY[verdict.grade] <= _SEVERITY[desk.least]


def _finding(
    id_: str, about: Record, examination: Examination, statement: Statement, verdict: Verdict, found: str
) -> Record:
    speaker = examination.speaker(statement)
    used = list(dict.fromkeys([*(one.source for one in verdict.pieces), *(one.source for one in verdict.changes)]))
    changes = []
    for change in verdict.changes:
        reported, original = examination.both(change)
        changes.append(
            {
                "kind": str(change.kind),
                "material": change.material,
                "reported": reported or None,
                "original": original or None,
                "source": change.source,
            }
        )
    return {
        "finding": id_,
        "kind": FINDING,
        "found": found,
        "report": about,
        "speaker": speaker.name if speaker else examination.report.words(statement.source) or None,
        "mode": str(statement.mode),
        "words": examination.words(statement),
        "start": statement.extent.start,
        "end": statement.extent.end,
        "grade": str(verdict.grade),
        "confidence": round(verdict.confidence, DECIMALS),
        "reason": verdict.reason,
        "changes": changes,
        "passages": [
            {"source": one.source, "words": examination.document(one.source).words(one.original)}
            for one in verdict.pieces
        ],
        "sources": [_described(examination.document(one)) for one in used],
        "recipe": dict(examination.recipe),
    }


def _told(found: Sequence[Point], statement: Statement) -> list[Record]:
    """What a page says differs in a statement: values with their number or clause, the gravest first."""
    return [
        {
            "kind": one.kind,
            "reported": one.reported or None,
            "original": one.original or None,
            "reported_value": one.reported_value or None,
            "original_value": one.original_value or None,
        }
        for one in found
        if any(finding.statement.id == statement.id for finding in one.findings)
    ]


def _ending(
    id_: str, about: Record, earlier: Told, verdicts: dict[str, Verdict], said: Sequence[str], found: str
) -> Record:
    """What is told of a finding that stands no longer; `said`: the words of the statements that there are now."""
    before = earlier.record
    now = verdicts.get(_folded(str(before["words"])))
    words = str(before["words"])
    nearest = max(said, key=lambda one: shared(words, one), default="")
    instead = nearest if now is None and shared(words, nearest) >= _ALIKE else None
    if now is None:
        reason = "The report no longer has these words."
    else:
        reason = f"The report still has these words; they are now graded {now.grade} ({now.confidence:.2f})."
    return {
        "finding": id_,
        "kind": CORRECTION if now is None else WITHDRAWAL,
        "found": found,
        "report": about,
        "speaker": before["speaker"],
        "words": before["words"],
        "words_now": instead,
        "grade": str(now.grade) if now else None,
        "confidence": round(now.confidence, DECIMALS) if now else None,
        "reason": reason,
        "earlier": {"finding": earlier.id, "grade": before["grade"], "changes": before["changes"]},
    }


def _about(report: str, version: int, document: Document) -> Record:
    return {**_described(document), "id": report, "version": version, "later_version": version > 1}


def _described(document: Document) -> Record:
    described = ("id", "title", "publisher", "published", "url", "sha256")
    return {name: getattr(document, name) for name in described}


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LETTERS]
