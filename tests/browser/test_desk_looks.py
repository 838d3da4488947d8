"""How the desk looks: on a phone, on a desk's screen, on a wide one, dark, and on paper."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Page, find, page
from served import EXAMPLES, Client, desk

from quoth.archive.archive import Archive
from quoth.desk.settings import Settings
from quoth.reading import read

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find() is None, reason="no Chromium is installed (apt-get install chromium)"),
]
BOX = "document.querySelector({!r}).getBoundingClientRect()"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("archive") / "desk"
    with Archive.open(folder, create=True) as archive:
        list(archive.add([read((EXAMPLES / name).read_bytes(), name) for name in ("statement.txt", "interview.txt")]))
    with desk(Settings(port=0, rules=True, archive=folder)) as (made, _):
        yield made


@pytest.fixture(scope="module")
def story(client: Client) -> str:
    return f"http://127.0.0.1:{client.port}{client.example()}"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def box(browser: Page, selector: str, side: str) -> float:
    return float(browser.ask(f"{BOX.format(selector)}.{side}"))


def test_on_a_phone_heads_stand_in_few_lines_and_hits_are_near(browser: Page, client: Client, story: str):
    browser.open(story, width=360, height=740)
    assert box(browser, ".dk-bar", "height") <= 48
    assert box(browser, ".top", "bottom") <= 240
    assert box(browser, ".dk-mark", "right") + 8 <= box(browser, ".dk-head nav li", "left")
    browser.open(f"http://127.0.0.1:{client.port}/archive?q=oil+on+the+quay", width=360, height=740)
    assert box(browser, ".dk-list", "top") <= 480
    browser.open(f"http://127.0.0.1:{client.port}/help", width=360, height=740)
    assert box(browser, ".dk-facts dd", "width") >= 300


def test_at_a_desk_the_panels_are_full_and_labels_stand_at_their_fields(browser: Page, client: Client):
    site = f"http://127.0.0.1:{client.port}"
    browser.open(f"{site}/", width=1400)
    assert box(browser, ".dk-main", "bottom") <= 900
    gap = box(browser, ".dk-two fieldset", "bottom") - box(browser, "#report_address", "bottom")
    assert gap <= 40
    assert box(browser, "#q", "top") - box(browser, "label[for=q]", "bottom") <= 12
    colours = "[...document.querySelectorAll('.dk-head nav a:not([aria-current])')].map(e => getComputedStyle(e).color)"
    assert len(set(browser.ask(colours))) == 1


def test_on_a_wide_screen_the_head_stands_over_what_it_heads(browser: Page, client: Client, story: str):
    browser.open(f"http://127.0.0.1:{client.port}/examinations", width=1600)
    assert abs(box(browser, ".dk-mark", "left") - box(browser, "h1", "left")) <= 1
    browser.open(f"http://127.0.0.1:{client.port}/archive?q=oil+on+the+quay", width=1600)
    assert box(browser, ".dk-hit", "width") <= 720
    browser.open(story, width=1600)
    assert abs(box(browser, ".dk-mark", "left") - box(browser, "h1", "left")) <= 1
    assert abs(box(browser, ".dk-bar > .dk-soft", "left") - box(browser, "h1", "left")) <= 1


def test_in_the_dark_what_is_asked_for_can_be_read(browser: Page, client: Client):
    browser.open(f"http://127.0.0.1:{client.port}/", width=1400, dark=True)
    light = """(c => { const [r, g, b] = c.match(/[\\d.]+/g).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 :
      ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; })"""
    hint = f"{light}(getComputedStyle(document.getElementById('report_address'), '::placeholder').color)"
    paper = f"{light}(getComputedStyle(document.getElementById('report_address')).backgroundColor)"
    assert (browser.ask(hint) + 0.05) / (browser.ask(paper) + 0.05) >= 4.5


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext is installed")
def test_paper_says_what_was_decided_and_how_sure_and_has_nothing_to_press(browser: Page, story: str, tmp_path: Path):
    browser.open(story, width=1400)
    browser.pdf(tmp_path / "page.pdf")
    done = subprocess.run(["pdftotext", str(tmp_path / "page.pdf"), "-"], capture_output=True, text=True, check=True)
    told = " ".join(done.stdout.split())
    assert "0 of 10 decided" in told
    assert told.count("confidence .") > 5
    assert "Accept" not in told
    assert "Save, run again" not in told
    browser.call("Emulation.setEmulatedMedia", media="print")
    shown = browser.ask(
        "[...document.querySelectorAll('.lines a[href^=\"#o\"]')].filter(e => e.checkVisibility()).length"
    )
    marker = browser.ask("getComputedStyle(document.querySelector('.group > details > summary')).listStyleType")
    browser.call("Emulation.setEmulatedMedia", media="")
    assert (shown, marker) == (0, "none")
