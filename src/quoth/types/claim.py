"""Who answered whom."""

from dataclasses import dataclass
from enum import StrEnum

from quoth.types.records import AsRecord


class Stance(StrEnum):
    """How an answer stands to the claim it answers."""

    DENIES = "denies"
    PARTLY_DENIES = "partly denies"
    DISPUTES = "disputes"
    CONFIRMS = "confirms"
    SUPPORTS = "supports"
    COUNTER_ACCUSES = "counter-accuses"
    NO_COMMENT = "no comment"


@dataclass(frozen=True, slots=True)
class Response(AsRecord):
    """An answer to a claim: by which entity, with which stance, in which statement."""

    by: str
    stance: Stance
    statement: str


@dataclass(frozen=True, slots=True)
class Claim(AsRecord):
    """Something put forward by somebody, in one or more statements, and the answers to it.

    Attributes:
        id: unique within an examination.
        by: id of the entity that puts it forward.
        about: ids of the entities it is about.
        statements: ids of the statements that carry it.
        text: the claim in the report's words.
        responses: the answers, in reading order.
    """

    id: str
    by: str
    about: tuple[str, ...]
    statements: tuple[str, ...]
    text: str
    responses: tuple[Response, ...] = ()
