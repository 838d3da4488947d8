"""Whose turn it is: labels of transcripts, debates, interviews, briefings and subtitles, and what nobody says.

A turn is everything from one label to the next. A label opens a line: "HOLT:", "Mr. Orla:", "Q:", "JOEL HOTA, PORT
CHAIRMAN (ph):", "THE PRESIDENT:", "Q   And who pays?". Labels in mixed case are believed where they recur or where
labels alternate; words that open a line before a colon for another reason ("Note: ...") stand in the lexicon.
"""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from quoth.doc.role_labels import LABEL, may_be, named_in
from quoth.doc.word_lists import word_list
from quoth.types import Span

_NAME_WORD = r"(?:[^\W\d_a-z][\w.'’\-]*|\d{1,2}|of|the|de|van|von|for|and|al|bin|&)"
_LABEL = re.compile(
    r"^[^\S\n]*(?:[-–—][^\S\n]*)?(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?"
    r"(?:[^\S\n]*[AaPp]\.?[Mm]\b\.?)?(?:[^\S\n]+(?:[A-Z]{1,3}T|UTC))?[\])]?[^\S\n]+)?\**"
    rf"(?P<label>[^\W\d_a-z][\w.'’\-]*(?:[^\S\n]+{_NAME_WORD}){{0,7}}"
    r"(?:,[^\S\n]+[^:\n.?!]{2,60})?(?:[^\S\n]+[(\[][^)\]\n]{1,40}[)\]])*)\**(?P<mark>:)\**(?=\s|$)",
    re.MULTILINE,
)
#: "Q    Thank you, Mr. President.", as the records of press conferences have it.
_ASKED = re.compile(r"^[^\S\n]*(?P<label>[QA])(?P<mark>[.:)]?)[^\S\n]+(?=[\"“‘'(\[A-Z])", re.MULTILINE)
#: "HOST", "Lena Brock (ph)": a label alone on its line without a colon, right above what is said.
_ALONE = re.compile(
    r"(?:(?<=\n\n)|\A)[^\S\n]*\**"
    rf"(?P<label>[^\W\d_a-z][\w.'’\-]*(?:[^\S\n]+{_NAME_WORD}){{0,5}}"
    r"(?:,[^\S\n]+[^:\n.?!]{2,60})?(?:[^\S\n]+[(\[][^)\]\n]{1,40}[)\]])?)(?P<mark>)\**[^\S\n]*\n(?=[^\S\n]*[^\W_a-z][^\n]*[.?!…][”\"’')\]]*[^\S\n]*(?:\n|\Z)|[^\S\n]*[“\"‘(])"
)
_ASIDE_IN_LABEL = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_DATELINE = re.compile(r"\s[-–—]\s")  # "SELE, 2 May (Wire) - Orla Ltd said:"
_TITLES = re.compile(r"^(?:(?:mr|mrs|ms|dr|sen|rep|gov|gen|prof)\.?\s+)+", re.IGNORECASE)
_ANSWERING = frozenset(["a", "answer"])
_LONGEST_LABEL = 7  # words of its name


class TurnKind(StrEnum):
    """What a turn is."""

    SPEECH = "speech"
    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next label.

    Attributes:
        label: the words that name the speaker, with the mark behind them.
        words: what is said, trimmed; the turn may hold stage directions.
        speaker: the name in the label, without titles of address, functions and remarks; "" for "Q" and "A".
        kind: a question of somebody who only asks, an answer ("A:"), or speech.
    """

    label: Span
    words: Span
    speaker: str
    kind: TurnKind


def turns(text: str) -> tuple[Turn, ...]:
    """The turns of a text in order; empty where no labels are believed. Time is linear in the length of the text."""
    found = [match for match in _LABEL.finditer(text) if _may_be(match["label"])] or _alone(text)
    asked = list(_ASKED.finditer(text))
    kept = _believed(text, found)
    kept += _once_named(text, found, kept)
    if sum(match["label"] == "Q" for match in asked) > 1 or (kept and asked):
        taken = {match.start("label") for match in kept}
        kept += [match for match in asked if match.start("label") not in taken]
    kept.sort(key=lambda match: match.start("label"))
    made: list[Turn] = []
    for number, match in enumerate(kept):
        end = kept[number + 1].start() if number + 1 < len(kept) else len(text)
        label = Span(match.start("label"), match.end("mark"))
        words = Span(match.end(), end).trimmed(text)
        made.append(Turn(label, words, name_of(match["label"]), _kind(match["label"])))
    return tuple(made)


def _alone(text: str) -> list[re.Match[str]]:
    """Labels without a colon, each alone on its line: two speakers at least, who take turns."""
    found = [match for match in _ALONE.finditer(text) if _may_be(match["label"])]
    counts = Counter(match["label"].casefold() for match in found)
    kept = [
        one for one in found if _shouted(one["label"]) or (counts[one["label"].casefold()] > 1 and _calls(one["label"]))
    ]
    names = [match["label"].casefold() for match in kept]
    return kept if len(kept) > 2 and 1 < len({*names}) < len(names) else []  # noqa: PLR2004 - A, B, A


def _calls(label: str) -> bool:
    """Whether words call somebody: a name, a function, or who only asks."""
    return may_be(label) or _kind(label) is not TurnKind.SPEECH


def name_of(label: str) -> str:
    """The name in a label: "JOEL HOTA, PORT CHAIRMAN (ph)" gives "JOEL HOTA"; "" for "Q" and the like."""
    bare = _ASIDE_IN_LABEL.sub("", label).partition(",")[0].strip()
    if _kind(label) is not TurnKind.SPEECH and bare.casefold() in word_list("asking") | _ANSWERING:
        return ""
    return named_in(bare) or _TITLES.sub("", bare) or bare


def _kind(label: str) -> TurnKind:
    bare = _ASIDE_IN_LABEL.sub("", label).partition(",")[0].strip().casefold()
    if bare in word_list("asking") or bare.split()[-1:] == ["reporter"]:
        return TurnKind.QUESTION
    return TurnKind.ANSWER if bare in _ANSWERING else TurnKind.SPEECH


def _may_be(label: str) -> bool:
    bare = _ASIDE_IN_LABEL.sub("", label).partition(",")[0].split()
    words = [word.casefold().strip(".") for word in bare]
    if not 0 < len(words) <= _LONGEST_LABEL or words[-1] in {"of", "the", "and", "for", "&"}:
        return False
    if any(word.isdigit() for word in words) and not (words[-1].isdigit() and words[0] in word_list("numbered")):
        return False
    if _DATELINE.search(label) or label.endswith((" said", " added", " wrote", " says")):
        return False
    return not (words[0] in word_list("no_labels") or words[-1] in word_list("no_labels"))


def _believed(text: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Labels in capitals where there are two or one of several words; others where they recur, or others do.

    A lone label opens a speech, and no report: "KORVALI: The minister said on Saturday ...".
    """
    if len(found) == 1 and not _is_speech(text[found[0].end() :]):
        return []
    counts = Counter(name_of(match["label"]).casefold() or match["label"].casefold() for match in found)
    capitals = [match for match in found if _shouted(match["label"])]
    spoken = {name for name, count in counts.items() if count > 1}
    in_capitals = len(capitals) > 1 or any(" " in _ASIDE_IN_LABEL.sub("", match["label"]) for match in capitals)
    asking = any(_kind(match["label"]) is not TurnKind.SPEECH for match in found)
    if in_capitals:
        return capitals if len(capitals) >= len(found) / 2 or not spoken else found
    if spoken and (len(found) > 2 or asking):  # noqa: PLR2004 - three labels, one of them twice
        return found
    return found if asking and len(found) > 1 else capitals if len(found) == 1 else []


def _once_named(text: str, found: list[re.Match[str]], kept: list[re.Match[str]]) -> list[re.Match[str]]:
    """Labels with a function in small letters, or of a name that stands once, where enough paragraphs are labelled.

    Without labels that are believed for themselves, three of them are asked for (or two and one who asks), and that
    what they hold is speech: a list of people ("Ida Venn: Left the board in May.") is none.
    """
    taken = {match.start("label") for match in kept}
    new = [one for one in LABEL.finditer(text) if one.start("label") not in taken and _may_be(one["label"])]
    new = [one for one in new if may_be(one["label"])]
    asking = [one for one in found if one.start("label") not in taken and _kind(one["label"]) is not TurnKind.SPEECH]
    if kept:
        first = min(one.start("label") for one in kept)
        told = max((one.start() for one in _PARAGRAPH.finditer(text, 0, first)), default=-1)
        return [one for one in new if one.start("label") > told]
    both = sorted({one.start("label"): one for one in [*new, *asking]}.values(), key=lambda one: one.start("label"))
    if len(both) < _ENOUGH - bool(asking) or not new:
        return []
    lines = [text[one.end() : text.find("\n", one.end()) + 1 or len(text)] for one in both]
    paragraphs = [line for line in text[both[0].start() :].splitlines() if line.strip()]
    return both if len(both) >= _LABELLED * len(paragraphs) and _is_speech(" ".join(lines)) else []


_PARAGRAPH = re.compile(r"^(?![^\n:]{1,80}:\s)[^\S\n]*\w", re.MULTILINE)  # before a transcript a headline is none
_ENOUGH = 3  # labels that believe each other
_LABELLED = 0.5  # of the paragraphs from the first label on
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“]*“")
_OWN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s|[Yy]ou|[Yy]our)\b|\?")
_REPORTED = re.compile(r"\b(?:said|says|told|added|according to)\b")
_OWN_SHARE = 0.01  # of the words of a speech that are "I", "we", "you" and the like
_NOTE = 30  # words of the longest text that needs none of them


def _is_speech(words: str) -> bool:
    """Whether somebody speaks, and nobody reports, outside quotation marks."""
    bare = _QUOTED.sub(" ", words)
    count = len(bare.split())
    own = len(_OWN.findall(bare))
    return own >= max(1, _OWN_SHARE * count) if count > _NOTE or _REPORTED.search(bare) else True


def _shouted(label: str) -> bool:
    letters = [letter for letter in _ASIDE_IN_LABEL.sub("", label).partition(",")[0] if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)  # "McADAM"


#: What stands in brackets and is not said: sounds, remarks of who wrote it down, cuts of a programme.
_STAGE_WORDS = (
    r"applause|laughter|laughs?|chuckles?|cheers?|cheering|crosstalk|cross[- ]talk|inaudible|unintelligible"
    r"|boo(?:s|ing)?|chant(?:s|ing)?|music|pause[sd]?|silence|ph|phonetic|sic|off[- ]mi(?:c|ke)|voice-?over"
    r"|on[- ]camera|through (?:a |an )?(?:translator|interpreter)|as translated|begin|end|video ?(?:clip|tape)?"
    r"|commercial break|gavel|bell rings|sighs?|coughs?|standing ovation|audio gap|speaks? in|speaking|foreign language"
    r"|technical difficult|recess|break|indicating|nods?|off-screen|on screen|clears throat"
    r"|overlapping|whistl\w+|shouts?|audience"
)
_ASIDES = re.compile(
    rf"[(\[]\s*(?=[^)\]]{{1,80}}[)\]])(?:{_STAGE_WORDS})\b[^)\]]{{0,70}}[)\]]"
    r"|\[\d{1,3}\]"  # marks of references
    r"|\]\((?:https?:|www\.|/)[^)\s]*\)"  # the address of a link in Markdown
    r"|^\d+\n\d\d:\d\d:\d\d[.,]\d+ --> [^\n]*"  # subtitles
    r"|^\d\d:\d\d(?::\d\d)?[.,]\d+ --> [^\n]*"
    r"|^[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[^\S\n]*[AaPp]\.?[Mm]\.?)?"
    r"(?:[^\S\n]+[A-Z]{2,4})?[\])]?[^\S\n]*$"  # "4:15 P.M. EST"
    r"|[\[(]\d{1,2}:\d\d(?::\d\d)?[\])]"
    r"|^[^\S\n]*(?:[Pp]age[^\S\n]+)?\d{1,4}(?:[^\S\n]+of[^\S\n]+\d{1,4})?[^\S\n]*$"  # numbers of pages
    r"|^WEBVTT[^\n]*",
    re.MULTILINE | re.IGNORECASE,
)
#: A short line with a number at one end that stands inside a sentence: the header or footer of a page.
_RUNNING = re.compile(
    r"(?<=[\w,;–—-])[^\S\n]*\n\s*+(?P<line>[^\s.?!][^\n.?!]{0,69}?[^\S\n]{2,}\d{1,4}|\d{1,4}[^\S\n]{2,}+[^\n.?!]{1,70}?)"
    r"[^\S\n]*\n\s*(?=[a-z])"
)


def asides(text: str) -> tuple[Span, ...]:
    """What stands in a text and is nobody's words: stage directions, time stamps, marks of references, page headers."""
    found = [Span(*match.span()).trimmed(text) for match in _ASIDES.finditer(text)]
    found += [Span(*match.span("line")) for match in _RUNNING.finditer(text)]
    return tuple(sorted(span for span in found if span.length))
