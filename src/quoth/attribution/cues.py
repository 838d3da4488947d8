"""Where a line says that something was said: verbs that act as verbs, with their auxiliaries and particles; nouns."""

from collections.abc import Sequence
from dataclasses import dataclass

from quoth.attribution.cue_tables import CueWord, Form, classes, nouns, verbs
from quoth.attribution.sentence_view import Token
from quoth.attribution.token_predicates import is_adverb, is_finite, is_in, low
from quoth.types import Act

_REACH = 12  # tokens between a cue noun and its "that": "accusations by a senior officer of the coast guard that"
_PLURAL = 3  # letters; a word in -s with no more is no plural


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a line, by numbers of tokens.

    Attributes:
        word: the cue word.
        kind: form of the verb, "noun", or "according".
        head: number of the token that is the cue word.
        first: number of the first token of the group ("has not" of "has not said").
        last: number of the last token of the group ("out" of "pointed out").
        passive: whether the subject is what was said or who was told.
        negated: whether it says that nothing was said.
    """

    word: CueWord
    kind: str
    head: int
    first: int
    last: int
    passive: bool = False
    negated: bool = False


ACCORDING = CueWord("according", Act.SAY, frozenset("z"))


def cues(tokens: Sequence[Token]) -> list[Cue]:
    """The cue verbs and cue nouns of a line, in order."""
    found: list[Cue] = []
    for number, token in enumerate(tokens):
        cue = None
        if token.low in verbs():
            cue = _verb(tokens, number)
        if cue is None and token.low in nouns():
            cue = _noun(tokens, number)
        if cue is None and token.low == "according" and low(tokens, number + 1) == "to":
            cue = Cue(ACCORDING, "according", number, number, number + 1)
        if cue is not None and not (found and cue.head <= found[-1].last):
            found.append(cue)
    return found


def _verb(tokens: Sequence[Token], number: int) -> Cue | None:
    """A form of a cue verb as a cue, if it acts as a verb and says that something was said."""
    form = verbs()[tokens[number].low]
    particle = _particle(tokens, number, form)
    if form.word.needs and not particle:
        return None
    if low(tokens, number - 1) == "-" and number and tokens[number - 1].end == tokens[number].start:
        return None  # "the so-called experts"
    first = _group_start(tokens, number, form)
    group = [token.low for token in tokens[first:number]]
    if not _acts_as_verb(tokens, number, first, form):
        return None
    if form.word.lemma in {"decline", "refuse"} and low(tokens, number + 1) == "to":
        told = verbs().get(low(tokens, number + 2))
        if told is not None and "q" in told.word.frames:
            return None  # "declined to say" is one cue
    if low(tokens, first) == "to" and not _infinitive_counts(tokens, first, number, form):
        return None
    passive = form.kind in {"past", "participle"} and any(word in classes()["be"] for word in group[-3:])
    last = number + particle
    return Cue(form.word, form.kind, number, first, last, passive, negated(tokens, first, number))


def _particle(tokens: Sequence[Token], number: int, form: Form) -> int:
    """How many words after the verb belong to it: "out" of "pointed out", "it clear" of "made it clear"."""
    for particle in sorted(form.word.after, key=len, reverse=True):
        words = particle.split("_")
        if [low(tokens, number + 1 + place) for place in range(len(words))] == words:
            return len(words)
    return 0


def _infinitive_counts(tokens: Sequence[Token], first: int, number: int, form: Form) -> bool:
    """Whether "to say" reports speech: after a refusal, or with a clause or a quotation behind it."""
    if low(tokens, first - 1) in classes()["refusing"]:
        return True
    following = number + 1 < len(tokens) and (
        tokens[number + 1].quotation is not None or low(tokens, number + 1) == "that"
    )
    return following and "q" in form.word.frames


def negated(tokens: Sequence[Token], first: int, head: int) -> bool:
    """Whether the group says that something was not said: "did not say", "declined to say", "no one said"."""
    words = classes()
    if any(token.low in words["negations"] for token in tokens[first:head]):
        return True
    before = low(tokens, first - 1)
    if low(tokens, first) in words["refusing"] or (low(tokens, 0) == "neither" and first < _REACH):
        return True
    if before in {"nobody", "none", "neither", "without"} or (before == "one" and low(tokens, first - 2) == "no"):
        return True
    if low(tokens, first) == "to" and before in words["refusing"]:
        return True
    turned = (at for at in range(max(1, head - _INVERTED), first) if tokens[at].low in _TURNED)
    return any(_inverts(tokens, at, head) for at in turned)


_INVERTED = 6  # tokens from the auxiliary of a turned clause to its verb
_TURNED = frozenset(("do", "does", "did", "has", "have", "had"))


def _inverts(tokens: Sequence[Token], at: int, head: int) -> bool:
    """Whether an auxiliary stands before its subject: "nor did the mayor say", "at no time did he say"."""
    if any(token.mark or token.quotation for token in tokens[at:head]):
        return False
    before = low(tokens, at - 1)
    return before in {"nor", "neither"} or low(tokens, at - 2) in {"no", "not"}


def is_asked(tokens: Sequence[Token], subject: int) -> bool:
    """Whether the sentence asks if its subject, which begins at a token, said something: "Did Orla say that ...?"."""
    return low(tokens, len(tokens) - 1) == "?" and is_in(tokens, subject - 1, "auxiliaries")


def _group_start(tokens: Sequence[Token], number: int, form: Form) -> int:
    """First token of the verb group that ends at `number`."""
    words = classes()
    first = number
    while first > 0:
        word = low(tokens, first - 1)
        if word == "'s" and form.kind not in {"past", "participle", "ing"}:
            break
        if (
            word in words["auxiliaries"]
            or word in words["negations"]
            or _inner_adverb(tokens, first - 1)
            or (word == "to" and first == number and form.kind == "base")
        ):
            first -= 1
        else:
            break
    if low(tokens, first) == "to" and low(tokens, first - 1) in words["refusing"] and "q" in form.word.frames:
        first = _group_start(tokens, first - 1, Form(form.word, "past"))  # "had declined to say"
    while low(tokens, first) in classes()["outside"]:
        first += 1  # "then said" leaves its adverb out of the cue
    return first


def _inner_adverb(tokens: Sequence[Token], number: int) -> bool:
    """Whether an adverb may stand inside a verb group: "has repeatedly said"."""
    return is_adverb(tokens, number) and tokens[number].low not in classes()["when"] | {"so", "here", "there"}


def _acts_as_verb(tokens: Sequence[Token], number: int, first: int, form: Form) -> bool:  # noqa: PLR0911 - a ladder
    """Whether a form of a cue verb is a verb where it stands, and not a noun or an adjective."""
    words = classes()
    if form.kind == "ing":
        return _ing_acts(tokens, number, first)
    if any(token.low in words["auxiliaries"] or token.low == "to" for token in tokens[first:number]):
        return True
    before, after = low(tokens, first - 1), low(tokens, number + 1)
    if not before and after == ":":
        return False  # "READ: Pier closed again"
    if form.kind == "participle" or before in {"'s", "'"} or before in words["prepositions"]:
        return False
    if before in words["determiners"] and before not in words["pronouns"] - words["possessives"]:
        return False
    if form.kind == "base":
        return _plural(tokens, first - 1) and after not in {"of", ".", ","} and after not in words["auxiliaries"]
    if form.kind == "s" and tokens[number].low in words["plural_nouns"]:
        quoted = number + 1 < len(tokens) and tokens[number + 1].quotation is not None
        return (quoted or after == "that") and not (first and is_finite(tokens, first - 1))
    if form.kind == "s":
        return bool(before) and after not in {"of", "and"} and after not in words["auxiliaries"]
    return True


def _ing_acts(tokens: Sequence[Token], number: int, first: int) -> bool:
    """Whether a form in -ing is a verb: after "be", or where a clause may begin ("..., adding that", "by saying")."""
    words = classes()
    before, after = low(tokens, first - 1), low(tokens, number + 1)
    if after in {"of", ".", ""} and not (number + 1 < len(tokens) and tokens[number + 1].quotation):
        return False
    if any(token.low in words["be"] for token in tokens[first:number]):
        return True
    return before in {",", "", "—", "–", "-"} or is_in(
        tokens, first - 1, "conjunctions", "prepositions", "subordinators"
    )


def _plural(tokens: Sequence[Token], number: int) -> bool:
    """Whether the word at a place can be the subject of a verb without -s."""
    word = low(tokens, number)
    form = verbs().get(word)
    if form is not None and form.kind == "s" and word not in classes()["plural_nouns"]:
        return False  # "Ministry rejects claim that"
    return word in classes()["plurals"] or (
        word.endswith("s") and not word.endswith(("ss", "'s", "is", "us")) and len(word) > _PLURAL
    )


def _noun(tokens: Sequence[Token], number: int) -> Cue | None:
    """A cue noun counts where a clause with "that" follows, at once or after "by X", or "of" and a verb in -ing."""
    form = nouns()[tokens[number].low]
    cue = Cue(form.word, "noun", number, number, number)
    following = low(tokens, number + 1)
    if following == "that":
        vague = low(tokens, number + 2) in classes()["auxiliaries"] or is_in(tokens, number + 2, "relative_subjects")
        return None if vague else cue
    if following == "of" and low(tokens, number + 2).endswith("ing") and form.word.act is Act.ACCUSE:
        return cue
    if following not in {"by", "from", "of", "in", "on", "at", "last", "this"}:
        return None
    for place in range(number + 2, min(len(tokens), number + _REACH)):
        word = low(tokens, place)
        if word == "that":
            return cue
        if tokens[place].mark or tokens[place].quotation or word in classes()["auxiliaries"] or word in verbs():
            return None
    return None
