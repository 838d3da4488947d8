"""Whether a passage carries the statement, and how its pieces stand to each other."""

import re
from itertools import pairwise

from quoth.changes.name_forms import named
from quoth.changes.sides import AROUND
from quoth.doc.doc import analysed
from quoth.doc.sentences import sentences
from quoth.doc.tokens import Unit, function_words, units
from quoth.doc.word_lists import word_list
from quoth.types import Alignment, Document, Edit, EditKind, Piece, Span

#: Share of the reported weight that a passage must hold of a quotation.
QUOTED = 0.6
#: From this share on, a passage that does not carry a statement is at least like it.
CARRIED_NEARLY = 0.45
#: So many words of a sentence may be gone or other ones where its clauses are told in another order.
_LEFT = 4
#: A part of a splice is so many words long and has at most this share of its characters in edits.
_SHORTEST_PART = 3
_FOREIGN = 0.2
#: Signs that a text loses on its way, without anybody leaving words out.
_SIGNS = frozenset(["$", "€", "£", "¥", "%"])
#: Little words that say something of their own; leaving them out is an omission, not tidied grammar.
_ADVERBS = frozenset(
    ["also", "so", "then", "too", "yet", "both", "here", "there", "when", "where", "because", "up", "out"]
)
#: Little words that no grammar asks a reporter to leave out of a quotation.
_ABRIDGING = frozenset(["the", "that"])
_ARTICLES = frozenset(["a", "an", "the"])
_LETTERS = re.compile(r"[^\W_]+")
#: How far around a gap a source is read for the sentences that end in it, in code points.
_AROUND_GAP = 600


def spliced(source: Document, alignment: Alignment) -> bool:
    """Whether pieces stand in another order, or an unmarked gap between them crosses a sentence end."""
    parts = [piece for piece in alignment.pieces if literal(piece, alignment)]  # a lone "and" between is no part
    for before, after in pairwise(parts):
        if after.original.start < before.original.end:
            if _interrupted(before, after, alignment) or _one_sentence(source.text, before.original, after.original):
                continue
            return True
        marked = _interrupted(before, after, alignment) or any(
            before.reported.end <= end <= after.reported.start for end in alignment.marked
        )
        if not marked and crosses(source.text, Span(before.original.end, after.original.start)):
            return True
    return False


def _interrupted(before: Piece, after: Piece, alignment: Alignment) -> bool:
    """Whether the reporter's own words stand between two pieces: two spans of a quotation that he does not join."""
    return any(
        one.end >= before.reported.end and other.start <= after.reported.start and one.end <= other.start
        for one, other in pairwise(alignment.reported)
    )


def whole(source: Document, alignment: Alignment) -> bool:
    """Whether the pieces stand next to each other in the source, with nothing between but the reporter's words."""
    return all(
        _interrupted(before, after, alignment)
        and before.original.end <= after.original.start
        and (
            not any(char.isalnum() for char in source.text[before.original.end : after.original.start])
            or _between_marks(source, Span(before.original.end, after.original.start))
        )
        for before, after in pairwise(alignment.pieces)
    )


def _between_marks(source: Document, gap: Span) -> bool:
    """Whether a gap is what a source says between two of its own quotations, and has no words of either."""
    doc = analysed(source)
    words = Span(gap.start, gap.end).trimmed(source.text)
    around = [one for one in doc.quotations if one.outer.meets(gap)]
    apart = [one for one in around if one.outer.start < gap.start or one.outer.end > gap.end]
    inside = any(
        char.isalnum()
        for one in apart
        for char in source.text[max(one.inner.start, gap.start) : min(one.inner.end, gap.end)]
    )
    return bool(words.length) and len(apart) == 2 and not inside  # noqa: PLR2004 - one on either side


def turned(alignment: Alignment) -> bool:
    """Whether pieces stand in another order than in the source."""
    return any(after.original.start < before.original.start for before, after in pairwise(alignment.pieces))


def _one_sentence(text: str, before: Span, after: Span) -> bool:
    """Whether two pieces are one whole sentence with its clauses in another order: "If it rains, we wait"."""
    whole = Span(after.start, before.end)
    between = units(text, after.end, before.start)
    low = max(0, whole.start - AROUND)
    sentence = next(
        (one.shifted(low) for one in sentences(text[low : whole.end + AROUND]) if one.shifted(low).holds(whole)), None
    )
    if sentence is None or len(between) > _LEFT:
        return False
    outside = units(text, sentence.start, whole.start) + units(text, whole.end, sentence.end)
    return len(outside) <= _LEFT


def literal(piece: Piece, alignment: Alignment) -> bool:
    """Whether a piece is the source's own words, and enough of them to be recognised as such."""
    words = sum(1 for ours, _ in alignment.pairs if piece.reported.holds(ours))
    foreign = sum(
        edit.reported.length
        for edit in alignment.edits
        if edit.reported and not edit.marked and piece.reported.holds(edit.reported)
    )
    return words >= _SHORTEST_PART and foreign <= _FOREIGN * piece.reported.length


def tidied(edit: Edit, alignment: Alignment, report: Document, source: Document) -> bool:
    """Whether an edit is more than an owned-up or plain omission: other words, or grammar and names put another way.

    "Bush" for "George W. Bush" leaves words out, and no reader would call it an abridgement; nor "law" for "a law". But
    "the" and "that" gone from inside a quotation are words left out.
    """
    if edit.marked:
        return False
    if edit.kind is not EditKind.LEFT_OUT or edit.original is None:
        return not _same_words(edit, report, source)
    left = units(source.text, edit.original.start, edit.original.end)
    if _stuttered(source.text, edit.original, [unit.key for unit in left]):
        return True
    if left and all(unit.key in _ABRIDGING for unit in left) and _governs_noun(source.text, edit.original, left[-1]):
        return False
    if all(unit.key in _SIGNS or (unit.key in function_words() and unit.key not in _ADVERBS) for unit in left):
        return True
    return all(named(source.text, unit) or len(unit.key) == 1 for unit in left) and _beside_name(
        source.text, edit.original, alignment
    )


def _governs_noun(text: str, left: Span, last: Unit) -> bool:
    """Whether a left-out "the" stands before a common noun ("the at" is a slip, "the Olm" is "Olm"), or "that" was."""
    following = next(iter(units(text, left.end, left.end + 40)), None)
    if last.key != "the" or following is None:
        return following is not None
    return following.key not in function_words() and not text[following.start].isupper()


def _same_words(edit: Edit, report: Document, source: Document) -> bool:
    """Whether both sides of an edit have the same words, but for capitals and signs."""
    if edit.kind is not EditKind.REPLACED or edit.reported is None or edit.original is None:
        return False
    ours, theirs = _LETTERS.findall(edit.reported.of(report.text)), _LETTERS.findall(edit.original.of(source.text))
    return bool(ours) and [word.casefold() for word in ours] == [word.casefold() for word in theirs]


def _stuttered(text: str, span: Span, keys: list[str]) -> bool:
    """Whether words stand twice running: "We have 17 -- 17 harbours"."""
    room = 2 * span.length + 10
    after = [unit.key for unit in units(text, span.end, span.end + room)]
    before = [unit.key for unit in units(text, max(0, span.start - room), span.start)]
    return bool(keys) and keys in (after[: len(keys)], before[-len(keys) :])


def _beside_name(text: str, span: Span, alignment: Alignment) -> bool:
    """Whether the word that follows a left-out name is a name that stayed, with nothing but a blank between."""
    following = units(text, span.end, span.end + 40)[:1]
    if not following or text[span.end : following[0].start].strip(" .") != "":
        return False
    stayed = {theirs.start for _, theirs in alignment.pairs}
    return following[0].start in stayed and named(text, following[0])


def unglossed(alignment: Alignment, report: Document, source: Document) -> tuple[Piece, ...]:
    """The pieces without the word that a bracket explains, or the article of the one that it stands for.

    In "the [Harbour Board]" for "the board", and in "the board [of the harbour]", the whole phrase is the report's.
    """
    brackets = [
        edit for edit in alignment.edits if edit.marked and edit.reported and report.text[edit.reported.start] == "["
    ]
    found: list[Piece] = []
    for piece in alignment.pieces:
        edit = next((edit for edit in brackets if _follows(report.text, piece, edit)), None)
        found.append(piece if edit is None else _before(edit, piece, report, source))
    return tuple(found)


def _before(edit: Edit, piece: Piece, report: Document, source: Document) -> Piece:
    """A piece without what belongs to the bracket behind it, if the source has the same words there."""
    ours = units(report.text, piece.reported.start, piece.reported.end)
    theirs = units(source.text, piece.original.start, piece.original.end)
    cut = int(edit.original is None and bool(ours) and ours[-1].key not in function_words())
    if len(ours) > cut and ours[-cut - 1].key in _ARTICLES:
        cut += 1
    same = [unit.key for unit in ours[len(ours) - cut :]] == [unit.key for unit in theirs[len(theirs) - cut :]]
    if not cut or not same or cut >= min(len(ours), len(theirs)):
        return piece
    reported = Span(piece.reported.start, ours[-cut - 1].end)
    return Piece(reported, piece.source, Span(piece.original.start, theirs[-cut - 1].end))


def _follows(text: str, piece: Piece, edit: Edit) -> bool:
    """Whether reported words of an edit stand behind a piece, with nothing but white space between."""
    return (
        edit.reported is not None
        and edit.reported.start >= piece.reported.end
        and not text[piece.reported.end : edit.reported.start].strip()
    )


def crosses(text: str, gap: Span) -> bool:
    """Whether a gap holds the words of more than one sentence, or a whole one."""
    words = gap.trimmed(text).of(text)
    if words.startswith("(") and words.rstrip(" ,;").endswith(")"):
        return False
    if all(unit.key in word_list("fillers") for unit in units(text, gap.start, gap.end)):
        return False
    low, high = max(0, gap.start - _AROUND_GAP), min(len(text), gap.end + _AROUND_GAP)
    cuts = [span.end + low for span in sentences(text[low:high])]
    inside = [cut for cut in cuts if gap.start <= cut < gap.end]
    if not inside:
        return False
    after_last = any(char.isalnum() for char in text[inside[-1] : gap.end])
    before_first = any(char.isalnum() for char in text[gap.start : inside[0]])
    return len(inside) > 1 or (after_last and before_first)
