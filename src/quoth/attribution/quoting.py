"""Every quotation is found whole, and belongs to a statement.

Marks are hard evidence. What stands between them is one stretch of somebody's words, of any length, with a cue beside
it or without: a content that holds the beginning of a quotation holds all of it; what is interrupted in a paragraph is
one statement, what begins anew in the next paragraph another, unless its marks were left open; and a quotation that
nobody was given is given to him who speaks, or is spoken of, last before it.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import replace

from quoth.attribution.cue_tables import verbs
from quoth.attribution.cues import Cue, cues
from quoth.attribution.introducing import behind, introduced
from quoth.attribution.layouts import signature
from quoth.attribution.saying import QUOTED_WORDS, is_title
from quoth.attribution.sentence_view import Line, Token, lines
from quoth.attribution.sources import before_cue
from quoth.attribution.speech import Draft, of_line
from quoth.attribution.token_predicates import low
from quoth.doc.quotations import Quotation
from quoth.types import Act, Mode, Span, overlap

_SLIP = 3  # characters by which a content may miss a mark
_HALF = 0.5  # share of a quotation's words that a statement holds if it is the statement's
_NEAR = 8  # drafts before a quotation among which its speaker may be named
_BETWEEN = 160  # characters between the halves of an interrupted quotation


class Quotations:
    """The quotations of a document, by place.

    Attributes:
        outermost: those that stand in no other, in order.
    """

    def __init__(
        self, text: str, paragraphs: Sequence[Span], marked: Sequence[Quotation], all_lines: Sequence[Line]
    ) -> None:
        """Nothing is computed yet but the order of things."""
        self.text = text
        self.outermost = [one for one in marked if one.depth == 0]
        self._inner = [one for one in marked if one.depth > 0]
        self._starts = [one.outer.start for one in self.outermost]
        self._paragraphs = [span.start for span in paragraphs]
        self._ends = [span.end for span in paragraphs]
        self._lines = all_lines
        self._line_starts = [line.span.start for line in all_lines]

    @property
    def lines(self) -> int:
        """How many sentences of the narrator there are."""
        return len(self._lines)

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that an offset stands in."""
        return bisect_right(self._paragraphs, offset) - 1

    def paragraph_end(self, offset: int) -> int:
        """Where the paragraph ends that an offset stands in."""
        return self._ends[self.paragraph(offset - 1)]

    def below(self, end: int) -> Span | None:
        """The paragraph below the one that ends at an offset; none where that goes on, or is the last."""
        number = self.paragraph(end - 1)
        if self._ends[number] != end or number + 1 >= len(self._ends):
            return None
        return Span(self._paragraphs[number + 1], self._ends[number + 1])

    def meeting(self, span: Span) -> Sequence[Quotation]:
        """The outermost quotations that meet a span."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return [one for one in self.outermost[first : bisect_left(self._starts, span.end)] if one.outer.meets(span)]

    def is_whole(self, span: Span) -> bool:
        """Whether a span is a quotation with its marks."""
        return any(one.outer == span for one in self.meeting(span))

    def line(self, offset: int) -> int:
        """The number of the narrator's sentence that an offset stands in."""
        return bisect_right(self._line_starts, offset) - 1

    def begins_line(self, one: Quotation) -> bool:
        """Whether a sentence begins with a quotation."""
        return self._line_starts[self.line(one.outer.start)] == one.outer.start

    def tokens(self, number: int) -> Sequence[Token]:
        """The tokens of a sentence; none before the first."""
        return self._lines[number].tokens if number >= 0 else ()

    def chains(self) -> list[list[Quotation]]:
        """The quotations, those that go on over paragraphs with marks opened again in one list."""
        found: list[list[Quotation]] = []
        for one in self.outermost:
            if one.carried and found and not found[-1][-1].closed:
                found[-1].append(one)
            else:
                found.append([one])
        return found

    def quoted_inside(self) -> list[Draft]:
        """What those who are quoted quote themselves, with a cue of theirs."""
        found = []
        at = 0
        for one in self.outermost:
            inner = []
            while at < len(self._inner) and self._inner[at].outer.start < one.outer.end:
                if self._inner[at].depth == 1 and one.inner.holds(self._inner[at].outer):
                    inner.append(self._inner[at])
                at += 1
            places = {quotation.outer for quotation in inner if _words(self.text, quotation) >= QUOTED_WORDS}
            for line in lines(self.text, one.inner, inner) if places else ():
                for draft in of_line(line.tokens):
                    if places.intersection(draft.content):
                        begins = not draft.source and draft.cue[0].start == one.inner.start
                        found.append(replace(draft, source=self._subject(one)) if begins else draft)
        return found

    def _subject(self, one: Quotation) -> tuple[Span, ...]:
        """The narrator's words for who does what a quotation begins with: his wife “said ...”."""
        tokens = self.tokens(self.line(one.outer.start))
        number = next((n for n, token in enumerate(tokens) if token.quotation == one), 0)
        place = before_cue(tokens, Cue(verbs()["say"].word, "past", number, number, number)) if number else None
        return (Span(tokens[place[0]].start, tokens[place[1] - 1].end),) if place else ()


def _words(text: str, one: Quotation) -> int:
    return len(one.inner.of(text).split())


def whole(here: Quotations, drafts: Sequence[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The drafts with every quotation whole, in one statement of its own or of its halves, and none left out.

    Args:
        here: the quotations of the document.
        drafts: what was found; changed.
        ruled: what the rules found, with the quotations that they give to a cue.
    """
    for draft in drafts:
        if not (draft.layout or draft.whole):
            draft.content = _to_marks(here, draft)
    drafts = [part for draft in _joined(here, drafts) for part in _parted(here, draft)]
    drafts = _chained(drafts, [chain for chain in here.chains() if len(chain) > 1])
    drafts = _given(here, drafts, ruled)
    told = _InOrder(drafts)
    for draft in drafts:
        if draft.mode is Mode.DIRECT and not draft.cue and not draft.source:  # set apart by the layout
            source = _speaker(here, told.before(draft.content[0].start), draft.content[0])
            draft.source = (source,) if source else ()
    known = {draft.cue for draft in drafts}
    inside = [replace(draft, sure=True) for draft in here.quoted_inside() if draft.cue not in known]
    return [*drafts, *inside]


def _to_marks(here: Quotations, draft: Draft) -> list[Span]:
    """The content with the quotations that it begins whole; things beside whole quotations are dropped."""
    found: list[Span] = []
    for span in draft.content:
        start, end = span
        for one in here.meeting(span):
            within = start > one.outer.start + _SLIP
            if one.outer.start > start and here.begins_line(one) and here.line(start) < here.line(one.outer.start):
                end = Span(start, one.outer.start).trimmed(here.text).end  # "he was worried. “We stay.”"
                break
            if not within and one.outer.start < end < one.outer.end and not _cued_inside(draft, one):
                end = one.outer.end
        found.append(Span(start, end))
    quoted = [span for span in found if here.is_whole(span)]
    if quoted and len(found) > len(quoted):
        found = [span for span in found if span in quoted or len(span.of(here.text).split()) >= QUOTED_WORDS]
    return list(dict.fromkeys(found))


def _cued_inside(draft: Draft, one: Quotation) -> bool:
    return any(one.outer.holds(span) for span in draft.cue)


def _joined(here: Quotations, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, the halves of a quotation that a gesture parts made one: “A,” Orla said, smiling, “b”."""
    kept: list[Draft] = []
    by_source: dict[tuple[Span, ...], Draft] = {}
    for draft in drafts:
        first = by_source.get(draft.source) if draft.source and draft.act is Act.OTHER and draft.cue else None
        places = [max(first.content), *draft.content] if first is not None and first.content else []
        quoted = places and all(here.is_whole(span) for span in places)
        if first is not None and quoted and here.line(places[0].start) == here.line(places[-1].start):
            first.content = sorted([*first.content, *draft.content])
            continue
        kept.append(draft)
        if draft.source:
            by_source[draft.source] = draft
    return kept


def _parted(here: Quotations, draft: Draft) -> list[Draft]:
    """A draft for each paragraph in which its direct speech begins anew."""
    if draft.layout or draft.whole or draft.listing or len(draft.content) < 2:  # noqa: PLR2004
        return [draft]
    groups: list[list[Span]] = []
    for span in sorted(draft.content):
        quoted = [one for one in here.meeting(span) if one.outer == span]
        anew = bool(quoted) and not quoted[0].carried
        if groups and not (anew and here.paragraph(span.start) != here.paragraph(groups[-1][-1].start)):
            groups[-1].append(span)
        else:
            groups.append([span])
    return [replace(draft, content=group) for group in groups]


def _chained(drafts: list[Draft], chains: Sequence[Sequence[Quotation]]) -> list[Draft]:
    """The drafts, each quotation that goes on over paragraphs in one of them."""
    holding: dict[Span, list[Draft]] = {}
    for draft in drafts:
        for span in draft.content:
            holding.setdefault(span, []).append(draft)
    for chain in chains:
        spans = [one.outer for one in chain]
        owners = {id(one): one for span in spans for one in holding.get(span, ())}.values()
        outside = [one for one in owners if not any(_holds(spans, cue) for cue in one.cue)]
        if not outside:
            continue
        here = set(spans)
        owner = next((one for one in outside if one.cue and spans[0].start <= one.cue[0].start), outside[0])
        for draft in outside:
            draft.content = [span for span in draft.content if span not in here]
        owner.content = sorted([*owner.content, *spans])
    return [draft for draft in drafts if draft.content]


def _holds(spans: Sequence[Span], place: Span) -> bool:
    """Whether one of some spans, which are in order, holds a place."""
    number = bisect_right(spans, place.start, key=lambda span: span.start) - 1
    return number >= 0 and spans[number].holds(place)


def _given(here: Quotations, drafts: list[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The drafts with the quotations that none of them holds."""
    by_quotation = {span: draft for draft in ruled if draft.cue or draft.source for span in draft.content}
    held = {
        one.outer
        for draft in drafts
        for span in draft.content
        for one in here.meeting(span)
        if overlap(one.inner, span) > _HALF * one.inner.length
    }
    told = _InOrder(drafts)
    known = {id(draft) for draft in drafts}
    for chain in here.chains():
        spans = [one.outer for one in chain]
        if held.intersection(spans) or is_title(here.text, chain[0]):
            continue
        before = _interrupted(here, told.before(spans[0].start), spans[0])
        if sum(_words(here.text, one) for one in chain) < QUOTED_WORDS and not (before and here.begins_line(chain[0])):
            continue
        ruling = by_quotation.get(spans[0])
        same = before is not None and ruling is not None and any(a.meets(b) for a in before.cue for b in ruling.cue)
        if ruling is not None and ruling.cue and id(ruling) not in known and not same:
            told.add(replace(ruling, content=spans, layout=False))
        elif before is not None:
            before.content = sorted([*before.content, *spans])
            told.add(before)
        else:
            told.add(_unattributed(here, told.before(spans[0].start), spans))
    return told.drafts()


class _InOrder:
    """Drafts by where they end: those before a place are found at once."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = list(drafts)
        self._ends = sorted((_end(one), number) for number, one in enumerate(drafts))

    def add(self, draft: Draft) -> None:
        """Adds a draft, or one that has grown once more."""
        self._drafts.append(draft)
        insort(self._ends, (_end(draft), len(self._drafts) - 1))

    def before(self, offset: int) -> list[Draft]:
        """The last drafts that end before an offset, the nearest first."""
        last = bisect_right(self._ends, (offset, len(self._drafts)))
        return [self._drafts[number] for _, number in reversed(self._ends[max(0, last - _NEAR) : last])]

    def drafts(self) -> list[Draft]:
        """All of them, each once."""
        return list({id(one): one for one in self._drafts}.values())


def _end(draft: Draft) -> int:
    """Where the last of a draft's cue and content ends."""
    return max(span.end for span in (*draft.cue, *draft.content))


def _interrupted(here: Quotations, near: Sequence[Draft], span: Span) -> Draft | None:
    """The draft whose direct speech goes on with a quotation of the same paragraph: “A,” he said. “B”."""
    for draft in near:
        if draft.layout or draft.whole or not draft.cue:
            continue
        last = max(draft.content)
        if here.is_whole(last) and last.end <= span.start and here.paragraph(last.start) == here.paragraph(span.start):
            end = max(one.end for one in (*draft.content, *draft.cue, *draft.source) if one.end <= span.start)
            goes_on = span.start - end < _BETWEEN and here.line(end - 1) + 1 >= here.line(span.start)
            return draft if goes_on else None
    return None


def _unattributed(here: Quotations, near: Sequence[Draft], spans: Sequence[Span]) -> Draft:
    """A statement of a quotation without a cue, with the words that name its speaker, if any do."""
    end = spans[-1].end
    signed = signature(here.text, Span(end, here.paragraph_end(end))) or _told(here, spans[-1])
    signed = signed or _signed_below(here, end)
    cue, source = ((signed[0],), signed[1]) if signed else ((), _speaker(here, near, spans[0]))
    return Draft(cue, (source,) if source else (), list(spans), mode=Mode.DIRECT, clause=True, sure=True)


def _signed_below(here: Quotations, end: int) -> tuple[Span, Span] | None:
    """Cue and name of a paragraph that is only a signature, right below one that a quotation ends."""
    below = here.below(end)
    return signature(here.text, below) if below is not None else None


def _told(here: Quotations, span: Span) -> tuple[Span, Span] | None:
    """Cue and source of a sentence behind a quotation that tells who said it and no more: “We stay.” Orla said."""
    number = here.line(span.end - 1) + 1
    tokens = here.tokens(number) if number < here.lines else ()
    if not tokens or here.paragraph(tokens[0].start) != here.paragraph(span.start):
        return None
    for cue in cues(tokens):
        source = before_cue(tokens, cue)
        if source and not source[0] and "q" in cue.word.frames and low(tokens, cue.last + 1) in {"", "."}:
            return Span(tokens[cue.first].start, tokens[cue.last].end), Span(tokens[0].start, tokens[source[1] - 1].end)
    return None


def _speaker(here: Quotations, near: Sequence[Draft], span: Span) -> Span | None:
    """Who is named last before a quotation as one who speaks, or whom the sentence before it is about."""
    number = here.line(span.start)
    tokens = here.tokens(number)
    first = next((place for place, token in enumerate(tokens) if token.start >= span.start), len(tokens))
    alone = all(token.mark or token.quotation for token in tokens[:first])
    after = behind(tokens, span) if first == 0 else None
    if after is not None:
        return after
    if not alone:
        if low(tokens, first - 1) == ":":
            return introduced(tokens[:first])
        said = next((one for one in reversed(cues(tokens[:first])) if "q" in one.word.frames), None)
        place = before_cue(tokens, said) if said is not None else None
        return Span(tokens[place[0]].start, tokens[place[1] - 1].end) if place else None
    number -= 1
    tokens = here.tokens(number)
    if not tokens or here.paragraph(span.start) - here.paragraph(tokens[0].start) > 1:
        return None
    floor = tokens[0].start
    spoken = [one for one in near if one.source and floor <= max((*one.cue, *one.content)).start < span.start]
    if spoken:
        return max(spoken, key=lambda one: one.source[-1].start).source[-1]
    return introduced(tokens)
