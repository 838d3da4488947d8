"""Which of the names by which a source calls its speakers may be names of a report's speaker.

Each pair is compared where there are few enough. In a text of hundreds of speakers only names that share a key are:
a word, a sound, an acronym, a thing that both are known for.
"""

import re
from collections.abc import Iterable, Sequence

from quoth.doc.body_tables import known_as
from quoth.doc.name_similarity import keys, lone_keys
from quoth.types import Entity, EntityType

#: Pairs of a report's and a source's names that are all compared.
MOST_PAIRS = 40_000
#: Names of one key that are looked at where there are more pairs: the sounds that so many share tell nobody apart.
CROWDED = 40
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def bare(name: str) -> str:
    """A name without its article."""
    return _ARTICLE.sub("", name)


class Namings:
    """The names by which one source calls its speakers."""

    def __init__(self, called: Iterable[str], speakers: int) -> None:
        """Takes the names, and how many speakers of the report are looked for among them."""
        self._called = tuple(dict.fromkeys(called))
        self.few = len(self._called) * speakers <= MOST_PAIRS
        self._by_key: dict[tuple[str, bool], list[str]] = {}
        self._keys: dict[str, frozenset[tuple[str, bool]]] = {}
        if not self.few:
            for name in self._called:
                for person in (True, False):
                    for key in _keys(bare(name), person=person):
                        self._by_key.setdefault((key, person), []).append(name)

    def near(self, names: Sequence[str], kind: EntityType) -> Sequence[str]:
        """Those that may be names of somebody of some names; what is not among them is not."""
        if self.few:
            return self._called
        person = kind is EntityType.PERSON
        shared = {(key, person) for name in names for key in _keys(name, person=person)}
        found: dict[str, None] = {}
        for group in sorted((self._by_key.get(key, []) for key in shared), key=len):
            if len(found) + len(group) > CROWDED:
                break
            found.update(dict.fromkeys(group))
        return list(found)

    def may_be_one(self, one: Entity, other: Entity) -> bool:
        """Whether it is worth while to compare the names of two."""
        return self.few or not self._of(one).isdisjoint(self._of(other))

    def _of(self, entity: Entity) -> frozenset[tuple[str, bool]]:
        if entity.id not in self._keys:
            names = (entity.name, *entity.aliases)
            both = {(key, person) for name in names for person in (True, False) for key in _keys(name, person=person)}
            self._keys[entity.id] = frozenset(key for key in both if len(self._by_key.get(key, ())) <= CROWDED)
        return self._keys[entity.id]


def _keys(name: str, *, person: bool) -> frozenset[str]:
    kind = EntityType.PERSON if person else EntityType.ORGANISATION
    found = keys(name, kind) | {"@" + known for known in known_as(name)}
    return found | lone_keys(name) if person else found
