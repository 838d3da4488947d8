import re
from hashlib import sha256
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.types import Block, BlockKind, Document, Grade, Piece, Searched, Span, Verdict
from quoth.verdicts.omissions import added, left_out


def document(text, name="report"):
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, Span(*match.span()).trimmed(text)) for match in re.finditer(r"[^\n]*\S[^\n]*", text)
    )
    return Document(name, text, sha256(text.encode()).hexdigest(), blocks=blocks)


def verdict(report, words, source, origin, grade=Grade.REWORDED):
    here = Span(report.text.index(words), report.text.index(words) + len(words))
    there = Span(source.text.index(origin), source.text.index(origin) + len(origin))
    return Verdict("s1", grade, 1.0, (Piece(here, source.id, there),), (), "", Searched(1, 1))


SOURCE = document(
    "The harbour of Tarn Bay was closed by the storm on Monday. "
    "Our engineers reopened the northern gate within nine hours. "
    "We reject the accusation that Norway paid for the repairs.",
    "source",
)


def test_what_no_piece_and_no_sentence_carries_is_left_out():
    report = document("The ministry said the storm closed the harbour of Tarn Bay on Monday.")
    found = left_out(report, (), (), [SOURCE])
    assert {one.span.of(SOURCE.text)[:13] for one in found} == {"Our engineers", "We reject the"}


def test_what_a_verdicts_piece_carries_is_not_left_out():
    report = document("The ministry said the northern gate opened again after nine hours of work.")
    carried = "Our engineers reopened the northern gate within nine hours."
    one = verdict(report, "the northern gate opened again after nine hours of work", SOURCE, carried)
    assert carried not in {found.span.of(SOURCE.text) for found in left_out(report, (), (one,), [SOURCE])}


def test_what_the_report_retells_outside_any_statement_is_not_left_out():
    report = document("Engineers had reopened the northern gate in nine hours.")
    assert all("northern gate" not in one.span.of(SOURCE.text) for one in left_out(report, (), (), [SOURCE]))


def test_an_answer_to_an_accusation_that_names_a_stranger_outranks_plain_news_and_says_why():
    report = document("Nothing of it was told by anybody here.")
    found = {one.span.of(SOURCE.text)[:9]: one for one in left_out(report, (), (), [SOURCE])}
    answer, plain = found["We reject"], found["Our engin"]
    assert 0 <= plain.salience < answer.salience <= 1
    assert "Norway" in answer.why
    assert "accusation" in answer.why


def test_sentences_that_no_source_carries_are_added():
    report = document("The storm closed the harbour of Tarn Bay on Monday. Critics called for a new mayor at once.")
    found = added(report, (), (), [SimpleNamespace(document=SOURCE)])
    assert [one.span.of(report.text) for one in found] == ["Critics called for a new mayor at once."]


def test_a_statement_that_was_not_found_does_not_carry_its_sentence():
    text = "Critics called for a new mayor at once."
    report = document(text)
    one = verdict(report, text, SOURCE, "The harbour", Grade.NOT_FOUND)
    assert len(added(report, (), (one,), [SimpleNamespace(document=SOURCE)])) == 1


def test_without_sources_nothing_is_called_added():
    assert added(document("Critics called for a new mayor at once."), (), (), []) == ()


@settings(max_examples=50)
@given(st.text(), st.text())
def test_spans_lie_in_their_texts(one, other):
    report, source = document(one), document(other, "source")
    assert all(found.span.of(source.text).strip() for found in left_out(report, (), (), [source]))
    assert all(
        found.span.of(report.text).strip() for found in added(report, (), (), [SimpleNamespace(document=source)])
    )


@given(st.text())
def test_a_report_that_is_its_source_leaves_nothing_out_and_adds_nothing(text):
    report, source = document(text), document(text, "source")
    assert left_out(report, (), (), [source]) == ()
    assert added(report, (), (), [SimpleNamespace(document=source)]) == ()
