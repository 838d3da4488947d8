"""Names of persons, bodies and places, found by rules: capitals, titles, heads of bodies, tables of the world.

`names` reads stretches of a text and gives each name its span, without title and possessive ending, with its type and
the title before it. What one reading leaves open (a lone "Orr") is settled by the rest of the text: the surname of a
person named in full elsewhere, a word that also stands in lower case, a verb of speech beside it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from quoth.text.name_tables import Gender, first_names, plain, words, world
from quoth.values import EntityType, Span


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
_TITLE_DOT = r"(?<=\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr))\.|(?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt|Cpl|Rev|Hon|Maj|Adm|Det))\.|(?<=\b(?:Prof|Capt|Insp|Supt|Cmdr|Pres|Atty))\."
_LINK = (
    r"(?:[^\S\n]+|[^\S\n]+(?:of the|of|for the|for|and the|and|&|on the|on|de la|de los|del|de|der|della|di|da|dos|do|du|le|la|van der|van den|"
    r"van de|van|von|zu|bin|ibn|al|el|bint|y|e)[^\S\n]+)"
)
_RUN = re.compile(rf"(?<!\w){_WORD}(?:{_TITLE_DOT})?(?:{_LINK}{_WORD}(?:{_TITLE_DOT})?)*")
_PIECE = re.compile(rf"{_WORD}(?:{_TITLE_DOT})?|\w+|&")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n\u2026“”\"«»(\[•*—–-]['’”\"]?\s*|[‘']\s?)\Z")
_LOCATIVE = re.compile(r"\b(?:in|at|from|near|across|around|outside|throughout|toward|towards|via|to)\s+\Z")
_AFTER_SPEECH = re.compile(r"(?:\s*,\s*)?\s*(?:also |had |has |then |later )?([a-z]+)\b")
_BEFORE_SPEECH = re.compile(r"([a-z]+)\s+\Z")
_FEW = 3  # words of a person's name, at most, where nothing else tells its type
_LONGEST_ACRONYM = 6
_BEFORE_CHARS = 40


def names(text: str, parts: Sequence[Span] | None = None) -> list[Name]:
    """The names in `parts` of `text` (all of it by default), in reading order, none overlapping.

    Lines in capitals or in the style of headlines are searched only for names that stand elsewhere in the text too.
    """
    parts = [Span(0, len(text))] if parts is None else parts
    found: list[Name] = []
    shouting: list[Span] = []
    for part in parts:
        for line in _lines(text, part):
            if _is_headline(line.of(text)):
                shouting.append(line)
            else:
                for match in _RUN.finditer(text, line.start, line.end):
                    found.extend(_split_run(text, Span(*match.span())))
    found = _settled(text, found)
    known = {plain(name.span.of(text)): name for name in reversed(found)}
    for line in shouting:
        found.extend(_known_in(text, line, known))
    return sorted(found, key=lambda name: name.span)


def _lines(text: str, part: Span) -> Iterable[Span]:
    start = part.start
    while start < part.end:
        end = text.find("\n", start, part.end)
        end = part.end if end < 0 else end
        if end > start:
            yield Span(start, end)
        start = end + 1


_HEADLINE_WORDS = 5
_LONG = 4  # letters; shorter words are small in headlines too


def _is_headline(line: str) -> bool:
    """Whether (nearly) all longer words of a line have capitals, so that capitals tell nothing."""
    if line.rstrip().endswith(("”", '"', ",")):
        return False
    longer = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) >= _LONG]
    lower = sum(word[0].islower() for word in longer)
    return len(longer) >= _HEADLINE_WORDS and lower <= len(longer) // _HEADLINE_WORDS


def _known_in(text: str, line: Span, known: dict[str, Name]) -> Iterable[Name]:
    """Names known from elsewhere in a line whose capitals tell nothing; the longest first."""
    pieces = [Span(*match.span()) for match in _PIECE.finditer(text, line.start, line.end)]
    at = 0
    while at < len(pieces):
        for length in range(min(_LONGEST_ACRONYM, len(pieces) - at), 0, -1):
            span = _bare(text, Span(pieces[at].start, pieces[at + length - 1].end))
            name = known.get(plain(span.of(text))) or _from_world(span, plain(span.of(text)))
            if name is not None:
                yield replace(name, span=span)
                at += length - 1
                break
        at += 1


def _bare(text: str, span: Span) -> Span:
    """The span without a possessive ending."""
    ending = _POSSESSIVE.search(text, span.start, span.end)
    return Span(span.start, ending.start()) if ending and ending.start() > span.start else span


def _split_run(text: str, run: Span) -> list[Name]:
    """The names of one run of capitalised words."""
    pieces = [Span(*match.span()) for match in _PIECE.finditer(text, run.start, run.end)]
    found: list[Name] = []
    chunk: list[Span] = []
    for number, piece in enumerate(pieces):
        word = piece.of(text)
        if word[0].islower() and not re.match(r"(?:al-|el-|d['’]|l['’]).", word):
            if chunk and not _joins(text, chunk, [p for p in pieces[number:] if not p.of(text)[0].islower()], word):
                found.extend(_named(text, chunk))
                chunk = []
            elif chunk:
                chunk.append(piece)
            continue
        if word == "&" and not chunk:
            continue
        chunk.append(piece)
        if _POSSESSIVE.search(word) and len(word) > len("O's"):
            rest = pieces[number + 1 :]
            if not (rest and _is_body_after_possessive(text, rest)):
                found.extend(_named(text, chunk))
                chunk = []
    found.extend(_named(text, chunk))
    return found


def _is_body_after_possessive(text: str, rest: Sequence[Span]) -> bool:
    """Whether what follows a possessive is part of one body's name: "Valdora's Defence Ministry", "Children's Fund"."""
    return any(plain(piece.of(text)) in words().body_heads for piece in rest[:4])


def _joins(text: str, left: Sequence[Span], right: Sequence[Span], link: str) -> bool:
    """Whether a small word holds two capitalised stretches together as one name."""
    table = words()
    first, last = plain(left[0].of(text)), plain(left[-1].of(text))
    following = plain(right[0].of(text)) if right else ""
    if not right or (first in table.openers and len(left) == 1):
        return False
    if link in table.particles and link not in {"of", "for", "and", "e", "y"}:
        return True
    heads = table.body_heads | table.of_heads
    lefts = {plain(piece.of(text)) for piece in left}
    if link in {"of", "the"}:
        return (
            last in heads
            or last in table.place_heads
            or (bool(lefts & {"of"})
            and last in heads)
            or last in {"fund", "bank"}
        )
    if link in {"for", "on"}:
        return last in table.body_heads | {
            "centre",
            "center",
            "committee",
            "institute",
            "coalition",
            "americans",
            "citizens",
            "act",
        }
    if link in {"and", "&"}:
        if link == "&":
            return True
        ends = plain(right[-1].of(text)) if len(right) <= _FEW else plain(right[min(len(right), _FEW) - 1].of(text))
        about = bool(lefts & {"of", "for", "on"}) and bool(lefts & heads) and following not in world().names
        return (about and following not in first_names() and following not in heads) or (
            len(left) == 1
            and first not in first_names()
            and first not in world().names
            and _from_world(left[0], first) is None
            and ends in table.body_heads
            and len(right) > 1
            and following not in first_names()
        )
    return False


def _named(text: str, chunk: Sequence[Span]) -> list[Name]:
    """The names in capitalised words that no small word divides: openers off, title and person apart."""
    pieces = list(chunk)
    while pieces and pieces[-1].of(text)[0].islower():
        pieces.pop()
    at_start = bool(pieces) and _SENTENCE_START.search(text, max(0, pieces[0].start - 4), pieces[0].start) is not None
    while pieces and plain(_bare(text, pieces[0]).of(text)) in words().openers and not _is_known(text, pieces):
        if (
            len(pieces) > 1
            and not at_start
            and plain(pieces[0].of(text)) in {"new", "will", "mark", "may", "august", "april", "june"}
        ):
            break
        if (
            len(pieces) > 1
            and plain(pieces[0].of(text)) in {"will", "april", "june", "august", "may"}
            and len(pieces) == 2
        ):
            break
        pieces.pop(0)
        at_start = False
        while pieces and pieces[0].of(text)[0].islower():
            pieces.pop(0)
    if not pieces:
        return []
    return _apart(text, pieces, at_start=at_start)


def _is_known(text: str, pieces: Sequence[Span]) -> bool:
    whole = plain(_bare(text, Span(pieces[0].start, pieces[-1].end)).of(text))
    return len(pieces) > 1 and (_from_world(pieces[0], whole) is not None)


def _apart(text: str, pieces: list[Span], *, at_start: bool) -> list[Name]:
    """Divide "Tarn Bay Mayor Jo Lee" into a place and a person with a title."""
    table = words()
    folded = [plain(_bare(text, piece).of(text)).rstrip(".") for piece in pieces]
    whole = _bare(text, Span(pieces[0].start, pieces[-1].end))
    known = _from_world(whole, plain(whole.of(text)))
    if known is not None:
        return [known]
    last_title = max((n for n, word in enumerate(folded[:-1]) if word in table.titles), default=None)
    if last_title is not None and not _is_body(folded) and "of" not in folded[last_title:]:
        first = last_title
        while first > 0 and (folded[first - 1] in table.title_parts or folded[first - 1] in table.titles):
            first -= 1
        title = " ".join(folded[first : last_title + 1])
        found = _apart(text, pieces[:first], at_start=at_start) if first else []
        return [*found, _person(text, pieces[last_title + 1 :], title)]
    if all(word in table.titles or word in table.title_parts or word in {"of", "the"} for word in folded):
        return []  # "the Prime Minister"
    if len(pieces) > 1 and folded[0] in world().peoples and not _is_body(folded):
        return _apart(text, pieces[1:], at_start=False)  # "Valdoran Ana Orr"
    return [_typed(text, pieces, folded, at_start=at_start)]


def _is_body(folded: Sequence[str]) -> bool:
    table = words()
    head = folded[: folded.index("of")] if "of" in folded else folded
    return head[-1] in table.body_heads or ("of" in folded and head[-1] in table.of_heads)


def _person(text: str, pieces: Sequence[Span], title: str) -> Name:
    span = _bare(text, Span(pieces[0].start, pieces[-1].end))
    told = [words().title_gender.get(word) for word in title.split()]
    gender = next((one for one in told if one), None)
    if gender is None and len(pieces) > 1:
        gender = first_names().get(plain(pieces[0].of(text)))
    return Name(span, EntityType.PERSON, title, gender)


def _from_world(span: Span, folded: str) -> Name | None:
    table = world()
    if folded in table.names:
        return Name(span, table.types[table.names[folded]])
    if folded in table.capitals or folded in table.places:
        return Name(span, EntityType.PLACE)
    if folded in table.plurals:
        return Name(span, EntityType.GROUP)
    return None


@lru_cache(maxsize=1)
def _military() -> frozenset[str]:
    return frozenset({"army", "forces", "guard", "guards", "corps"})


def _typed(text: str, pieces: Sequence[Span], folded: Sequence[str], *, at_start: bool) -> Name:
    """One name with the type that its own words tell."""
    table = words()
    span = _bare(text, Span(pieces[0].start, pieces[-1].end))
    word = span.of(text)
    head = folded[folded.index("of") - 1] if "of" in folded[1:] else folded[-1]
    gender = first_names().get(folded[0])
    if len(pieces) > 1 and _is_body(folded):
        return Name(span, EntityType.ORGANISATION)
    if (
        len(pieces) > 1
        and (head in table.place_heads or ("of" in folded and head in table.of_heads))
        and not (gender and len(pieces) == 2)
    ):
        return Name(span, EntityType.PLACE)
    if len(pieces) > 1 and head in table.other_heads and not gender:
        return Name(span, EntityType.OTHER)
    if len(pieces) == 1:
        if word.isupper() and 1 < len(word.replace(".", "")) <= _LONGEST_ACRONYM:
            return Name(span, EntityType.ORGANISATION, sure=False)
        return Name(span, EntityType.OTHER, gender=gender, sure=not at_start and folded[0] in world().peoples)
    if "&" in folded or any(char.isdigit() for char in word):
        return Name(span, EntityType.ORGANISATION)
    small = len([one for one in folded if one not in table.particles])
    if gender or re.search(r"\b[A-Z]\.", word):
        return Name(span, EntityType.PERSON, gender=gender)
    if small <= _FEW:
        return Name(span, EntityType.PERSON, sure=False)
    return Name(span, EntityType.OTHER, sure=False)


def _settled(text: str, found: Sequence[Name]) -> list[Name]:
    """Settle lone words and open types by the other names and by the words beside them."""
    surnames = {plain(n.span.of(text)).split()[-1] for n in found if n.type is EntityType.PERSON}
    given = {plain(n.span.of(text)).split()[0] for n in found if n.type is EntityType.PERSON and " " in n.span.of(text)}
    inner = {
        plain(n.span.of(text))
        for n in found
        if not _SENTENCE_START.search(text, max(0, n.span.start - 4), n.span.start)
    }
    settled: list[Name] = []
    for name in found:
        one = _settle(text, name, surnames, given, inner)
        if one is not None:
            settled.append(one)
    return settled


def _settle(text: str, name: Name, surnames: set[str], given: set[str], inner: set[str]) -> Name | None:
    word = name.span.of(text)
    folded = plain(word)
    if (
        name.type is EntityType.PERSON
        and not name.sure
        and _LOCATIVE.search(text, max(0, name.span.start - _BEFORE_CHARS), name.span.start)
        and folded.split()[-1] not in surnames - {folded.split()[-1]}
        and not _speaks(text, name.span)
    ):
        return replace(name, type=EntityType.PLACE)
    if name.type is not EntityType.OTHER or " " in word:
        return name
    if folded in world().peoples:
        return None  # an adjective
    if folded in surnames:
        return replace(
            name, type=EntityType.PERSON, gender=None
        )  # "Clinton" tells no gender, though some are called so
    if folded in given:
        return replace(name, type=EntityType.PERSON)
    if _speaks(text, name.span):
        return replace(name, type=EntityType.PERSON, sure=False)
    at_start = _SENTENCE_START.search(text, max(0, name.span.start - 4), name.span.start) is not None
    if at_start and folded not in inner and not name.gender:
        return None
    if re.search(rf"\b{re.escape(word.lower())}\b", text):
        return None
    if name.gender:
        return replace(name, type=EntityType.PERSON, sure=False)
    if _LOCATIVE.search(text, max(0, name.span.start - _BEFORE_CHARS), name.span.start):
        return replace(name, type=EntityType.PLACE, sure=False)
    return name


def _speaks(text: str, span: Span) -> bool:
    """Whether a verb of speech stands right beside a name."""
    after = _AFTER_SPEECH.match(text, span.end)
    if after and after.group(1) in words().speech:
        return True
    before = _BEFORE_SPEECH.search(text, max(0, span.start - _BEFORE_CHARS), span.start)
    return before is not None and before.group(1) in words().speech
