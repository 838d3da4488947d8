"""What an examination comes to in a sentence, and its findings in groups: for the page, the terminal and paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.reports import labels
from quoth.reports.page_layout import grade_class
from quoth.reports.points import NOT_FOUND, Point
from quoth.reports.view import Finding, View
from quoth.types import Grade

MATTER = ("g-altered", "g-spliced")  # keys of the groups of which a reader could take away something else


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Findings that are shown under one heading.

    Attributes:
        key: the class by which they are filtered.
        name: what the filter calls them.
        title: the heading.
        meaning: what it says of them.
        findings: in order of weight.
        lines: whether each is a line, folded away at first, and no card.
    """

    key: str
    name: str
    title: str
    meaning: str
    findings: tuple[Finding, ...]
    lines: bool


def card_groups(seen: View) -> list[CardGroup]:
    """The findings by grade, in order of weight.

    Those of people whose words were not given stand by themselves, behind what was not found; they and what is word for
    word are lines.
    """
    found: list[CardGroup] = []
    for grade, _ in seen.counts:
        of_it = [one for one in seen.by_weight if one.grade is grade]
        heard = tuple(one for one in of_it if not one.unheard)
        unheard = tuple(one for one in of_it if one.unheard)
        key, meaning = grade_class(grade), labels.MEANINGS[grade]
        if heard:
            title = str(grade).capitalize()
            found.append(CardGroup(key, str(grade), title, meaning, heard, grade is Grade.VERBATIM))
        if unheard:
            found.append(
                CardGroup(
                    "g-unheard", "no words of theirs", labels.UNHEARD, labels.UNHEARD_MEANING, unheard, lines=True
                )
            )
    return found


def rejected_group(seen: View) -> CardGroup | None:
    """What people rejected: shown last, as lines; None where nobody rejected anything."""
    if not seen.rejected:
        return None
    return CardGroup("g-rejected", "rejected", labels.REJECTED, labels.REJECTED_MEANING, seen.rejected, lines=True)


def answer(seen: View, found: Sequence[Point]) -> str:
    """What the examination comes to, as a heading."""
    values = sum(one.kind != NOT_FOUND for one in found)
    quotations = len(found) - values
    told = []
    if values:
        told.append(f"{values} {'thing differs' if values == 1 else 'things differ'}")
    if quotations:
        told.append(f"{labels.count_of(quotations, 'quotation')} not found")
    return ", ".join(told) or "Nothing was found changed by which a reader could take away something else"


def in_short(seen: View) -> str:
    """How many statements were judged how, in one sentence."""
    told = f"{labels.count_of(len(seen.findings), 'statement').capitalize()}: {', '.join(_counted(seen))}."
    return f"{told} {len(seen.rejected)} more rejected by a person." if seen.rejected else told


def _counted(seen: View) -> Iterator[str]:
    for one in card_groups(seen):
        yield f"{len(one.findings)} {one.name if one.key != 'g-unheard' else 'by people whose words were not given'}"
    if not seen.findings:
        yield "nothing to compare"
