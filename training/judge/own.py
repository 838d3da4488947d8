"""Rows of our own from real sentences, made anew for every chunk.

Reported speech of what a window says, edited harmlessly or harmfully, withheld, joined, or set into contexts. Every
kind of trick stands on both sides, so that none is a cue.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training.judge import speech, values
from training.judge.data import ABSENT, CARRIED, CHANGED, NOT, PARTLY, Pair, Told
from training.judge.edits import Lexicon, apply, changing, cut, joined, keeping
from training.judge.speech import LISTS

WITHHELD = (PARTLY, ABSENT)
#: Speakers without a name.
OTHERS = ("the union", "the opposition", "a spokesman for the bank")
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+(?: (?:of |the )?[A-Z][\w'-]+)*")
_FIGURE = re.compile(r"[$£€]?\b\d[\d,.]*\d\b|\b\d\b")
_WORDS = re.compile(r"[a-z]{5,}")
#: Kinds of change that the rules of edits make and that may also stand on both sides.
_BOTH = 0.2


@dataclass(frozen=True, slots=True)
class Release:
    """A text of one speaker: who, other people that stand beside, and the sentences in order."""

    speaker: str
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class Article:
    """A press report: its sentences, and what it says that people said: (sentence, source, cue, content)."""

    sentences: list[str]
    said: list[tuple[int, str, str, str]]


class Maker:
    """Makes rows from releases."""

    def __init__(self, releases: Sequence[Release], lexicon: Lexicon, rng: random.Random) -> None:
        self.releases = releases
        self.rng = rng
        self._lexicon = lexicon
        self.of: defaultdict[str, list[Release]] = defaultdict(list)
        for release in releases:
            self.of[release.speaker].append(release)
        self._keep, self._change = keeping(lexicon, rng), changing(lexicon, rng)
        self._kinds: tuple[tuple[float, Callable[[Release], Pair | None]], ...] = (
            (5, self.one),
            (2, self.two),
            (2.2, self.context),
            (1, self.other_speaker),
            (0.8, self.added),
            (0.8, self.part),
            (1.2, self.elsewhere),
        )

    def make(self, count: int) -> list[Pair]:
        """`count` rows."""
        made: list[Pair] = []
        weights = [weight for weight, _ in self._kinds]
        while len(made) < count:
            kind = self.rng.choices(self._kinds, weights)[0][1]
            row = kind(self.rng.choice(self.releases))
            if row is not None and row.reported and row.original:
                made.append(row)
        return made

    # --- the kinds of rows

    def one(self, release: Release) -> Pair | None:
        """One sentence of a window: reported, reported with one harmful edit, or not in the window."""
        window, spot = self._window(release)
        sentence = window[spot]
        if not _usable(sentence):
            return None
        draw = self.rng.random()
        if self.rng.random() < _BOTH:
            # the same change on both sides is none
            sentence = self._harmed(sentence) or sentence
            window[spot] = sentence
        right: tuple[int, ...] = (CARRIED,)
        said = sentence
        if 0.42 <= draw < 0.82:
            harmed = self._harmed(sentence)
            if harmed is None:
                return None
            said, right = harmed, (CHANGED,)
        elif draw >= 0.82:
            window.pop(spot)
            window = window or [self._near(release, sentence)]
            right = WITHHELD
        return self._row(self._kept(said), window, right, release)

    def two(self, release: Release) -> Pair | None:
        """Two sentences drawn together; one of them may be missing from the window, or changed."""
        window, spot = self._window(release, least=2)
        if len(window) < 2:
            return None
        second = self.rng.choice([at for at in range(len(window)) if at != spot])
        pair = [window[spot], window[second]]
        if not all(_usable(s) and len(s.split()) < 28 for s in pair):
            return None
        draw = self.rng.random()
        right: tuple[int, ...] = (CARRIED,)
        if draw > 0.75:
            at = self.rng.randrange(2)
            harmed = self._harmed(pair[at])
            if harmed is None:
                return None
            pair[at], right = harmed, (CHANGED,)
        elif draw > 0.4:
            window.pop(self.rng.choice((spot, second)))
            right = (PARTLY,)
        voice = self._voice(release)
        clauses = [self._reported(self._kept(s, most=1), voice) for s in pair]
        joint = self.rng.choice((" and ", " and that ", ", and ", ", while ", "; ", ", adding that ", " and "))
        text = speech.framed(joint.join(clauses), release.speaker, self.rng)
        return Pair(text, self._text(window, release), right)

    def context(self, release: Release) -> Pair | None:
        """A clause that a window denies, doubts, supposes, hopes, asks, gives to others, or asserts."""
        window, spot = self._window(release)
        if not _usable(window[spot]) or len(window[spot].split()) > 30:
            return None
        kinds = LISTS["context"]
        theirs = self.rng.choice([kinds[0], *kinds])
        clause = self._low(speech.full(window[spot]) if self.rng.random() < 0.6 else window[spot])
        window[spot] = speech.in_context(clause, theirs, self.rng)
        inner = self._reported(self._kept(clause, most=2), self._voice(release))
        if self.rng.random() < (0.6 if theirs["asserts"] == "yes" else 0.45):  # the inner clause by itself
            told = speech.framed(inner, release.speaker, self.rng)
            return Pair(told, self._text(window, release), speech.answer(theirs))
        ours = theirs if self.rng.random() < 0.6 else self.rng.choice(kinds)
        told = speech.told_context(inner, ours, release.speaker, self.rng)
        return Pair(told, self._text(window, release), speech.answer(theirs, ours))

    def other_speaker(self, release: Release) -> Pair | None:
        """Words that a window gives to one of two people: reported of the right one or of the other."""
        window, spot = self._window(release)
        if not _usable(window[spot]):
            return None
        name = self.rng.choice(values.LAST)
        other = self.rng.choice((f"{self.rng.choice(values.FIRST)} {name}", f"Minister {name}", *OTHERS))
        true, said = (release.speaker, other) if self.rng.random() < 0.5 else (other, release.speaker)
        bare = window[spot].strip('"“” ').rstrip(".!? ")
        form = self.rng.choice(LISTS["frames"]["turns"])
        window[spot] = form.format(q=bare, c=self._low(bare), s=true, S=speech.capital(true), L=true.upper())
        if len(window) > 1 and self.rng.random() < 0.6:  # the other one speaks, too
            at = self.rng.choice([at for at in range(len(window)) if at != spot])
            window[at] = f"“{window[at].strip(chr(34)).rstrip('.')},” {said} said."
        named = true if self.rng.random() < 0.5 else said
        clause = self._reported(self._kept(bare, most=2), speech.Voice(self.rng.random() < 0.6))
        frame = self.rng.choice([f for f in LISTS["frames"]["plain"] if f])
        text = speech.capital(frame.format(c=clause, s=named))
        return Pair(text, " ".join(window), (CARRIED,) if named == true else NOT)

    def added(self, release: Release) -> Pair | None:
        """A reported sentence with a limit that the window has, too, or has not, or has otherwise."""
        window, spot = self._window(release)
        sentence = window[spot].rstrip(".!? ")
        if not _usable(sentence) or len(sentence.split()) > 26:
            return None
        ours, theirs = self.rng.sample(LISTS["frames"]["limits"], 2)
        draw = self.rng.random()
        if draw < 0.3:
            window[spot], said, right = f"{sentence} {ours}.", f"{sentence} {ours}", (CARRIED,)
        elif draw < 0.55:
            window[spot], said, right = f"{sentence} {ours}.", sentence, (CARRIED,)
            if ours.startswith(("if", "unless")):
                right = (CHANGED,)
        elif draw < 0.85:
            said, right = f"{sentence} {ours}", (PARTLY,)
            if ours.startswith(("if", "unless")):
                right = (CHANGED,)
        else:
            window[spot], said, right = f"{sentence} {theirs}.", f"{sentence} {ours}", (PARTLY, CHANGED)
        return self._row(self._kept(said, most=1), window, right, release)

    def part(self, release: Release) -> Pair | None:
        """A part of a long sentence: carried, unless what was cut off is a condition."""
        window, spot = self._window(release)
        match = re.search(
            r"(.{30,}?)(, (?:which|who|and|but|where|while|because|although|as|including|with|so) .{15,})[.]?$",
            window[spot],
        )
        conditional = re.search(r"^(?:If|Unless) ([^,]{12,}), (.{25,})$", window[spot]) or re.search(
            r"^(.{25,}?) ((?:if|unless|provided that|only if) .{10,})$", window[spot]
        )
        if conditional:
            head = conditional[2] if window[spot].startswith(("If", "Unless")) else conditional[1]
            said, right = speech.capital(head), (CHANGED,)
        elif match and len(match[1].split()) > 5:
            said, right = match[1], (CARRIED,)
        else:
            return None
        return self._row(self._kept(said, most=2), window, right, release)

    def elsewhere(self, release: Release) -> Pair | None:
        """A sentence of another release, mostly by the same speaker, held against the window that is most like it."""
        other = self.rng.choice(self.of[release.speaker] if self.rng.random() < 0.7 else self.releases)
        if other is release or len(set(other.sentences) & set(release.sentences)) > 2:
            return None
        sentence = self.rng.choice(other.sentences)
        if not _usable(sentence):
            return None
        return self._row(self._kept(sentence), [self._near(release, sentence)], WITHHELD, release)

    # --- what they share

    def _window(self, release: Release, least: int = 1) -> tuple[list[str], int]:
        size = max(least, self.rng.choice((1, 2, 3, 3, 4, 5)))
        at = self.rng.randrange(max(1, len(release.sentences) - size))
        window = list(release.sentences[at : at + size])
        while len(window) > least and sum(len(one.split()) for one in window) > 130:
            window.pop()
        return window, self.rng.randrange(len(window))

    def _near(self, release: Release, sentence: str) -> str:
        """Of some sentences of a release the one with most words in common with another sentence."""
        own = set(_WORDS.findall(sentence.lower()))
        some = [s for s in self.rng.sample(release.sentences, min(25, len(release.sentences))) if s != sentence]
        some.sort(key=lambda s: -len(own & set(_WORDS.findall(s.lower()))))
        return " ".join(some[: self.rng.choice((1, 2, 3))])

    def _voice(self, release: Release) -> speech.Voice:
        who = release.speaker if self.rng.random() < 0.25 else ""
        group = self.rng.choice(("the senators", "the committee", "the party")) if self.rng.random() < 0.15 else ""
        return speech.Voice(self.rng.random() < 0.6, who, group)

    def _reported(self, sentence: str, voice: speech.Voice) -> str:
        return speech.reported(sentence, self._lexicon, self.rng, voice)

    def _low(self, sentence: str) -> str:
        return speech.lowered(sentence, self._lexicon)

    def _kept(self, sentence: str, most: int = 3) -> str:
        """The sentence with up to `most` harmless edits."""
        for _ in range(self.rng.randrange(most + 1)):
            if self.rng.random() < 0.4:
                sentence = values.same(sentence, self.rng) or sentence
                continue
            step = apply(cut(sentence), self._keep, self.rng) if len(cut(sentence)) > 5 else None
            sentence = joined(step[0]) if step else sentence
        return sentence

    def _harmed(self, sentence: str) -> str | None:
        """The sentence with one harmful edit."""
        if self.rng.random() < 0.4:
            made = values.changed(sentence, self.rng)
            if made is not None:
                return made
        words = cut(sentence)
        step = apply(words, self._change, self.rng) if len(words) > 5 else None
        return joined(step[0]) if step else None

    def _row(self, said: str, window: Sequence[str], right: tuple[int, ...], release: Release) -> Pair:
        clause = self._reported(said, self._voice(release))
        return Pair(speech.framed(clause, release.speaker, self.rng), self._text(window, release), right)

    def _text(self, window: Sequence[str], release: Release) -> str:
        """A window as a source has it: with contractions, a label, marks, or as it is."""
        draw = self.rng.random()
        text = " ".join(window)
        if draw < 0.12:
            return speech.contracted(text)
        if draw < 0.2:
            return f"{release.speaker.upper()}: {text}"
        if draw < 0.26 and '"' not in text:
            return f"“{text.rstrip('.')},” said {release.speaker}."
        if draw < 0.32:
            first = self.rng.choice(LISTS["frames"]["openers"])
            return first + self._low(window[0]) + ". " + " ".join(window[1:])
        return text

    # --- press reports that say what others said

    def nested(self, articles: Sequence[Article], count: int) -> list[Pair]:
        """What a report says that somebody said: of the right person, of another, changed, or not in the window."""
        made: list[Pair] = []
        while len(made) < count:
            article = self.rng.choice(articles)
            spot, source, cue, content = self.rng.choice(article.said)
            low = max(0, spot - self.rng.randrange(3))
            window = article.sentences[low : spot + 1 + self.rng.randrange(3)]
            others = [
                one
                for _, one, _, _ in article.said
                if one not in source and source not in one and one not in window[spot - low]
            ]
            draw = self.rng.random()
            right: tuple[int, ...] = (CARRIED,)
            if draw > 0.8 and len(article.sentences) > 8:
                window = [s for s in self.rng.sample(article.sentences, 8) if s != article.sentences[spot]]
                own = set(_WORDS.findall(content.lower()))
                window.sort(key=lambda s: -len(own & set(_WORDS.findall(s.lower()))))
                window, right = window[: self.rng.choice((1, 2, 3, 4))], WITHHELD
            elif draw > 0.6:
                harmed = self._harmed(content)
                if harmed is None:
                    continue
                content, right = harmed, (CHANGED,)
            elif draw > 0.4 and others:
                source, right = self.rng.choice(others), NOT
            made.append(Pair(speech.capital(f"{source} {cue} {self._kept(content, most=2)}"), " ".join(window), right))
        return made

    def told(self, rows: Sequence[Told], count: int) -> list[Pair]:
        """What reports tell, against what they quote, as labelled by a reader: the clause alone or with its speaker."""
        made: list[Pair] = []
        while len(made) < count:
            row = self.rng.choice(rows)
            content = self._kept(row.content, most=1)
            forms = content, content, speech.capital(content), f"{row.source} {row.cue} {content}", f"that {content}"
            quoted = row.quoted
            if self.rng.random() < 0.4:
                other = self.rng.choice(rows).quoted
                quoted = f"{quoted} {other}" if self.rng.random() < 0.5 else f"{other} {quoted}"
            made.append(Pair(self.rng.choice(forms), quoted, (row.answer,)))
        return made

    # --- rows made of rows

    def retold(self, rows: Sequence[Pair], count: int) -> list[Pair]:
        """Rows made of carried rows of public sets: edited harmlessly or harmfully, or with more than is there."""
        made: list[Pair] = []
        while len(made) < count:
            row = self.rng.choice(rows)
            draw = self.rng.random()
            if draw < 0.4:
                said, right = self._kept(row.reported, most=3), (CARRIED,)
            elif draw < 0.85:
                harmed = (self._borrowed(row) if self.rng.random() < 0.5 else None) or self._harmed(row.reported)
                if harmed is None:
                    continue
                said, right = self._kept(harmed, most=1), (CHANGED,) if draw < 0.75 else NOT
            else:
                bare = row.reported.rstrip(".!? ")
                said, right = f"{bare} {self.rng.choice(LISTS['frames']['limits'])}.", (PARTLY,)
                if " if " in said or " unless " in said:
                    right = NOT
            made.append(Pair(said, row.original, right))
        return made

    def _borrowed(self, row: Pair) -> str | None:
        """The report with a name or a number of the passage in the place of its own."""
        for pattern in self.rng.sample((_NAME, _FIGURE), 2):
            ours = [m for m in pattern.finditer(row.reported) if m.start()]
            theirs = {m[0] for m in pattern.finditer(row.original)}
            theirs = {
                one
                for one in theirs
                if one not in row.reported and not any(word in row.reported for word in one.split())
            }
            if ours and theirs:
                match = self.rng.choice(ours)
                return row.reported[: match.start()] + self.rng.choice(sorted(theirs)) + row.reported[match.end() :]
        return None


def _usable(sentence: str) -> bool:
    words = sentence.split()
    return (
        5 <= len(words) <= 42
        and sentence[0].isalnum()
        and sentence[0] == sentence[0].upper()
        and "http" not in sentence
    )
