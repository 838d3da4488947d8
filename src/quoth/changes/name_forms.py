"""Names: another one, a spelling of the same, a fuller or shorter form."""

import re
from collections.abc import Sequence

from quoth.doc.body_tables import known_as
from quoth.doc.name_tables import world
from quoth.doc.slips import spelled_alike
from quoth.doc.tokens import Unit, frequencies, plain
from quoth.doc.word_similarity import is_name
from quoth.types import Span

#: Share of the letters that two spellings of one name have in common.
SPELLING = 0.75
#: A word seen no more often than this in ten million may be a misspelling; a common one only if it is nearly the same.
RARE = 60
NEARLY = 0.9
_SHORTEST = 4  # letters; "Mali" and "Bali" are 75 % alike
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "prof",
        "professor",
        "sen",
        "senator",
        "rep",
        "representative",
        "gov",
        "governor",
        "president",
        "premier",
        "minister",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "general",
        "gen",
        "colonel",
        "col",
        "major",
        "maj",
        "captain",
        "capt",
        "lieutenant",
        "lt",
        "sergeant",
        "sgt",
        "admiral",
        "adm",
        "judge",
        "justice",
        "chairman",
        "chairwoman",
        "chair",
        "director",
        "secretary",
        "attorney",
        "ambassador",
        "mayor",
        "commissioner",
        "congressman",
        "congresswoman",
        "deputy",
        "former",
        "acting",
        "assistant",
        "honorable",
        "hon",
        "reverend",
        "rev",
        "pope",
        "bishop",
        "archbishop",
        "cardinal",
        "inspector",
        "detective",
        "officer",
        "agent",
        "chief",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "u.s.",
        "senators",
        "sens",
        "reps",
        "messrs",
        "the",
        "of",
    ]
)


def names_among(text: str, found: Sequence[Unit]) -> list[list[Unit]]:
    """Runs of neighbouring units that look like names; titles do not open one."""
    runs: list[list[Unit]] = []
    last: Unit | None = None
    for unit in found:
        surface = text[unit.start : unit.end]
        if named(text, unit, surface):
            if (
                runs
                and last is not None
                and runs[-1][-1] is last
                and text[last.end : unit.start] in {" ", "-", ". ", "."}
            ):
                runs[-1].append(unit)
            else:
                runs.append([unit])
            last = unit
        else:
            last = None
    return runs


#: Sounds and short answers that open a sentence with a capital and name nobody.
FILLERS = frozenset(
    [
        "uh",
        "um",
        "er",
        "ah",
        "oh",
        "ooh",
        "yeah",
        "yes",
        "no",
        "well",
        "okay",
        "ok",
        "hey",
        "wow",
        "hmm",
        "aha",
        "so",
        "and",
        "but",
        "now",
        "look",
        "listen",
    ]
)


def named(text: str, unit: Unit, surface: str | None = None) -> bool:
    """Whether a unit looks like (part of) a name where it stands."""
    surface = text[unit.start : unit.end] if surface is None else surface
    before = text[max(0, unit.start - 3) : unit.start]
    opens = unit.start == 0 or bool(re.search(r"[.!?:;…]['\"”’)\]]*\s+$|[\"“‘(\[\n]\s*$", before))
    return (is_name(surface, opens=opens) or unit.key.endswith(".")) and plain(surface) not in _TITLES | FILLERS


def same_name(ours: Sequence[str], theirs: Sequence[str]) -> str:  # noqa: PLR0911 - one way of naming after another
    """How two names go together: "spelling", "form" (fuller, shorter, initials), or "" for two names.

    Args:
        ours: words of the one, as written.
        theirs: words of the other.
    """
    mine, other = [plain(word) for word in ours], [plain(word) for word in theirs]
    bare, bare_other = [word for word in mine if word not in _TITLES], [word for word in other if word not in _TITLES]
    if not bare or not bare_other or _one_place(" ".join(ours), " ".join(theirs)):
        return "form"
    if _acronym(ours, theirs) or _acronym(theirs, ours):
        return "form"
    if bare[-1] == bare_other[-1] and (set(bare) <= set(bare_other) or set(bare_other) <= set(bare)):
        return "form"
    if set(bare) < set(bare_other) or set(bare_other) < set(bare):
        return "form"
    if len(bare) == len(bare_other) and all(_close(a, b) for a, b in zip(bare, bare_other, strict=True)):
        return "spelling"
    if bare[-1] != bare_other[-1] and _close(bare[-1], bare_other[-1]) and (len(bare) == 1 or len(bare_other) == 1):
        return "spelling"
    if _related(bare[-1], bare_other[-1]) and len(bare) == len(bare_other) == 1:
        return "form"
    return ""


def _one_place(ours: str, theirs: str) -> bool:
    """Whether the tables know both names for one: "Burma" and "Myanmar", "Peking" and "Beijing"."""
    country = world().names.get(plain(ours))
    return bool(known_as(ours) & known_as(theirs)) or (
        country is not None and country == world().names.get(plain(theirs))
    )


def same_body(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two names hold the same words in another order, or one is the other's initials.

    "Justice Department", "Department of Justice" and "DOJ" are one body. Function words are left aside.
    """
    if not ours or not theirs or not (ours[0][:1].isupper() and theirs[0][:1].isupper()):
        return False
    mine, other = [plain(word) for word in ours], [plain(word) for word in theirs]
    return sorted(mine) == sorted(other) or _acronym(ours, theirs) or _acronym(theirs, ours)


def _close(first: str, second: str) -> bool:
    """Whether two written names may be one: nearly the same letters, and not both words of their own that one knows."""
    if first == second:
        return True
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]  # an initial
    if first[0] != second[0] or min(len(first), len(second)) <= _SHORTEST:
        return False
    alike = spelled_alike(first, second)
    known = min(frequencies().get(first, (0, 0))[0], frequencies().get(second, (0, 0))[0])
    return alike >= SPELLING and (known <= RARE or alike >= NEARLY)


def _related(first: str, second: str) -> bool:
    """Whether one is the adjective of the other: "Canada" and "Canadian", "China" and "Chinese"."""
    short, long = sorted((first, second), key=len)
    root = short[:-1] if short[-1] in "aeoy" else short
    return (
        len(root) >= _SHORTEST - 1
        and long.startswith(root)
        and bool(re.fullmatch(r"[aeio]?(?:ns?|ans?|ians?|ese|is?|ish|s)", long[len(root) :]))
    )


def _acronym(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one is the initials of the other: "IRS" and "Internal Revenue Service"."""
    if len(short) != 1:
        return False
    letters = plain(short[0]).replace(".", "")
    initials = "".join(plain(word)[0] for word in long)
    bare = "".join(plain(word)[0] for word in long if plain(word) not in {"of", "the", "and", "for", "on", "in", "to"})
    return len(letters) > 1 and letters in {initials, bare}


def surfaces(text: str, found: Sequence[Unit]) -> list[str]:
    """The words as written."""
    return [text[unit.start : unit.end] for unit in found]


def span_of(found: Sequence[Unit]) -> Span:
    """From the first unit to the last."""
    return Span(found[0].start, found[-1].end)
