"""A very long report, examined part by part: what stands in the parts is put together as if one report had told it.

Nothing of it is cut short. What one part tells is unknown to the next ones: "he" is somebody of the same part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from quoth.types import (
    Added,
    Claim,
    Discrepancy,
    Document,
    Entity,
    Examination,
    LeftOut,
    NotExamined,
    Passage,
    Places,
    Span,
    Statement,
    Verdict,
)
from quoth.types.statement import statement_id

#: Code points of a report that is examined as a whole: 50,000 words, more than any paper prints of one matter.
LONGEST = 300_000
#: Code points of a part of a longer one.
PART = 150_000


def cut(report: Document) -> Iterator[tuple[int, Document]]:
    """The parts of a report, each with its offset; cut where a paragraph ends, or a line, or else a word."""
    places = Places(block.span for block in report.blocks)
    at = 0
    while at < len(report.text):
        end = _end(report.text, at)
        inside = (report.blocks[number] for number in places.meeting(Span(at, end)))
        blocks = tuple(
            replace(one, span=Span(max(one.span.start, at), min(one.span.end, end)).shifted(-at), boxes=(), moments=())
            for one in inside
        )
        yield at, replace(report, text=report.text[at:end], blocks=blocks)
        at = end


def _end(text: str, at: int) -> int:
    if len(text) - at <= 2 * PART:
        return len(text)
    for mark in ("\n\n", "\n", " "):
        found = text.find(mark, at + PART, at + 2 * PART)
        if found >= 0:
            return found + len(mark)
    return at + PART


@dataclass
class Joined:
    """What was found in the parts of a report so far."""

    report: Document
    sources: Sequence[Document]
    statements: list[Statement] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    discrepancies: list[Discrepancy] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    not_examined: dict[NotExamined, None] = field(default_factory=dict)
    recipe: dict[str, object] = field(default_factory=dict)
    _entities: dict[tuple[str, str, int], Entity] = field(default_factory=dict)
    _left_out: dict[tuple[str, Span], LeftOut] | None = None

    def add(self, offset: int, part: Examination) -> None:
        """Take what was found in the part that begins at an offset."""
        who = {entity.id: self._known(entity, offset) for entity in part.entities}
        ids = {one.id: statement_id(self.report.id, _shifted(one.content, offset), one.mode) for one in part.statements}
        for one in part.statements:
            self.statements.append(
                replace(
                    one,
                    id=ids[one.id],
                    content=_shifted(one.content, offset),
                    cue=_shifted(one.cue, offset),
                    source=_shifted(one.source, offset),
                    speaker=who.get(one.speaker or ""),
                    within=ids.get(one.within or ""),
                )
            )
        for verdict in part.verdicts:
            pieces = tuple(replace(piece, reported=piece.reported.shifted(offset)) for piece in verdict.pieces)
            changes = tuple(
                replace(change, reported=change.reported.shifted(offset)) if change.reported else change
                for change in verdict.changes
            )
            self.verdicts.append(replace(verdict, statement=ids[verdict.statement], pieces=pieces, changes=changes))
        self.added += [Added(one.span.shifted(offset)) for one in part.added]
        self.discrepancies += [replace(one, report=one.report.shifted(offset)) for one in part.discrepancies]
        for claim in part.claims:
            self.claims.append(
                replace(
                    claim,
                    id=f"c{len(self.claims) + 1}",
                    by=who.get(claim.by, claim.by),
                    about=tuple(who.get(one, one) for one in claim.about),
                    statements=tuple(ids[one] for one in claim.statements),
                    responses=tuple(
                        replace(one, by=who.get(one.by, one.by), statement=ids[one.statement])
                        for one in claim.responses
                    ),
                )
            )
        for passed in part.not_examined:
            own = passed.document == self.report.id
            self.not_examined[replace(passed, span=passed.span.shifted(offset)) if own else passed] = None
        self._left(part.left_out)
        self.recipe = dict(part.recipe)

    def _left(self, found: Sequence[LeftOut]) -> None:
        """What the report leaves out is what each of its parts leaves out; the one nearest to it says how salient."""
        here = {(one.source, one.span): one for one in found}
        before = here if self._left_out is None else self._left_out
        both = ((place, here[place], before[place]) for place in here if place in before)
        self._left_out = {place: max(one, other, key=lambda each: each.salience) for place, one, other in both}

    def _known(self, entity: Entity, offset: int) -> str:
        """The id of an entity of a part in the whole report: names of one key are one, unnamed ones are not joined."""
        mentions = tuple(
            Passage(one.document, one.start + offset, one.end + offset) if one.document == self.report.id else one
            for one in entity.mentions
        )
        key = (entity.type, entity.key or entity.name, -1 if entity.named else len(self._entities))
        known = self._entities.get(key)
        if known is None:
            known = replace(entity, id=f"e{len(self._entities) + 1}", mentions=mentions)
        else:
            names = dict.fromkeys((*known.aliases, entity.name, *entity.aliases))
            known = replace(
                known,
                mentions=tuple(dict.fromkeys((*known.mentions, *mentions))),
                aliases=tuple(name for name in names if name != known.name),
            )
        self._entities[key] = known
        return known.id

    def examination(self) -> Examination:
        """All of it."""
        home = self.report.id
        entities = (
            replace(one, mentions=tuple(sorted(one.mentions, key=lambda at: at.document != home)))
            for one in self._entities.values()
        )
        left = sorted((self._left_out or {}).values(), key=lambda one: -one.salience)
        return Examination(
            report=self.report,
            sources=tuple(self.sources),
            statements=tuple(self.statements),
            verdicts=tuple(self.verdicts),
            left_out=tuple(left),
            added=tuple(self.added),
            discrepancies=tuple(self.discrepancies),
            entities=tuple(entities),
            claims=tuple(self.claims),
            recipe=self.recipe,
            not_examined=tuple(self.not_examined),
        )


def _shifted(spans: Sequence[Span], offset: int) -> tuple[Span, ...]:
    return tuple(span.shifted(offset) for span in spans)
