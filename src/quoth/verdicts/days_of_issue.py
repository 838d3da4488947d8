"""The day on which a report says that something was said, against the day that its source bears."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from quoth.doc.dates import DateMention, dates, parse_day
from quoth.doc.doc import analysed
from quoth.types import ChangeKind, Discrepancy, Document, Statement, Verdict

_NEAR_DAYS = 31  # a day of issue and a source's own date further apart belong to two statements


def days_of_issue(
    report: Document,
    statements: Sequence[Statement],
    verdicts: Sequence[Verdict],
    source: Document,
    sources: Sequence[Document],
) -> Iterable[Discrepancy]:
    """The day on which the report says it was said, against the day that the source bears.

    A source of quite another day counts where one of that day is there and does not carry the words.
    """
    issued = parse_day(source.published)
    of_days = {parse_day(one.published) for one in sources}
    found = {verdict.statement for verdict in verdicts if any(piece.source == source.id for piece in verdict.pieces)}
    speaks = {statement.speaker for statement in statements if statement.id in found and statement.speaker}
    quoted = {statement.id for statement in statements if statement.id in found or statement.speaker in speaks}
    own = next((one for one in dates(source.text) if issued and parse_day(one.value) == issued), None)
    if issued is None or own is None:
        return
    when = analysed(report).all_dates
    for statement in statements:
        said = parse_day(statement.said)
        if statement.id in found and said is None:
            week = _week(report, statement, when)
            if week is not None and not week[1] <= issued < week[1] + _WEEK and abs(week[1] - issued) < _NEAR:
                told = f"{week[1]:%G-W%V}"
                yield Discrepancy(ChangeKind.DATE, week[0].span, told, source.id, own.span, issued.isoformat())
        if statement.id not in quoted or said is None or said == issued:
            continue
        if abs((said - issued).days) > _NEAR_DAYS and not (said in of_days and statement.id in found):
            continue
        beside = [one for one in when if parse_day(one.value) == said]
        at = (statement.source or statement.cue or statement.content)[0].start
        named = min(beside, key=lambda one: abs(one.span.start - at), default=None)
        if named is not None:
            yield Discrepancy(ChangeKind.DATE, named.span, said.isoformat(), source.id, own.span, issued.isoformat())


_BEHIND = 40  # characters behind a cue in which its week may stand: "said in a letter last week"
_WEEK, _NEAR = timedelta(days=7), timedelta(days=_NEAR_DAYS)


def _week(report: Document, statement: Statement, when: Sequence[DateMention]) -> tuple[DateMention, date] | None:
    """The week in which the report says that something was said ("said last week"), and its Monday."""
    published = parse_day(report.published)
    if published is None or not statement.cue:
        return None
    start, end = statement.cue[0].start, statement.cue[-1].end
    for one in when:
        beside = start <= one.span.start <= end + _BEHIND and not _ENDED.search(report.text, start, one.span.start)
        if one.offset is None or one.offset[1] != "week" or not beside or one.value is not None:
            continue
        if not any(span.meets(one.span) for span in statement.content) and one.offset[0] <= 0:
            return one, published - timedelta(days=published.weekday()) + one.offset[0] * _WEEK
    return None


_ENDED = re.compile(r"[.!?;:\n“”\"]")
