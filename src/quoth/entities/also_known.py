"""Persons whom a text itself says to be one: "Wei Fen, who is also known as Walter Fen"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from quoth.entities.clusters import Cluster
from quoth.types import EntityType

_LONGEST = 40  # characters between the two names
_KNOWN_AS = re.compile(
    r"\s*[,(–—-]?\s*(?:(?:who|and) (?:is|was|are|were) |(?:is|was) )?(?:also |better |formerly |previously |once )?"
    r"(?:known (?:also )?as|called|a\.?k\.?a\.?|alias|born|n[ée]e)\s+[“\"‘']?",
    re.IGNORECASE,
)


def joined(formed: Sequence[Cluster], texts: Sequence[str]) -> list[Cluster]:
    """The clusters, those of persons that a text calls one made one, numbered in their order.

    Args:
        formed: clusters in order of first mention; those that are joined are changed.
        texts: the documents' texts, by number.
    """
    owner = {id(mention): cluster for cluster in formed for mention in cluster.mentions}
    named = sorted(
        (mention for cluster in formed if cluster.type is EntityType.PERSON for mention in cluster.mentions),
        key=lambda mention: (mention.order, mention.span),
    )
    for one, other in pairwise(named):
        first, second = owner[id(one)], owner[id(other)]
        if first is second or one.order != other.order or other.span.start - one.span.end > _LONGEST:
            continue
        if _KNOWN_AS.fullmatch(texts[one.order], one.span.end, other.span.start):
            for mention in second.mentions:
                owner[id(mention)] = first
                first.add(mention)
            first.mentions.sort(key=lambda mention: (mention.order, mention.span))
            second.mentions.clear()
    kept = [cluster for cluster in formed if cluster.mentions]
    for number, cluster in enumerate(kept):
        cluster.number = number
    return kept
