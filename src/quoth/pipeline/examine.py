"""The whole program on one page: `examine` holds one report against its sources."""

from collections.abc import Callable, Sequence

from quoth import __version__
from quoth.attribution import attributed, without_attitudes
from quoth.doc.doc import analysed
from quoth.entities import claims, link
from quoth.matching import prepare
from quoth.models.ports import RULES_ONLY, Tools
from quoth.types import Document, Entity, Examination, Mode, Span, Statement, Verdict
from quoth.verdicts import Contents, Judging, Source, added, discrepancies, left_out
from quoth.verdicts.voices import Standing, Voice


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
    found, passed_over = attributed(report, tools.tagger, attitudes=True)  # who thinks is one whom "she said" may mean
    linked, entities = link((report, *sources), found, tools.recogniser)
    statements = without_attitudes(linked)
    held = [held_against(source, entities, tools) for source in sources]
    judging = Judging(report, held, entities, tools)
    judged: list[Verdict] = []
    for statement in statements:
        judged.append(judging.verdict(statement))
        if watch is not None:
            watch(len(judged), len(statements))
    verdicts = tuple(judged)
    return Examination(
        report=report,
        sources=tuple(sources),
        statements=statements,
        verdicts=verdicts,
        left_out=left_out(report, statements, verdicts, sources),
        added=added(report, statements, verdicts, [one.prepared for one in held]),
        discrepancies=discrepancies(report, statements, verdicts, entities, sources),
        entities=entities,
        claims=claims(report, statements, entities),
        recipe=recipe(tools),
        not_examined=passed_over,
    )


def held_against(source: Document, entities: Sequence[Entity], tools: Tools) -> Source:
    """A source, ready for statements to be held against it; who says what in it is asked where no labels tell."""
    doc = analysed(source)
    within = () if doc.turns else attributed(source, tools.tagger)[0]
    return Source(prepare(source, tools.embedder), Contents(doc, entities), within)


def grade_pair(reported: str, original: str, tools: Tools = RULES_ONLY, mode: Mode = Mode.DIRECT) -> Verdict:
    """Hold a bare quotation against the text of its source.

    Args:
        reported: the quotation, without its quotation marks.
        original: a sentence or a whole document; it is taken for the speaker's.
        tools: trained models; what is missing is done by rules.
        mode: direct, or indirect for reported speech.

    Returns:
        The verdict; its `reported` spans index `reported`, its `original` spans `original`. Absence is a grade.
    """
    report = Document("reported", reported, "")
    source = Document("original", original, "")
    content = (Span(0, len(reported)).trimmed(reported),)
    statement = Statement("", report.id, mode, content)
    held = Source(prepare(source, tools.embedder), Contents(analysed(source), ()), ())
    heard = Voice(Standing.ISSUER, None, frozenset())
    return Judging(report, [held], (), tools).verdict(statement, [heard])


def recipe(tools: Tools) -> dict[str, object]:
    """What gave a result: Quoth's version, and for each model its version or "rules"."""
    parts = ("tagger", "recogniser", "embedder", "judge")
    return {"quoth": __version__, **{part: tools.recipe.get(part, "rules") for part in parts}}
