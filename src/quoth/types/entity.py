"""Who and what is named."""

from dataclasses import dataclass
from enum import StrEnum

from quoth.types.records import AsRecord
from quoth.types.span import Passage


class EntityType(StrEnum):
    """What kind of thing an entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entity(AsRecord):
    """One person, body, place or document and the places where it is named.

    Attributes:
        id: unique within an examination.
        name: the canonical name, the fullest one found; for an unnamed source the words themselves ("officials").
        type: what kind of thing it is.
        mentions: where it is named, in reading order, document by document.
        aliases: other names found for it.
        named: False for an unnamed source ("a person familiar with the matter").
        key: what the same one is called in all documents ("donald marn" for "Donald J. Marn"); "" where nobody asked.
    """

    id: str
    name: str
    type: EntityType
    mentions: tuple[Passage, ...] = ()
    aliases: tuple[str, ...] = ()
    named: bool = True
    key: str = ""
