"""How sure a verdict is: the share of right grades among verdicts of its group, as measured.

The groups are few and told by what a verdict rests on; their shares stand in `confidence.toml` with the set that
they were counted on. `benchmarks/quality/grading.py calibration` counts them again, by cross-validation.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from quoth.types import Alignment, Change, ChangeKind, EditKind, Grade
from quoth.verdicts.support import CARRIED_NEARLY

#: Shares of the reported weight that part the groups.
WHOLE = 0.97
MOST = 0.85
#: Places with other words: a few, and a text put another way throughout.
FEW = 1
MANY = 4
#: So few quoted words may be anybody's; from this share on a passage is somewhat like a quotation.
FEW_TOKENS = 3
SOMETHING = 0.35
#: Below this a verdict says that it is unsure.
UNSURE = 0.75


#: Chances of being carried that part the verdicts on what is told in other words.
SURELY, MOSTLY = 0.85, 0.7


@lru_cache(maxsize=1)
def _shares() -> Mapping[str, float]:
    raw = tomllib.loads((files("quoth.verdicts") / "confidence.toml").read_text(encoding="utf-8"))
    return {name: float(share) for name, share in raw["shares"].items()}


def share(name: str) -> float:
    """Share, 0..1, of right grades among the verdicts of a group, as counted."""
    return _shares()[name]


def confidence(given: Grade, alignment: Alignment, seen: Sequence[Change]) -> float:
    """Probability, 0..1, that a careful reader gives the same grade."""
    return share(group(given, alignment, seen))


def of_support(given: Grade, chance: float) -> float:
    """Probability, 0..1, that a grade is right that rests on the chance that a source carries a statement."""
    if given is Grade.ALTERED:
        return share("told, altered")
    if given is Grade.NOT_FOUND:
        return share("told, absent")
    return share(f"told, carried {'surely' if chance >= SURELY else 'mostly' if chance >= MOSTLY else 'barely'}")


def doubted() -> float:
    """Probability, 0..1, that a grade is right in whose way stands what nobody could settle."""
    return share("told, carried barely")


def of_few_words() -> float:
    """Probability, 0..1, that few and common words stand nowhere: a source may have others for the same."""
    return share("few words")


def read_on() -> float:
    """Probability, 0..1, that a grade is right though the source's sentence goes on behind the words."""
    return share("read on")


def of_absence(tokens: int, coverage: float, *, nobody: bool) -> float:
    """Probability, 0..1, that quoted words stand nowhere in what was searched.

    Args:
        tokens: how many words are quoted.
        coverage: share of their weight that the likest passage holds.
        nobody: whether no source has words of the speaker.
    """
    if nobody:
        return share("nobody speaks")
    return share("no such words" if tokens > FEW_TOKENS and coverage < SOMETHING else "few words")


def group(given: Grade, alignment: Alignment, seen: Sequence[Change]) -> str:  # noqa: PLR0911 - one group after another
    """The name of the group of verdicts that one belongs to."""
    coverage = alignment.coverage
    places = sum(1 for edit in alignment.edits if edit.kind is not EditKind.LEFT_OUT and not edit.marked)
    if given in {Grade.VERBATIM, Grade.ABRIDGED}:
        return str(given)
    if given is Grade.SPLICED:
        return "spliced" if coverage >= WHOLE and places <= FEW else "spliced and put another way"
    if given is Grade.REWORDED:
        if places <= FEW and coverage >= MOST:
            return "reworded in one place"
        return "words moved" if coverage >= WHOLE else "reworded throughout"
    if coverage >= WHOLE:
        return "altered, all else there"
    if places >= MANY or coverage < 1 - CARRIED_NEARLY:
        return "altered and put another way"
    kinds = {change.kind for change in seen if change.material}
    return "only strength altered" if kinds == {ChangeKind.STRENGTH} else "altered in few places"
