"""How much a reader of a report would miss a sentence of its source that the report does not carry.

Readers of real reports miss above all what stands beside the words that a report takes: the rest of the answer, the
condition before it, the accusation behind it. What the signals weigh stands in `salience.toml`, fitted by
`training/support/fit_salience.py` to the omissions that such readers named. No model is asked.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from math import exp, log1p

from quoth.doc.doc import Doc
from quoth.doc.name_tables import plain
from quoth.doc.names import Name
from quoth.doc.telling_words import Word, telling
from quoth.doc.word_lists import word_list
from quoth.types import EntityType, Span, overlap

#: From this share of its characters on a sentence is touched by a piece; touched to half, it is told in part.
TOUCHED, HALF = 0.15, 0.5
#: Sentences over which the neighbourhood of a piece fades.
FADES = 4.0
#: So far from it nothing is felt of a piece any more.
_REACH = 40
#: Words of an accusation, or of an answer to one.
_ANSWER = re.compile(
    r"\b(?:accus\w+|alleg\w+|den(?:y|ies|ied|ial)|reject\w*|refut\w+|groundless|unfounded|baseless|slander\w*|defam\w+|"
    r"libel\w*|false|untrue|contrary|never|claims?|apolog\w+|regret\w*|admit\w*|acknowledg\w+|l(?:ies?|ied|ying)|wrong|"
    r"fail\w*|violat\w*|unlawful|illegal|corrupt\w*|disgrac\w*|blam\w*)\b",
    re.IGNORECASE,
)
#: Words that promise, demand or warn.
_PROMISE = re.compile(
    r"\b(?:will|shall|must|should|ought|need(?:s|ed)? to|ha(?:ve|s) to|going to|promis\w*|pledg\w*|demand\w*|commit\w*|"
    r"call(?:s|ed)? (?:on|for)|require[sd]?|vow\w*|urge[sd]?|warn\w*)\b|['’]ll\b|['’]ve got to\b",
    re.IGNORECASE,
)


class Salience:
    """What the sentences of one source are to the readers of one report."""

    def __init__(self, report: Doc, source: Doc, pieces: Sequence[Span]) -> None:
        """Takes report and source, and the stretches of the source that the verdicts' pieces show."""
        self._report = report
        self._source = source
        self._shares: dict[int, float] = {}
        self._told = dict(source.told)
        self._words: dict[int, Sequence[Word]] = {}
        self._known: dict[str, bool] = {}  # for each name of the source whether the report has it
        for piece in {*pieces}:
            for number in source.sentences_of(piece):
                span = source.sentences[number]
                self._shares[number] = self._shares.get(number, 0.0) + overlap(piece, span) / span.length
        self._touched = sorted(number for number, share in self._shares.items() if share > TOUCHED)

    def of(self, number: int) -> tuple[float, str]:
        """How likely a reader names a sentence as one that is missing, 0..1, and what speaks for it, in words."""
        signals = self.signals(number)
        table = _weights()
        chance = 1 / (1 + exp(-sum(weight * signals[name] for name, weight in table.items())))
        return round(chance, 3), "; ".join(self._reasons(number, signals)) or "is not in the report"

    def words(self, number: int) -> Sequence[Word]:
        """The telling words of a sentence."""
        if number not in self._words:
            span = self._source.sentences[number]
            self._words[number] = self._told.get(span) or telling(self._source.text, span)
        return self._words[number]

    def signals(self, number: int) -> dict[str, float]:
        """What a sentence is judged by, by name."""
        span = self._source.sentences[number]
        words = span.of(self._source.text)
        first, last = self._source.tokens_of(number)
        near = self._touched[bisect_left(self._touched, number - _REACH) : bisect_left(self._touched, number + _REACH)]
        heavy = (
            _ANSWER.search(words),
            _PROMISE.search(words),
            any(key in word_list("negations") for key in self._source.keys[first:last]),
            self._strangers(span),
        )
        return {
            "bias": 1.0,
            "near": log1p(sum(exp(-abs(number - one) / FADES) for one in near)),
            "words": log1p(len(self.words(number))),
            "in part": float(TOUCHED < self._shares.get(number, 0.0) < HALF),
            "heavy": float(sum(map(bool, heavy))),
        }

    def _reasons(self, number: int, signals: Mapping[str, float]) -> list[str]:
        span = self._source.sentences[number]
        words = span.of(self._source.text)
        strangers = self._strangers(span)
        told = (
            (signals["in part"] > 0, "is told in part"),
            (any(abs(number - one) == 1 for one in self._touched), "stands beside what the report takes up"),
            (_ANSWER.search(words), "answers or makes an accusation"),
            (_PROMISE.search(words), "promises or demands"),
            (strangers, f"names {strangers[0]}, which the report does not" if strangers else ""),
            (not strangers and self._named(span), "names somebody the report speaks of"),
            (self._source.numbers_at([span]), "gives a number"),
        )
        return [reason for holds, reason in told if holds]

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        return frozenset(plain(name.span.of(self._report.text)) for name in self._report.names)

    def _named(self, span: Span) -> list[Name]:
        """The names in a sentence, but for those of nothing in particular."""
        found = self._source.names
        low = bisect_left(found, span.start, key=lambda name: name.span.start)
        high = bisect_left(found, span.end, key=lambda name: name.span.start)
        return [name for name in found[low:high] if name.type is not EntityType.OTHER or name.sure]

    def _strangers(self, span: Span) -> list[str]:
        """Names that the report does not give."""
        names = [name.span.of(self._source.text) for name in self._named(span) if name.sure]
        return [" ".join(name.split()) for name in names if not self._mentions(plain(name))]

    def _mentions(self, folded: str) -> bool:
        if folded not in self._known:
            written = self._report.folded
            self._known[folded] = folded in self._mentioned or (
                folded in written and re.search(rf"\b{re.escape(folded)}\b", written) is not None
            )
        return self._known[folded]


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    raw = tomllib.loads((files("quoth.verdicts") / "salience.toml").read_text(encoding="utf-8"))
    return {name: float(value) for name, value in raw["weights"].items()}
