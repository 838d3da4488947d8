"""Rows from invented news: a statement, and reports of it in other words: right, wrong, or with too much."""

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from training.judge import speech, values
from training.judge.data import ABSENT, CARRIED, CHANGED, PARTLY, Pair
from training.judge.speech import LISTS

TABLE = tomllib.loads((Path(__file__).parent / "news.toml").read_text(encoding="utf-8"))
EVENTS: list[dict] = TABLE["event"]
POOLS: dict[str, list[list[str]]] = TABLE["values"]
#: Slots that hold values.
VALUED = {"place", "body", "name", "date", "n", "money", "share"}
_SLOT = re.compile(r"\{(\w+)\}")
#: Clauses that begin with a name.
_NAMED = re.compile(r"[A-Z]\w+ [A-Z]|Minister|Mayor|Orra|President|Chief|I\b|Labour|Dunmere|Velm")


@dataclass
class Value:
    """One value with the ways to put it in a source and in a report, and with those of another value."""

    own: Callable[[], str]
    told: Callable[[], str]
    other: "Callable[[], Value]"


class Scene:
    """One speaker, and the values of its statement."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.first_person = rng.random() < 0.85
        self.issuer = rng.choice(POOLS["issuer"])
        self.pronoun = rng.choice(
            ("it", "they") if self.issuer[0][0].islower() or "Orra" in self.issuer[0] else ("he", "she")
        )
        self.values: dict[str, Value] = {}

    def beside(self) -> "Scene":
        """A scene of the same speaker for another statement: some of its values are the same."""
        made = Scene(self.rng)
        made.first_person, made.issuer, made.pronoun = self.first_person, self.issuer, self.pronoun
        made.values = {slot: value for slot, value in self.values.items() if self.rng.random() < 0.35}
        return made

    def value(self, slot: str) -> Value:
        """The value of a slot, drawn when it is first asked for."""
        if slot not in self.values:
            self.values[slot] = self.draw(slot)
        return self.values[slot]

    def draw(self, slot: str, but: object = None) -> Value:
        """A value for a slot, not the one given."""
        rng = self.rng
        if slot in {"place", "body"}:
            forms = rng.choice([one for one in POOLS[slot] if one is not but and one[0] != self.issuer[0]])
            return Value(
                lambda: forms[0] if rng.random() < 0.6 else rng.choice(forms),
                lambda: rng.choice(forms),
                lambda: self.draw(slot, forms),
            )
        if slot == "name":
            first, last, office = rng.choice([one for one in POOLS["name"] if one is not but])
            given = [f"{office} {first} {last}", f"{first} {last}", f"{office} {last}"]
            held = [first, last, office]
            pool = next(one for one in POOLS["name"] if one == held)
            return Value(
                lambda: rng.choice(given), lambda: rng.choice([last, *given, last]), lambda: self.draw(slot, pool)
            )
        if slot == "date":
            day, month = but if isinstance(but, tuple) else (rng.randrange(1, 29), rng.randrange(12))
            name = values.MONTHS[month]
            ways = [f"{day} {name}", f"{name} {day}", f"the {day}{values.ordinal(day)} of {name}"]
            shifted = rng.choice(
                (((day + rng.randrange(27)) % 28 + 1, month), (day, (month + rng.randrange(1, 11)) % 12))
            )
            return Value(lambda: rng.choice(ways), lambda: rng.choice(ways), lambda: self.draw(slot, shifted))
        kind = {"n": "count", "money": "money", "share": "share"}[slot]
        amount = but if isinstance(but, float) else _amount(kind, rng)
        return Value(
            lambda: values.written(amount, kind, rng),
            lambda: values.told(amount, kind, rng, faithful=True),
            lambda: self.draw(slot, values.other(amount, kind, rng)),
        )

    def source(self, template: str) -> str:
        """A template as the source says it."""
        we = dict.fromkeys(("We", "we", "our", "us", "They"))
        if self.first_person:
            we = {word: word for word in we}
        else:
            one = self.issuer[1]
            we = {"We": speech.capital(self.issuer[0]), "we": one, "our": "its", "us": one, "They": "They"}
        return speech.capital(_SLOT.sub(lambda m: we[m[1]] if m[1] in we else self.value(m[1]).own(), template))

    def report(self, template: str, swapped: str = "") -> str:
        """A template as the report gives it, one slot with another value."""
        named = self.rng.choice([self.issuer[0], self.issuer[1], self.issuer[2], self.pronoun, "they"])
        they = {"they": named, "their": "their", "them": "them", "s": self.issuer[1]}

        def put(match: re.Match[str]) -> str:
            slot = match[1]
            if slot in they:
                made = they[slot]
                they["they"] = self.pronoun if self.rng.random() < 0.7 else made
                return made
            value = self.value(slot)
            return (value.other() if slot == swapped else value).told()

        return _SLOT.sub(put, template)


def _amount(kind: str, rng: random.Random) -> float:
    if kind == "share":
        return float(rng.randrange(2, 96))
    if kind == "count":
        return float(
            rng.choice(
                (rng.randrange(2, 13), rng.randrange(2, 100), rng.randrange(100, 5000), rng.randrange(10, 90) * 1000)
            )
        )
    return float(
        rng.choice(
            (
                rng.randrange(2, 90) * 1e6,
                rng.randrange(10, 990) * 1e5,
                rng.randrange(1, 40) * 1e9,
                rng.randrange(1000, 90000),
            )
        )
    )


def make(rng: random.Random, count: int) -> list[Pair]:
    """`count` rows."""
    made: list[Pair] = []
    while len(made) < count:
        made.append(_row(rng))
    return made


def _row(rng: random.Random) -> Pair:
    draft = Draft(rng)
    kind = rng.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
    KINDS[kind][1](draft)
    window = [one for one in draft.around if one]
    window.insert(rng.randrange(len(window) + 1), draft.sentence)
    text = " ".join(one for one in window if one)
    speaker = draft.scene.issuer[0]
    if rng.random() < 0.1:
        text = f"{speaker.upper()}: {text}"
    elif rng.random() < 0.1:
        text = f"“{text.rstrip('.')},” said {speaker}."
    told = draft.told if draft.is_framed else speech.framed(draft.told, rng.choice(draft.scene.issuer), rng)
    return Pair(told, speech.contracted(text) if rng.random() < 0.3 else text, draft.right)


class Draft:
    """A row in the making: a statement, what stands around it, what is told of it, and the right answers.

    It begins as a faithful report; each kind of row turns it into something else.
    """

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.scene = rng, Scene(rng)
        self.event, self.other, *around = rng.sample(EVENTS, rng.choice((1, 2, 3, 4, 5)) + 1)
        stated = rng.choice(self.event["own"])
        self.slots = sorted(set(_SLOT.findall(stated)) & VALUED)
        self.sentence = self.scene.source(stated)
        self.told = self.scene.report(rng.choice(self.event["told"]))
        self.around = [self.scene.beside().source(rng.choice(one["own"])) for one in around]
        self.right: tuple[int, ...] = (CARRIED,)
        self.is_framed = False

    def wrong(self) -> None:
        """The report says something else of the same."""
        self.told, self.right = self.scene.report(self.rng.choice(self.event["wrong"])), (CHANGED,)

    def swapped(self) -> None:
        """The report has another value in one slot that it names."""
        ways = [(one, slot) for one in self.event["told"] for slot in self.slots if f"{{{slot}}}" in one]
        if not ways:
            self.wrong()
            return
        self.told, self.right = self.scene.report(*self.rng.choice(ways)), (CHANGED,)

    def withheld(self) -> None:
        """The statement is not in the window; another one of the speaker is."""
        self.sentence = "" if self.around and self.rng.random() < 0.5 else self.scene.source(self._another("own"))
        self.right = (ABSENT, PARTLY) if self.slots else (ABSENT,)

    def more(self) -> None:
        """The report draws two sentences together; the second may be missing."""
        further, joint = self.event["more"]
        self.told += self.scene.report(joint)
        self._either(self.scene.source(further))

    def both(self) -> None:
        """The report tells two statements; the second may be missing."""
        self.told += self.rng.choice((" and ", ", while ", " and that ", "; ", ", and "))
        self.told += self.scene.report(self._another("told"))
        self._either(self.scene.source(self._another("own")))

    def _another(self, key: str) -> str:
        return self.rng.choice(self.other[key])

    def _either(self, second: str) -> None:
        if self.rng.random() < 0.5:
            self.sentence = f"{self.sentence} {second}"
        else:
            self.right = (PARTLY,)

    def context(self) -> None:
        """The statement stands inside a context, and the report gives the same context, another, or none."""
        kinds = LISTS["context"]
        theirs = self.rng.choice([kinds[0], *kinds])
        clause = self.sentence.rstrip(".")
        if not _NAMED.match(clause):
            clause = clause[0].lower() + clause[1:]
        self.sentence = speech.in_context(clause, theirs, self.rng)
        if self.rng.random() < 0.5:
            self.right = speech.answer(theirs)
            return
        ours = theirs if self.rng.random() < 0.6 else self.rng.choice(kinds)
        self.right = speech.answer(theirs, ours)
        self.told = speech.told_context(self.told, ours, self.rng.choice(self.scene.issuer), self.rng)
        self.is_framed = True

    def speaker(self) -> None:
        """The statement of one of two speakers, reported of the right or of the wrong one."""
        one = self.scene.issuer
        other = self.rng.choice([each for each in POOLS["issuer"] if each[1] != one[1]])
        bare = self.sentence.rstrip(".")
        ways = (
            f"“{bare},” said {one[0]}.",
            f"{speech.capital(one[0])} put it so: “{bare}.”",
            f"{one[0].upper()}: {bare}.",
        )
        reply = self.rng.choice(TABLE["replies"])
        replies = f" “{reply},” said {other[0]}.", f" {other[0].upper()}: {reply}.", ""
        self.sentence = self.rng.choice(ways) + self.rng.choice(replies)
        is_wrong = self.rng.random() < 0.5
        frame = self.rng.choice([each for each in LISTS["frames"]["plain"] if "{s}" in each])
        self.told = speech.capital(frame.format(c=self.told, s=self.rng.choice(other if is_wrong else one)))
        self.right, self.is_framed = speech.NOT if is_wrong else (CARRIED,), True


#: Kinds of rows with their weights; the first is a faithful report as it is.
KINDS: dict[str, tuple[int, Callable[[Draft], None]]] = {
    "told": (22, lambda _: None),
    "wrong": (17, Draft.wrong),
    "swapped": (12, Draft.swapped),
    "withheld": (10, Draft.withheld),
    "more": (14, Draft.more),
    "context": (16, Draft.context),
    "speaker": (8, Draft.speaker),
    "both": (6, Draft.both),
}
