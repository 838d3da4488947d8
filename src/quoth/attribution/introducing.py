"""Who speaks a quotation that has no cue: whom the sentence before it, or the words beside it, are about."""

from collections.abc import Sequence

from quoth.attribution.sentence_view import Token
from quoth.attribution.sources import after_cue, main_subject, possessor
from quoth.attribution.token_predicates import is_in, low
from quoth.types import Span


def behind(tokens: Sequence[Token], span: Span) -> Span | None:
    """Whose words a sentence says that its quotation was: "... were the words of Eide", "with these words Bolt"."""
    start = next((number for number, token in enumerate(tokens) if token.start >= span.end), len(tokens))
    words = next((n for n in range(start, len(tokens)) if is_in(tokens, n, "utterances")), None)
    if words is None:
        return None
    place = None
    if low(tokens, words + 1) in {"of", "from", "by"}:
        place = after_cue(tokens, words + 2)
    elif is_in(tokens, words - 1, "demonstratives"):
        place = main_subject(tokens, words + 1, len(tokens))
    elif start < words:
        place = possessor(tokens, words)
    return Span(tokens[place[0]].start, tokens[place[1] - 1].end) if place else None


def _is_document(tokens: Sequence[Token], place: tuple[int, int]) -> bool:
    return any(is_in(tokens, number, "document_nouns") for number in range(place[0], min(place[1], place[0] + 2)))


def _concerned(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Whom a sentence that begins with "for" concerns, with a name: "For the baker Ilse Quandt the strike is over"."""
    pairs = (n for n in range(1, len(tokens) - 1) if tokens[n].title and tokens[n + 1].title)
    first = next(pairs, None)
    if first is None or any(token.mark for token in tokens[:first]):
        return None
    end = first
    while end < len(tokens) and tokens[end].title:
        end += 1
    return first, end


def introduced(tokens: Sequence[Token]) -> Span | None:
    """Whom a sentence before a quotation is about: its subject, or the name that it ends with."""
    place = main_subject(tokens, 0, len(tokens))
    if place is not None and low(tokens, 0) == "for":
        place = _concerned(tokens) or place
    if place is None or low(tokens, place[0]) in {"it", "this", "that"}:
        named = (after_cue(tokens, n + 1) for n, token in enumerate(tokens) if token.low in {"from", "by", "of"})
        place = next((one for one in named if one and not _is_document(tokens, one)), place)
    if place is None and tokens and tokens[0].title:
        place = after_cue(tokens, 0)
    if place is not None and is_in(tokens, place[0], "relatives"):
        place = after_cue(tokens, 0)  # "Dune, who built it, disagreed."
    if place is None:
        return None
    return Span(tokens[place[0]].start, tokens[place[1] - 1].end)
