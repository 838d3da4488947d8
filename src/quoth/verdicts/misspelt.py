"""Names that report and source write in two ways; each way once."""

from collections.abc import Iterable, Sequence

from quoth.doc.name_similarity import Reason, compare, name_words
from quoth.types import ChangeKind, Discrepancy, Document, Entity, EntityType, Span


def spellings(report: Document, entities: Sequence[Entity], source: Document) -> Iterable[Discrepancy]:
    """One name written in two ways: no spelling of the one document stands in the other."""
    for entity in entities:
        if not entity.named or entity.type not in {EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE}:
            continue
        own = _written(entity, report)
        other = _written(entity, source)
        shared = {word for name in other for word in name_words(name)}
        ours = {word for name in own for word in name_words(name)}
        told: set[tuple[frozenset[str], frozenset[str]]] = set()  # "Ilya Marens" for "Mahrens" tells "Marens" as well
        for name, span in own.items():
            if shared.issuperset(name_words(name)):
                continue
            for rival, place in other.items():
                if (
                    ours.issuperset(name_words(rival))
                    or compare(name, rival, entity.type).reason is not Reason.SPELLING
                ):
                    continue
                words, others = {*name_words(name)}, {*name_words(rival)}
                differing = frozenset(words - others), frozenset(others - words)
                if differing not in told:
                    told.add(differing)
                    yield Discrepancy(ChangeKind.NAME, span, name, source.id, place, rival)


def _written(entity: Entity, document: Document) -> dict[str, Span]:
    """How a document writes an entity's name, and where first."""
    found: dict[str, Span] = {}
    for mention in entity.mentions:
        if mention.document == document.id:
            name = " ".join(document.text[mention.start : mention.end].split())
            if name[:1].isupper():
                found.setdefault(name, mention.span)
    return found
