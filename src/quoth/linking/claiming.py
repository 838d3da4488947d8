"""The door `claims`: who answered whom."""

from quoth.values import Claim, Document, Entity, Statement


def claims(report: Document, statements: tuple[Statement, ...], entities: tuple[Entity, ...]) -> tuple[Claim, ...]:
    """Claims and the answers to them."""
    return ()
