"""Whatever the texts hold and wherever the spans lie: nothing is lost, nothing breaks, every link leads somewhere."""

import hashlib
import io
import json
import re
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from quoth.reports import to_html, to_json, to_terminal
from quoth.reports.page_layout import Note, paragraphs, segments
from quoth.types import (
    Added,
    Block,
    BlockKind,
    Change,
    ChangeKind,
    Discrepancy,
    Document,
    Examination,
    Grade,
    LeftOut,
    Mode,
    Piece,
    Searched,
    Span,
    Statement,
    Verdict,
    statement_id,
)
from unit.reports.test_page import Reader

#: Text with one letter at least, as every document that can be examined has.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120).map(lambda text: text + "a")
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    span = Span(start, draw(st.integers(start + 1, len(text)))).trimmed(text)
    return span if span.length else Span(len(text) - 1, len(text))


@st.composite
def documents(draw: st.DrawFn, name: str) -> Document:
    text = draw(TEXTS)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=4))})
    blocks = [
        Block(draw(st.sampled_from(BlockKind)), Span(start, end))
        for start, end in pairwise(cuts)
        if draw(st.booleans())
    ]
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = draw(st.fixed_dictionaries({}, optional=dict.fromkeys(("title", "publisher", "published", "url"), TEXTS)))
    return Document(
        name, text, digest, language=draw(st.sampled_from(["en", "ar", None])), blocks=tuple(blocks), **known
    )


@st.composite
def examinations(draw: st.DrawFn) -> Examination:
    report = draw(documents("report"))
    sources = tuple(draw(documents(f"source {number}")) for number in range(draw(st.integers(1, 2))))
    places = sorted({draw(spans(report.text)) for _ in range(draw(st.integers(0, 4)))})
    statements, verdicts = [], []
    for place in places:
        mode = draw(st.sampled_from(Mode))
        within = draw(st.sampled_from([None, *(one.id for one in statements)]))
        statement = Statement(statement_id("report", [place], mode), "report", mode, (place,), within=within)
        source = draw(st.sampled_from(sources))
        pieces = [Piece(place, source.id, draw(spans(source.text))) for _ in range(draw(st.integers(0, 2)))]
        changes = [
            Change(
                draw(st.sampled_from(ChangeKind)),
                draw(st.booleans()),
                draw(st.none() | spans(report.text)),
                draw(st.none() | spans(source.text)),
                source.id,
            )
            for _ in range(draw(st.integers(0, 2)))
        ]
        nearest = source.passage(*draw(spans(source.text)))
        statements.append(statement)
        verdicts.append(
            Verdict(
                statement.id,
                draw(st.sampled_from(Grade)),
                draw(st.floats(0, 1)),
                tuple(pieces),
                tuple(changes),
                draw(TEXTS),
                Searched(1, 1, nearest),
            )
        )
    source = sources[0]
    return Examination(
        report,
        sources,
        tuple(statements),
        tuple(verdicts),
        tuple(LeftOut(source.id, span, 0.5, draw(TEXTS)) for span in draw(st.sets(spans(source.text), max_size=2))),
        tuple(Added(span) for span in sorted(draw(st.sets(spans(report.text), max_size=2)))),
        tuple(
            Discrepancy(
                ChangeKind.DATE, draw(spans(report.text)), draw(TEXTS), source.id, draw(spans(source.text)), draw(TEXTS)
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        recipe={"quoth": draw(TEXTS)},
    )


@FEW
@given(st.data())
def test_segments_of_any_overlapping_notes_give_the_text_back(data: st.DataObject):
    text = data.draw(TEXTS)
    notes = [
        Note(data.draw(spans(text)), "finding", f"f{number}", f"rf{number}", str(number))
        for number in range(data.draw(st.integers(0, 5)))
    ]
    found = list(segments(text, Span(0, len(text)), notes))
    assert "".join(segment.text for segment in found) == text
    assert sorted(place for segment in found for place in segment.places) == [note.here for note in notes]
    assert sorted(label for segment in found for label, _ in segment.labels) == [note.label for note in notes]


@FEW
@given(documents("any"))
def test_paragraphs_of_any_layout_hold_every_letter_once(document: Document):
    shown = "".join(segment.text for paragraph in paragraphs(document, []) for segment in paragraph.segments)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", document.text)


@FEW
@given(examinations())
def test_any_examination_is_a_well_formed_page_whose_links_lead_somewhere(examination: Examination):
    page = Reader(to_html(examination))
    assert page.open == []
    assert page.alien_scripts == []
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


@FEW
@given(examinations(), st.sampled_from([20, 60, 100]))
def test_any_examination_is_a_plain_view_without_commands(examination: Examination, width: int):
    out = io.StringIO()
    to_terminal(examination, Console(file=out, width=width, highlight=False, markup=False, emoji=False))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out.getvalue())


@FEW
@given(examinations())
def test_any_examination_survives_json(examination: Examination):
    record = to_json(examination)
    assert json.loads(json.dumps(record)) == record
