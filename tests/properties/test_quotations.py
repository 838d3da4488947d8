"""What must hold for every quotation and every source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.alignment import align
from quoth.doc.tokens import units
from quoth.matching import prepare
from quoth.pipeline.examine import grade_pair
from quoth.types import Document, EditKind, Grade, Span

WORDS = """the a of to and in that ferry harbour Olm Tarn board minister voted closed not never will may 34,000 five
percent Monday almost if because she we they said bridge cost millions island people line""".split()  # noqa: SIM905
sentence = st.lists(st.sampled_from(WORDS), min_size=4, max_size=14).map(
    lambda words: " ".join(words).capitalize() + "."
)
texts = st.lists(sentence, min_size=1, max_size=6).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(texts, texts)
def test_every_reported_word_is_in_a_piece_or_in_an_edit(quote, source):
    report = Document("r", quote, "")
    found = align(report, (Span(0, len(quote)),), [prepare(Document("s", source, ""))])
    spans = [piece.reported for piece in found.pieces] + [edit.reported for edit in found.edits if edit.reported]
    for unit in units(quote):
        assert any(span.start <= unit.start and unit.end <= span.end for span in spans), quote[unit.start : unit.end]


@settings(deadline=None, max_examples=60)
@given(texts, st.lists(texts, min_size=2, max_size=3))
def test_words_drawn_from_several_sources_are_accounted_for_and_stand_where_they_are_said_to(added, sources):
    quote = " ".join([*(text[: text.index(".") + 1] for text in sources), added])
    report = Document("r", quote, "")
    documents = {str(number): Document(str(number), text, "") for number, text in enumerate(sources)}
    found = align(report, (Span(0, len(quote)),), [prepare(one) for one in documents.values()])
    spans = [piece.reported for piece in found.pieces] + [edit.reported for edit in found.edits if edit.reported]
    for unit in units(quote):
        assert any(span.start <= unit.start and unit.end <= span.end for span in spans), quote[unit.start : unit.end]
    assert [piece for part in found.drawn for piece in part.pieces] in ([], list(found.pieces))
    for piece in found.pieces:
        assert piece.original.of(documents[piece.source].text)


@settings(deadline=None, max_examples=60)
@given(texts, texts)
def test_spans_are_words_without_white_space_at_their_ends(quote, source):
    report = Document("r", quote, "")
    found = align(report, (Span(0, len(quote)),), [prepare(Document("s", source, ""))])
    for text, span in [(quote, piece.reported) for piece in found.pieces] + [
        (source, piece.original) for piece in found.pieces
    ]:
        assert span.of(text)
        assert span.of(text) == span.of(text).strip()


@settings(deadline=None, max_examples=60)
@given(st.lists(sentence, min_size=2, max_size=6, unique=True), st.data())
def test_a_sentence_is_verbatim_against_a_text_that_contains_it(sentences, data):
    chosen = data.draw(st.sampled_from(sentences))
    verdict = grade_pair(chosen, " ".join(sentences))
    assert verdict.grade is Grade.VERBATIM
    assert verdict.pieces[0].original.of(" ".join(sentences)) == chosen.rstrip(".")


FOLDS = [
    lambda text: text.replace(" ", "\u00a0 "),
    lambda text: text[0].lower() + text[1:],
    lambda text: text.rstrip(".") + ",",
    lambda text: text.replace("“", '"').replace("”", '"'),
    lambda text: text.replace("—", "–"),
    lambda text: text.replace("fi", "\ufb01"),
]


@pytest.mark.parametrize("fold", FOLDS)
def test_grading_does_not_see_the_listed_folds(fold):
    source = "She said that “the first ferry” — the old one — was the last. Five officials filed out."
    quote = "She said that “the first ferry” — the old one — was the last."
    assert grade_pair(fold(quote), source).grade is Grade.VERBATIM


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=200), st.text(max_size=400))
def test_no_text_makes_grading_fail(quote, source):
    verdict = grade_pair(quote, source)
    assert verdict.reason.endswith(".")
    for change in verdict.changes:
        assert change.reported is None or change.reported.of(quote)
        assert change.original is None or change.original.of(source)


def test_left_out_words_have_no_place_in_the_report():
    report = Document("r", "The ferry ... sailed at noon today.", "")
    source = prepare(Document("s", "The ferry, an old one, sailed at noon today.", ""))
    found = align(report, (Span(0, len(report.text)),), [source])
    assert [edit.reported for edit in found.edits if edit.kind is EditKind.LEFT_OUT] == [None]
