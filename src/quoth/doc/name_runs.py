"""Runs of capitalised words taken apart into names: titles and openers off, "of" and "and" weighed, types told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quoth.doc.name_tables import Gender, first_names, plain, words, world
from quoth.doc.tokens import frequencies
from quoth.types import EntityType, Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text.

    Attributes:
        span: the name without title and possessive ending.
        type: what kind of thing it names.
        title: folded title before it ("prime minister", "mr"), or "".
        gender: what title or first name tells.
        sure: whether the words alone settle the type; others are settled by context.
    """

    span: Span
    type: EntityType
    title: str = ""
    gender: Gender | None = None
    sure: bool = True


_INITIALS = r"(?:[A-Z]\.(?:[ -]?(?=[A-Z]\.))?)+"
_CAPITAL = r"[A-Z\u00C0-\u00D6\u00D8-\u00DE\u0100\u010C\u0106\u0110\u0130\u0141\u015A\u0160\u015E\u0179\u017B\u017D]"
_WORD = rf"(?:{_INITIALS}|(?:al-|el-|d['’]|l['’])?{_CAPITAL}[\w]*(?:(?:[-‑'’&]|(?<=[a-z])(?=[A-Z]))\w+)*)"
_TITLE_DOT = (
    r"(?<=\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr))\.|(?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt|Cpl|Rev|Hon|Maj|Adm|Det|Ald))\.|"
    r"(?<=\b(?:Prof|Capt|Insp|Supt|Cmdr|Pres|Atty|Coun))\.|(?<=\b(?:Const))\."
)
_LINK = (
    r"(?:[^\S\n]+|(?<=s)['’][^\S\n]+(?=[A-Z])|"
    r"[^\S\n]+(?:of the|of|for the|for|and the|and|&|on the|on|de la|de los|del|de|der|della|di|da|dos|do|"
    r"du|le|la|van der|van den|van de|van|von|zu|bin|ibn|al|el|bint|y|e)[^\S\n]+)"
)
#: Capitalised words with single blanks or small words between them; what it holds is for `split_run` to say.
RUN = re.compile(rf"(?<!\w){_WORD}(?:{_TITLE_DOT})?(?:{_LINK}{_WORD}(?:{_TITLE_DOT})?)*")
#: One word of a run.
PIECE = re.compile(rf"{_WORD}(?:{_TITLE_DOT})?|\w+|&")
#: Where a sentence or a quotation begins, so that a capital tells nothing.
SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n\u2026“”\"«»(\[•*—–-]['’”\"]?\s*|[‘']\s?)\Z")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_PREFIXED = re.compile(r"(?:al-|el-|d['’]|l['’]).")
#: A capital inside a lone word that is no "Mc" or "De": a firm's or a site's name.
_CAMEL = re.compile(r"(?!Mc|Mac|O['’]|De|Di|La|Le|Fitz|Van|Du|St)[A-Z][a-z]+[A-Z]")
_FEW = 3  # words of a person's name, at most, where nothing else tells its type
_LONGEST_ACRONYM = 6
_NEAR = 4  # characters before a word that tell whether it opens a sentence
_BODY_WITHIN = 4  # words after a possessive in which a body's chief word must come
_ORDINARY = 85  # per cent of the uses of a word in lower case, from which its capital only opens a sentence
#: Openers that are first names or parts of names where another capitalised word follows.
_ALSO_NAMES = frozenset({"new", "will", "mark", "may", "august", "april", "june", "summer", "west", "north"})
#: Titles that "of" continues; what follows is part of the title, not a name.
_TITLES_OF = frozenset({"secretary", "minister"})
_FOR_HEADS = frozenset({"centre", "center", "committee", "institute", "coalition", "americans", "citizens", "act"})


def bare(text: str, span: Span) -> Span:
    """The span without a possessive ending."""
    ending = _POSSESSIVE.search(text, span.start, span.end)
    return Span(span.start, ending.start()) if ending and ending.start() > span.start else span


def opens_sentence(text: str, at: int) -> bool:
    """Whether a word at this offset opens a sentence, a line or a quotation."""
    return SENTENCE_START.search(text, max(0, at - _NEAR), at) is not None


def from_world(span: Span, folded: str) -> Name | None:
    """The name at a span if the tables of the world know it."""
    table = world()
    if folded in table.names:
        return Name(span, table.types[table.names[folded]])
    if folded in table.capitals or folded in table.places:
        return Name(span, EntityType.PLACE)
    if folded in table.plurals:
        return Name(span, EntityType.GROUP)
    return None


def split_run(text: str, run: Span) -> list[Name]:
    """The names of one run of capitalised words."""
    pieces = [Span(*match.span()) for match in PIECE.finditer(text, run.start, run.end)]
    found: list[Name] = []
    chunk: list[Span] = []
    for number, piece in enumerate(pieces):
        word = piece.of(text)
        if word[0].islower() and not _PREFIXED.match(word):
            if chunk and not _joins(text, chunk, [p for p in pieces[number:] if not p.of(text)[0].islower()], word):
                found.extend(_named(text, chunk))
                chunk = []
            elif chunk:
                chunk.append(piece)
            continue
        if word == "&" and not chunk:
            continue
        if word == "I" and len(chunk) == 1 and plain(chunk[0].of(text)) in first_names():
            found.extend(_named(text, chunk))  # "I told Dan I would come"
            chunk = []
            continue
        chunk.append(piece)
        if (_POSSESSIVE.search(word) and len(word) > len("O's")) or text[piece.end : piece.end + 1] in {"'", "’"}:
            rest = pieces[number + 1 :]
            if not (rest and _is_body_after_possessive(text, rest)):
                found.extend(_named(text, chunk))
                chunk = []
    found.extend(_named(text, chunk))
    return found


def _is_body_after_possessive(text: str, rest: Sequence[Span]) -> bool:
    """Whether what follows a possessive is part of one body's name: "Valdora's Defence Ministry", "Children's Fund"."""
    return any(plain(piece.of(text)) in words().body_heads for piece in rest[:_BODY_WITHIN])


def _joins(text: str, left: Sequence[Span], right: Sequence[Span], link: str) -> bool:
    """Whether a small word holds two capitalised stretches together as one name."""
    table = words()
    first, last = plain(left[0].of(text)), plain(left[-1].of(text))
    if not right or (first in table.openers and len(left) == 1):
        return False
    if link in table.particles and link not in {"of", "for", "and", "e", "y"}:
        return True
    heads = table.body_heads | table.of_heads | table.of_places
    if link in {"of", "the"}:
        return last in heads or last in table.place_heads or last in _TITLES_OF
    if link in {"for", "on"}:
        return plain(right[0].of(text)) not in table.openers and (last in table.body_heads or last in _FOR_HEADS)
    if link == "&":
        return True
    return link == "and" and _joins_and(text, left, right)


def _joins_and(text: str, left: Sequence[Span], right: Sequence[Span]) -> bool:
    """Whether "and" stands inside one body's name: "Department of Health and Social Care", "Food and Drug Agency"."""
    table = words()
    if len(left) > 1 and plain(left[0].of(text)) in table.openers:
        left = left[1:]
    first, following = plain(left[0].of(text)), plain(right[0].of(text))
    lefts = {plain(piece.of(text)) for piece in left}
    if following in first_names() or following in world().names:
        return False
    about = bool(lefts & {"of", "for", "on"}) and bool(lefts & (table.body_heads | table.of_heads))
    if about:
        return following not in table.body_heads | table.of_heads and following not in table.titles
    end = plain(right[min(len(right), _FEW) - 1].of(text))
    ordinary = first not in first_names() and from_world(left[0], first) is None
    return len(left) <= _FEW - 1 and ordinary and len(right) > 1 and end in table.body_heads


def _named(text: str, chunk: Sequence[Span]) -> list[Name]:
    """The names in capitalised words that no small word divides: openers off, title and person apart."""
    pieces = list(chunk)
    while pieces and pieces[-1].of(text)[0].islower():
        pieces.pop()
    at_start = bool(pieces) and opens_sentence(text, pieces[0].start)
    while pieces and not _is_known(text, pieces) and _only_opens(text, pieces, at_start=at_start):
        pieces.pop(0)
        at_start = False
        while pieces and pieces[0].of(text)[0].islower():
            pieces.pop(0)
    return _apart(text, pieces, at_start=at_start) if pieces else []


def _only_opens(text: str, pieces: Sequence[Span], *, at_start: bool) -> bool:
    """Whether the first word is no part of a name: "The", "But", or an ordinary word that opens a sentence."""
    word = plain(bare(text, pieces[0]).of(text))
    if word in words().openers:
        if len(word) > 1 and pieces[0].of(text).isupper() and from_world(pieces[0], word):
            return False  # "US" is no "us"
        return not (len(pieces) > 1 and word in _ALSO_NAMES and (not at_start or len(pieces) == 2))  # noqa: PLR2004
    if not at_start or len(pieces) == 1 or word in first_names() or word in words().titles | words().title_parts:
        return False
    if word in words().occupations and _by_head([word, plain(pieces[1].of(text))], person=False) is None:
        return True  # "Goaltender Helen Orr", not "Baker Street"
    known = frequencies().get(word)
    return known is not None and known[1] >= _ORDINARY and not _is_body([plain(p.of(text)) for p in pieces])


def _is_known(text: str, pieces: Sequence[Span]) -> bool:
    whole = plain(bare(text, Span(pieces[0].start, pieces[-1].end)).of(text))
    return len(pieces) > 1 and from_world(pieces[0], whole) is not None


def _apart(text: str, pieces: list[Span], *, at_start: bool) -> list[Name]:
    """Divide "Tarn Bay Mayor Jo Lee" into a place and a person with a title."""
    table = words()
    folded = [plain(bare(text, piece).of(text)).rstrip(".") for piece in pieces]
    whole = bare(text, Span(pieces[0].start, pieces[-1].end))
    known = from_world(whole, plain(whole.of(text)))
    body = _is_body(folded)
    last_title = max((n for n, word in enumerate(folded[:-1]) if word in table.titles), default=None)
    if known is not None:
        found = [known]
    elif last_title is not None and not body and "of" not in folded[last_title:]:
        first = last_title
        while first > 0 and (folded[first - 1] in table.title_parts or folded[first - 1] in table.titles):
            first -= 1
        title = " ".join(folded[first : last_title + 1])
        before = _apart(text, pieces[:first], at_start=at_start) if first else []
        found = [*before, _person(text, pieces[last_title + 1 :], title)]
    elif all(word in table.titles or word in table.title_parts or word in {"of", "the"} for word in folded):
        found = []  # "the Prime Minister"
    elif len(pieces) > 1 and folded[0] in world().peoples and not body:
        found = _apart(text, pieces[1:], at_start=False)  # "Valdoran Ana Orr"
    elif len(pieces) > _FEW and " ".join(folded[:2]) in world().peoples:
        found = _apart(text, pieces[2:], at_start=False)  # "New Democrat Ana Orr"
    else:
        titled = _title_of(text, pieces, folded) if last_title is not None else []
        found = titled or _body_then_person(text, pieces, folded)
        found = found or [_typed(text, pieces, folded, at_start=at_start)]
    return found


def _title_of(text: str, pieces: list[Span], folded: Sequence[str]) -> list[Name]:
    """Divide "Secretary of State Jo Lee" and "Minister of Health Jo Lee": a title with "of" before a first name."""
    start = next((n for n, word in enumerate(folded) if word in words().titles), len(folded))
    if "of" not in folded[start : start + _FEW]:
        return []
    for number in range(start + 2, len(folded)):
        if folded[number] in first_names() and number < len(folded) - 1:
            return [_person(text, pieces[number:], " ".join(folded[start:number]))]
    office = words().title_parts | words().titles | {"and", "the", "of", "for"}
    name = next((n for n in range(start, len(folded)) if folded[n] not in office), len(folded))
    if name == len(folded) - 1:
        return [_person(text, pieces[name:], " ".join(folded[start:name]))]  # "Secretary of State Lee"
    return []


def _body_then_person(text: str, pieces: list[Span], folded: Sequence[str]) -> list[Name]:
    """Divide "Harbour Gazette Ana Orr" or "House Ana Orr": a body or a stray word before a first name."""
    for number in range(1, len(pieces) - 1):
        if folded[number] not in first_names() or folded[0] in first_names():
            continue
        before = folded[:number]
        if before[-1] in words().body_heads | words().title_parts or from_world(pieces[0], " ".join(before)):
            known = _is_body(before) and len(before) > 1
            left = [_typed(text, pieces[:number], before, at_start=False)] if known else []
            return [*left, _person(text, pieces[number:], "")]
    return []


def _is_body(folded: Sequence[str]) -> bool:
    table = words()
    small = next((n for n, word in enumerate(folded) if n and word in {"of", "for", "on"}), len(folded))
    head = folded[:small]
    return head[-1] in table.body_heads or ("of" in folded[1:] and head[-1] in table.of_heads)


def _person(text: str, pieces: Sequence[Span], title: str) -> Name:
    span = bare(text, Span(pieces[0].start, pieces[-1].end))
    told = [words().title_gender.get(word) for word in title.split()]
    gender = next((one for one in told if one), None)
    if gender is None and len(pieces) > 1:
        gender = first_names().get(plain(pieces[0].of(text)))
    return Name(span, EntityType.PERSON, title, gender)


def _typed(text: str, pieces: Sequence[Span], folded: Sequence[str], *, at_start: bool) -> Name:
    """One name with the type that its own words tell."""
    span = bare(text, Span(pieces[0].start, pieces[-1].end))
    word = span.of(text)
    gender = first_names().get(folded[0])
    if len(pieces) == 1:
        if _CAMEL.match(word):
            return Name(span, EntityType.ORGANISATION, sure=False)
        if word.isupper() and 1 < len(word.replace(".", "")) <= _LONGEST_ACRONYM:
            return Name(span, EntityType.ORGANISATION, sure=False)
        return Name(span, EntityType.OTHER, gender=gender, sure=not at_start and folded[0] in world().peoples)
    kind = _by_head(folded, person=gender is not None)
    ends = (word.split()[0], word.split()[-1])
    acronym = not word.isupper() and any(len(end) > 1 and end.isalpha() and end.isupper() for end in ends)
    if kind is None and ("&" in folded or acronym or any(char.isdigit() for char in word)):
        kind = EntityType.ORGANISATION
    if kind is not None:
        return Name(span, kind)
    count = len([one for one in folded if one not in words().particles])
    if (gender or re.search(r"\b[A-Z]\.", word)) and count <= _FEW + 1:
        return Name(span, EntityType.PERSON, gender=gender)
    few = count <= _FEW
    return Name(span, EntityType.PERSON if few else EntityType.OTHER, sure=False)


def _by_head(folded: Sequence[str], *, person: bool) -> EntityType | None:
    """The type that the chief word of a longer name tells, if any."""
    table = words()
    head = folded[folded.index("of") - 1] if "of" in folded[1:] else folded[-1]
    short_person = person and len(folded) == 2  # noqa: PLR2004  ("Ana Hill", "Jo Church")
    if _is_body(folded) and not (short_person and "of" not in folded):
        return EntityType.ORGANISATION
    if (head in table.place_heads or ("of" in folded and head in table.of_places)) and not short_person:
        return EntityType.PLACE
    kind = None
    if folded[-1] in world().plurals:
        kind = EntityType.GROUP  # "Senate Republicans"
    elif head in table.other_heads and not person:
        kind = EntityType.OTHER
    elif folded[0] in table.body_starts:
        kind = EntityType.ORGANISATION
    elif folded[0] in table.place_starts and len(folded) <= _FEW:
        kind = EntityType.PLACE
    return kind
