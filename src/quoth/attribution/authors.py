"""Texts that are one statement of their author.

They are signed letters; and, where the narrator says "I" or "we", essays under a byline or under a name alone, speeches
under a title that says whose they are, and papers under names with addresses of mail. A news report under a byline is
none: its narrator does not say "I".
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from quoth.attribution.cue_tables import classes
from quoth.attribution.layouts import is_transcript
from quoth.attribution.speech import Draft
from quoth.doc.name_tables import first_names, plain
from quoth.doc.quotations import Quotation
from quoth.types import Document, Mode, Span

_SALUTATION = re.compile(
    r"(?:my\s+)?(?:dear(?:est)?|hello|hi|to)\b(?:[^.?!\n]|\b(?:mr|mrs|ms|dr|prof|st|sen|rep|gen)\.){0,80}[,:;–—-]?$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,5}[A-Z][\w.'’-]*[,:]$")
_CALLED = re.compile(r"(?:my\s+)?[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)?,$", re.IGNORECASE)  # "Mum,"
_BYLINE = re.compile(r"(?P<cue>(?i:by))\s+(?P<name>[^\W\d_a-z][^.:;\n]{2,80})$")
_NAME_ALONE = re.compile(r"(?P<cue>)(?P<name>[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z](?:\.|[\w'’-]*)){1,3})(?<!\.)$")
_SPOKEN = r"(?:Address|Speech|Remarks|Lecture|Sermon|Eulogy|Testimony)"
_WHOSE = re.compile(
    rf"(?P<name>[^\W\d_a-z][^\n:]{{2,80}}?(?:['’]s|s['’]))\s+(?:[A-Z][\w-]+\s+){{0,3}}(?P<cue>{_SPOKEN})$"
)
_BY_WHOM = re.compile(
    rf"(?:[A-Z][\w-]+\s+(?:of\s+)?){{0,3}}(?P<cue>(?i:{_SPOKEN}\s+(?:by|of)))\s+(?P<name>[^\W\d_a-z][^\n:,]{{2,80}}?)"
    r"(?:,?\s+(?:at|on|to|in|during|before|after)\s[^\n:]*|,[^\n:]*|\s+[(–—-][^\n:]*)?$"
)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w")
_CLOSING_WORDS = 8  # the longest closing formula
_SIGNATURE = 80  # characters of the longest signature
_NAME_WORDS = 3  # of a longer one, that are taken for the name
_HEAD = 6  # paragraphs in which a byline can stand
_AUTHORS = 15  # paragraphs in which the authors of a paper can stand
_AFFILIATION = 250  # characters; a longer paragraph is none
_HEADING = 40  # characters; a shorter line behind the authors is a heading of the paper
_FIRST_PERSON = 0.004  # least share of the narrator's words that are "I", "my" or "we" in a first-person text
_SHORTEST = 600  # characters; anything shorter is a note
_SPEECH = 60  # characters of the shortest speech whose title says whose it is
_WORD = re.compile(r"[^\W\d_]+")
_TOUCHING = re.compile(r"\S+")


def authored(document: Document, paragraphs: Sequence[Span], marked: Sequence[Quotation]) -> Draft | None:
    """The draft of the statement that a whole text is, if its layout says whose; else None."""
    if not paragraphs or paragraphs[-1].end - paragraphs[0].start < _SPEECH:
        return None
    text = document.text
    blocks = (block.span.trimmed(text) for block in document.blocks)
    every = sorted({span for span in blocks if span.length} | set(paragraphs))
    draft = _letter(text, every)
    if draft is None:
        draft = _headed(text, every, paragraphs) or _paper(text, every)
        if draft is not None and not _in_first_person(text, draft.content[0], marked):
            return None
    return draft


def _letter(text: str, paragraphs: Sequence[Span]) -> Draft | None:
    """A letter from its salutation, or a name and a comma, to its closing formula and signature."""
    closing = next((number for number in reversed(range(len(paragraphs))) if _closes(text, paragraphs[number])), None)
    if closing is None:
        return None
    start = next((number for number in range(closing) if _salutes(text, paragraphs[number])), None)
    if start is None:
        start = next((number for number in range(min(closing, _HEAD)) if _calls(text, paragraphs[number])), None)
    if start is None:
        return None
    paragraph = paragraphs[closing]
    words = _words(text, paragraph)
    cue = Span(paragraph.start, words[_formula([word.of(text) for word in words])].end)
    name = Span(cue.end, paragraph.end).trimmed(text)
    if not name.length and closing + 1 < len(paragraphs):
        name = paragraphs[closing + 1]
    if name.length > _SIGNATURE:
        name = Span(name.start, _words(text, name)[:_NAME_WORDS][-1].end)
    content = Span(paragraphs[start].start, cue.start).trimmed(text)
    if content.length < _SHORTEST:
        return None
    return _whole(cue, name, content)


def _words(text: str, span: Span) -> list[Span]:
    """Where the words of a stretch stand, with the marks that touch them."""
    return [Span(*match.span()) for match in _TOUCHING.finditer(text, *span)]


def _whole(cue: Span, name: Span, content: Span) -> Draft:
    """The draft of a text that is one statement; an empty cue or name is left out."""
    return Draft((cue,) if cue.length else (), (name,) if name.length else (), [content], mode=Mode.DIRECT, whole=True)


def _closes(text: str, paragraph: Span) -> bool:
    """Whether a paragraph begins with the closing formula of a letter."""
    words = paragraph.of(text).split()
    return words[0].casefold().strip(",.") in classes()["closings"] and _formula(words) < _CLOSING_WORDS


def _formula(words: Sequence[str]) -> int:
    """Number of the word with which a closing formula ends."""
    return next((place for place, word in enumerate(words) if word.endswith((",", ".", "!"))), len(words) - 1)


def _salutes(text: str, paragraph: Span) -> bool:
    """Whether a short paragraph is a salutation: "Dear Editor,", "Senator Orla:"."""
    if paragraph.length >= _SIGNATURE:
        return False
    if _SALUTATION.match(text, paragraph.start, paragraph.end):
        return True
    titled = text[paragraph.start : paragraph.end].split(maxsplit=1)[0].casefold().rstrip(".") in classes()["titles"]
    return titled and _ADDRESSED.match(text, paragraph.start, paragraph.end) is not None


def _calls(text: str, paragraph: Span) -> bool:
    """Whether a paragraph is a name and a comma: a salutation, where a closing formula follows."""
    return paragraph.length < _SIGNATURE and _CALLED.match(text, paragraph.start, paragraph.end) is not None


def _headed(text: str, paragraphs: Sequence[Span], body: Sequence[Span]) -> Draft | None:
    """An essay or a speech under words that say whose it is; `body` are the paragraphs that are read of the text."""
    transcript = is_transcript(text, paragraphs)
    for number, paragraph in enumerate(paragraphs[: min(_HEAD, len(paragraphs) - 1)]):
        match = _BYLINE.match(text, *paragraph) or _name_alone(text, paragraphs[: number + 1])
        shortest = _SHORTEST
        if match is None and not transcript:
            match = _WHOSE.match(text, *paragraph) or _BY_WHOM.match(text, *paragraph)
            shortest = _SPEECH
        if match is None:
            continue
        below = next((one for one in body if one.start >= paragraph.end), paragraphs[-1])  # past its date
        content = Span(below.start, paragraphs[-1].end)
        if content.length < shortest:
            return None
        return _whole(Span(*match.span("cue")), Span(*match.span("name")).trimmed(text), content)
    return None


def _name_alone(text: str, paragraphs: Sequence[Span]) -> re.Match[str] | None:
    """A person's name that fills the last of the first paragraphs, above it nothing but a title."""
    *above, paragraph = paragraphs
    if not above or any(one.length > _AFFILIATION for one in above):
        return None  # a name behind a text is its signature
    match = _NAME_ALONE.match(text, *paragraph)
    return match if match is not None and plain(match.group().split()[0]) in first_names() else None


def _paper(text: str, paragraphs: Sequence[Span]) -> Draft | None:
    """A scholarly paper under its authors' names, affiliations and addresses of mail."""
    mails = [
        number
        for number, one in enumerate(paragraphs[:_AUTHORS])
        if one.length < _AFFILIATION and _MAIL.search(text, *one)
    ]
    if not mails or mails[0] > _HEAD:
        return None
    first = mails[0] - (mails[0] > 1 and _NAME_ALONE.match(text, *paragraphs[mails[0] - 1]) is not None)
    last = mails[-1]
    while last + 1 < len(paragraphs) and _is_affiliation(text, paragraphs[last + 1]):
        last += 1
    if last + 1 >= len(paragraphs):
        return None
    content = Span(paragraphs[last + 1].start, paragraphs[-1].end)
    names = Span(paragraphs[first].start, paragraphs[last].end)
    return _whole(Span(names.start, names.start), names, content) if content.length >= _SHORTEST else None


def _is_affiliation(text: str, paragraph: Span) -> bool:
    """Whether a short line without an end mark has the comma between an institute and its place."""
    words = paragraph.of(text)
    return _HEADING < len(words) < _AFFILIATION and "," in words and not words.endswith((".", "?", "!"))


def _in_first_person(text: str, content: Span, marked: Sequence[Quotation]) -> bool:
    """Whether the narrator says "I" or "we" often enough outside quotations."""
    position = content.start
    words: list[str] = []
    for one in marked:
        if one.depth == 0 and one.outer.start >= position:
            words.extend(_WORD.findall(text, position, one.outer.start))
            position = one.outer.end
    words.extend(_WORD.findall(text, position, max(position, content.end)))
    own = sum(
        word.casefold() in classes()["first_person"] and after.casefold() not in classes()["of_the_paper"]
        for word, after in pairwise([*words, ""])
    )
    return own > _FIRST_PERSON * max(1, len(words))
