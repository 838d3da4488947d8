"""What becomes of decisions: a log of corrections for readers, training data, and a word in every export."""

from collections.abc import Iterable, Mapping

from quoth.review.decisions import Standing
from quoth.review.reviewed import Review, Reviewed
from quoth.types import Document, Status
from quoth.types.document import GAP
from quoth.types.records import plain
from quoth.types.statement_rows import DECIMALS, Row

Record = dict[str, object]
_COLUMNS = ("date", "report", "words", "suggested", "decided", "by", "note")


def review_record(review: Review) -> Record | None:
    """What a person made of a finding, as exports have it; None where nobody decided, or it was undone."""
    if review.last is None:
        return None
    last, first = review.last, review.first
    found = {"grade": first.grade, "content": first.content, "speaker": first.speaker}
    return {**review.standing.to_dict(), "by": last.by, "at": last.at, "note": last.note, "suggested": plain(found)}


def with_reviews(record: Mapping[str, object], seen: Reviewed) -> Record:
    """The contract's record of an examination, as the program gave it, with what people decided beside it.

    Args:
        record: what `quoth.reports.to_json` gave.
        seen: the decisions.

    Returns:
        The record with `review` in every verdict (null, or what a person decided), `as_reviewed`: a row for each
        statement as it stands now, and `decisions_left`.
    """
    verdicts = record["verdicts"]
    told = [
        {**one, "review": review_record(seen.findings[str(one["statement"])])}
        for one in (verdicts if isinstance(verdicts, list) else [])
    ]
    names = ("status", "grade", "speaker", "words")
    stands = [
        {"statement": statement.id, **{name: row[name] for name in names}, "content": plain(statement.content)}
        for row, statement in zip(reviewed_rows(seen), seen.examination.statements, strict=True)
    ]
    left = [plain(one) for one in seen.left]
    return {**record, "verdicts": told, "as_reviewed": stands, "decisions_left": left}


def reviewed_rows(seen: Reviewed) -> list[Row]:
    """A row for each statement, as it stands now: the columns of `Examination.to_rows`, and what was decided.

    Returns:
        Rows in the order of the statements. `status`: suggested, accepted, corrected or rejected. What is rejected has
        no `grade` and no `confidence`, and a grade that a person gave has no `confidence`. `decided_grade`: the grade
        that a person stands for. `suggested_grade`, `suggested_confidence`, `suggested_speaker` and `suggested_words`:
        the program's, of every statement.
    """
    found: list[Row] = []
    verdicts = {one.statement: one for one in seen.recorded.verdicts}
    decided = {one.statement: one for one in seen.examination.decided}
    for row, statement in zip(seen.examination.to_rows(), seen.examination.statements, strict=True):
        one, verdict = decided.get(statement.id), verdicts.get(statement.id)
        first = seen.findings[statement.id].first
        told: Row = {
            "status": str(one.status if one else Status.SUGGESTED),
            "decided_grade": str(row["grade"]) if one and one.status is not Status.REJECTED else None,
            "decided_by": one.by if one else None,
            "decided_at": one.at if one else None,
            "note": one.note if one else None,
            "suggested_grade": str(verdict.grade) if verdict else None,
            "suggested_confidence": round(verdict.confidence, DECIMALS) if verdict else None,
            "suggested_speaker": _name(first),
            "suggested_words": seen.recorded.report.words(first.content),
        }
        if one and (one.status is Status.REJECTED or one.regraded):
            row["confidence"] = None
        if one and one.status is Status.REJECTED:
            row["grade"] = None
        found.append({**row, **told})
    return found


def corrections(seen: Reviewed) -> list[Record]:
    """What people corrected or rejected in one examination, in reading order."""
    found: list[Record] = []
    whole = seen.recorded
    for statement in whole.statements:
        review = seen.findings[statement.id]
        first, now = review.first, review.standing
        same = (now.grade, now.content, _name(now)) == (first.grade, first.content, _name(first))
        if review.last is None or (same and now.status is not Status.REJECTED):
            continue
        found.append(
            {
                "date": review.last.at,
                "report": whole.report.called,
                "words": whole.report.words(statement),
                "suggested": _told(first),
                "decided": _decided(review, whole.report),
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
    whole = seen.recorded
    verdicts = {one.statement: one for one in whole.verdicts}
    rows: list[Record] = []
    for statement in whole.statements:
        review = seen.findings[statement.id]
        verdict = verdicts.get(statement.id)
        if review.last is None or verdict is None:
            continue
        first = review.first
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
                "speaker": _name(now),
                "speaker_suggested": _name(first),
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


def _name(standing: Standing) -> str | None:
    return standing.speaker.name if standing.speaker else None


def _told(standing: Standing) -> str:
    return f"{standing.grade or 'no grade'}; {_name(standing) or 'nobody named'}"


def _decided(review: Review, report: Document) -> str:
    now = review.standing
    if now.status is Status.REJECTED:
        return "no finding"
    words = f"; {report.words(now.content)}" if now.content != review.first.content else ""
    return f"{_told(now)}{words}"


def _cell(value: object) -> str:
    told = " ".join(str(value).split())
    for mark in "\\`*_[]<>|":
        told = told.replace(mark, f"\\{mark}")
    return told
