"""One decision applied to an examination: entities merged, statements given to others, words and grades replaced."""

from collections.abc import Collection
from dataclasses import replace

from quoth.doc.name_bodies import is_body
from quoth.review.decisions import Standing, Who
from quoth.types import Claim, Entity, EntityType, Examination, Grade, Passage, Span, Statement, Verdict


def found_entity(examination: Examination, wanted: Who) -> Entity | None:
    """The entity of this run that somebody meant: the one named there, else the only one of that name."""
    named_there = [one for one in examination.entities if wanted.at and wanted.at in one.mentions]
    if named_there:
        return named_there[0]
    of_name = [one for one in examination.entities if one.name == wanted.name]
    return of_name[0] if len(of_name) == 1 else None


def merged(examination: Examination, after: Standing) -> Examination | None:
    """Several entities made one; None where this run does not have the first of them."""
    kept = found_entity(examination, after.speaker) if after.speaker else None
    found = [found_entity(examination, one) for one in after.others]
    others = [one for one in found if one is not None and one is not kept]
    if kept is None or not others:
        return None
    gone = {one.id for one in others}
    whole = replace(
        kept,
        mentions=tuple(sorted({*kept.mentions, *(at for one in others for at in one.mentions)})),
        aliases=tuple(dict.fromkeys([*kept.aliases, *(one.name for one in others)])),
    )
    names = dict.fromkeys(gone, kept.id)
    return replace(
        examination,
        entities=tuple(whole if one is kept else one for one in examination.entities if one.id not in gone),
        statements=tuple(
            replace(one, speaker=kept.id) if one.speaker in gone else one for one in examination.statements
        ),
        claims=tuple(_renamed(one, names) for one in examination.claims),
    )


def _renamed(claim: Claim, names: dict[str, str]) -> Claim:
    """A claim with entities called by the ids that they have now."""
    return replace(
        claim,
        by=names.get(claim.by, claim.by),
        about=tuple(dict.fromkeys(names.get(one, one) for one in claim.about)),
        responses=tuple(replace(one, by=names.get(one.by, one.by)) for one in claim.responses),
    )


def split(examination: Examination, after: Standing) -> Examination | None:
    """Some statements given to somebody else than who had them; None where this run has none of them."""
    taken = {one.id for one in examination.statements if one.id in after.statements and one.speaker}
    if not taken or after.speaker is None:
        return None
    return given(examination, taken, after.speaker)


def given(examination: Examination, ids: Collection[str], wanted: Who) -> Examination:
    """Statements given to an entity of this run, or to a new one where none is meant.

    The words that name a speaker in those places name the one to whom they are given.
    """
    taken = [one for one in examination.statements if one.id in ids]
    old = {one.speaker for one in taken}
    known = found_entity(examination, wanted)
    if known is not None and known.id in old:
        if old == {known.id} and wanted.at in known.mentions:
            return examination
        known = None
    kept = {Passage(one.document, *span) for one in examination.statements if one.id not in ids for span in one.source}
    places = {Passage(one.document, *span) for one in taken for span in one.source} - kept
    if known is None:
        numbers = {one.id for one in examination.entities}
        id_ = next(f"e{number}" for number in range(1, len(numbers) + 2) if f"e{number}" not in numbers)
        known = Entity(id_, wanted.name, _kind(wanted.name), named=not wanted.name.islower())
    rest = [
        replace(one, mentions=tuple(at for at in one.mentions if at not in places)) if one.id in old else one
        for one in examination.entities
        if one.id != known.id
    ]
    named = replace(known, mentions=tuple(sorted({*known.mentions, *places})))
    at = next((at for at, one in enumerate(examination.entities) if one.id == known.id), len(rest))
    by = {one.id: named.id for one in taken}
    return replace(
        examination,
        entities=(*rest[:at], named, *rest[at:]),
        statements=tuple(replace(one, speaker=named.id) if one.id in by else one for one in examination.statements),
        claims=tuple(_said_by(one, by) for one in examination.claims),
    )


def _kind(name: str) -> EntityType:
    """What somebody is whom a person names: "residents" are a group, "Radio Tarn" is a body, "Orla Venn" a person."""
    if name.islower():
        return EntityType.GROUP
    return EntityType.ORGANISATION if is_body(name) else EntityType.PERSON


def _said_by(claim: Claim, by: dict[str, str]) -> Claim:
    """A claim, its maker and those who answer it told by who made the statements."""
    return replace(
        claim,
        by=by.get(claim.statements[0], claim.by) if claim.statements else claim.by,
        responses=tuple(replace(one, by=by.get(one.statement, one.by)) for one in claim.responses),
    )


def with_words(examination: Examination, statement: Statement, content: tuple[Span, ...]) -> Examination:
    """A statement with other words; of its verdict what does not touch them goes."""

    def touches(span: Span | None) -> bool:
        return span is None or any(span.meets(one) for one in content)

    return replace(
        examination,
        statements=tuple(replace(one, content=content) if one.id == statement.id else one
                         for one in examination.statements),
        verdicts=tuple(
            replace(
                one,
                pieces=tuple(piece for piece in one.pieces if touches(piece.reported)),
                changes=tuple(change for change in one.changes if touches(change.reported)),
            )
            if one.statement == statement.id
            else one
            for one in examination.verdicts
        ),
    )  # fmt: skip


def regraded(verdict: Verdict, grade: Grade) -> Verdict:
    """A verdict with the grade that a person gave it, and no evidence that speaks of another.

    What the program took for material stays so only in what is altered; where nothing was found, what it had found is
    the nearest passage. The person vouches for the grade: confidence is 1, but where they say that it is unclear, and
    the reason is theirs, which stands in the decision.
    """
    if grade is verdict.grade:
        return verdict
    pieces, searched = verdict.pieces, verdict.searched
    if grade is Grade.NOT_FOUND and pieces:
        nearest = searched.nearest or Passage(pieces[0].source, *pieces[0].original)
        pieces, searched = (), replace(searched, nearest=nearest)
    return replace(
        verdict,
        grade=grade,
        confidence=0.0 if grade is Grade.UNCLEAR else 1.0,
        pieces=pieces,
        changes=()
        if grade is Grade.NOT_FOUND
        else tuple(replace(one, material=one.material and grade is Grade.ALTERED) for one in verdict.changes),
        reason="",
        searched=searched,
        why=None,
    )


def without(claims: tuple[Claim, ...], rejected: Collection[str]) -> tuple[Claim, ...]:
    """Claims and answers that stand without some statements."""
    found = []
    for one in claims:
        statements = tuple(id_ for id_ in one.statements if id_ not in rejected)
        if statements or not one.statements:
            answers = tuple(answer for answer in one.responses if answer.statement not in rejected)
            found.append(replace(one, statements=statements, responses=answers))
    return tuple(found)
