"""What the material changes of verdicts tell, as differences: the ledger never says less than a verdict does."""

from collections.abc import Iterable, Iterator, Sequence

from quoth.doc.dates import dates, parse_day
from quoth.doc.names import names
from quoth.doc.stems import stem
from quoth.doc.tokens import function_words, units
from quoth.types import Change, ChangeKind, Discrepancy, Document, Piece, Span, Verdict
from quoth.verdicts.counted import counted

#: Kinds of changes whose two sides are values of their own, in one form.
_VALUES = frozenset({ChangeKind.DATE, ChangeKind.NUMBER, ChangeKind.NAME})
#: Code points of a source that are shown at most for what governs words of the report.
_LONGEST_SHOWN = 300
_AROUND_NUMBER = 400  # code points behind a changed number that may belong to it: its magnitude, its unit, its noun
#: Kinds whose words are no value of their own: shown where nothing else of a verdict is.
_WORDS = frozenset(map(ChangeKind, ("wording", "omission", "insertion", "order", "spelling")))


def judged(report: Document, verdicts: Sequence[Verdict], source: Document) -> Iterable[Discrepancy]:
    """What the material changes of verdicts say: two values, or what governs the words on one side only.

    What only the source has is told once, with the words of the report that stand nearest to it there. A verdict that
    names a change has one difference at least.
    """
    nearest: dict[tuple[ChangeKind, Span], tuple[int, Discrepancy]] = {}
    for verdict in verdicts:
        pieces = [piece for piece in verdict.pieces if piece.source == source.id]
        once = list({(piece.original, piece.reported.of(report.text)): piece for piece in reversed(pieces)}.values())[
            ::-1
        ]
        material = [
            change for change in dict.fromkeys(verdict.changes) if change.material and change.source == source.id
        ]
        told = 0
        for change in sorted(material, key=lambda one: one.kind in _WORDS):  # stable
            if change.kind in _WORDS and told:
                continue
            if change.reported is None and change.original is not None:
                for far, one in _ungoverned(report, source, change, once):
                    told += 1
                    if far < nearest.get((change.kind, change.original), (far + 1,))[0]:
                        nearest[change.kind, change.original] = far, one
                continue
            for one in _paired(report, source, change, pieces):
                told += 1
                yield one
        if material and not told and (last := _fallen_back(report, source, material[0], pieces)):
            yield last
    yield from (one for _, one in nearest.values())


def _ungoverned(
    report: Document, source: Document, change: Change, pieces: Sequence[Piece]
) -> Iterator[tuple[int, Discrepancy]]:
    """What only the source has, with each piece that is near enough, and how far it is."""
    assert change.original is not None
    for piece in pieces:
        whole = Span(min(piece.original.start, change.original.start), max(piece.original.end, change.original.end))
        if whole.length <= _LONGEST_SHOWN and not _has(report, piece.reported, source, change.original):
            yield _apart(piece.original, change.original), _governed(change.kind, report, source, piece, whole)


def _paired(report: Document, source: Document, change: Change, pieces: Sequence[Piece]) -> Iterator[Discrepancy]:
    """Two values, or two words; for what only the report has, the source's passage."""
    mine, theirs = change.reported, change.original
    if mine is None:
        return
    if theirs is None:
        piece = next((one for one in pieces if one.reported.meets(mine)), pieces[0] if pieces else None)
        if piece is not None:
            yield _words(change.kind, report, mine, source, piece.original)
        return
    ours, other = _value(change.kind, report, mine), _value(change.kind, source, theirs)
    if ours and other and ours[0] == other[0]:
        if ours[1] != other[1]:
            yield Discrepancy(change.kind, mine, ours[1], source.id, theirs, other[1])
        return
    yield _words(change.kind, report, mine, source, theirs)


def _fallen_back(report: Document, source: Document, change: Change, pieces: Sequence[Piece]) -> Discrepancy | None:
    """The difference of a change that no other way tells: the words of the passage on either side."""
    piece = pieces[0] if pieces else None
    here = change.reported or (piece.reported if piece else None)
    there = change.original or (piece.original if piece else None)
    return _words(change.kind, report, here, source, there) if here and there else None


def _words(kind: ChangeKind, report: Document, here: Span, source: Document, there: Span) -> Discrepancy:
    return Discrepancy(kind, here, _shown(here.of(report.text)), source.id, there, _shown(there.of(source.text)))


def _shown(words: str) -> str:
    """Words with single blanks, cut in the middle where they are long."""
    told = " ".join(words.split())
    return told if len(told) <= _LONGEST_SHOWN else f"{told[: _LONGEST_SHOWN // 2]} … {told[-_LONGEST_SHOWN // 2 :]}"


def _has(report: Document, here: Span, source: Document, there: Span) -> bool:
    """Whether words of a report hold those that govern them in the source in some form: "hoped that" and "I hope"."""
    ours = {stem(unit.key) for unit in units(report.text, here.start, here.end)}
    return all(
        stem(unit.key) in ours
        for unit in units(source.text, there.start, there.end)
        if unit.key not in function_words()
    )


def _governed(kind: ChangeKind, report: Document, source: Document, piece: Piece, whole: Span) -> Discrepancy:
    """Words of a report against those of the source with what governs them: "we sail", "If it clears, we sail"."""
    here = piece.reported
    return Discrepancy(
        kind, here, " ".join(here.of(report.text).split()), source.id, whole, " ".join(whole.of(source.text).split())
    )


def _apart(one: Span, other: Span) -> int:
    """Code points between two stretches; 0 where they meet."""
    return max(0, other.start - one.end, one.start - other.end)


def _value(kind: ChangeKind, document: Document, span: Span) -> tuple[str, str] | None:
    """What a stretch gives a value of (a unit, a kind of date or of name), and the value in its one form."""
    if kind not in _VALUES:
        return None
    if kind is ChangeKind.DATE:
        day = next((one for one in dates(span.of(document.text), document.published) if one.value), None)
        return (str(parse_day(day.value) is not None), day.value or "") if day else None
    if kind is ChangeKind.NUMBER:
        line_end = document.text.find("\n", span.end)
        line_end = line_end if line_end >= 0 else len(document.text)
        around = Span(span.start, min(line_end, span.end + _AROUND_NUMBER)).trimmed(document.text)
        number = next((one for one in counted(document.text, around) if one.span.meets(span)), None)
        return (number.mention.unit or number.noun, number.value) if number else None
    name = next((one for one in names(document.text, [span]) if one.span.length > 1), None)
    return (name.type, " ".join(name.span.of(document.text).split())) if name else None
