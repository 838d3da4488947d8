"""What one person or body is called in the tables of all documents, whichever way a document writes the name."""

import re

from quoth.doc.body_tables import known_as
from quoth.doc.name_persons import parse_person
from quoth.doc.name_scripts import romanise
from quoth.doc.name_tables import plain, words, world
from quoth.types import EntityType


def batch_key(name: str, kind: EntityType) -> str:
    """A key of a name: whom the table of aliases knows by it; else the name, a person's without title and initials.

    "Donald J. Marn", "Donald Marn" and "Mr. Donald Marn" have one key; a middle name and "Jr." tell two persons apart.
    The name of another spelling has another key: whether two spellings are one person is asked in a document only.
    """
    group = "persons:" if kind is EntityType.PERSON else "bodies:"
    known = {told.removeprefix(group) for told in known_as(name) if told.startswith(group)}
    if len(known) == 1:
        return plain(known.pop())
    if kind is not EntityType.PERSON:
        return plain(world().names.get(plain(name), name))
    suffix = parse_person(name).suffix
    told = re.findall(r"\w+", romanise(name.replace("’", "'")).replace("'", ""))
    while len(told) > 1 and told[0] in words().titles:
        told = told[1:]
    if suffix and len(told) > 1:
        told = told[:-1]
    lone = len(told[0]) == 1 if told else True  # "J. K. Marn" has nothing but initials
    kept = [word for at, word in enumerate(told) if len(word) > 1 or at == 0 or lone]
    return " ".join([*kept, suffix]).strip() or plain(name)
