"""Who does what to whom, told of one verb in both texts, in the active or in the passive voice.

"The paper was sued by the minister" and "the minister sued the paper" tell the same roles, whatever their order; "the
minister was sued by the paper" turns them round, though its words stand in the source's order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quoth.changes.comparison import Case
from quoth.changes.sides import Side
from quoth.doc.stems import stem
from quoth.doc.tenses import BE, is_past
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind, Mode, Span

_BORDERS = frozenset(".;:!?,")
_SHORT_PASTS = frozenset(["sued", "paid", "owed", "used", "fed", "led", "shot", "beat"])
_DETERMINERS = word_list("determiners")
_AUXILIARIES = word_list("auxiliaries") | {"not", "never", "also", "already", "then", "'ll", "got", "get"}


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with those who take part in it.

    Attributes:
        verb: number of its unit.
        passive: whether it is told in the passive voice.
        agent: stems of the words for who does it; empty where nobody is named.
        patient: stems of the words for whom it is done to.
        agent_span: where the agent stands.
    """

    verb: int
    passive: bool
    agent: frozenset[str]
    patient: frozenset[str]
    agent_span: Span | None


class Roles:
    """The verbs that both sides of a case tell once, with their roles."""

    def __init__(self, case: Case) -> None:
        """Reads both sides."""
        self._case = case
        verbs = _verbs(case.ours) | _verbs(case.theirs)
        ours, theirs = _deeds(case.ours, verbs), _deeds(case.theirs, verbs)
        self._theirs = list(theirs.values())
        self._both = [(ours[verb], theirs[verb]) for verb in ours if verb in theirs]

    def changes(self) -> Iterator[Change]:
        """The verbs whose agent and patient changed places, or whose agents did with those of another verb."""
        for mine, its in self._both:
            if self._turned(mine, its) or self._passed_on(mine, its) or self._of_another(mine, its):
                yield self._case.change(ChangeKind.AGENT, mine.agent_span, its.agent_span)

    @staticmethod
    def _turned(mine: Deed, its: Deed) -> bool:
        given, taken = mine.agent & its.patient, mine.patient & its.agent
        return bool(given and taken) and not (mine.agent & its.agent or mine.patient & its.patient & (given | taken))

    def _passed_on(self, mine: Deed, its: Deed) -> bool:
        """Whether the deed is done to the same, by one who in the other text does another of its deeds."""
        if not mine.agent or not its.agent or mine.agent & its.agent or not mine.patient & its.patient:
            return False
        others = [pair for pair in self._both if pair[0] is not mine]
        return any(mine.agent & other.agent for _, other in others) and any(its.agent & one.agent for one, _ in others)

    def _of_another(self, mine: Deed, its: Deed) -> bool:
        """Whether what one did is told of one who does something else there: "his spokesman said that he resigned"."""
        if self._case.mode is Mode.DIRECT or mine.patient or its.patient:
            return False  # what is cut out of a quotation may be what stood between the two
        if not mine.agent or not its.agent or mine.agent & its.agent:
            return False
        return any(mine.agent & other.agent for other in self._theirs if other is not its)

    def kept(self, change: Change) -> bool:
        """Whether a change of roles is one of words whose roles are the same, told in another voice."""
        if change.kind is not ChangeKind.AGENT or change.reported is None or change.original is None:
            return False
        words = {stem(unit.key) for unit in self._case.ours.inside(change.reported)}
        return any(
            mine.passive is not its.passive
            and mine.agent & its.agent
            and mine.patient & its.patient
            and words & (mine.agent | mine.patient)
            for mine, its in self._both
        )


@lru_cache(maxsize=32)  # phrases of one sentence are held against the same place
def _verbs(side: Side) -> frozenset[str]:
    """The stems of the words that have the form of a past."""
    return frozenset(stem(unit.key) for unit in side.units if _past(unit.key))


def _past(key: str) -> bool:
    return (is_past(key) or key in _SHORT_PASTS) and key not in function_words()


@lru_cache(maxsize=32)
def _deeds(side: Side, verbs: frozenset[str]) -> Mapping[str, Deed]:
    """The verbs of a side with agent and patient, by their stems; those that stand there once."""
    found: dict[str, list[int]] = {}
    for number, unit in enumerate(side.units):
        if stem(unit.key) in verbs and unit.key not in function_words():
            found.setdefault(stem(unit.key), []).append(number)
    return {verb: _deed(side, numbers[0]) for verb, numbers in found.items() if len(numbers) == 1}


def _deed(side: Side, verb: int) -> Deed:
    units = side.units
    first = verb
    passive = False
    while first > 0 and _part_of_verb(units[first - 1].key) and not _border(side, first - 1):
        first -= 1
        passive = passive or units[first].key in BE - {"'s"} or units[first].key in {"got", "get"}
    joined = first == verb > 0 and units[verb - 1].key == "and" and verb + 1 < len(units)
    passive = passive or (joined and units[verb + 1].key == "by")  # "was written by the guild and signed by the king"
    before = _taking_part(side, range(first - 1, -1, -1))
    if not passive:
        behind = _taking_part(side, range(verb + 1, len(units)))
        return Deed(verb, passive, _stems(side, before), _stems(side, behind), _span(side, before))
    by = next((at for at in range(verb + 1, len(units)) if units[at].key == "by"), None)
    agent: Sequence[int] = []
    if by is not None and not any(_border(side, at) for at in range(verb, by)):
        agent = _taking_part(side, range(by + 1, len(units)))
    return Deed(verb, passive, _stems(side, agent), _stems(side, before), _span(side, agent))


def _part_of_verb(key: str) -> bool:
    return key in _AUXILIARIES or (key.endswith("ly") and key not in function_words())


def _border(side: Side, number: int) -> bool:
    """Whether a mark stands behind a unit."""
    if number + 1 >= len(side.units):
        return True
    return any(mark in _BORDERS for mark in side.text[side.units[number].end : side.units[number + 1].start])


def _taking_part(side: Side, numbers: range) -> Sequence[int]:
    """The content words of the nearest phrase, on the way from a verb."""
    found: list[int] = []
    last = numbers.start - numbers.step
    for number in numbers:
        if _border(side, min(number, last)):
            break
        key = side.units[number].key
        if key in function_words() and key not in _DETERMINERS:
            break
        if key not in function_words():
            found.append(number)
        last = number
    return found


def _stems(side: Side, numbers: Sequence[int]) -> frozenset[str]:
    return frozenset(stem(side.units[number].key) for number in numbers)


def _span(side: Side, numbers: Sequence[int]) -> Span | None:
    return side.span(min(numbers), max(numbers) + 1) if numbers else None
