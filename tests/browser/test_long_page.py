"""Pages of 10, 60 and 300 findings: what an editor sees at first, how far it is to the rest, and axe-core's word."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from chromium import Page, find, page

from quoth.models.ports import RULES_ONLY
from quoth.pipeline.examine import examine
from quoth.reading import read, read_text
from quoth.reports import to_html

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "page"))
from made_pairs import pair
from measure import READY, SEEN, STOPS, Words

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(find() is None, reason="no Chromium is installed (apt-get install chromium)"),
]

EXAMPLES = Path(__file__).parents[2] / "examples"
SIZES = (10, 60, 300)
TALLEST, MOST_STOPS, MOST_PAGES, HEAVIEST, HEAVIEST_SCRIPT, SLOWEST = 15_000, 15, 12, 150_000, 60_000, 2_000


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("long")
    found = {}
    for size in SIZES:
        if size == SIZES[0]:
            report, source = (read((EXAMPLES / name).read_bytes(), name) for name in ("gazette.txt", "statement.txt"))
        else:
            texts = pair(size, 30_000 if size == SIZES[-1] else 0)
            report, source = read_text(texts[0], "report"), read_text(texts[1], "source")
        found[size] = folder / f"{size}.html"
        found[size].write_text(to_html(examine(report, [source], RULES_ONLY)), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_violation_closed_and_opened_on_a_phone_and_a_desk(browser: Page, pages, size: int):
    for width, dark in ((360, True), (1400, False)):
        browser.open(pages[size], width=width, dark=dark)
        assert violations(browser) == []
        browser.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        browser.ask("document.getElementById('grades').showPopover()")
        assert violations(browser) == []


def test_axe_would_find_a_violation(browser: Page, pages):
    browser.open(pages[10], width=900)
    browser.ask("document.querySelector('[data-step]').removeAttribute('aria-label')")
    browser.ask("document.querySelector('[data-step]').textContent = ''")
    assert any(one.startswith("button-name") for one in violations(browser))


def test_all_that_differs_in_the_example_is_seen_without_scrolling(browser: Page, pages):
    browser.open(pages[10], width=1400, height=900)
    seen, there = browser.ask(SEEN.replace("ROOM", "900"))
    assert seen == there >= 3
    browser.open(pages[10], width=360, height=740)
    seen, there = browser.ask(SEEN.replace("ROOM", str(2 * 740)))
    assert seen == there


@pytest.mark.parametrize("size", SIZES)
def test_the_first_finding_is_few_stops_away_and_paper_is_spared(browser: Page, pages, size: int, tmp_path: Path):
    browser.open(pages[size], width=1400)
    assert browser.ask(STOPS)[0] <= MOST_STOPS
    browser.pdf(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().count(b"/Type /Page\n") <= MOST_PAGES


def test_sixty_findings_are_not_far_to_scroll_on_a_phone(browser: Page, pages):
    browser.open(pages[60], width=360, height=740)
    assert browser.ask("document.documentElement.scrollHeight") <= TALLEST


@pytest.mark.parametrize("size", SIZES)
def test_a_page_weighs_little_beside_the_texts_that_it_shows(pages, size: int):
    html = pages[size].read_text(encoding="utf-8")
    assert len(html.encode()) - Words(html).bytes <= HEAVIEST
    assert html.rindex("</script>") - html.rindex("<script>") <= HEAVIEST_SCRIPT


def test_three_hundred_findings_over_thirty_thousand_words_answer_at_once(browser: Page, pages):
    browser.open(pages[300], width=1400)
    ready = browser.call("Runtime.evaluate", expression=READY, awaitPromise=True, returnByValue=True)
    assert ready["result"]["value"] <= SLOWEST
    assert browser.ask("document.querySelectorAll('.cards > details, .lines li').length") == 300
