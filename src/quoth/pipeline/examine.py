"""The whole program on one page: `examine` holds one report against its sources."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from quoth import __version__
from quoth.attribution import attributed, without_attitudes
from quoth.doc.doc import analysed, forget
from quoth.entities import claims, link_all
from quoth.matching import prepare
from quoth.matching.long_sources import near
from quoth.models.ports import RULES_ONLY, Tools
from quoth.models.remembering import RememberingEmbedder
from quoth.pipeline import long_reports
from quoth.types import Document, Entity, Examination, Mode, NotExamined, Span, Statement, Verdict
from quoth.verdicts import Contents, Judging, Source, added, discrepancies, left_out
from quoth.verdicts.heard import heard_in
from quoth.verdicts.reconciling import reconciled
from quoth.verdicts.voices import Standing, Voice

_COLLECTED = 200_000  # values made and kept, after which the youngest are gone through


def examine(
    report: Document,
    sources: Sequence[Document],
    tools: Tools = RULES_ONLY,
    watch: Callable[[int, int], None] | None = None,
) -> Examination:
    """Who said what in `report`, and how it compares with `sources`.

    Args:
        report: the document to examine.
        sources: the documents it is held against.
        tools: trained models; what is missing is done by rules, and the recipe says so.
        watch: told how many statements are compared and graded, and how many there are; it alters nothing.

    Returns:
        The examination. Pure: the same arguments give the same result, byte for byte. A report of more than
        `long_reports.LONGEST` code points is examined part by part.
    """
    with _seldom_collected():
        return _by_parts(report, sources, tools, watch)


def _by_parts(
    report: Document, sources: Sequence[Document], tools: Tools, watch: Callable[[int, int], None] | None
) -> Examination:
    """What is found out about a report; about a very long one part by part."""
    if len(report.text) <= long_reports.LONGEST:
        return _examined(report, sources, tools, watch)
    joined = long_reports.Joined(report, sources)
    for offset, part in long_reports.cut(report):
        if part.text.strip():
            joined.add(offset, _examined(part, sources, tools, _on(watch, joined, offset, part)))
            forget(part)
            gc.collect()  # what points in circles is freed before the next part, not when there is enough of it
    return joined.examination()


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Values that point in no circles are freed without the collector, which would go through all of them again."""
    usual = gc.get_threshold()
    gc.set_threshold(usual[0] and max(usual[0], _COLLECTED), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _on(
    watch: Callable[[int, int], None] | None, joined: long_reports.Joined, offset: int, part: Document
) -> Callable[[int, int], None] | None:
    """What is told while a part of a report is examined: how many statements the whole has is estimated."""
    if watch is None:
        return None
    before = len(joined.statements)
    share = (offset + len(part.text)) / len(joined.report.text)
    return lambda done, all_: watch(before + done, round((before + all_) / share))


def _examined(
    report: Document, sources: Sequence[Document], tools: Tools, watch: Callable[[int, int], None] | None
) -> Examination:
    """What is found out about a report, or about one part of it."""
    tools = _remembering(tools)
    read, far = zip(*(near(report, source) for source in sources), strict=True) if sources else ((), ())
    said = who_says_what(report, read, tools)
    statements, entities, held = said.statements, said.entities, said.held
    judging = Judging(report, held, entities, tools)
    judged: list[Verdict] = []
    for statement in statements:
        judged.append(judging.verdict(statement))
        if watch is not None:
            watch(len(judged), len(statements))
    found = discrepancies(report, statements, judged, entities, read)
    verdicts = reconciled(report, statements, judged, found, read)
    examination = Examination(
        report=report,
        sources=tuple(sources),
        statements=statements,
        verdicts=verdicts,
        left_out=left_out(report, statements, verdicts, read),
        added=added(report, statements, verdicts, [one.prepared for one in held]),
        discrepancies=found,
        entities=entities,
        claims=claims(report, statements, entities),
        recipe=recipe(tools),
        not_examined=(
            *said.passed_over,
            *(one for source, spans in zip(read, far, strict=True) for one in _far(source, spans)),
        ),
    )
    for source, cut in zip(sources, read, strict=True):
        if cut is not source:
            forget(cut)  # nobody else reads it as it is read for this report
    return examination


def _far(source: Document, spans: Sequence[Span]) -> Iterator[NotExamined]:
    why = "it shares fewer words with the report than other parts of this very long source"
    return (NotExamined(source.id, span, why) for span in spans)


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what in a report and in its sources.

    Attributes:
        statements: those of the report.
        entities: who is named in all of them, and the unnamed sources of the report.
        held: the sources, ready for the statements to be held against them.
        passed_over: what of the report was not examined.
    """

    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    held: tuple[Source, ...]
    passed_over: tuple[NotExamined, ...]


def who_says_what(report: Document, sources: Sequence[Document], tools: Tools) -> Said:
    """Who says what in a report and in its sources; in a transcript, whose labels tell it, nobody is asked."""
    found, passed_over = attributed(report, tools.tagger, attitudes=True)  # who thinks is one whom "she said" may mean
    within = [() if analysed(one).turns else attributed(one, tools.tagger, attitudes=True)[0] for one in sources]
    linked = link_all((report, *sources), (found, *within), tools.recogniser)
    who = {one.id: one for one in (*linked.entities, *linked.unnamed)}
    held = []
    for source, told in zip(sources, linked.statements[1:], strict=True):
        heard = heard_in(source, without_attitudes(told), who)
        held.append(Source(prepare(source, tools.embedder), Contents(analysed(source), linked.entities), heard))
    return Said(without_attitudes(linked.statements[0]), linked.entities, tuple(held), passed_over)


def grade_pair(reported: str, original: str, tools: Tools = RULES_ONLY, mode: Mode = Mode.DIRECT) -> Verdict:
    """Hold a bare quotation against the text of its source.

    Args:
        reported: the quotation, without its quotation marks.
        original: a sentence or a whole document; it is taken for the speaker's.
        tools: trained models; what is missing is done by rules.
        mode: direct, or indirect for reported speech, in which words may stand in quotation marks.

    Returns:
        The verdict; its `reported` spans index `reported`, its `original` spans `original`. Absence is a grade.
    """
    tools = _remembering(tools)
    report = Document("reported", reported, "")
    source = Document("original", original, "")
    content = (Span(0, len(reported)).trimmed(reported),)
    told = Mode.MIXED if mode is Mode.INDIRECT and analysed(report).quotations else mode
    statement = Statement("", report.id, told, content)
    held = Source(prepare(source, tools.embedder), Contents(analysed(source), ()), ())
    heard = Voice(Standing.ISSUER, None, frozenset())
    return Judging(report, [held], (), tools).verdict(statement, [heard])


def _remembering(tools: Tools) -> Tools:
    """The same models; the embedder is asked nothing twice."""
    return replace(tools, embedder=RememberingEmbedder(tools.embedder)) if tools.embedder is not None else tools


def recipe(tools: Tools) -> dict[str, object]:
    """What gave a result: Quoth's version, and for each model its version or "rules"."""
    parts = ("tagger", "recogniser", "embedder", "judge")
    return {"quoth": __version__, **{part: tools.recipe.get(part, "rules") for part in parts}}
