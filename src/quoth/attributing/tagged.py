"""Statements as the trained tagger sees them, with what only rules know: the act, the negation, the layout."""

import re
from collections.abc import Iterator, Sequence

from quoth.attributing.acts import act_of
from quoth.attributing.speech import Draft
from quoth.attributing.tables import CueWord, classes, nouns, verbs
from quoth.encoder.port import TaggedStatement, Tagger
from quoth.text.quotes import Quotation
from quoth.values import Act, Span

#: Code points from which a quotation is taken for speech where the tagger is silent; shorter ones are often names.
LONG = 25
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_DENYING = frozenset(["nobody", "none", "neither", "without"])


def by_tagger(
    text: str, paragraphs: Sequence[Span], marked: Sequence[Quotation], tagger: Tagger, ruled: Sequence[Draft]
) -> list[Draft]:
    """Drafts of all statements: the tagger's, and those of rules where the tagger is silent and the layout speaks.

    Args:
        text: the document's.
        paragraphs: what is read of it.
        marked: its quotations.
        tagger: the trained one.
        ruled: the drafts of the rules.

    Returns:
        Drafts in the order of the tagger's cues, then the others.
    """
    outer = [one.outer for one in marked if one.depth == 0 and one.closed]
    tagged = [_draft(text, one, outer) for one in tagger.tag(text, paragraphs)]
    return tagged + [draft for draft in ruled if _speaks(draft, outer) and not _met(draft, tagged)]


def _draft(text: str, one: TaggedStatement, outer: Sequence[Span]) -> Draft:
    content = [_whole(text, span, outer) for span in one.content]
    words = [match.group().lower().replace("’", "'") for span in one.cue for match in _WORD.finditer(span.of(text))]
    return Draft(
        cue=one.cue,
        source=one.source,
        content=content,
        act=_act(text, words, one.cue, content, outer),
        negated=_negated(text, words, one.source),
        confidence=one.confidence,
    )


def _whole(text: str, span: Span, outer: Sequence[Span]) -> Span:
    """The span with a quotation mark that it only just misses: nothing but marks may stand between."""
    for quotation in outer:
        if not quotation.meets(span):
            continue
        start, end = span
        if quotation.start < start and not _worded(text, quotation.start, start):
            start = quotation.start
        if end < quotation.end and not _worded(text, end, quotation.end):
            end = quotation.end
        span = Span(start, end)
    return span


def _worded(text: str, start: int, end: int) -> bool:
    return any(character.isalnum() for character in text[start:end])


def _act(text: str, words: Sequence[str], cue: Sequence[Span], content: Sequence[Span], outer: Sequence[Span]) -> Act:
    """The act of the cue's last word that names one; what is said or thought without such a word is `other`."""
    if not words:
        return Act.SAY
    if words[0] == "according":
        return Act.SAY
    heads = list(_heads(words))
    if not heads:
        return Act.OTHER
    following = _WORD.match(text[cue[-1].end :].lstrip()) if cue else None
    after = [words[-1]] if words[-1] not in verbs() else []
    if following:
        after.append(following.group().lower())
    opening = _WORD.search(content[0].of(text)) if content else None
    if opening:
        after.append(opening.group().lower())
    quoted = any(one.meets(span) and one.start <= span.start for span in content[:1] for one in outer)
    after.append("quotation" if quoted else "object" if opening and opening.group().lower() != "that" else "clause")
    return act_of(heads[-1], after)


def _heads(words: Sequence[str]) -> Iterator[CueWord]:
    """The words of a cue that name acts."""
    for word in words:
        form = verbs().get(word) or nouns().get(word)
        if form is not None:
            yield form.word


def _negated(text: str, words: Sequence[str], source: Sequence[Span]) -> bool:
    """Whether the cue says that nothing was said: "did not say", "declined to say", "nobody said"."""
    negations, refusing = classes()["negations"], classes()["refusing"]
    if any(word in negations or word.endswith("n't") for word in words):
        return True
    if any(word in refusing and number + 1 < len(words) for number, word in enumerate(words)):
        return True
    first = _WORD.search(source[0].of(text)) if source else None
    return first is not None and (
        first.group().lower() in _DENYING or source[0].of(text).lower().startswith(("no one", "no-one", "not "))
    )


def _speaks(draft: Draft, outer: Sequence[Span]) -> bool:
    """Whether the layout, or a whole quotation, says that the draft is speech."""
    if draft.mode is not None:
        return True
    return bool(draft.source) and any(span in outer and span.length > LONG for span in draft.content)


def _met(draft: Draft, tagged: Sequence[Draft]) -> bool:
    """Whether the tagger has some of a draft's content, or its cue."""
    return any(
        span.meets(other)
        for one in tagged
        for other in (*one.content, *one.cue)
        for span in (*draft.content, *draft.cue)
    )
