"""Indirect speech made of sentences that were said: persons and tense shifted, and clauses set into contexts."""

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from training.judge.data import CARRIED, CHANGED, NOT
from training.judge.edits import Lexicon

LISTS = tomllib.loads((Path(__file__).parent / "speech.toml").read_text(encoding="utf-8"))
_WORDS = LISTS["words"]
_SHIFT: dict[str, str] = _WORDS["shift"]
_PASTS: dict[str, str] = _WORDS["past"]
_STARTERS = re.compile(rf"^(?:{'|'.join(_WORDS['starters'])}),? ", re.IGNORECASE)
_PLAN = re.compile(
    r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Tt]he \w+|[A-Z]\w+) (?:will|would) (?!not |never |have |be )(\w+ .+)"
)


def full(text: str) -> str:
    """The text without contractions."""
    for short, long in _WORDS["full"]:
        text = re.sub(short, long, text)
    return text


def contracted(text: str) -> str:
    """The text with some contractions."""
    for long, short in _WORDS["short"]:
        text = re.sub(rf"\b{long}\b", short, text)
    return text


def lowered(sentence: str, lexicon: Lexicon) -> str:
    """A sentence as a clause inside another: no capital at its head unless a name stands there, no stop at its end."""
    clause = sentence.strip().strip('"“”').rstrip(" .!?,;:")
    head = re.split(r"[\s,'’-]", clause, maxsplit=1)[0]
    if head == "I" or head[1:] != head[1:].lower() or lexicon.tag(head) in {"", "PROPN"}:
        return clause
    return clause[:1].lower() + clause[1:]


def capital(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a report speaks of who spoke: `he` or she, a name put for the first "I", a group put for the first "we"."""

    he: bool
    who: str = ""
    group: str = ""

    def third(self, text: str) -> str:
        """The words of a speaker in the third person."""
        text = full(text)
        for name, pattern in ((self.who, r"\bI\b"), (self.group, r"\b[Ww]e\b")):
            if name:
                text = re.sub(pattern, name, text, count=1)
        one, his, him = ("he", "his", "him") if self.he else ("she", "her", "her")
        for old, new in (
            (r"\bI\b", one),
            (r"\b[Mm]y\b", his),
            (r"\bme\b", him),
            (r"\bmyself\b", him + "self"),
            (r"\bmine\b", "his" if self.he else "hers"),
            (r"\b[Ww]e\b", "they"),
            (r"\b[Oo]ur (country|nation)\b", r"the \1"),
            (r"\b[Oo]ur\b", "their"),
            (r"\bus\b", "them"),
            (r"\bours\b", "theirs"),
            (r"\bourselves\b", "themselves"),
        ):
            text = re.sub(old, new, text)
        return self._agreeing(text, one)

    def _agreeing(self, text: str, one: str) -> str:
        """The text with verbs in the third person after who speaks."""
        subject = rf"\b({one}{'|' + re.escape(self.who) if self.who else ''})"
        for verb, other in (("am", "is"), ("have", "has"), ("do not", "does not")):
            text = re.sub(rf"{subject} {verb}\b", rf"\1 {other}", text)
        between = "also |strongly |firmly |really |always |still |fully |truly "
        verbs = "|".join(_PASTS)
        return re.sub(rf"{subject} ({between})?({verbs})\b", lambda m: f"{m[1]} {m[2] or ''}{m[3]}s", text)


def backshifted(text: str, rng: random.Random) -> str:
    """Verbs of the present put into the past, the first or all of them, as after "said"."""
    words = text.split(" ")
    left = 1 if rng.random() < 0.4 else len(words)
    for at, word in enumerate(words):
        before = words[at - 1].strip(",") if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if not left:
            break
        if word in _SHIFT and before not in _WORDS["bare"]:
            if (word in {"do", "does"} and after != "not") or (word == "may" and after[:1].isdigit()):
                continue
            words[at] = _SHIFT[word]
            left -= 1
        elif before in {"he", "she"} and word.endswith("s") and word[:-1] in _PASTS:
            words[at] = _PASTS[word[:-1]]
            left -= 1
    return " ".join(words)


def reported(sentence: str, lexicon: Lexicon, rng: random.Random, voice: Voice) -> str:
    """A sentence as the clause of a report: without its opener, in the third person, its tense shifted or not."""
    text = _STARTERS.sub("", sentence) if rng.random() < 0.7 else sentence
    clause = voice.third(lowered(capital(text), lexicon))
    return backshifted(clause, rng) if rng.random() < 0.65 else clause


def framed(clause: str, speaker: str, rng: random.Random) -> str:
    """A clause with its speaker, or alone; what somebody will do also without its subject ("to sell the quay")."""
    plan = _PLAN.match(clause)
    if plan and rng.random() < 0.3:
        return rng.choice(LISTS["frames"]["plans"]).format(c=f"to {plan[1]}", s=speaker)
    frame = rng.choice(LISTS["frames"]["plain"])
    text = frame.format(c=clause, s=speaker) if frame else clause
    if rng.random() < 0.8:
        text = capital(text)
    return text if rng.random() < 0.5 else text + "."


def in_context(clause: str, kind: dict, rng: random.Random) -> str:
    """A sentence of a source that sets a clause into a context."""
    text = capital(rng.choice(kind["source"]).format(c=clause))
    return text if text.endswith(("?", ".", "!")) else text + "."


def told_context(clause: str, kind: dict, speaker: str, rng: random.Random) -> str:
    """A sentence of a report that sets a clause into a context."""
    return capital(rng.choice(kind["told"]).format(c=clause, s=speaker))


def answer(theirs: dict, ours: dict | None = None) -> tuple[int, ...]:
    """The right answers where the source has a clause in one context, and the report in another, or by itself."""
    if ours is theirs:
        return (CARRIED,)
    if ours is None:
        return {"yes": (CARRIED,), "no": (CHANGED,), "open": NOT}[theirs["asserts"]]
    return (CHANGED,) if {ours["asserts"], theirs["asserts"]} == {"yes", "no"} else NOT
