"""Rows of close words: sentences with slots, what may stand in each and what only looks so, of our own writing.

`close.txt` has a sentence of a source with slots `{word: fair, fair | unfair, unfair}` a line, then a fair (`+`) and an
unfair (`-`) report in other words. `-` in a slot stands for nothing. Around a sentence may stand what leaves it as the
speaker's claim, or what undoes it (`surroundings.toml`). `slotted.txt` has a passage (`S`), then reports of
it with such slots (`R`) and reports that are wrong as they stand (`W`). A fifth of both is kept aside from training.
"""

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from training.judge.contrast import kept_aside
from training.judge.data import CARRIED, CHANGED, NOT, PARTLY, Pair

FILE = Path(__file__).parent / "close.txt"
PASSAGES = Path(__file__).parent / "slotted.txt"
_SURROUNDINGS: dict = tomllib.loads((Path(__file__).parent / "surroundings.toml").read_text(encoding="utf-8"))
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}:|]+):([^{}|]*)\|?([^{}|]*)\}")
#: Reports a sentence in one epoch, of each kind.
_FAIR, _UNFAIR = 3, 3
#: How often something stands around a sentence, and how often words that stand in both texts are put in marks.
_AROUND, _MARKED = 0.6, 0.2
_FEWEST_MARKED = 3
_GOES_ON = re.compile(
    r"(?:The|A|An|We|It|He|She|They|This|These|Those|There|In|On|At|By|Our|My|His|Her|Their|All|No|Some|Most|Many)\b"
)
#: An unfair filler may say something else, or more than stands there.
_WRONG = (PARTLY, CHANGED)


@dataclass(frozen=True)
class Slot:
    """What stands in a place of a sentence, what may, and what may not."""

    fair: tuple[str, ...]
    unfair: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence in parts, slots among them."""

    parts: tuple[str | Slot, ...]

    @classmethod
    def read(cls, line: str) -> "Sentence":
        """The sentence of a line."""
        made: list[str | Slot] = []
        at = 0
        for slot in _SLOT.finditer(line):
            base, fair, unfair = (
                tuple("" if one.strip() == "-" else one.strip() for one in text.split(", ") if one.strip())
                for text in slot.groups()
            )
            made += [line[at : slot.start()], Slot((*base, *fair), unfair)]
            at = slot.end()
        return cls((*made, line[at:]))

    @property
    def slots(self) -> list[Slot]:
        """The slots, in order."""
        return [part for part in self.parts if isinstance(part, Slot)]

    def text(self, words: Sequence[str]) -> str:
        """The sentence with words in its slots, in their order."""
        left = iter(words)
        made = "".join(part if isinstance(part, str) else next(left) for part in self.parts)
        made = re.sub(r"\s+([,.;:?!])", r"\1", re.sub(r"\s{2,}", " ", made)).strip()
        return made[:1].upper() + made[1:]

    def some(self, rng: random.Random, *, wrong: bool = False) -> str:
        """The sentence with what is fair in all its slots, or with what is not in one of them."""
        plain = rng.random() < 0.5
        words = [slot.fair[0] if plain else rng.choice(slot.fair) for slot in self.slots]
        if wrong:
            at = rng.choice([number for number, slot in enumerate(self.slots) if slot.unfair])
            words[at] = rng.choice(self.slots[at].unfair)
        return self.text(words)


@dataclass(frozen=True)
class Near:
    """A sentence of a source, with a fair and an unfair report in other words."""

    own: Sentence
    told: str
    mistold: str

    @property
    def key(self) -> str:
        """What says whether it is kept aside."""
        return self.told

    def reports(self, rng: random.Random) -> list[Pair]:
        """Some reports, fair and unfair, each against the sentence in one of its fair forms."""
        source = self.own.text([rng.choice(slot.fair[:1] * 2 + slot.fair) for slot in self.own.slots])
        made = [Pair(self.own.some(rng), source, (CARRIED,)) for _ in range(_FAIR)]
        made += [Pair(self.own.some(rng, wrong=True), source, _WRONG) for _ in range(_UNFAIR)]
        made += [Pair(one, source, (CARRIED,)) for one in (self.told, source)]
        made.append(Pair(self.mistold, source, _WRONG))
        made = [Pair(_marked(one, rng), one.original, one.right) for one in dict.fromkeys(made)]
        aside = kept_aside(self.key)
        return _around(made, rng, aside=aside) if '"' not in source and rng.random() < _AROUND else made


@dataclass(frozen=True)
class Passage:
    """A passage with reports of parts of it, and reports that are wrong as they stand."""

    key: str
    told: tuple[Sentence, ...]
    mistold: tuple[str, ...]

    def reports(self, rng: random.Random) -> list[Pair]:
        """Some reports, fair and unfair."""
        made = [
            Pair(one.some(rng, wrong=wrong), self.key, _WRONG if wrong else (CARRIED,))
            for one in self.told
            for wrong in (False, False, True, True)
        ]
        made += [Pair(one, self.key, NOT) for one in self.mistold]
        return [Pair(_marked(one, rng), one.original, one.right) for one in dict.fromkeys(made)]


def entries(*, aside: bool) -> list[Near | Passage]:
    """The sentences and passages that are trained on, or those that are kept aside."""
    lines = _lines(FILE)
    made: list[Near | Passage] = [
        Near(Sentence.read(own), told[1:].strip(), mistold[1:].strip())
        for own, told, mistold in zip(*(islice(lines, n, None, 3) for n in range(3)), strict=True)
    ]
    for line in _lines(PASSAGES):
        mark, text = line[0], line[1:].strip()
        if mark == "S":
            made.append(Passage(text, (), ()))
            continue
        last = made.pop()
        assert isinstance(last, Passage)
        made.append(
            Passage(last.key, (*last.told, Sentence.read(text)), last.mistold)
            if mark == "R"
            else Passage(last.key, last.told, (*last.mistold, text))
        )
    return [one for one in made if kept_aside(one.key) == aside]


def surroundings(place: str, kind: str, *, aside: bool) -> list[str]:
    """What stands in a place around sentences that are trained on, or around those that are kept aside.

    Args:
        place: before the sentence in it (lead), before it, after it, or at its end (tail).
        kind: kept, where the sentence stays the speaker's claim, or undone.
        aside: whether those are wanted that are kept aside, a fifth.
    """
    return [one for one in _SURROUNDINGS[place][kind] if kept_aside(one) == aside]


def _lines(file: Path) -> list[str]:
    return [line.strip() for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def _marked(pair: Pair, rng: random.Random) -> str:
    """A report with the longest run of words that stand in the source too put in quotation marks, now and then."""
    if '"' in pair.reported or rng.random() >= _MARKED:
        return pair.reported
    told, own = pair.reported.split(" "), pair.original.split(" ")
    run = SequenceMatcher(None, told, own, autojunk=False).find_longest_match()
    if run.size < _FEWEST_MARKED or run.size == len(told):
        return pair.reported
    end = run.a + run.size
    return " ".join([*told[: run.a], '"' + " ".join(told[run.a : end]) + '"', *told[end:]])


def surrounded(entry: Near, place: str, rng: random.Random) -> list[Pair]:
    """A sentence kept aside and a report of it in other words, with what leaves it around it and what undoes it.

    Args:
        entry: the sentence.
        place: as in `surroundings`.
        rng: what is drawn by.
    """
    sentence = entry.own.text([slot.fair[0] for slot in entry.own.slots])
    return [
        Pair(said, _placed(sentence, place, rng.choice(surroundings(place, kind, aside=True)), rng), right)
        for said in (sentence, entry.told)
        for kind, right in (("kept", (CARRIED,)), ("undone", NOT))
    ]


def _around(told: Sequence[Pair], rng: random.Random, *, aside: bool) -> list[Pair]:
    """The same reports with what leaves the sentence as it is around it, and the fair ones with what undoes it."""
    place = rng.choice(("lead", "before", "after", "tail"))
    kept, undone = ([rng.choice(surroundings(place, kind, aside=aside)) for _ in told] for kind in ("kept", "undone"))
    made = [Pair(one.reported, _placed(one.original, place, kept[0], rng), one.right) for one in told]
    made += [
        Pair(one.reported, _placed(one.original, place, around, rng), NOT)
        for one, around in zip(told, undone, strict=True)
        if one.right == (CARRIED,)
    ]
    return made


def _placed(sentence: str, place: str, around: str, rng: random.Random) -> str:
    def filled(match: re.Match) -> str:
        name, _, upper = match[1].partition("_")
        word = rng.choice(_SURROUNDINGS[name])
        return word[:1].upper() + word[1:] if upper else word

    around = _CHOICE.sub(lambda match: rng.choice(match[1].split("/")), around)
    around = re.sub(r"([.?!])\.", r"\1", re.sub(r"\{((?!s\})\w+)\}", filled, around))
    if place == "lead":
        inner = sentence[0].lower() + sentence[1:] if _GOES_ON.match(sentence) else sentence
        whole = around.replace("{s}", inner)
        return whole[:1].upper() + whole[1:]
    if place == "tail":
        return f"{sentence.rstrip('.?!')}, {around}."
    return f"{around} {sentence}" if place == "before" else f"{sentence} {around}"
