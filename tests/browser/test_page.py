"""The page in a real browser: alone, quiet, readable on a phone, in the dark, without script and on paper."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Page, find, page

from quoth.models.ports import RULES_ONLY
from quoth.pipeline.examine import examine
from quoth.reading import read
from quoth.reports import to_html

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find() is None, reason="no Chromium is installed (apt-get install chromium)"),
]

EXAMPLES = Path(__file__).parents[2] / "examples"
AA = 4.5  # contrast that WCAG 2.2 asks of text

#: Contrast of every text against what lies behind it; gives those below the bound. Relative luminance after WCAG 2.2.
CONTRAST = """(() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const channel = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.body.querySelectorAll('*')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || element.closest('.vh,.skip')) continue;
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < BOUND) poor.push(element.className + ': ' + contrast.toFixed(2) + ' ' + element.textContent);
  }
  return poor;
})()""".replace("BOUND", str(AA))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = [read((EXAMPLES / name).read_bytes(), name) for name in ("gazette.txt", "statement.txt")]
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(to_html(examine(documents[0], documents[1:], RULES_ONLY)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def test_the_page_asks_for_nothing_and_complains_of_nothing(browser: Page, story: Path):
    browser.requests.clear()
    browser.complaints.clear()
    browser.open(story, width=1440)
    assert browser.requests == [story.as_uri()]
    assert browser.complaints == []


@pytest.mark.parametrize("width", [320, 390, 719, 720, 1000, 1179, 1180, 1440, 2200])
def test_nothing_has_to_be_scrolled_sideways(browser: Page, story: Path, width: int):
    browser.open(story, width=width)
    assert browser.ask("document.documentElement.scrollWidth") <= width
    wide = (
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert browser.ask(wide) == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_every_text_has_enough_contrast(browser: Page, story: Path, width: int, dark: bool):
    browser.open(story, width=width, dark=dark)
    assert browser.ask(CONTRAST) == []


def test_light_and_dark_differ(browser: Page, story: Path):
    colours = []
    for dark in (False, True):
        browser.open(story, width=900, dark=dark)
        colours.append(browser.ask("getComputedStyle(document.body).backgroundColor"))
    assert colours[0] != colours[1]


def test_on_a_desk_the_texts_stand_on_both_sides_of_the_findings(browser: Page, story: Path):
    browser.open(story, width=1440)
    left = [browser.ask(f"document.getElementById('{name}').getBoundingClientRect().left")
            for name in ("report", "findings", "sources")]  # fmt: skip
    assert left == sorted(left)
    assert len(set(left)) == 3


def test_on_a_phone_one_pane_is_shown_and_the_others_are_a_touch_away(browser: Page, story: Path):
    browser.open(story, width=390)
    shown = "[...document.querySelector('.desk').children].filter(one => one.checkVisibility()).map(one => one.id)"
    assert browser.ask(shown) == ["findings"]
    browser.ask("document.querySelector('label[for=pane-sources]').click()")
    assert browser.ask(shown) == ["sources"]


def test_on_a_phone_a_link_into_a_text_shows_the_text_even_without_a_script(browser: Page, story: Path):
    for script in (True, False):
        browser.open(story, width=390, script=script)
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
        anchor = browser.ask("document.querySelector('.report .v[id]').id")
        browser.call("Page.navigate", url=f"{story.as_uri()}#{anchor}")
        browser.call("Runtime.evaluate", expression="new Promise(done => setTimeout(done, 300))", awaitPromise=True)
        assert browser.ask(f"document.getElementById('{anchor}').closest('.report').checkVisibility()")


def test_one_touch_on_a_line_of_the_answer_moves_all_columns(browser: Page, story: Path):
    browser.open(story, width=1440)
    browser.ask("document.querySelector('.points a').click()")
    until_still = "new Promise(done => setTimeout(done, 1200))"
    browser.call("Runtime.evaluate", expression=until_still, awaitPromise=True)
    inside = (
        "['.report', '.findings', '.sources'].map(pane => [...document.querySelectorAll(pane + ' .here')].some(one => "
        "{ const at = one.getBoundingClientRect(); return at.height && at.top >= 0 && at.top < innerHeight; }))"
    )
    assert browser.ask(inside) == [True, True, True]


def press(browser: Page, key: str) -> None:
    for kind in ("keyDown", "keyUp"):
        browser.call("Input.dispatchKeyEvent", type=kind, key=key, text=key if kind == "keyDown" else "")


def test_keys_go_to_the_next_and_the_previous_finding_and_can_be_turned_off(browser: Page, story: Path):
    browser.open(story, width=1440)
    here = "document.querySelector('.findings .here')?.querySelector('summary, a').textContent"
    steps = []
    for key in "jjk":
        press(browser, key)
        steps.append(browser.ask(here))
    assert steps[0] == steps[2] != steps[1]
    browser.ask("document.getElementById('keys').checked = false")
    press(browser, "j")
    assert browser.ask(here) == steps[2]


def test_a_count_filters_the_findings(browser: Page, story: Path):
    browser.open(story, width=1440)
    grades = (
        "[...new Set([...document.querySelectorAll('.cards > details')].filter(one => one.checkVisibility())"
        ".map(one => one.querySelector('summary > b').textContent))]"
    )
    assert len(browser.ask(grades)) > 1
    browser.ask("document.querySelector('label[for=show-g-altered]').click()")
    assert browser.ask(grades) == ["altered"]


def test_what_a_grade_means_is_one_touch_away(browser: Page, story: Path):
    browser.open(story, width=390)
    assert not browser.ask("document.getElementById('grades').checkVisibility()")
    browser.ask("document.querySelector('[popovertarget=grades]').click()")
    assert browser.ask("document.getElementById('grades').checkVisibility()")


def test_a_quotation_leads_to_its_finding_and_both_are_shown_together(browser: Page, story: Path):
    browser.open(story, width=1440)
    link = "document.querySelector('.report a.w')"
    target = browser.ask(f"{link}.getAttribute('href').slice(1)")
    before = browser.ask(f"getComputedStyle({link}).backgroundColor")
    browser.ask(f"{link}.click()")
    until_still = "new Promise(done => setTimeout(done, 1200))"
    browser.call("Runtime.evaluate", expression=until_still, awaitPromise=True)
    box = f"document.getElementById('{target}').getBoundingClientRect()"
    inside = f"(r => r.height > 0 && r.top >= 0 && r.top < innerHeight)({box})"
    assert browser.ask(inside)
    assert browser.ask(f"getComputedStyle({link}).backgroundColor") != before


def test_every_permalink_opens_what_it_leads_to(browser: Page, story: Path):
    browser.open(story, width=1440)
    for target in browser.ask(
        "[...document.querySelectorAll('.cards p [id], .cards p[id], .lines [id]')].map(one => one.id)"
    ):
        browser.call("Page.navigate", url=f"{story.as_uri()}#{target}")
        browser.call("Runtime.evaluate", expression="new Promise(done => setTimeout(done, 50))", awaitPromise=True)
        assert browser.ask(f"document.getElementById('{target}').getBoundingClientRect().height > 0"), target


def test_the_page_is_whole_where_no_script_may_run(browser: Page, story: Path):
    browser.open(story, width=900)
    with_script = browser.ask("document.body.textContent.length")
    browser.open(story, width=900, script=False)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.ask("document.getElementById('examination').className").split()[0] == "exam"
    assert "scripted" not in browser.ask("document.getElementById('examination').className")
    assert browser.ask("document.body.textContent.length") == with_script
    assert browser.ask("document.querySelector('.cards p[id]').checkVisibility()")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_printed_page_holds_findings_and_both_texts(browser: Page, story: Path, tmp_path: Path):
    browser.open(story, width=900)
    browser.pdf(tmp_path / "page.pdf")
    done = subprocess.run(["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"], capture_output=True, text=True,
                          check=True)  # fmt: skip
    printed = done.stdout
    assert "almost" in printed
    assert "The harbour of Tarn Bay belongs" in printed
    assert "verbatim" in printed
    assert re.search(r"\d more of less weight", printed)  # of what is left out; the source marks them


def test_the_printed_page_is_a_pdf_of_a_few_pages(browser: Page, story: Path, tmp_path: Path):
    browser.open(story, width=900, dark=True)
    browser.pdf(tmp_path / "page.pdf")
    data = (tmp_path / "page.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert 1 <= data.count(b"/Type /Page\n") <= 4
