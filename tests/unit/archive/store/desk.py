"""Invented documents for the tests of archives."""

from collections.abc import Iterator

from quoth.archive.store import sha256_of
from quoth.types import Document

PLACES = ("Tarn Bay", "Orm", "Lower Galla", "Selby Head", "the Northern Isles", "Corran", "Vell", "Marrow Point")
THINGS = ("ferries", "lighthouses", "school boats", "breakwaters", "fish markets", "pilot houses", "weather towers")


def text_of(number: int) -> str:
    """A text that no other number has, with one sentence that is all its own."""
    place, thing = PLACES[number % 8], THINGS[number % 7]
    return (
        f"The ministry of ports will repair {number + 2} {thing} in {place} before the winter storms.\n\n"
        f"Clerk number {number} counted {number * 37} barrels of tar and signed ledger {number * 7 + 5} at dawn. "
        f"The harbour council of {place} thanked the engineers, and the treasurer of Valdora paid in full."
    )


def own_sentence(number: int) -> str:
    """The sentence that only text `number` has."""
    return f"Clerk number {number} counted {number * 37} barrels of tar and signed ledger {number * 7 + 5} at dawn"


def documents(first: int, last: int) -> Iterator[Document]:
    """Documents `[first, last)`, each with an id by its number."""
    for number in range(first, last):
        text = text_of(number)
        yield Document(f"notice-{number}", text, sha256_of(text), publisher="Ministry of Ports")
