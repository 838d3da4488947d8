"""How sure a verdict is."""

from collections.abc import Sequence

from quoth.values import Alignment, Change, Grade


def confidence(given: Grade, alignment: Alignment, seen: Sequence[Change]) -> float:
    """Probability, 0..1, that a careful reader gives the same grade."""
    if given is Grade.VERBATIM:
        return 0.99
    if given is Grade.NOT_FOUND:
        return 0.9 if alignment.coverage < 0.3 else 0.6
    return 0.9 if alignment.coverage > 0.9 else 0.7
