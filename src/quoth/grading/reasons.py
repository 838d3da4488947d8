"""The reason of a verdict: one sentence that a reader can check."""

from collections.abc import Sequence

from quoth.values import Alignment, Change, Document, Grade


def reason(
    given: Grade, report: Document, source: Document | None, alignment: Alignment, seen: Sequence[Change]
) -> str:
    """One sentence that cites the words a verdict rests on."""
    material = [change for change in seen if change.material]
    if given is Grade.NOT_FOUND:
        return f"No passage of the {alignment.documents} searched documents carries these words."
    if given is Grade.ALTERED and material and source:
        change = material[0]
        ours = f"“{change.reported.of(report.text)}”" if change.reported else "nothing"
        theirs = f"“{change.original.of(source.text)}”" if change.original else "nothing"
        return f"The report has {ours} where the source has {theirs} ({change.kind})."
    return {
        Grade.VERBATIM: "Word for word.",
        Grade.ABRIDGED: "The source's own words, with words left out.",
        Grade.REWORDED: "Other words, the same meaning.",
        Grade.SPLICED: "Words from places that do not stand next to each other in the source.",
    }.get(given, "Material change.")
