"""Statements of a few words, of which one sentence of the speaker has all: but for a value, or denied in other words.

"It would cost 40 million euros" against "It will cost 40 million dollars", and "ruled out a sale of the mill" against
"We will not sell the mill": too few words for the chance of `carried` to tell, and yet nothing else can be meant.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from quoth.doc.doc import Doc
from quoth.doc.operators import Marker, embedding
from quoth.doc.stems import stem
from quoth.doc.tokens import function_words
from quoth.types import Act, Span, Statement
from quoth.verdicts.carried import Contents, contents

#: Content words at most of a statement that is looked at here, and letters that a verb and its noun share.
_FEW, _ROOT = 6, 4
#: Nouns of what is said, which a denial only passes through: "rejected claims that he had taken money".
_SAYINGS = frozenset(
    stem(word)
    for word in ("claim", "allegation", "accusation", "report", "suggestion", "rumor", "charge", "notion", "idea")
)
_AGAINST = frozenset(["against", "oppose", "opposed", "reject", "refuse", "disagree", "object", "resist"])
_DENYING = frozenset([Act.DENY, Act.REJECT])
#: Classes of words that keep a sentence from being plainly asserted or denied.
_OPEN = frozenset(["suppose", "ask", "wish", "hear", "hearsay", "think", "joke"])


def told_but_for_values(
    report: Doc,
    statement: Statement,
    there: Contents,
    eligible: Sequence[int],
    named: Mapping[int, tuple[int, str]],
) -> int | None:
    """The only sentence, by its number, that has every word of a statement but its numbers and dates; else None."""
    content = [one for span in statement.content for one in contents(report, span, named)]
    worded = [keys for keys, _ in content if not keys[0][:1].isdigit()]
    if not worded or len(worded) > _FEW or not _counts(report, statement.content):
        return None
    if any(one.family == "hedge" for span in statement.content for one in report.operators_in(*report.range(span))):
        return None  # "about 310 traders" for 312
    doc = there.doc
    held = set.intersection(*({at for key in keys for at in there.index.get(key, ())} for keys in worded))
    found = [number for number in eligible if number in held and _counts(doc, (doc.sentences[number],))]
    return found[0] if len(found) == 1 else None


def _counts(doc: Doc, spans: Sequence[Span]) -> bool:
    """Whether stretches hold a number or a date."""
    return bool(doc.numbers_at(list(spans)) or doc.dates_in(list(spans)))


def denied_matter(
    report: Doc, statement: Statement, there: Contents, eligible: Sequence[int]
) -> tuple[int, bool] | None:
    """The sentence that has all of what a report says was denied, and whether it denies it; None where nothing tells.

    Args:
        report: the report.
        statement: one of its statements; looked at only if its cue denies.
        there: the source.
        eligible: numbers of the sentences that may carry it.
    """
    if statement.act not in _DENYING or statement.negated:
        return None
    tokens = [at for span in statement.content for at in range(*report.range(span))]
    told = [at for at in tokens if report.keys[at] not in function_words() and report.stems[at] not in _SAYINGS]
    if not told or len(told) > _FEW or any(one.family == "negation" for one in _operators(report, tokens)):
        return None
    source = there.doc
    held = set.intersection(*(_holding(there, report.stems[at]) for at in told))
    found = [number for number in eligible if number in held]
    if len(found) != 1:
        return None
    start, stop = source.tokens_of(found[0])
    operators = source.operators_in(start, stop)
    heads = {one.kind for one in embedding(source.keys[start:stop])}
    unsure = any(one.family in {"hedge", "condition"} or one.kind in {"plan", "may"} for one in operators)
    asked = source.sentences[found[0]].of(source.text).endswith("?")
    if heads & _OPEN or unsure or asked:
        return None
    denials = sum(one.family == "negation" and one.kind != "un" for one in operators)
    denials += sum(key in _AGAINST for key in source.keys[start:stop])
    return (found[0], denials == 1) if denials < 2 and "doubt" not in heads else None  # noqa: PLR2004


def _operators(doc: Doc, tokens: Sequence[int]) -> Sequence[Marker]:
    return doc.operators_in(tokens[0], tokens[-1] + 1) if tokens else ()


def _holding(there: Contents, word: str) -> set[int]:
    """Numbers of the sentences that hold a stem, one of the same root, or the noun of what a verb does."""
    alike = {word, _nouns().get(word, ""), *(verb for verb, noun in _nouns().items() if noun == word)}
    if len(word) > _ROOT:
        alike.update(other for other in there.stems if len(other) > _ROOT and other.startswith(word[:_ROOT]))
    return {number for other in alike for number in there.stems.get(other, ())}


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, str]:
    raw = tomllib.loads((files("quoth.lexicon") / "nominal.toml").read_text(encoding="utf-8"))
    return {stem(verb): stem(noun) for verb, noun in raw["nouns"].items()}
