"""What becomes of decisions: a log of corrections for readers, training data, and a word in every export."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from quoth.review.decisions import Status
from quoth.review.reviewed import Review, Reviewed, suggested
from quoth.types.document import GAP
from quoth.types.records import plain

Record = dict[str, object]
_COLUMNS = ("date", "report", "words", "suggested", "decided", "by", "note")


def review_record(review: Review) -> Record | None:
    """What a person made of a finding, as exports have it; None where nobody decided, or it was undone."""
    if review.last is None:
        return None
    return {**review.standing.to_dict(), "by": review.last.by, "at": review.last.at, "note": review.last.note}


def confirmed(record: Mapping[str, object], seen: Reviewed) -> Record:
    """The contract's record of an examination with a field `review` in every verdict: null, or what a person decided.

    Args:
        record: what `quoth.reports.to_json` gave.
        seen: the decisions.
    """
    verdicts = record["verdicts"]
    told = [
        {**one, "review": review_record(seen.findings[str(one["statement"])])}
        for one in (verdicts if isinstance(verdicts, list) else [])
    ]
    return {**record, "verdicts": told, "decisions_left": [plain(one) for one in seen.left]}


def corrections(seen: Reviewed) -> list[Record]:
    """What people corrected or rejected in one examination, in reading order."""
    found: list[Record] = []
    whole = seen.examination
    for statement in whole.statements:
        review = seen.findings[statement.id]
        first, now = suggested(whole, statement), review.standing
        same = replace(now, status=first.status) == first  # what was corrected and then accepted is a correction
        if review.last is None or (same and now.status is not Status.REJECTED):
            continue
        found.append(
            {
                "date": review.last.at,
                "report": whole.report.called,
                "words": whole.report.words(statement),
                "suggested": _told(first.grade, first.speaker.name if first.speaker else None),
                "decided": _decided(review),
                "by": review.last.by,
                "note": review.last.note,
            }
        )
    return found


def as_markdown(entries: Iterable[Mapping[str, object]]) -> str:
    """The log of corrections as a table in Markdown; what could be taken for markup is escaped."""
    lines = ["# Corrections", "", f"| {' | '.join(_COLUMNS)} |", f"|{'---|' * len(_COLUMNS)}"]
    lines += [f"| {' | '.join(_cell(entry[name]) for name in _COLUMNS)} |" for entry in entries]
    return "\n".join(lines) + "\n"


def training_rows(seen: Reviewed) -> list[Record]:
    """Decisions as training data: a row for each finding that a person accepted, rejected or corrected."""
    whole = seen.examination
    verdicts = {one.statement: one for one in whole.verdicts}
    rows: list[Record] = []
    for statement in whole.statements:
        review = seen.findings[statement.id]
        verdict = verdicts.get(statement.id)
        if review.last is None or verdict is None:
            continue
        first = suggested(whole, statement)
        sources = {source.id: source for source in whole.sources}
        now = review.standing
        rows.append(
            {
                "id": f"{whole.report.sha256[:16]}:{statement.id}",
                "reported": GAP.join(span.of(whole.report.text) for span in now.content),
                "original": GAP.join(sources[piece.source].words(piece.original) for piece in verdict.pieces),
                "mode": str(statement.mode),
                "status": str(now.status),
                "grade": plain(now.grade),
                "grade_suggested": str(verdict.grade),
                "confidence": verdict.confidence,
                "speaker": now.speaker.name if now.speaker else None,
                "speaker_suggested": first.speaker.name if first.speaker else None,
                "content": plain(now.content),
                "content_suggested": plain(statement.content),
                "text_sha256": whole.report.sha256,
                "by": review.last.by,
                "at": review.last.at,
                "note": review.last.note,
                "recipe": plain(whole.recipe),
            }
        )
    return rows


def _told(grade: object, speaker: str | None) -> str:
    return f"{grade or 'no grade'}; {speaker or 'nobody named'}"


def _decided(review: Review) -> str:
    now = review.standing
    if now.status is Status.REJECTED:
        return "no finding"
    return _told(now.grade, now.speaker.name if now.speaker else None)


def _cell(value: object) -> str:
    told = " ".join(str(value).split())
    for mark in "\\`*_[]<>|":
        told = told.replace(mark, f"\\{mark}")
    return told
