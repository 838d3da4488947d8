"""The page: whole, escaped, alone, and readable without seeing or scripting."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from quoth.reports import to_html
from quoth.reports.html_page import safe_address
from quoth.reports.page_layout import LONG, Note, paragraphs, segments
from quoth.types import Block, BlockKind, Document, Examination, Grade, LeftOut, Span, Verdict

VOID = {"meta", "link", "br", "hr", "img", "input"}
HOSTILE = "</style></title></p><script>alert(1)</script><img src=x onerror=alert(2)> \" ' `{{ 7*7 }}{% raw %} &lt;b&gt;"


class Reader(HTMLParser):
    """A page's elements, ids, links, headings and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name == "href" and tag == "a"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture
def page(examination: Examination) -> Reader:
    return Reader(to_html(examination))


def test_every_element_is_closed(page: Reader):
    assert page.open == []


def test_no_id_is_given_twice_and_every_link_inside_the_page_leads_somewhere(page: Reader):
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_the_page_holds_no_script_and_asks_for_nothing(page: Reader):
    assert "script" not in page.tags
    assert not any(name.startswith("on") for _, name, _ in page.attributes)
    loading = [(tag, value) for tag, name, value in page.attributes if name in {"src", "srcset", "data", "action"}]
    assert loading == []
    assert [value for tag, name, value in page.attributes if tag == "link" and name == "href"] == ["data:,"]


def test_the_style_sheet_loads_nothing(examination: Examination):
    style = re.search(r"<style>(.*?)</style>", to_html(examination), re.DOTALL).group(1)
    assert "url(" not in style
    assert "@import" not in style


def test_every_finding_has_a_permalink_and_leads_to_both_texts(page: Reader, examination: Examination):
    for statement in examination.statements:
        assert f"#{statement.id}" in page.links
        assert f"#r-{statement.id}" in page.links
    assert f"#o-{examination.statements[0].id}" in page.links


def test_both_texts_are_on_the_page_word_for_word(page: Reader, examination: Examination):
    squeezed = re.sub(r"[^\w]|\b[DLA]?\d+ (?:verbatim|altered|reworded|not found|difference)", "", page.text)
    for block in (*examination.report.blocks, *examination.sources[0].blocks):
        if block.kind is BlockKind.CAPTION:  # no mark stands inside it
            assert re.sub(r"[^\w]", "", examination.report.words(block.span)) in squeezed


def test_headings_go_down_one_step_at_a_time_from_one_first(page: Reader):
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_landmarks_and_languages_are_told(page: Reader):
    assert {"header", "main", "footer", "section"} <= set(page.tags)
    assert page.attributes[0] == ("html", "lang", "en")
    assert sum((name, value) == ("lang", "en") for _, name, value in page.attributes) > 3


def test_every_word_of_every_text_is_escaped(examination: Examination):
    source, report = examination.sources[0], examination.report
    hostile = replace(
        examination,
        report=replace(report, title=HOSTILE, publisher=HOSTILE, id=HOSTILE, published=HOSTILE, language=HOSTILE),
        sources=(replace(source, title=HOSTILE, publisher=HOSTILE, url=f"https://x.example/{HOSTILE}"),),
        verdicts=tuple(replace(verdict, reason=HOSTILE) for verdict in examination.verdicts),
        entities=tuple(replace(entity, name=HOSTILE) for entity in examination.entities),
        discrepancies=tuple(replace(one, report_value=HOSTILE) for one in examination.discrepancies),
        left_out=tuple(replace(one, why=HOSTILE) for one in examination.left_out),
        recipe={HOSTILE: HOSTILE},
    )
    page = Reader(to_html(hostile))
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert page.open == []
    assert HOSTILE in page.text
    assert "49" not in page.text.split(HOSTILE)[1][:3]


def test_a_hostile_text_is_escaped_in_every_segment(examination: Examination):
    text = HOSTILE + "\n\n" + HOSTILE
    span = Span(3, len(HOSTILE) - 3)
    document = replace(examination.report, text=text, blocks=())
    statement = replace(examination.statements[0], content=(span,), cue=(), source=(Span(0, 3),))
    verdict = replace(examination.verdicts[0], pieces=(), changes=())
    hostile = Examination(document, examination.sources, (statement,), (verdict,))
    assert "script" not in Reader(to_html(hostile)).tags


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "  https://x", "", None, "file:///x"])
def test_only_web_addresses_become_links(url: str | None):
    assert not safe_address(url)


def test_an_altered_word_is_marked_by_an_element_and_not_by_colour_alone(examination: Examination):
    assert '<ins class="added material">almost</ins>' in to_html(examination)


def test_no_page_calls_anything_false(page: Reader):
    assert "false" not in page.text.lower()


def test_the_same_examination_gives_the_same_page(examination: Examination):
    assert to_html(examination) == to_html(examination)


def test_an_examination_of_nothing_is_still_a_page(examination: Examination):
    page = Reader(to_html(Examination(examination.report, examination.sources)))
    assert "No statement of anybody was found" in page.text


def test_segments_lose_no_character_whatever_overlaps():
    text = "one two three four five"
    notes = [
        Note(Span(0, 13), "finding", "f1", "r-a", "a", "1", "verbatim", "q"),
        Note(Span(4, 18), "finding", "f2", "r-b", "b", "2", "altered", "q"),
        Note(Span(8, 13), "difference", "d1", "r-c", "c", "D1", "difference", "differs"),
    ]
    found = list(segments(text, Span(0, len(text)), notes))
    assert "".join(segment.text for segment in found) == text
    assert [place for segment in found for place in segment.places] == ["r-a", "r-b", "r-c"]
    assert [label for segment in found for label, _, _ in segment.labels] == ["1", "D1", "2"]


def test_text_that_no_block_covers_is_shown_all_the_same():
    document = Document("d", "First.\n\nSecond.\n\nThird.", "0" * 64, blocks=(Block(BlockKind.PARAGRAPH, Span(8, 15)),))
    shown = ["".join(segment.text for segment in paragraph.segments) for paragraph in paragraphs(document, [])]
    assert shown == ["First.", "Second.", "Third."]


def test_a_long_text_is_shown_around_what_is_pointed_to_and_says_what_it_leaves_out():
    text = "\n\n".join(f"Paragraph {number} of a long text." for number in range(LONG // 20))
    at = text.index("Paragraph 3000 ")
    found = paragraphs(Document("d", text, "0" * 64), [Note(Span(at, at + 14), "finding", "f1")])
    assert [paragraph.skipped for paragraph in found if paragraph.skipped] == [2998, LONG // 20 - 3003]
    assert "Paragraph 3000 " in "".join(segment.text for paragraph in found for segment in paragraph.segments)


def test_a_verdict_on_a_source_with_two_far_passages_shows_both(examination: Examination):
    verdict: Verdict = examination.verdicts[0]
    far = Span(0, 9)
    both = replace(verdict, grade=Grade.SPLICED, pieces=(*verdict.pieces, replace(verdict.pieces[0], original=far)))
    page = Reader(to_html(replace(examination, verdicts=(both,))))
    assert "Statement of the Ministry" in page.text


def test_who_answered_whom_is_told_with_the_finding_that_tells_it(page: Reader, examination: Examination):
    assert "denies (finding 1)" in page.text
    assert f"#{examination.claims[0].responses[0].statement}" in page.links


def test_the_certificate_of_an_archive_is_told_in_words(examination: Examination):
    searched = {"archive": "ab12", "documents": 7, "passages": 90, "date": "2031-05-02", "folds": "case"}
    page = Reader(to_html(replace(examination, recipe={"quoth": "1", "searched": searched})))
    assert "an archive of 7 documents and 90 passages, last changed Friday 2 May 2031, digest ab12" in page.text


def test_of_very_much_that_is_left_out_the_weightiest_is_listed_and_the_rest_counted(examination: Examination):
    source = examination.sources[0]
    many = tuple(LeftOut(source.id, Span(at, at + 5), 0.5) for at in range(300))
    page = Reader(to_html(replace(examination, left_out=many)))
    assert "300 left out" in page.text
    assert "and 200 more" in page.text
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
