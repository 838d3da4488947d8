"""A text analysed once, and lazily: its tokens, sentences, turns, numbers, dates and operators."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from quoth.doc.dates import DateKind, DateMention, dates
from quoth.doc.folding import fold_text
from quoth.doc.kept_analyses import KeptAnalyses
from quoth.doc.names import Name, names
from quoth.doc.numbers import NumberKind, NumberMention, numbers
from quoth.doc.operators import Marker as Operator
from quoth.doc.operators import markers as operators
from quoth.doc.quotations import Quotation, quotations
from quoth.doc.sentences import sentences
from quoth.doc.stems import stem
from quoth.doc.telling_words import Word, telling, told_sentences
from quoth.doc.times import times
from quoth.doc.tokens import Unit as Token
from quoth.doc.tokens import function_words, weight
from quoth.doc.tokens import units as tokens
from quoth.doc.turns import Turn, asides, turns
from quoth.types import BODY_KINDS, Block, BlockKind, Document, Places, Span

#: A table without full stops is not one sentence; nobody reads on for longer than this, in tokens.
LONGEST_SENTENCE = 120
#: Blocks that hold words of a speaker or of the narrator; titles are read, captions and promotions are not.
_APART = frozenset({BlockKind.HEADER, BlockKind.STAGE, BlockKind.TIMESTAMP})
_NOTE = 5  # words from which on a footer may be a footnote, and no number of a page
_READ = BODY_KINDS | {BlockKind.TABLE, BlockKind.CAPTION}


#: What stands on either side of a word that is said between others.
_ASIDE = frozenset([",", "-", "–", "—", "...", "…"])
_NOUN_CHARS = 40  # behind a number, in which what it counts may stand
#: Share of sentences with "I" or "we" above which a text is told by somebody himself.
_BY_HIMSELF = 0.1


class Doc:
    """The analysis of one document. Every property is computed when it is first asked for, in linear time, and kept.

    Offsets are code points of `text`; tokens and sentences are named by their numbers. Labels of turns, stage
    directions, time stamps and page headers are nobody's words: they are no tokens and part no sentence.
    """

    def __init__(self, document: Document) -> None:
        """Nothing is computed yet."""
        self.document = document
        self.text = document.text

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns of a transcript, in order; empty for other texts."""
        return turns(self.text)

    @cached_property
    def folded(self) -> str:
        """The text without accents and case; its offsets are not those of `text`."""
        return fold_text(self.text)

    @cached_property
    def asides(self) -> tuple[Span, ...]:
        """Labels of turns, stage directions, time stamps, page headers: in order, none overlapping."""
        found: list[Span] = []
        apart = (block.span for block in self.document.blocks if _is_apart(block, self.text))
        for span in sorted((*asides(self.text), *(turn.label for turn in self.turns), *apart)):
            if not found or span.start >= found[-1].end:
                found.append(span)
        return tuple(found)

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The words as they stand, each by itself."""
        found: list[Token] = []
        at = 0
        for aside in self.asides:
            found += tokens(self.text, at, aside.start)
            at = aside.end
        return tuple(found + tokens(self.text, at, len(self.text)))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words; a number, a date or a time is one token, whose key is its value: "2017", "twenty seventeen"."""
        values = sorted((*map(_by_value, self.numbers), *filter(None, map(_by_day, self.dates))))
        found: list[Token] = []
        at = 0
        for word in self.words:
            while at < len(values) and values[at].end <= word.start:
                at += 1
            if at == len(values) or word.start < values[at].start:
                found.append(word)
            elif not found or found[-1].start != values[at].start:
                found.append(values[at])
        return tuple(found)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each token starts."""
        return tuple(token.start for token in self.tokens)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The folded form of each token; equal keys are the same word."""
        return tuple(token.key for token in self.tokens)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """How much each token tells."""
        return tuple(weight(key) for key in self.keys)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stem of each token."""
        return tuple(stem(key) for key in self.keys)

    def range(self, span: Span) -> tuple[int, int]:
        """Numbers of the tokens that start inside a span: the first, and one past the last."""
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)

    def inside(self, span: Span) -> Sequence[Token]:
        """The tokens that start inside a span."""
        first, last = self.range(span)
        return self.tokens[first:last]

    def span(self, first: int, last: int) -> Span:
        """From the start of token `first` to the end of the one before `last`."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    @cached_property
    def _sentences(self) -> tuple[tuple[Span, ...], tuple[int, ...]]:
        spans: list[Span] = []
        first: list[int] = []
        at = 0
        for cut in self._cuts:
            start = at
            while at < len(self.tokens) and self.tokens[at].start < cut.end:
                at += 1
            for begin in range(start, at, LONGEST_SENTENCE):
                stop = min(at, begin + LONGEST_SENTENCE)
                whole = begin == start and stop == at
                spans.append(cut if whole else self.span(begin, stop))
                first.append(begin)
        if at < len(self.tokens):
            spans.append(Span(self.tokens[at].start, len(self.text)).trimmed(self.text))
            first.append(at)
        return tuple(spans), (*first, len(self.tokens))

    @cached_property
    def _cuts(self) -> tuple[Span, ...]:
        """Sentences, block by block and turn by turn; the lines of a block that ends without a mark end one, too."""
        blocks = [block.span for block in self.document.blocks if block.kind in _READ]
        if not blocks or len(blocks) < len(self.document.blocks):
            blocks = sorted(block.span for block in self.document.blocks) or [Span(0, len(self.text))]
        borders = sorted({turn.label.start for turn in self.turns} | {turn.label.end for turn in self.turns})
        found: list[Span] = []
        for block in blocks:
            inner = borders[bisect_right(borders, block.start) : bisect_left(borders, block.end)]
            edges = [block.start, *inner, block.end]
            for start, end in pairwise(edges):
                found += [span.shifted(start) for span in sentences(self.text[start:end])]
        return tuple(found)

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences that hold tokens, in order."""
        return self._sentences[0]

    @property
    def first(self) -> tuple[int, ...]:
        """For each sentence the number of its first token; one more entry holds the number of tokens."""
        return self._sentences[1]

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that a token stands in."""
        return max(0, bisect_right(self.first, token) - 1)

    def sentences_of(self, span: Span) -> Sequence[int]:
        """The numbers of the sentences that a span touches with the beginning of a token."""
        first, last = self.range(span)
        return list(dict.fromkeys(map(self.sentence_of, range(first, last))))

    def tokens_of(self, sentence: int, last: int | None = None) -> tuple[int, int]:
        """The range of tokens of a sentence, or of all from it to `last`."""
        return self.first[sentence], self.first[(sentence if last is None else last) + 1]

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that an offset lies in."""
        number = bisect_right(self.turns, offset, key=lambda turn: turn.label.start) - 1
        return self.turns[number] if number >= 0 else None

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The blocks that are read, or, without blocks, the lines; trimmed, none empty."""
        spans = [block.span for block in self.document.blocks if block.kind in BODY_KINDS]
        if not self.document.blocks:
            at = 0
            for line in self.text.splitlines(keepends=True):
                spans.append(Span(at, at + len(line)))
                at += len(line)
        return tuple(span for span in (one.trimmed(self.text) for one in spans) if span.length)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Quotations in quotation marks, in order of their beginnings, outer before inner."""
        return tuple(quotations(self.text, self.paragraphs))

    @cached_property
    def _outer(self) -> tuple[int, ...]:
        """For each quotation the number of the one right around it; -1 for none."""
        found: list[int] = []
        around: list[int] = []
        for number, one in enumerate(self.quotations):
            while around and self.quotations[around[-1]].outer.end < one.outer.end:
                around.pop()
            found.append(around[-1] if around else -1)
            around.append(number)
        return tuple(found)

    def quotation_around(self, span: Span) -> Quotation | None:
        """The innermost quotation that holds a span, marks included."""
        at = bisect_right(self.quotations, span.start, key=lambda one: one.outer.start) - 1
        while at >= 0 and not self.quotations[at].outer.holds(span):
            at = self._outer[at]
        return self.quotations[at] if at >= 0 else None

    @cached_property
    def _quotation_places(self) -> Places:
        return Places(one.inner for one in self.quotations)

    def quotations_in(self, span: Span) -> list[Quotation]:
        """The quotations that hold words, all of them inside a span, in order."""
        found = (self.quotations[at] for at in self._quotation_places.meeting(span))
        return [one for one in found if span.holds(one.inner)]

    @cached_property
    def narrates_himself(self) -> bool:
        """Whether the text says "I" or "we" outside of quotation marks, and not just once: a speech, a letter."""
        at, told = 0, set[int]()
        for begin, end in (
            *(self.range(one.outer) for one in self.quotations if one.depth == 0),
            (len(self.keys),) * 2,
        ):
            told |= {self.sentence_of(n) for n in range(at, begin) if self.keys[n] in {"i", "we", "my", "our"}}
            at = max(at, end)
        return len(told) > _BY_HIMSELF * len(self.sentences)

    @cached_property
    def told(self) -> tuple[tuple[Span, tuple[Word, ...]], ...]:
        """The sentences of the document's own story, in reading order, with their telling words."""
        return tuple((span, tuple(telling(self.text, span))) for span in told_sentences(self.document))

    @cached_property
    def all_dates(self) -> tuple[DateMention, ...]:
        """Dates, resolved against the day of publication."""
        return tuple(dates(self.text, self.document.published))

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Dates, resolved against the day of publication; "12 years ago" is read as a number."""
        return tuple(
            found
            for found in self.all_dates
            if found.kind is not DateKind.RELATIVE or not numbers(found.span.of(self.text))
        )

    @cached_property
    def numbers(self) -> tuple[NumberMention, ...]:
        """Numbers that are no part of a date; none reaches over the end of a sentence."""
        found: list[NumberMention] = []
        days = [mention.span for mention in self.dates]
        for sentence in self._cuts:
            words = sentence.of(self.text)
            clock = times(words)
            counted = [one for one in numbers(words) if not any(one.span.meets(time.span) for time in clock)]
            for mention in sorted((*clock, *counted), key=lambda one: one.span):
                place = mention.span.shifted(sentence.start)
                near = bisect_left(days, place.start, key=lambda day: day.end)
                if not any(place.meets(day) for day in days[near : near + 2]):
                    found.append(replace(mention, span=place))
        return tuple(found)

    def counted(self, number: NumberMention) -> str:
        """What a number counts: its unit, or the stem of the first content word among the three behind it."""
        behind = self.inside(Span(number.span.end, number.span.end + _NOUN_CHARS))[:3]
        nouns = (stem(word.key) for word in behind if word.key not in function_words() and word.key.isalpha())
        return number.unit or next(nouns, "")

    @cached_property
    def _counting(self) -> Mapping[str, Sequence[NumberMention]]:
        found: defaultdict[str, list[NumberMention]] = defaultdict(list)
        for one in self.numbers:
            found[self.counted(one)].append(one)
        return found

    def counting(self, counted: str) -> Sequence[NumberMention]:
        """The numbers that count one thing, given as `counted` gives it, in order."""
        return self._counting.get(counted, ())

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Names of persons, bodies and places, found by rules, in order."""
        return tuple(names(self.text, self.paragraphs))

    @cached_property
    def operators(self) -> tuple[Operator, ...]:
        """Negations, hedges, modals, quantifiers and conditions, by numbers of tokens; none crosses a sentence."""
        found: list[Operator] = []
        for number in range(len(self.sentences)):
            first, last = self.tokens_of(number)
            found += [
                replace(one, first=one.first + first, last=one.last + first) for one in operators(self.keys[first:last])
            ]
        ranges = (range(*self.range(mention.span)) for mention in self.dates)
        taken = {number for one in ranges for number in one}  # "May" of "3 May" is no "may"
        taken |= {one.first for one in found if self._is_sign(one.first) or self._is_said_between(one.first)}
        return tuple(one for one in found if one.first not in taken)

    def _is_sign(self, at: int) -> bool:
        """Whether a token is the "No." of a number: "Notice No. 31"."""
        if self.keys[at] != "no" or at + 1 >= len(self.keys):
            return False
        between = self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return between.strip() == "." and self.keys[at + 1][:1].isdigit()

    def _is_said_between(self, at: int) -> bool:
        """Whether a token is a "no" between commas or dashes, which denies nothing: "the second, no, the third"."""
        if self.keys[at] != "no" or not 0 < at < len(self.keys) - 1:
            return False
        token = self.tokens[at]
        before, after = (
            self.text[self.tokens[at - 1].end : token.start],
            self.text[token.end : self.tokens[at + 1].start],
        )
        return before.strip() in _ASIDE and after.strip() in _ASIDE

    def operators_in(self, first: int, last: int) -> Sequence[Operator]:
        """The operators that begin among the tokens `first` to `last` (exclusive), in order."""
        low = bisect_left(self.operators, first, key=_first)
        return self.operators[low : bisect_left(self.operators, last, low, key=_first)]

    @cached_property
    def _date_places(self) -> Places:
        return Places(found.span for found in self.dates)

    @cached_property
    def _number_places(self) -> Places:
        return Places(found.span for found in self.numbers)

    def dates_in(self, spans: Sequence[Span]) -> tuple[DateMention, ...]:
        """The dates that lie wholly in one of some spans, in order."""
        found = {at for span in spans for at in self._date_places.meeting(span) if span.holds(self.dates[at].span)}
        return tuple(self.dates[at] for at in sorted(found))

    def numbers_at(self, spans: Sequence[Span]) -> tuple[NumberMention, ...]:
        """The numbers that share a code point with one of some spans, in order."""
        found = {at for span in spans for at in self._number_places.meeting(span)}
        return tuple(self.numbers[at] for at in sorted(found))


def _first(operator: Operator) -> int:
    return operator.first


#: Characters of text whose analyses are kept: some forty long transcripts, or a report and its sources of any length.
MOST_KEPT = 4_000_000
_kept = KeptAnalyses(MOST_KEPT, Doc)


def analysed(document: Document) -> Doc:
    """The analysis of a document; a source that is examined again in one process is not analysed again."""
    return _kept.get(document)


def _by_value(mention: NumberMention) -> Token:
    """A number as one token: two ways to write one value have one key."""
    low, high, unit = mention.value
    value = str(low) if low == high else f"{low}-{high}"
    ending = "th" if mention.kind is NumberKind.ORDINAL else f" {unit}" if unit else ""
    return Token(*mention.span, value + ending)


def _by_day(mention: DateMention) -> Token | None:
    """A day, month or year told in full as one token; None for weekdays.

    A day told from the day of speaking is one token, too: "tomorrow" and "the next day" have one key.
    """
    if mention.offset is not None:
        return Token(*mention.span, f"{mention.offset[0]} {mention.offset[1]} on")
    if mention.kind in {DateKind.WEEKDAY, DateKind.RELATIVE} or mention.value is None or mention.weekday is not None:
        return None
    if mention.kind is DateKind.YEAR:
        return Token(*mention.span, mention.value)
    value = mention.value.lstrip("-")
    told = value if mention.year else value[-5:] if mention.kind is DateKind.DAY else value[-2:] + "m"
    return Token(*mention.span, told)


def _is_apart(block: Block, text: str) -> bool:
    """Whether a block interrupts what is said: a page's header or number, a stage direction, a time stamp."""
    return block.kind in _APART or (block.kind is BlockKind.FOOTER and len(block.span.of(text).split()) < _NOTE)


def forget(document: Document) -> None:
    """Free the memory that the analysis of a document takes: nobody will ask for it again."""
    _kept.drop(document)
