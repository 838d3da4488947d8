"""Whatever the text, every span slices back to words, and nothing fails."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attributing import attribute
from quoth.values import Document

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


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_every_span_of_any_text_has_words_and_no_white_space_at_its_ends(text: str):
    statements = attribute(Document("d", text, ""))
    names = {one.id for one in statements}
    for one in statements:
        assert one.content
        assert one.within is None or one.within in names
        for span in (*one.content, *one.cue, *one.source):
            words = span.of(text)
            assert words
            assert words == words.strip()
