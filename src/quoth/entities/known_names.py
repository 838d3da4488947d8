"""What a story names, by the words that may mean it: names, titles, roles, surnames."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from quoth.doc.name_similarity import name_words
from quoth.doc.name_tables import plain
from quoth.doc.source_types import roles_like
from quoth.entities.clusters import Cluster
from quoth.entities.story import Place, Story
from quoth.types import EntityType

_ARTICLE = re.compile(r"\b(?:an?|another|one)(?=\s)", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+([\w-]+)")
_INTRODUCED_WORDS = 4  # after an article: three and the noun


class Known:
    """A story's clusters and places, found by words instead of by looking at each."""

    __slots__ = ("_bearers", "_by_word", "_clusters", "_introduced", "_places", "_text", "own")

    def __init__(self, story: Story) -> None:
        """Read the story once; `own` has the folded words of each cluster's names, in the order of `story.clusters`."""
        self._text = story.text
        self._clusters = story.clusters
        self._introduced: dict[str, int] | None = None
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._bearers: defaultdict[str, dict[int, Cluster]] = defaultdict(dict)
        self._places: defaultdict[int, list[Place]] = defaultdict(list)
        self.own: list[frozenset[str]] = []
        for number, cluster in enumerate(story.clusters):
            self.own.append(_own_words(cluster.names))
            for word in self.own[-1] | cluster.roles:
                self._by_word[word].add(number)
            for name in cluster.names if cluster.type is EntityType.PERSON else ():
                told = name_words(name)
                if len(told) > 1:
                    self._bearers[told[-1]][cluster.number] = cluster
        for place in story.places:
            self._places[place.cluster.number].append(place)

    def of_role(self, head: str) -> Iterable[tuple[Cluster, frozenset[str]]]:
        """Clusters whose names or descriptions have a noun, or one for the same role, with their names' words.

        They come in the order of `Story.clusters`.
        """
        found = {number for word in roles_like(head) for number in self._by_word.get(word, ())}
        return ((self._clusters[number], self.own[number]) for number in sorted(found))

    def bearers(self, surname: str) -> dict[int, Cluster]:
        """Persons with a folded surname as the last word of a full name, by number."""
        return self._bearers.get(surname, {})

    def last_place(self, cluster: Cluster, at: int) -> Place | None:
        """Where a cluster is named last before an offset."""
        places = self._places.get(cluster.number, [])
        number = bisect_left(places, at, key=lambda place: place.mention.span.start)
        return places[number - 1] if number else None

    def introduced(self, head: str, at: int) -> bool:
        """Whether "a", "another" or "one" stands before a noun, with three words at most between, before an offset."""
        if self._introduced is None:
            self._introduced = _introductions(self._text)
        return self._introduced.get(head, at) < at


def _own_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(
        plain(word).removesuffix("'s").removesuffix("’s") for name in names for word in re.split(r"[\s-]+", name)
    )


def _introductions(text: str) -> dict[str, int]:
    """Where each word, or what stands before a hyphen of it, is first introduced by an article."""
    found: dict[str, int] = {}
    for article in _ARTICLE.finditer(text):
        end = article.end()
        for _ in range(_INTRODUCED_WORDS):
            word = _NEXT_WORD.match(text, end)
            if word is None:
                break
            end = word.end()
            parts = word[1].lower().split("-")
            for number in range(len(parts)):
                found.setdefault("-".join(parts[: number + 1]), word.start(1))
    return found
