"""The whole program on one page: `examine` holds one report against its sources."""

from collections.abc import Callable, Sequence

from quoth import __version__
from quoth.aligning import Prepared, Speakers, align, prepare
from quoth.attributing import attributed
from quoth.encoder.port import RULES_ONLY, Tools
from quoth.grading import added, discrepancies, grade, left_out
from quoth.linking import claims, link
from quoth.values import Alignment, Document, Examination, Mode, Span, Statement, Verdict


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
        The examination. Pure: the same arguments give the same result, byte for byte.
    """
    statements, passed_over = attributed(report, tools.tagger)
    statements, entities = link((report, *sources), statements, tools.recogniser)
    prepared = [prepare(source, tools.embedder) for source in sources]
    speakers = Speakers(entities, prepared)
    graded: list[Verdict] = []
    for statement in statements:
        alignment = aligned(report, statement, prepared, speakers)
        graded.append(grade(report, statement, alignment, sources, tools.judge, tools.embedder))
        if watch is not None:
            watch(len(graded), len(statements))
    verdicts = tuple(graded)
    return Examination(
        report=report,
        sources=tuple(sources),
        statements=statements,
        verdicts=verdicts,
        left_out=left_out(report, statements, verdicts, sources),
        added=added(report, statements, verdicts, prepared),
        discrepancies=discrepancies(report, statements, verdicts, entities, sources),
        entities=entities,
        claims=claims(report, statements, entities),
        recipe=recipe(tools),
        not_examined=passed_over,
    )


def aligned(report: Document, statement: Statement, prepared: Sequence[Prepared], speakers: Speakers) -> Alignment:
    """Where a statement comes from; of two places that say it, the one that names its speaker."""
    best = align(report, statement.content, prepared)
    return best if best.drawn else speakers.align_beside(report, statement.content, statement.speaker, best)


def grade_pair(reported: str, original: str, tools: Tools = RULES_ONLY) -> Verdict:
    """Hold a bare quotation against the text of its source.

    Args:
        reported: the quotation, without its quotation marks.
        original: a sentence or a whole document.
        tools: trained models; what is missing is done by rules.

    Returns:
        The verdict; its `reported` spans index `reported`, its `original` spans `original`. Absence is a grade.
    """
    report = Document("reported", reported, "")
    source = Document("original", original, "")
    content = (Span(0, len(reported)).trimmed(reported),)
    statement = Statement("", report.id, Mode.DIRECT, content)
    alignment = align(report, content, [prepare(source, tools.embedder)])
    return grade(report, statement, alignment, (source,), tools.judge, tools.embedder)


def recipe(tools: Tools) -> dict[str, object]:
    """What gave a result: Quoth's version, and for each model its version or "rules"."""
    parts = ("tagger", "recogniser", "embedder", "judge")
    return {"quoth": __version__, **{part: tools.recipe.get(part, "rules") for part in parts}}
