"""Speakers that the layout names: transcripts and interviews, headlines with a colon, signatures, introductions.

A label is only believed where something bears it out: it recurs, a quotation follows, its last word is one for
speakers, or the text elsewhere reports that speaker with a verb of saying.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quoth.attribution.cue_tables import classes
from quoth.attribution.speech import Draft
from quoth.doc.quotations import Quotation
from quoth.types import Act, BlockKind, Document, Mode, Span

_NAME = r"[^\W\d_a-z][\w.'’\-]*(?:\s+(?:(?:of|the|de|van|von|for|and|&|al)\s+)*[^\W\d_a-z][\w.'’\-]*){0,6}"
_SPEAKER = rf"{_NAME}(?:,\s+[\w\s.'’\-]{{3,40}})?(?:\s+\([^)\n]{{1,40}}\))?"
#: "6:13 P.M. EDT", "[00:12:33]": when a turn began.
_CLOCK = r"(?:[\[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[AaPp]\.?[Mm]\b\.?)?(?:\s+(?:[A-Z]{1,3}T|UTC))?[\])]?\s+)?"
_LABEL = re.compile(rf"{_CLOCK}(?P<label>Q|A|{_SPEAKER})(?P<cue>:|(?<=^[QA])[.])\s+(?=\S)")
#: "ORLA:" alone on its line; the turn follows.
_ALONE = re.compile(rf"{_CLOCK}(?P<label>{_SPEAKER})(?P<cue>:)$")
_TRAILING = re.compile(r"(?P<cue>\s[-–—―]+|:)\s+(?P<label>[\w][\w.'’\- ]{1,50})$")
_SIGNED = re.compile(rf"\s*(?P<cue>[-–—―~]+)\s*(?P<label>{_NAME}[^\n“\"]{{0,120}})$")
_POSTED = re.compile(rf"\s*(?P<cue>[-–—―]+)\s*(?P<label>{_NAME}(?:\s+[^\s(]+)?\s+\(@\w+\))[^\n]{{0,40}}$")
_FROM = re.compile(
    rf"(?P<cue>(?:(?:A\s+)?(?:[Ss]tatement|[Cc]omment|[Rr]esponse|[Mm]essage|[Rr]emarks)\s+)?(?:[Ff]rom|[Bb]y))\s+(?P<label>{_NAME}[^:\n]{{0,60}}):\s*"
)
_ITEM = re.compile(r"(?:[-–—•*·▪◦]|\(?\d{1,2}[.)])\s+(?=\S)")
_LONGEST_HEADLINE = 160  # characters
_SHORT_HEADLINE = 14  # words; a headline may end like a sentence up to here
_LONGEST_SIGNATURE = 120  # characters of a name and a title
_LONGEST_HANDLE = 300  # characters of dashes, a name and a handle behind a post
_LONGEST_ASIDE = 20  # characters of "Related stories:"
_LONGEST_LABEL = 7  # words
_TURNS = 3  # labelled paragraphs from which a text may be a transcript


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch that the layout gives to a speaker.

    Attributes:
        label: the words that name the speaker.
        cue: the mark or words that say so.
        content: what was said; empty if it follows in the next paragraph.
        sure: whether the layout alone is enough, without the speaker being reported elsewhere.
        mode: how the words are given.
    """

    label: Span
    cue: Span
    content: Span
    sure: bool
    mode: Mode | None


def labelled(document: Document, paragraphs: Sequence[Span], marked: Sequence[Quotation]) -> dict[Span, Labelled]:
    """Paragraphs whose speaker the layout names, each with its label."""
    text = document.text
    titles = {block.span.trimmed(text) for block in document.blocks if block.kind is BlockKind.TITLE}
    quoted = {one.outer.start: one.outer for one in marked if one.depth == 0}
    found: dict[Span, Labelled] = {}
    transcript = is_transcript(text, paragraphs)
    for number, paragraph in enumerate(paragraphs):
        headline = paragraph in titles or (number == 0 and not transcript and _like_headline(text, paragraph))
        one = (
            _introduced(text, paragraph)
            or _in_front(text, paragraph, headline=headline)
            or (_behind(text, paragraph) if headline else None)
            or _signed(text, paragraph, quoted)
        )
        if one is not None:
            found[paragraph] = one
        posted = _POSTED.match(text, *paragraph)
        if posted and number and paragraphs[number - 1] not in found:
            label, cue = _places(text, posted)
            found[paragraphs[number - 1]] = Labelled(label, cue, paragraphs[number - 1], sure=True, mode=Mode.DIRECT)
    return _believed(text, found, transcript=transcript)


def is_transcript(text: str, paragraphs: Sequence[Span]) -> bool:
    """Whether the text is one: three labelled paragraphs or more, with one label at least twice."""
    matches = [_LABEL.match(text, *one) or _ALONE.match(text, *one) for one in paragraphs]
    counts = Counter(match.group("label") for match in matches if match and not _barred(match.group("label")))
    capitals = sum(count for label, count in counts.items() if label.isupper() and len(label) > 1)
    return (sum(counts.values()) >= _TURNS and max(counts.values()) > 1) or capitals > 1


def _believed(text: str, found: dict[Span, Labelled], *, transcript: bool) -> dict[Span, Labelled]:
    """Labels that recur become sure, and in a transcript all of them."""
    counts = Counter(one.label.of(text) for one in found.values() if one.mode is Mode.DIRECT and not one.sure)
    recurring = {label for label, count in counts.items() if count > 1}
    return {
        paragraph: replace(one, sure=True)
        if one.mode is Mode.DIRECT and (one.label.of(text) in recurring or transcript)
        else one
        for paragraph, one in found.items()
    }


def drafts(text: str, found: Iterable[Labelled], sources: Iterable[Span]) -> list[Draft]:
    """Drafts of the labels that are sure or whose last word ends a source found elsewhere in the text."""
    speakers = {_surname(source.of(text)) for source in sources}
    return [as_draft(text, one) for one in found if one.sure or _surname(one.label.of(text)) in speakers]


def _surname(name: str) -> str:
    """The last word of a name, without a possessive ending."""
    return name.rsplit(maxsplit=1)[-1].casefold().replace("’", "'").removesuffix("'s")


def as_draft(text: str, one: Labelled) -> Draft:
    """The draft of a label."""
    asks = one.mode is Mode.DIRECT and text[one.content.start : one.content.end].rstrip("”\"'’ ").endswith("?")
    return Draft(
        cue=(one.cue,) if one.cue.length else (),
        source=(one.label,),
        content=[one.content] if one.content.length else [],
        act=Act.ASK if asks and one.label.of(text) == "Q" else Act.SAY,
        mode=one.mode,
        layout=True,
    )


def _like_headline(text: str, paragraph: Span) -> bool:
    """Whether a text's first paragraph is short, or not very long and without the end of a sentence."""
    words = paragraph.of(text)
    unended = len(words) <= _LONGEST_HEADLINE and not words.endswith((".", "”", '"'))
    return unended or words.count(" ") < _SHORT_HEADLINE


def names_speaker(label: str) -> bool:
    """Whether a label's last word is one for speakers: "Minister", "Police", "Report"."""
    last = label.rsplit(maxsplit=1)[-1].casefold().rstrip(".")
    return last in classes()["titles"] or last in classes()["document_nouns"] or last in classes()["speaking_nouns"]


def is_aside(text: str, paragraph: Span) -> bool:
    """Whether a line says that it is a link or a caption: "Related: ...", "READ MORE: ...", "Photo: ..."."""
    words, colon, _ = text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST_ASIDE)].partition(":")
    return bool(colon) and "_".join(words.casefold().split()) in classes()["asides"]


def is_label(words: str) -> bool:
    """Whether words before a colon are few enough for a name or a heading; else they are the narrator's clause."""
    return len(words.split()) <= _LONGEST_LABEL


def _barred(label: str) -> bool:
    """Whether words are no speaker's label: too many, or with one at an end that stands in none ("Note", "by")."""
    first, last = label.split(maxsplit=1)[0].casefold(), label.rsplit(maxsplit=1)[-1].casefold()
    return not is_label(label) or first in classes()["no_labels"] or last in classes()["no_labels"]


def _in_front(text: str, paragraph: Span, *, headline: bool) -> Labelled | None:
    """A label before a paragraph's words, or alone on its line."""
    match = _LABEL.match(text, *paragraph) or _ALONE.match(text, *paragraph)
    if match is None or _barred(match.group("label")):
        return None
    label, cue = _places(text, match)
    content = Span(match.end(), paragraph.end).trimmed(text)
    if not content.length or not cue.length:
        return Labelled(label, cue, content, sure=False, mode=Mode.DIRECT)
    speaker = label.of(text)
    quoted = text[content.start] in "“\"‘'«„「"
    if headline and speaker not in {"Q", "A"}:
        body = Span(content.start, content.end - content.of(text).endswith("."))
        return Labelled(label, cue, body, quoted or names_speaker(speaker), None)
    sure = speaker in {"Q", "A"} or quoted or cue.of(text) == "."
    return Labelled(label, cue, content, sure, None if quoted else Mode.DIRECT)


def _places(text: str, match: re.Match[str]) -> tuple[Span, Span]:
    """Where the label and the cue of a match stand."""
    return Span(*match.span("label")).trimmed(text), Span(*match.span("cue")).trimmed(text)


def _behind(text: str, paragraph: Span) -> Labelled | None:
    """A headline's label behind its words: "Pier to close – minister"."""
    match = _TRAILING.search(text, paragraph.start, paragraph.end)
    if match is None or _barred(match.group("label")):
        return None
    content = Span(paragraph.start, match.start()).trimmed(text)
    if content.of(text).count(" ") < 2:  # noqa: PLR2004 - three words at least
        return None
    label, cue = _places(text, match)
    return Labelled(label, cue, content, names_speaker(label.of(text)), None)


def _signed(text: str, paragraph: Span, quoted: Mapping[int, Span]) -> Labelled | None:
    """A signature behind a quotation, or a handle behind a post."""
    outer = quoted.get(paragraph.start)
    if outer is not None and outer.end < paragraph.end:
        match = _SIGNED.match(text, outer.end, paragraph.end)
        if match:
            return Labelled(*_places(text, match), outer, sure=True, mode=None)
    match = _POSTED.search(text, max(paragraph.start, paragraph.end - _LONGEST_HANDLE), paragraph.end)
    if match and match.start() > paragraph.start:
        content = Span(paragraph.start, match.start()).trimmed(text)
        return Labelled(*_places(text, match), content, sure=True, mode=Mode.DIRECT)
    return None


def listed(text: str, paragraph: Span) -> Span | None:
    """The words of an item of a list, without its bullet or number; None if the paragraph has neither."""
    match = _ITEM.match(text, *paragraph)
    return Span(match.end(), paragraph.end) if match else None


def signature(text: str, paragraph: Span) -> tuple[Span, Span] | None:
    """Cue and name of a paragraph that is only a signature ("- Mira Orla, harbour master"); None if it is none."""
    if paragraph.length > _LONGEST_SIGNATURE:
        return None
    match = _SIGNED.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    label, cue = _places(text, match)
    return cue, label


def _introduced(text: str, paragraph: Span) -> Labelled | None:
    """Words that say whose what follows is: "Statement from the harbour board: ..."."""
    match = _FROM.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    content = Span(match.end(), paragraph.end).trimmed(text)
    return Labelled(*_places(text, match), content, sure=True, mode=Mode.DIRECT)
