"""The page: whole, escaped, alone, and readable without seeing or scripting."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from markupsafe import Markup

from quoth.reports import to_html
from quoth.reports.html_page import part, safe_address, script
from quoth.reports.page_layout import LONG, Note, paragraphs, runs, segments
from quoth.types import Block, BlockKind, Change, ChangeKind, Document, Examination, Grade, LeftOut, Mode, Span, Verdict

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
        self.scripts: list[str] = []
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
        if "script" in self.open:
            self.scripts.append(data)
        elif "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    @property
    def alien_scripts(self) -> list[str]:
        """Scripts that are not the page's own."""
        return [one for one in self.scripts if one != script()]


@pytest.fixture
def page(examination: Examination) -> Reader:
    return Reader(to_html(examination))


def test_every_element_is_closed(page: Reader):
    assert page.open == []


def test_no_id_is_given_twice_and_every_link_inside_the_page_leads_somewhere(page: Reader):
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_the_page_asks_for_nothing_and_its_policy_allows_one_script_which_is_ours(page: Reader):
    assert page.scripts == [script()]
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    policy = next(value for tag, name, value in page.attributes if name == "content" and "default-src" in value)
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not any(name.startswith("on") for _, name, _ in page.attributes)
    loading = [(tag, value) for tag, name, value in page.attributes if name in {"src", "srcset", "data", "action"}]
    assert loading == []
    assert [value for tag, name, value in page.attributes if tag == "link" and name == "href"] == ["data:,"]


def test_the_script_reads_no_text_as_markup_and_asks_for_nothing():
    for risky in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "eval(",
        "fetch(",
        "XMLHttpRequest",
        "import(",
        "src =",
    ):
        assert risky not in script()


def test_the_style_sheet_loads_nothing(examination: Examination):
    style = re.search(r"<style>(.*?)</style>", to_html(examination), re.DOTALL).group(1)
    assert "url(" not in style
    assert "@import" not in style


def test_every_finding_has_a_permalink_and_leads_to_both_texts(page: Reader, examination: Examination):
    for number, statement in enumerate(examination.statements, 1):
        assert statement.id in page.ids
        assert f"#rf{number}" in page.links
    assert {f"#{one.statement}" for one in examination.verdicts if one.grade is not Grade.VERBATIM} <= set(page.links)
    assert "#of1" in page.links


def test_both_texts_are_on_the_page_word_for_word(page: Reader, examination: Examination):
    squeezed = re.sub(r"[^\w]|(?<=\w)[DLA]\d+", "", page.text)
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


def test_the_language_of_a_text_that_is_not_english_is_told_and_its_direction_found(examination: Examination):
    arabic = replace(examination, report=replace(examination.report, language="ar"))
    page = Reader(to_html(arabic))
    assert sum((name, value) == ("lang", "ar") for _, name, value in page.attributes) > 3
    assert ("dir", "auto") in {(name, value) for _, name, value in page.attributes}


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
    assert page.alien_scripts == []
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
    assert Reader(to_html(hostile)).alien_scripts == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "  https://x", "", None, "file:///x"])
def test_only_web_addresses_become_links(url: str | None):
    assert not safe_address(url)


def test_an_altered_word_is_marked_by_an_element_and_not_by_colour_alone(examination: Examination):
    assert "<b><ins>almost</ins></b>" in to_html(examination)


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
        Note(Span(0, 13), "finding", "f1", "rf1", "1", "v"),
        Note(Span(4, 18), "finding", "f2", "rf2", "2", "a"),
        Note(Span(8, 13), "difference", "d1", "rd1", "D1", "differs"),
    ]
    found = list(segments(text, Span(0, len(text)), notes))
    assert "".join(segment.text for segment in found) == text
    assert [place for segment in found for place in segment.places] == ["rf1", "rf2", "rd1"]
    assert [label for segment in found for label, _ in segment.labels] == ["1", "D1", "2"]


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
    assert "#f1" in page.links


def test_the_certificate_of_an_archive_is_told_in_words(examination: Examination):
    searched = {"archive": "ab12", "documents": 7, "passages": 90, "date": "2031-05-02", "folds": "case"}
    page = Reader(to_html(replace(examination, recipe={"quoth": "1", "searched": searched})))
    assert "an archive of 7 documents and 90 passages, last changed Friday 2 May 2031, digest ab12" in page.text


def test_of_very_much_that_is_left_out_the_weightiest_is_listed_and_the_rest_counted(examination: Examination):
    source = examination.sources[0]
    many = tuple(LeftOut(source.id, Span(at, at + 5), 0.5) for at in range(300))
    page = Reader(to_html(replace(examination, left_out=many)))
    assert "not in the report 300" in " ".join(page.text.split())
    assert "and 200 more" in page.text
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_a_part_for_the_desk_has_no_head_and_no_script_and_puts_actions_to_every_finding(examination: Examination):
    html = part(examination, lambda finding: Markup(f'<button id="do-{finding.number}">accept</button>'))
    page = Reader(html)
    assert page.tags[0] == "div"
    assert not {"html", "head", "body", "main", "script", "style"} & set(page.tags)
    assert [f"do-{number}" for number in range(1, 6)] == sorted(one for one in page.ids if one.startswith("do-"))


def test_people_whose_words_were_not_given_stand_in_one_line_each_by_themselves(examination: Examination):
    unheard = tuple(
        replace(one, why="no source by this speaker") if one.grade is Grade.NOT_FOUND else one
        for one in examination.verdicts
    )
    html = to_html(replace(examination, verdicts=unheard))
    assert "By people whose words were not given <span>2</span>" in html
    assert html.count("<details><summary>") + html.count("<details open><summary>") == 2 + 2


def test_unclear_says_so_and_shows_both_passages(examination: Examination):
    verdicts = tuple(
        replace(one, grade=Grade.UNCLEAR, confidence=0.0) if one.grade is Grade.REWORDED else one
        for one in examination.verdicts
    )
    text = " ".join(Reader(to_html(replace(examination, verdicts=verdicts))).text.split())
    assert "Read both: whether the passage carries the statement could not be settled." in text
    assert "No ship was prevented from putting to sea" in text


def test_a_free_paraphrase_shows_two_passages_and_marks_no_words_but_the_material(examination: Examination):
    report, source = examination.report.text, examination.sources[0].text
    here, there = report.index("told the coast"), source.index("told the coast")
    slight = Change(ChangeKind.WORDING, False, Span(here, here + 4), Span(there, there + 4), "statement.txt")
    altered = tuple(
        replace(one, changes=(*one.changes, slight)) if one.grade is Grade.ALTERED else one
        for one in examination.verdicts
    )
    examination = replace(examination, verdicts=altered)
    indirect = tuple(replace(one, mode=Mode.INDIRECT) for one in examination.statements)
    assert "<u>told</u>" in to_html(examination)
    html = to_html(replace(examination, statements=indirect))
    assert "<u>told</u>" not in html
    assert "<b><ins>almost</ins></b>" in html


def test_stretches_of_a_source_that_nothing_points_to_are_folded_away_but_kept():
    text = "\n\n".join(f"Paragraph {number} of a text." for number in range(20))
    at = text.index("Paragraph 10 ")
    document = Document("d", text, "0" * 64)
    found = list(runs(paragraphs(document, [Note(Span(at, at + 12), "finding", "f1")])))
    assert [(one.folded, len(one.paragraphs)) for one in found] == [(False, 1), (True, 8), (False, 3), (True, 8)]


def test_how_much_was_searched_is_said_once_above_what_was_not_found(page: Reader):
    text = " ".join(page.text.split())
    assert text.count("Searched: 1 document, 15 passages. That nothing was found in them") == 1
