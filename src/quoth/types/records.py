"""Nouns as the records of the JSON contract: fields by their names, spans as `[start, end]`, absence as null."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from quoth.types.span import Passage, Span

DECIMALS = 4  # of confidences and saliences: more would be noise in a diff of two runs


@dataclass(frozen=True, slots=True)
class AsRecord:
    """What all nouns that stand in the JSON share."""

    def to_dict(self) -> dict[str, object]:
        """The record of the JSON contract: dictionaries, lists, strings, numbers, booleans and None only."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


def plain(value: object) -> object:
    """A value of a noun's field as JSON has it."""
    found: object = value
    match value:
        case Span():
            found = [value.start, value.end]
        case Passage():
            found = {"document": value.document, "span": plain(value.span)}
        case AsRecord():
            found = value.to_dict()
        case str():  # enums among them
            found = str(value)
        case float():
            found = round(value, DECIMALS)
        case Mapping():
            found = {str(key): plain(one) for key, one in value.items()}
        case tuple() | list():
            found = [plain(one) for one in value]
    return found
