"""The reason of a verdict: one sentence that a reader can check against the two texts."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from quoth.doc.dates import dates
from quoth.doc.languages import language_name
from quoth.doc.sentences import sentences
from quoth.types import Alignment, Change, ChangeKind, Document, EditKind, Grade, Span
from quoth.verdicts.originals import Original

_LONGEST = 90  # code points of a citation; longer ones are cut in the middle
_FEW = 3  # material changes that are told one by one
_EXAMPLES = 2  # of other words for the same
#: A paraphrase throughout: at least so many places put another way.
_RETOLD_PLACES = 3
_RETOLD = (
    "It is told in other words; the passage shown speaks of the same, and nothing was found in it that is certainly"
    " another number, date, negation or name; whether more changed needs a reader"
)

#: What the second reading leaves open, by the grade of the first.
_MAY_DIFFER = "the passage may say something else, which needs a reader"
_MAY_AGREE = "the passage may say as much, which needs a reader"

_WHAT = {
    ChangeKind.NEGATION: "a negation",
    ChangeKind.NUMBER: "a number",
    ChangeKind.DATE: "a date",
    ChangeKind.NAME: "a name",
    ChangeKind.HEDGE: "how certain or exact it is",
    ChangeKind.QUANTIFIER: "how many or how often",
    ChangeKind.STRENGTH: "how strong it is",
    ChangeKind.CONDITION: "a condition",
    ChangeKind.AGENT: "whose words they are, or who does which part",
    ChangeKind.TENSE: "when it happens",
    ChangeKind.QUESTION: "a question",
    ChangeKind.ORDER: "the order",
    ChangeKind.OMISSION: "left-out words",
    ChangeKind.INSERTION: "added words",
    ChangeKind.SPELLING: "spelling",
    ChangeKind.WORDING: "wording",
}


def reason(
    given: Grade,
    report: Document,
    source: Document | None,
    alignment: Alignment,
    seen: Sequence[Change],
    *,
    original: Original | None = None,
    unsure: bool = False,
) -> str:
    """One sentence that cites the words a verdict rests on.

    Args:
        given: the grade.
        report: the reporting document.
        source: the document that the pieces come from; None where there are none.
        alignment: pieces and edits.
        seen: the changes.
        original: the document that report and source may both be translations of, if one is given.
        unsure: whether to say that the grade is the likeliest one and not a sure one.
    """
    if given is Grade.NOT_FOUND or source is None:
        told = _not_found(alignment)
    elif given is Grade.ALTERED:
        told = _altered(report, source, seen)
    elif given is Grade.SPLICED:
        told = _spliced(report, source, alignment)
    elif given is Grade.REWORDED:
        told = _reworded(report, source, alignment, seen)
    elif given is Grade.ABRIDGED:
        told = _abridged(report, source, alignment, seen)
    else:
        told = "Every word stands in the source, in this order, with nothing between"
    return _sentence(told + _translated_from(original), unsure=unsure)


def _translated_from(original: Original | None) -> str:
    """The clause that names the original of two translations, with what speaks for it; nothing without one."""
    if original is None:
        return ""
    document = original.document
    language = language_name(document.language or "")
    return (
        f"; the two may be translations of the {language} document {document.called}, in which {original.shared} of "
        f"the source's {original.of} names and numbers stand in much the same order; its wording was not compared"
    )


def gathered_reason(
    report: Document,
    sources: Mapping[str, Document],
    alignment: Alignment,
    seen: Sequence[Change],
    *,
    unsure: bool = False,
) -> str:
    """The reason of a verdict on words drawn from several sources: which words stand in which.

    Args:
        report: the reporting document.
        sources: the documents that were searched, by id.
        alignment: with several alignments in `drawn`.
        seen: the changes of all of them.
        unsure: whether to say that the grade is the likeliest one and not a sure one.
    """
    stretches = [Span(part.pieces[0].reported.start, part.pieces[-1].reported.end) for part in alignment.drawn]
    ids = [part.pieces[0].source for part in alignment.drawn]
    where = [f"{cite(report.text, span)} from {sources[id_].called}" for span, id_ in zip(stretches, ids, strict=True)]
    joined = (
        f"The report joins words of {len(set(ids))} documents as if they were said together: "
        f"{', '.join(where[:-1])} and {where[-1]}"
    )
    told = [
        _altered(report, sources[id_], of_it)
        for id_ in dict.fromkeys(ids)
        if (of_it := [change for change in seen if change.material and change.source == id_])
    ]
    return _sentence("; ".join([joined, *told]), unsure=unsure)


def unclear_reason(source: Document) -> str:
    """The reason of a verdict that leaves it open."""
    return f"A passage of {source.called} speaks of it, but whether it carries the statement could not be settled."


def unclear_speaker_reason(source: Document) -> str:
    """The reason of a verdict on words that may be somebody else's."""
    return f"The words stand in {source.called}, but whether they are this speaker's there could not be settled."


def not_found_reason(documents: int, passages: int, *, no_source: bool, near: bool) -> str:
    """What was searched, and why nothing was found."""
    searched = f"{_many(documents, 'document')}, {_many(passages, 'sentence')}"
    if not documents:
        return "Nothing was there to be searched."
    if no_source:
        return f"No searched source holds words of this speaker ({searched})."
    told = "; the nearest one is about the same matter" if near else ""
    return f"No passage of what was searched carries it ({searched}){told}."


def denied_reason(report: Document, denial: Span) -> str:
    """The reason of a verdict on words that stand, denied by the reporter's own words and not plainly by the source."""
    return _sentence(
        f"The words in marks stand in the source; the report denies them by {cite(report.text, denial)} outside of the"
        " marks, and no negation was found beside them in the source: whether it says as much needs a reader",
        unsure=True,
    )


def reread_reason(first: Grade, told: str) -> str:
    """The reason of a verdict that the second reading leaves open, with that of the first.

    Args:
        first: the grade of the first reading.
        told: its reason.
    """
    faithful = first in {Grade.VERBATIM, Grade.ABRIDGED, Grade.REWORDED}
    return f"{told.removesuffix('.')}; read as a whole, {_MAY_DIFFER if faithful else _MAY_AGREE}."


def read_alike_reason(source: Document) -> str:
    """The reason of a verdict that the second reading turned to `reworded`."""
    return f"Read as a whole, the passage shown, of {source.called}, says as much in other words."


def turning_reason(report: Document, source: Document, change: Change) -> str:
    """The reason of a verdict that the second reading turned to `altered`: the difference that turned it."""
    if change.reported and change.original:
        differs = (
            f"the report has {cite(report.text, change.reported)}, the source {cite(source.text, change.original)}"
        )
    elif change.original:
        differs = f"the report does without the source's {cite(source.text, change.original)}"
    elif change.reported:
        differs = f"the report adds {cite(report.text, change.reported)}"
    else:
        raise ValueError("a change has words on one side at least")
    return f"{differs[0].upper()}{differs[1:]}; read as a whole, this turns what the passage says."


def few_words_reason(source: Document) -> str:
    """The reason of a verdict on few and common words that a source has not, and may say in others."""
    return (
        f"{source.called} has none of these few and common words in one place; whether the passage shown says as"
        " much in other words needs a reader."
    )


def foreign_reason(source: Document) -> str:
    """The reason of a verdict on what is told in other words in a language that is not English."""
    return (
        f"It is told in other words and not in English: whether the passage shown, of {source.called}, carries it needs"
        " a reader."
    )


def goes_on(source: Document, rest: Span) -> str:
    """The end of a reason that shows what the source's sentence goes on with behind the words."""
    return f"; there the sentence goes on {cite(source.text, rest)}."


def limited_reason(source: Document, rest: Span) -> str:
    """The reason of a verdict on words that stand, and that what stands beside them in their sentence may turn."""
    return (
        f"The words stand in {source.called}, where the same sentence has {cite(source.text, rest)} beside them, which"
        " may limit them: whether they say the same without it needs a reader."
    )


def framed_reason(report: Document, source: Document, change: Change) -> str:
    """The reason of a verdict on words that stand, told of somebody else or with a cause that the source has not."""
    assert change.reported is not None
    ours = cite(report.text, change.reported)
    if change.original is None:
        return f"The words in marks stand in {source.called}; whether it says {ours} as well needs a reader."
    theirs = cite(source.text, change.original)
    return (
        f"The words in marks stand in {source.called}; the report says them of {ours}, the source of {theirs}: whether"
        " both are the same needs a reader."
    )


def denied_alike_reason() -> str:
    """The reason of a verdict on a denial that the source gives in other words."""
    return "The source denies the same in other words."


def retold_reason() -> str:
    """The reason of a verdict on a statement in wholly other words."""
    return _sentence(_RETOLD, unsure=False)


def _sentence(told: str, *, unsure: bool) -> str:
    return f"{told}{'; this is the likeliest reading, not a certain one' if unsure else ''}."


def cite(text: str, span: Span) -> str:
    """Words of a text in quotation marks, cut in the middle where they are long."""
    words = " ".join(span.of(text).split())
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST // 2].rstrip()} … {words[-_LONGEST // 2 :].lstrip()}"
    return f"“{words}”"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _not_found(alignment: Alignment) -> str:
    size = _many(alignment.documents, "document")
    if alignment.nearest is None:
        return f"Nothing was there to be searched ({size})"
    return (
        f"No passage of the searched {size} ({_many(alignment.passages, 'sentence')}) carries these words; "
        f"the nearest one holds {round(100 * alignment.coverage)} % of their weight"
    )


def _altered(report: Document, source: Document, seen: Sequence[Change]) -> str:
    material = [change for change in seen if change.material]
    told = "; ".join(_one(report, source, change) for change in material[:_FEW])
    rest = len(material[_FEW:])
    return told + (f"; and {rest} more" if rest else "")


def _one(report: Document, source: Document, change: Change) -> str:
    what = _WHAT[change.kind]
    if change.reported and change.original:
        if (
            change.kind is ChangeKind.DATE
            and not _dated(report, change.reported)
            and not _dated(source, change.original)
        ):
            what = "when it happens"
        ours, theirs = cite(report.text, change.reported), cite(source.text, change.original)
        if ours == theirs:
            return f"the report has {ours} in another place than the source ({what})"
        return f"the report has {ours} where the source has {theirs} ({what})"
    if change.reported:
        return f"the report has {cite(report.text, change.reported)}, which the source has not ({what})"
    if change.original:
        return f"the source has {cite(source.text, change.original)}, which the report leaves out ({what})"
    return f"the two differ in {what}"


def _dated(document: Document, span: Span) -> bool:
    """Whether words hold a date, or a number that may be part of one; else a change of date is one of tense."""
    words = span.of(document.text)
    return any(char.isdigit() for char in words) or bool(dates(words))


def _spliced(report: Document, source: Document, alignment: Alignment) -> str:
    for before, after in pairwise(alignment.pieces):
        first, second = _end_of(source.text, before.original), _start_of(source.text, after.original)
        if after.original.start < before.original.end:
            return f"The report puts {first} before {second}, which stand in the other order in the source"
        if sentences(source.text[before.original.end : after.original.start])[1:]:
            return f"The report joins {first} and {second}, between which the source says something else"
    return "The report joins words from places that do not stand next to each other in the source"


def _end_of(text: str, span: Span) -> str:
    start = max(span.start, span.end - _LONGEST // 2)
    while start > span.start and not text[start - 1].isspace():
        start -= 1
    return cite(text, Span(start, span.end))


def _start_of(text: str, span: Span) -> str:
    end = min(span.end, span.start + _LONGEST // 2)
    while end < span.end and not text[end].isspace():
        end += 1
    return cite(text, Span(span.start, end))


def _reworded(report: Document, source: Document, alignment: Alignment, seen: Sequence[Change]) -> str:
    lead = (
        "Put another way throughout and in the same order, as in another translation"
        if retranslated(alignment, seen)
        else "Other words for the same"
    )
    examples = [
        f"{cite(report.text, change.reported)} for {cite(source.text, change.original)}"
        for change in seen
        if change.reported and change.original
    ][:_EXAMPLES]
    if examples:
        return f"{lead}: {', '.join(examples)}; no change found that is material"
    return f"{lead}; no change found that is material"


def retranslated(alignment: Alignment, seen: Sequence[Change]) -> bool:
    """Whether words are put another way in many places and in the same order, as two translations of one text are."""
    changed = sum(1 for change in seen if change.reported and change.original)
    moved = any(edit.kind is EditKind.MOVED for edit in alignment.edits)
    return changed >= _RETOLD_PLACES and alignment.coverage < 1 and not moved


def _abridged(report: Document, source: Document, alignment: Alignment, seen: Sequence[Change]) -> str:
    left = [change for change in seen if change.original and not change.reported]
    added = [edit for edit in alignment.edits if edit.marked and edit.reported]
    told = "The source's own words in their order"
    if left and left[0].original:
        marked = any(edit.marked and edit.original == left[0].original for edit in alignment.edits)
        told += f", without {cite(source.text, left[0].original)}{' (marked)' if marked else ''}"
        gaps = (change.original.of(source.text).strip() for change in left if change.original)
        told += ", a gap over the end of a paragraph" if any("\n" in gap for gap in gaps) else ""
    if added and added[0].reported:
        told += f", with {cite(report.text, added[0].reported)} in brackets"
    return told
