"""What a report puts into brackets inside a quotation: a limit, a judgement or a name that the source does not give."""

from collections.abc import Iterator

from quoth.changes.comparison import Case
from quoth.changes.sides import AROUND
from quoth.changes.word_changes import intensifies
from quoth.doc.body_tables import tables as bodies
from quoth.doc.name_similarity import compare
from quoth.doc.name_tables import first_names, plain
from quoth.doc.stems import stem
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind, Edit, EntityType, Span

#: Prepositions that open a limit: of place, of time, of purpose.
_LIMITING = word_list("limiting")
_PRONOUNS = frozenset(["he", "she", "they", "him", "her", "them", "his", "their", "it"])


def bracket_changes(case: Case) -> Iterator[Change]:
    """Material insertions in brackets; operators and numbers in them are told by their own kinds."""
    for edit in case.edits:
        if not edit.marked or edit.reported is None or case.ours.text[edit.reported.start] != "[":
            continue
        inside = Span(edit.reported.start + 1, edit.reported.end - 1)
        units = case.ours.doc.inside(inside)
        keys = [unit.key for unit in units]
        if any(intensifies(key) for key in keys):
            yield case.change(ChangeKind.STRENGTH, edit.reported, None)
        elif keys and keys[0] in _LIMITING and not _given(case, edit, keys):
            yield case.change(ChangeKind.INSERTION, edit.reported, None)
        elif _another_name(case, edit, inside):
            yield case.change(ChangeKind.NAME, edit.reported, edit.original)


def _place(case: Case) -> Span:
    return Span(case.hulls[0].start, case.hulls[-1].end)


def _given(case: Case, edit: Edit, keys: list[str]) -> bool:
    """Whether the source says it around the passage."""
    place = _place(case)
    around = case.theirs.doc.inside(Span(max(0, place.start - AROUND), place.end + AROUND))
    there = {stem(unit.key) for unit in around}
    told = [stem(key) for key in keys if key not in function_words()]
    return bool(told) and all(key in there for key in told)


def _another_name(case: Case, edit: Edit, inside: Span) -> bool:
    """Whether a bracketed name is not the person whom the source names last before the pronoun it stands for."""
    named = inside.of(case.ours.text)
    place = edit.original or _before(case, edit)
    if place is None or not named[:1].isupper() or " " not in named:
        return False
    replaced = case.theirs.doc.inside(place)
    if len(replaced) != 1 or replaced[0].key not in _PRONOUNS:
        return False
    known = first_names()
    before = [
        name.span.of(case.theirs.text)
        for name in case.theirs.doc.names
        if name.type is EntityType.PERSON
        and (edit.original or plain(name.span.of(case.theirs.text)).split()[0] in known)
        and plain(name.span.of(case.theirs.text)).split()[-1] not in bodies().exact
        and place.start - AROUND <= name.span.start < place.start
    ]
    same = [compare(named, name, EntityType.PERSON).score > 0 for name in before]
    return len(before) > 1 and any(same) and not same[-1]


def _before(case: Case, edit: Edit) -> Span | None:
    """The word of the source before the words that a bracket at their head opens: "[Ana Bruk] lied" for "He lied"."""
    if edit.reported is None or edit.reported.start > case.ours.zones[0].start:
        return None
    doc = case.theirs.doc
    first = doc.range(case.hulls[0])[0]
    inside = first > 0 and doc.sentence_of(first) == doc.sentence_of(first - 1)
    return doc.span(first - 1, first) if inside else None
