"""Records of the JSON contract back to nouns: the other way round from `records`."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from quoth.types.errors import UnusableInput
from quoth.types.span import Passage, Span

Noun = TypeVar("Noun")


def from_record(kind: type[Noun], record: object) -> Noun:
    """A noun from its record; fields that this version does not know are passed over.

        >>> from quoth.types.examination import Added
        >>> from_record(Added, {"span": [3, 9]})
        Added(span=Span(start=3, end=9))

    Args:
        kind: the noun, a frozen dataclass of `quoth.types`.
        record: what its `to_dict` gave.

    Raises:
        UnusableInput: it is no record of such a noun; the sentence names the noun.
    """
    try:
        made: Noun = _made(kind, record)
    except (TypeError, ValueError, KeyError, AttributeError) as problem:
        raise UnusableInput(f"This is no record of {kind.__name__} ({problem}).") from problem
    return made


def _made(kind: Any, value: Any) -> Any:  # noqa: ANN401  # whatever the annotation of a field says
    """A value as its annotation has it."""
    origin, given = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        inner = next(one for one in given if one is not type(None))
        return None if value is None else _made(inner, value)
    if origin is tuple:
        return tuple(_made(given[0], one) for one in value)
    if origin is not None and issubclass(origin, Mapping):
        return dict(value)
    return _plain(kind, value)


def _plain(kind: Any, value: Any) -> Any:  # noqa: ANN401
    """A value of a type that has no parts in its annotation."""
    made: object = value
    noun: Any = kind
    if kind is Span:
        made = _span(value)
    elif kind is Passage:
        made = _passage(value)
    elif is_dataclass(kind):
        made = noun(**{field.name: _made(hint, value[field.name]) for field, hint in _shape(kind, value)})
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        made = kind(value)
    elif kind is float:
        made = float(value)
    elif not isinstance(value, kind):
        raise TypeError(f"{value!r:.40} is no {kind.__name__}")
    return made


def _shape(kind: Any, value: Mapping[str, object]) -> list[tuple[Field[Any], Any]]:  # noqa: ANN401
    """The fields of a noun that its record has, with their annotations; those it has not must have a default."""
    found = []
    for field, hint in _hints(kind):
        if field.name in value:
            found.append((field, hint))
        elif field.default is MISSING and field.default_factory is MISSING:
            raise KeyError(f"{field.name} is missing")
    return found


@lru_cache(maxsize=64)
def _hints(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:  # noqa: ANN401
    hints = get_type_hints(kind)
    return tuple((field, hints[field.name]) for field in fields(kind))


def _span(value: Any) -> Span:  # noqa: ANN401
    start, end = value
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        raise ValueError(f"{value!r:.40} is no span")
    return Span(start, end)


def _passage(value: Any) -> Passage:  # noqa: ANN401
    """A place of a document; the nearest passage of a verdict calls the document "source"."""
    return Passage(str(value["source"] if "source" in value else value["document"]), *_span(value["span"]))
