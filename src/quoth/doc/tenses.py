"""When a verb puts its event, told by the words before it: done, under way, or still to come.

A verb is read with its auxiliaries ("has not yet been paid"), an adjective or a noun with the "be" before it ("will
soon be ready", "is a danger"). No tagger: where the form of a word leaves open whether it is a verb, nothing is said.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from quoth.doc.stems import SHORTEST, past_forms, stem
from quoth.doc.tokens import function_words


class Tense(StrEnum):
    """Tenses as far as they place an event."""

    PAST = "did"
    WAS = "was a"
    HAD = "had done"
    WAS_DOING = "was doing"
    PERFECT = "has done"
    SINCE = "has been doing"
    PRESENT = "does"
    STATE = "is"
    ONGOING = "is doing"
    FUTURE = "will do"
    WOULD = "would do"
    WILL_HAVE = "will have done"
    WOULD_HAVE = "would have done"


_BE_NOW, _BE_THEN = frozenset(["is", "are", "am"]), frozenset(["was", "were"])
BE = _BE_NOW | _BE_THEN | {"be", "been", "being"}
_HAVE = frozenset(["have", "has", "had"])
_DO = frozenset(["do", "does", "did"])
_AHEAD = frozenset(["will", "shall"])
#: What leaves open when the event is; "'s" is "is", "has" or a genitive.
_OPEN = frozenset(["can", "could", "may", "might", "must", "should", "ought", "'s"])
_AUXILIARIES = BE | _HAVE | _DO | _AHEAD | _OPEN | {"to", "would", "going", "about"}
_ADVERBS = frozenset(
    ["not", "never", "also", "already", "now", "still", "just", "soon", "always", "ever", "yet", "again", "once", "all"]
)
_BEFORE_NOUNS = frozenset(
    ["a", "an", "the", "no", "very", "so", "too", "this", "that", "my", "our", "your", "his", "its"]
)
_SUBJECTS = frozenset(["i", "we", "you", "they", "he", "she", "it", "who"])
#: Participles that are written as the base form; after "has" they are verbs.
_BASE_PARTICIPLES = frozenset(
    ["become", "come", "overcome", "run", "put", "cut", "set", "let", "hit", "hurt", "cost", "shut", "quit", "spread"]
)
_FARTHEST = 6  # words back from the verb to its first auxiliary


@lru_cache(maxsize=100_000)
def is_past(word: str) -> bool:
    """Whether a word has the form of a past or a past participle, and none that the present has too."""
    if word in past_forms():
        return True
    return len(word) > SHORTEST and word.endswith("ed") and not word.endswith("eed") and stem(word) != word


def tense(keys: Sequence[str], at: int) -> tuple[Tense, int] | None:
    """The tense of the verb (or of the "be" before an adjective or a noun) at a place.

    Args:
        keys: keys of units.
        at: number of the verb, adjective or noun.

    Returns:
        The tense and the number of the first word that makes it; None where none is told.
    """
    if keys[at] in _ADVERBS:
        return None
    first, nouns = at, False
    group: list[str] = []
    for back in range(at - 1, max(-1, at - 1 - _FARTHEST), -1):
        word = keys[back]
        if word in _ADVERBS or (word.endswith("ly") and word not in function_words()):
            continue
        if word in _BEFORE_NOUNS and not group:
            nouns = True
            continue
        if word not in _AUXILIARIES:
            break
        if nouns and not group and word not in BE:
            return None
        group.insert(0, word)
        first = back
    made = _grouped(group, keys[at]) if group else _bare(keys, at)
    if made is None:
        return None
    return (Tense.WAS if nouns and made is Tense.PAST else made), first


def _grouped(group: Sequence[str], word: str) -> Tense | None:  # noqa: PLR0911 - one way of forming a tense after another
    """The tense that auxiliaries make with a word."""
    words = set(group)
    if words & _OPEN:
        return None
    if words & {"to", "going", "about"}:
        if group[-2:] not in (["going", "to"], ["about", "to"]):
            return None
        return Tense.FUTURE if words & _BE_NOW else Tense.WOULD if words & _BE_THEN else None
    done = "have" in words and (is_past(word) or word in _BASE_PARTICIPLES)
    if words & _AHEAD:
        return Tense.WILL_HAVE if done else Tense.FUTURE
    if "would" in words:
        return Tense.WOULD_HAVE if done else None if "have" in words else Tense.WOULD
    doing = word.endswith("ing") and stem(word) != word
    if words & _HAVE:
        if "been" not in words and not is_past(word) and word not in _BASE_PARTICIPLES:
            return None  # "has a plan", "have children"
        if "had" in words:
            return Tense.HAD
        return Tense.SINCE if doing and "been" in words else Tense.PERFECT
    if words & _DO:
        return Tense.PAST if "did" in words else Tense.PRESENT
    doing = doing or "being" in words
    if words & _BE_NOW:
        return Tense.ONGOING if doing else Tense.STATE
    if words & _BE_THEN:
        return Tense.WAS_DOING if doing else Tense.PAST
    return None


def _bare(keys: Sequence[str], at: int) -> Tense | None:
    """The tense of a verb without auxiliaries, where its form and the word before it tell that it is one."""
    before = keys[at - 1] if at else ""
    if is_past(keys[at]):
        return Tense.PAST if before not in function_words() or before in _SUBJECTS else None
    return Tense.PRESENT if before in _SUBJECTS and before != "who" and not keys[at].endswith("ing") else None
