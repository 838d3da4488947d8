"""Whatever the text, every span slices back to words, and nothing fails."""

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attribution import attribute
from quoth.models.ports import TaggedStatement
from quoth.types import Document, Span

MARKS = [*"“”„«»‹›‘’'\"「」—–-:;,.!?()\n "]
WORDS = [
    " said ",
    " that ",
    "Orla",
    " the pier ",
    " by ",
    " claim ",
    " according to ",
    " asked ",
    " to ",
    " not ",
    " and ",
]
LAYOUT = ["\n\n", "Q: ", "ORLA: ", "Dear ", "Yours,", " accused ", " of ", " was ", "\u00a0", "e\u0301", "🙂"]
PIECES = st.sampled_from([*MARKS, *WORDS, *LAYOUT])


class Guessing:
    """A tagger that points anywhere."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def tag(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedStatement]:
        return [
            TaggedStatement(self._spans(text, 1), self._spans(text, 1), self._spans(text, 3), 0.5)
            for _ in range(self._random.randint(0, 5))
        ]

    def _spans(self, text: str, most: int) -> tuple[Span, ...]:
        places = sorted(self._random.randint(0, len(text)) for _ in range(2 * self._random.randint(0, most)))
        return tuple(Span(start, end) for start, end in zip(places[::2], places[1::2], strict=True))


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)), st.integers(0, 1000))
def test_every_span_of_any_text_has_words_and_no_white_space_at_its_ends(text: str, seed: int):
    statements = attribute(Document("d", text, ""), Guessing(seed) if seed else None)
    names = {one.id for one in statements}
    for one in statements:
        assert one.content
        assert one.within is None or one.within in names
        for span in (*one.content, *one.cue, *one.source):
            words = span.of(text)
            assert words
            assert words == words.strip()
