"""The words that were said, found from the cue: the clause, the phrase or the quotation before or after it."""

from collections.abc import Sequence

from quoth.attributing.cues import Cue
from quoth.attributing.lines import Token
from quoth.attributing.sources import Range
from quoth.attributing.tables import classes, verbs

_FARTHEST_THAT = (
    14  # tokens between a cue and its "that": "said on Tuesday in a letter to the council of Tarn Bay that"
)
_SENTENCE = 4  # words from which a quotation after a comma is taken for a sentence


def forward(tokens: Sequence[Token], cue: Cue, floor: int) -> Range | None:  # noqa: C901, PLR0911 - a ladder of cases
    """The content after the cue; `floor` is the first token that may belong to it."""
    start = floor
    frames = cue.word.frames
    while start < len(tokens) and tokens[start].low in {",", ":", "—", "–", "-"}:
        start += 1
    if start >= len(tokens):
        return None
    said_after = start > floor
    if tokens[start].quotation and (said_after or "q" in frames or "n" in frames):
        return start, clause_end(tokens, start)
    that = _that(tokens, start)
    if that is not None and frames & set("qtz"):
        return that, clause_end(tokens, that)
    quoted = _introduced_quotation(tokens, start)
    if quoted is not None and "q" in frames:
        return quoted, clause_end(tokens, quoted)
    low = tokens[start].low
    if said_after and tokens[floor].low == ":" and frames & set("qtz"):
        return start, clause_end(tokens, start)
    if said_after:
        return None
    if "w" in frames and (low in {"if", "whether", "why", "how", "what", "who", "where", "when"}):
        return start, clause_end(tokens, start)
    if "i" in frames and low == "to":
        return start, clause_end(tokens, start)
    if "a" in frames:
        told = _past_addressee(tokens, start, cue)
        if told is None:
            return None
        start = told
    if frames & set("zn") or ("q" in frames and _clause_begins(tokens, start)):
        return _bare(tokens, start, cue)
    return None


def _bare(tokens: Sequence[Token], start: int, cue: Cue) -> Range | None:  # noqa: PLR0911 - a ladder of cases
    """A clause without "that", or an object."""
    words = classes()
    start = _past_adverbials(tokens, start)
    if start >= len(tokens):
        return None
    token = tokens[start]
    if token.mark and token.low not in {"$", "#", "'"}:
        return None
    if "n" not in cue.word.frames and "z" not in cue.word.frames and not _clause_begins(tokens, start):
        return None
    if (
        token.low in words["prepositions"] | words["conjunctions"]
        and token.low not in cue.word.after
        and token.low != "like"
    ):
        return None
    if token.low == "to" and "i" not in cue.word.frames:
        return None
    if (
        "n" not in cue.word.frames
        and token.low in {"so", "it", "more", "little", "nothing", "much"}
        and len(tokens) - start <= _SENTENCE
    ):
        return None
    return start, clause_end(tokens, start)


def _past_adverbials(tokens: Sequence[Token], start: int) -> int:
    words = classes()
    place = start
    while place < len(tokens):
        low = tokens[place].low
        if low in words["days"] or low in {
            "today",
            "yesterday",
            "tonight",
            "earlier",
            "later",
            "recently",
            "afterward",
            "afterwards",
        }:
            place += 1
            while place < len(tokens) and tokens[place].low in words["times"]:
                place += 1
        elif low == "on" and place + 1 < len(tokens) and tokens[place + 1].low in words["days"]:
            place += 2
            while place < len(tokens) and tokens[place].low in words["times"]:
                place += 1
        elif low in {"last", "this"} and place + 1 < len(tokens) and tokens[place + 1].low in words["times"]:
            place += 2
        else:
            break
    if place < len(tokens) and place > start and tokens[place].low == ",":
        return start
    return place


def _past_addressee(tokens: Sequence[Token], start: int, cue: Cue) -> int | None:
    """Where the content begins after "told X"."""
    words = classes()
    if start >= len(tokens) or tokens[start].quotation:
        return start
    if tokens[start].low in {
        "me",
        "him",
        "us",
        "them",
        "her",
        "you",
        "it",
        "reporters",
        "people",
        "voters",
        "supporters",
        "everyone",
    }:
        return start + 1
    place = start
    while place < len(tokens) and place - start < 12:  # noqa: PLR2004
        low = tokens[place].low
        if tokens[place].quotation or low in {",", ":", "."}:
            return None
        if place > start and (
            low in words["pronouns"] - words["determiners"]
            or low in {"to", "if", "whether", "how", "what", "why", "not"}
        ):
            return place
        if (
            place > start
            and low in words["determiners"]
            and tokens[place - 1].low not in words["prepositions"] | words["conjunctions"]
        ):
            return place
        place += 1
    return None


def _that(tokens: Sequence[Token], start: int) -> int | None:  # noqa: PLR0911 - a ladder of cases
    """The "that" that begins the content, if only an addressee or adverbials stand before it."""
    words = classes()
    for place in range(start, min(len(tokens), start + _FARTHEST_THAT)):
        low = tokens[place].low
        if low == "that":
            following = tokens[place + 1].low if place + 1 < len(tokens) else ""
            if place == start and following in {"", ".", ","} | words["auxiliaries"]:
                return None
            return place
        if tokens[place].quotation or low in {".", ";", ":", "and", "but"}:
            return None
        if low in words["auxiliaries"] or low in words["subordinators"] or low in words["relatives"]:
            return None
        if low in words["verbs"] and not tokens[place].title:
            return None
        if low in {"he", "she", "they", "we", "i"}:
            return None
    return None


def _introduced_quotation(tokens: Sequence[Token], start: int) -> int | None:
    """A quotation that a comma or colon sets off after adverbials: "said in a letter on Friday, “...”"."""
    words = classes()
    for place in range(start, min(len(tokens), start + 25)):
        token = tokens[place]
        if token.quotation:
            before = tokens[place - 1].low
            return place if before in {",", ":"} or place == start else None
        if token.low in words["auxiliaries"] | {".", ";"}:
            return None
    return None


def _clause_begins(tokens: Sequence[Token], start: int) -> bool:
    """Whether a subject begins at `start` and a finite verb follows soon."""
    words = classes()
    if start >= len(tokens) or (tokens[start].mark and tokens[start].low != "$"):
        return False
    if tokens[start].low in words["prepositions"] | words["conjunctions"] and tokens[start].low != "since":
        return False
    for place in range(start + 1, min(len(tokens), start + 25)):
        low = tokens[place].low
        if low in words["auxiliaries"] or (low in words["verbs"] and not tokens[place].title):
            return True
        if low in {".", ":", ";"}:
            return False
        if tokens[place].quotation is None and low.endswith("ed") and not tokens[place].title:
            return True
    return False


def clause_end(tokens: Sequence[Token], start: int) -> int:
    """Past the last token of a content that begins at `start`: the clause, without its end punctuation."""
    classes()
    place = start + 1
    if tokens[start].quotation and _stops(tokens, place):
        return place
    depth = 0
    while place < len(tokens):
        token = tokens[place]
        low = token.low
        if low == "(":
            depth += 1
        elif low == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and low == ",":
            if place + 1 < len(tokens) and _cut(tokens, place):
                break
        elif (depth == 0 and low == ";") or (
            depth == 0 and low == "and" and place + 1 < len(tokens) and _new_cue(tokens, place + 1)
        ):
            break
        place += 1
    while (
        place > start + 1
        and tokens[place - 1].mark
        and tokens[place - 1].low in {".", ",", ":", ";", "!", "?", "—", "–", "-"}
    ):
        place -= 1
    return place


def _stops(tokens: Sequence[Token], place: int) -> bool:
    """Whether a quotation before `place` is all there is: its own end mark, or the line's, follows."""
    inner = tokens[place - 1]
    if place >= len(tokens) or tokens[place].low in {".", ";"}:
        return True
    return tokens[place].low == "," and inner.quotation is not None


def _new_cue(tokens: Sequence[Token], place: int) -> bool:
    """Whether a verb of saying without a subject stands at `place`: "said A and called B"."""
    words = classes()
    while place < len(tokens) and (tokens[place].low in words["adverbs"] or tokens[place].low.endswith("ly")):
        place += 1
    form = verbs().get(tokens[place].low) if place < len(tokens) else None
    return form is not None and form.kind == "past"


def _cut(tokens: Sequence[Token], comma: int) -> bool:  # noqa: PLR0911 - a ladder of cases
    """Whether the content ends at a comma: another attribution, or the narrator, goes on."""
    words = classes()
    following = tokens[comma + 1]
    low = following.low
    if low == "according":
        return True
    form = verbs().get(low)
    if form and form.kind == "ing":
        return True
    if low in {"and", "but"} and comma + 2 < len(tokens) and _new_cue(tokens, comma + 2):
        return True
    if following.quotation is not None:
        return False
    # ", X said": a short subject and a verb of saying at the end
    for place in range(comma + 2, min(len(tokens), comma + 8)):
        form = verbs().get(tokens[place].low)
        if form and form.kind in {"past", "s"} and "q" in form.word.frames:
            after = tokens[place + 1].low if place + 1 < len(tokens) else "."
            return after in {".", ","}
        if tokens[place].mark or tokens[place].low in words["auxiliaries"]:
            return False
    return False


def backward(tokens: Sequence[Token], end: int, floor: int) -> Range | None:
    """The content before the attribution that begins at token `end`, not before token `floor`."""
    last = end
    while last > floor and tokens[last - 1].low in {",", "—", "–", "-"}:
        last -= 1
    if last <= floor:
        return None
    if tokens[last - 1].quotation:
        first = last - 1
        # a whole sentence in marks stands for itself; a fragment belongs to its clause
        if _whole(tokens[first]) or first == floor:
            return first, last
    first = floor
    while first < last and (tokens[first].low in {"and", "but", ",", "—", "–", "-", "so", "because"}):
        first += 1
    return (first, last) if first < last else None


def _whole(token: Token) -> bool:
    return token.quotation is not None and token.quotation.inner.length > 60  # noqa: PLR2004
