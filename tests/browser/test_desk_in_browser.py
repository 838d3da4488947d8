"""The desk in a real browser: an editor's whole path, two people, the keyboard alone, and axe-core on every page."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import axe
import pytest
from chromium import Page, find, page
from made_pairs import pair
from measure import Words
from served import EXAMPLES, Client, desk, statement_ids

from quoth.archive.archive import Archive
from quoth.desk.settings import Settings
from quoth.reading import read

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find() is None, reason="no Chromium is installed (apt-get install chromium)"),
]
HEAVIEST = 150_000  # bytes of an examination's page without the texts
TAB, ENTER, SPACE = ("Tab", "Tab", 9), ("Enter", "Enter", 13, "\r"), (" ", "Space", 32)


FOUND = {
    "finding": "f1", "kind": "finding", "found": "2031-05-02T08:00:00Z", "grade": "altered", "confidence": 0.93,
    "speaker": "Ada Renn", "words": "Almost 40 tonnes", "reason": "The source has no “almost”.",
    "report": {"id": "r", "title": "Oil on the quay", "publisher": "Seaboard", "url": "https://seaboard.example/1"},
    "passages": [{"source": "statement.txt", "words": "40 tonnes of oil"}],
    "changes": [{"kind": "hedge", "material": True, "reported": "Almost", "original": None, "source": "statement.txt"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("archive") / "desk"
    with Archive.open(folder, create=True) as archive:
        list(archive.add([read((EXAMPLES / name).read_bytes(), name) for name in ("statement.txt", "interview.txt")]))
    found = folder.with_name("found.jsonl")
    found.write_text(json.dumps(FOUND) + "\n")
    with desk(Settings(port=0, rules=True, archive=folder, watch=found)) as (made, _):
        yield made


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with page(tmp_path_factory.mktemp("other")) as opened:
        yield opened


@pytest.fixture
def site(client: Client) -> str:
    return f"http://127.0.0.1:{client.port}"


def act(browser: Page, finding: str) -> str:
    return browser.ask(f"document.querySelector('.dk-act[data-finding={finding}]').innerText")


def test_an_editor_drops_reads_filters_decides_corrects_undoes_prints_and_shares(
    browser: Page, other: Page, site: str, tmp_path: Path
):
    browser.complaints.clear()
    browser.open(f"{site}/", width=1400)
    browser.drop([EXAMPLES / "gazette.txt"], "[data-drop=report_file]")
    browser.drop([EXAMPLES / "statement.txt", EXAMPLES / "interview.txt"], "[data-drop=source_file]")
    assert browser.ask("report_file.files[0].name") == "gazette.txt"
    assert browser.ask("source_file.files.length") == 2
    browser.ask("document.querySelector('.dk-main').click()")
    browser.until("location.pathname.startsWith('/e/') && document.readyState === 'complete'")

    # reads: the points are in sight without scrolling, and lead to the findings
    assert browser.ask("document.querySelector('.points a').getBoundingClientRect().bottom < innerHeight")
    browser.ask("document.querySelector('.points a').click()")
    finding = browser.until("document.querySelector('.cards > [open] .dk-act')?.dataset.finding")

    # filters
    everything = browser.ask(
        "[...document.querySelectorAll('.cards > details')].filter(e => e.checkVisibility()).length"
    )
    browser.ask("document.querySelector('label[for=show-g-altered]').click()")
    few = browser.ask("[...document.querySelectorAll('.cards > details')].filter(e => e.checkVisibility()).length")
    assert 0 < few < everything

    # decides in place, by key
    browser.press("j")
    finding = browser.until(
        "document.activeElement.closest('.cards > details')?.querySelector('.dk-act').dataset.finding"
    )
    browser.press("a")
    browser.until(f"document.querySelector('.dk-act[data-finding={finding}]').innerText.startsWith('accepted')")
    browser.press("u")
    browser.until(f"document.querySelector('.dk-act[data-finding={finding}]').innerText.startsWith('Accept')")

    # corrects, with a note
    browser.press("c")
    browser.until(f"location.pathname.endsWith('/f/{finding}') && document.readyState === 'complete'")
    browser.ask("grade.value = 'reworded'; note.value = 'a round number'; document.querySelector('.dk-main').click()")
    browser.until("location.pathname.startsWith('/e/') && !!document.querySelector('.dk-corrected')")
    assert act(browser, finding).startswith("corrected to reworded")

    # prints
    if shutil.which("pdftotext"):
        browser.pdf(tmp_path / "page.pdf")
        done = subprocess.run(
            ["pdftotext", str(tmp_path / "page.pdf"), "-"], capture_output=True, text=True, check=True
        )
        assert "almost" in done.stdout
        assert "corrected to reworded" in " ".join(done.stdout.split())
        assert "Save, run again" not in done.stdout

    # shares: the address is enough
    other.open(browser.ask("location.href"), width=390)
    assert act(other, finding).startswith("corrected to reworded")
    assert browser.complaints == []
    assert other.complaints == []


def test_rejecting_in_place_moves_the_finding_to_the_end_and_counts_anew(browser: Page, site: str, client: Client):
    path = client.example()
    browser.complaints.clear()
    browser.open(site + path, width=1400)
    count = "Number(document.querySelector('label[for=show-all] b').textContent)"
    before, lines = browser.ask(count), browser.ask("document.querySelectorAll('.points li').length")
    finding = browser.ask("document.querySelector('.g-altered .dk-act').dataset.finding")
    browser.press("j")
    browser.until(f"!!document.activeElement.closest('details')?.querySelector('[data-finding={finding}]')")
    browser.press("r")
    browser.until(f"!!document.querySelector('.g-rejected [data-finding={finding}]')")
    assert browser.ask(count) == before - 1
    assert browser.ask("document.querySelectorAll('.points li').length") < lines
    assert browser.ask("document.querySelector('[data-decided]').textContent") == "1"
    assert browser.ask("getComputedStyle(document.querySelector('.g-rejected s')).textDecorationLine") == "line-through"
    held = browser.ask("document.activeElement.closest('.cards > details').querySelector('.dk-act').dataset.finding")
    assert held != finding, "what comes next has the focus"
    browser.press("j")
    browser.until(f"document.activeElement.closest('details')?.querySelector('.dk-act').dataset.finding != '{held}'")
    browser.press("u")
    browser.until(f"!document.querySelector('.g-rejected') && !!document.querySelector('[data-finding={finding}]')")
    assert browser.ask(count) == before
    assert browser.ask(f"document.activeElement.closest('details').querySelector('[data-finding={finding}]') !== null")
    assert browser.complaints == []


def test_the_second_of_two_people_is_shown_what_the_first_decided(
    browser: Page, other: Page, site: str, client: Client
):
    path = client.example()
    finding = statement_ids(client.get(path).text)[0]
    for one, name in ((browser, "ada"), (other, "bel")):
        one.call("Network.setCookie", name="quoth_name", value=name, url=site)
        one.open(site + path, width=1400)
        one.ask(f"document.getElementById('{finding}').closest('details').open = true")
    button = f"document.querySelector('.dk-act[data-finding={finding}] [data-act=%s]').click()"
    browser.ask(button % "reject")
    browser.until(f"document.querySelector('.dk-act[data-finding={finding}]').textContent.startsWith('rejected')")
    other.complaints.clear()
    other.ask(button % "accept")
    other.until("location.pathname.includes('/f/') && document.readyState === 'complete'")
    assert "reject by ada" in other.ask("document.querySelector('main').innerText")
    other.ask("document.querySelector('[formaction$=accept]').click()")
    other.until("location.pathname.startsWith('/e/') && !location.pathname.includes('/f/')")
    decided = client.get(f"/api/examinations{path.removeprefix('/e')}/decisions").json["decisions"]
    assert [(one["by"], one["act"]) for one in decided] == [("ada", "reject"), ("bel", "accept")]
    for one in (browser, other):
        one.call("Network.clearBrowserCookies")


def test_the_whole_path_can_be_gone_by_keyboard(browser: Page, site: str):
    browser.open(f"{site}/", width=1400)

    def tab_to(selector: str) -> None:
        for _ in range(40):
            browser.press(*TAB)
            if browser.ask(f"document.activeElement.matches({selector!r})"):
                return
        raise AssertionError(f"{selector} cannot be reached by Tab")

    browser.press(*TAB)
    assert browser.ask("document.activeElement.className") == "dk-skip"
    tab_to("#report_text")
    browser.call("Input.insertText", text=(EXAMPLES / "gazette.txt").read_text())
    tab_to("#source_text")
    browser.call("Input.insertText", text=(EXAMPLES / "statement.txt").read_text())
    tab_to(".dk-main")
    browser.press(*ENTER)
    browser.until("location.pathname.startsWith('/e/') && document.readyState === 'complete'")
    stops = 0
    while not browser.ask("!!document.activeElement.closest('#findings')"):
        browser.press(*TAB)
        stops += 1
        assert stops <= 20, "so many stops before the first finding"
    browser.press("j")
    assert browser.until("!!document.activeElement.closest('.cards > details')")
    tab_to('[data-act="accept"]')
    outline = browser.ask("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    browser.press(*ENTER)
    browser.until("!!document.querySelector('.dk-accepted')")
    assert browser.ask("document.activeElement.dataset.act") == "undo"


HERE = (
    "(document.activeElement.closest('.cards > details,.lines li')?.querySelector('.dk-act')"
    " ?? {dataset: {}}).dataset.finding"
)


def test_the_keys_go_through_every_finding_and_open_what_is_folded_away(browser: Page, site: str, client: Client):
    path = client.example()
    browser.open(site + path, width=1400)
    every = browser.ask("[...document.querySelectorAll('.cards > details,.lines li')].length")
    assert browser.ask("document.querySelectorAll('.lines li').length") > 0
    gone = []
    for _ in range(every):
        browser.press("j")
        gone.append(browser.ask(HERE))
        assert browser.ask("document.activeElement.checkVisibility()")
    assert len(set(gone)) == every
    browser.press("k")
    assert browser.ask(HERE) == gone[-2]
    lines = browser.ask("[...document.querySelectorAll('.lines li .dk-act')].map(one => one.dataset.finding)")
    browser.ask("document.querySelectorAll('.group > details').forEach(one => { one.open = false; })")
    browser.ask(
        f"document.querySelector('[data-finding={gone[gone.index(lines[0]) - 1]}]').closest('details').open = true"
    )
    browser.ask(f"document.querySelector('[data-finding={gone[gone.index(lines[0]) - 1]}]').querySelector('a').focus()")
    browser.press("j")
    assert browser.ask(HERE) == lines[0]
    browser.press("a")
    browser.until(f"document.querySelector('.dk-act[data-finding={lines[0]}]').innerText.startsWith('accepted')")


def test_keys_decide_after_a_click_on_a_filter_and_never_on_what_it_hides(browser: Page, site: str, client: Client):
    path = client.example()
    browser.open(site + path, width=1400)
    click = "document.querySelector('label[for=show-%s]').click()"
    browser.ask("document.querySelector('.cards.g-altered > details > summary').click()")
    browser.ask("document.getElementById('show-g-reworded').focus()")
    browser.ask(click % "g-reworded")
    browser.press("a")
    assert "No finding is chosen" in browser.until("document.querySelector('.dk-said').textContent")
    assert browser.ask("document.querySelectorAll('.dk-st').length") == 0
    browser.press("j")
    finding = browser.ask(HERE)
    assert browser.ask(f"!!document.querySelector('.g-reworded [data-finding={finding}]')")
    browser.ask("document.getElementById('show-g-reworded').focus()")
    browser.press("a")
    browser.until(f"document.querySelector('.dk-act[data-finding={finding}]').innerText.startsWith('accepted')")
    browser.ask("document.getElementById('show-g-reworded').focus()")
    browser.press("u")
    browser.until(f"document.querySelector('.dk-act[data-finding={finding}]').innerText.startsWith('Accept')")
    browser.press("Escape", "Escape", 27)
    assert browser.ask("document.getElementById('show-all').checked")
    browser.ask("document.querySelector('.dk-bar .dk-menu summary').click()")
    browser.press("Escape", "Escape", 27)
    assert browser.ask("document.querySelectorAll('.dk-menu[open]').length") == 0


def test_keys_do_nothing_where_somebody_types(browser: Page, site: str, client: Client):
    browser.open(site + client.example(), width=1400)
    browser.press("j")
    at = browser.ask(HERE)
    for made in ("input", "textarea", "select"):
        browser.ask(
            f"(e => {{ e.id = 'typed'; document.querySelector('[data-finding={at}]').append(e); e.focus(); }})"
            f"(document.createElement('{made}'))"
        )
        for key in "jakru":
            browser.press(key)
        assert browser.ask(HERE) == at
        assert browser.ask("document.activeElement.id") == "typed"
        browser.ask("document.getElementById('typed').remove()")
    assert browser.ask("document.querySelectorAll('.dk-st').length") == 0


PAGES = ("/", "/examinations", "/archive", "/archive?q=oil+on+the+quay", "/archive/document?id=statement.txt&at=0-20",
         "/speakers", "/watch", "/watch/f1", "/corrections", "/settings", "/help", "/nothing",
         "E", "E/entities", "E/f/F")  # fmt: skip


@pytest.fixture(scope="module")
def decided(client: Client) -> tuple[str, str]:
    path = client.example()
    finding, other = statement_ids(client.get(path).text)[:2]
    client.post(f"{path}/f/{finding}/correct", {"seen": "0", "grade": "unclear", "note": "see the minutes"})
    client.post(f"{path}/f/{other}/reject", {"seen": "0", "note": "no statement"})
    return path, finding


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
def test_axe_finds_nothing_wrong_on_any_page(
    browser: Page, site: str, decided: tuple[str, str], width: int, dark: bool
):
    path, finding = decided
    wrong = {}
    for name in PAGES:
        browser.complaints.clear()
        address = name.replace("/F", f"/{finding}").replace("E", path, 1) if name.startswith("E") else name
        browser.open(site + address, width=width, dark=dark)
        browser.ask("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        if found := axe.violations(browser):
            wrong[name] = found
        assert browser.ask("document.documentElement.scrollWidth") <= width, name
        assert [one for one in browser.complaints if "404" not in one] == [], name
    assert wrong == {}


def test_pages_can_be_read_and_findings_decided_where_no_script_runs(browser: Page, site: str, client: Client):
    path = client.example()
    finding = statement_ids(client.get(path).text)[0]
    browser.open(site + path, width=1000, script=False)
    assert "almost" in browser.ask("document.body.innerText")
    browser.ask(f"document.querySelector('.dk-act a[href$={finding}]').click()")
    browser.until("!!document.querySelector('[formaction$=accept]')")
    browser.ask("document.querySelector('[formaction$=accept]').click()")
    browser.until("!!document.querySelector('.dk-accepted')")


@pytest.mark.slow
@pytest.mark.parametrize("quotations", [60, 300])
def test_axe_finds_nothing_wrong_on_a_long_examination(browser: Page, site: str, client: Client, quotations: int):
    report, source = pair(quotations, 30_000 if quotations == 300 else 0)
    answer = client.followed(client.send("/examine", {"report_text": report, "source_text": source}, {}))
    path = client.get("/api/examinations").json["examinations"][0]["id"]
    assert path in answer.text
    browser.open(f"{site}/e/{path}", width=1400)
    assert browser.ask("document.querySelectorAll('.dk-act').length") >= quotations
    assert axe.violations(browser) == []
    rows = browser.ask("""[...document.querySelectorAll('.points > li')].slice(0, 8).map(row => {
      const by = row.querySelector('.by');
      const [whole, first, last] = [row, by.firstElementChild, by.lastElementChild].map(e => e.getBoundingClientRect());
      return Math.min(first.top - whole.top, whole.bottom - last.bottom);
    })""")
    assert min(rows) >= 2, "what stands beside a difference touches the line to the next"
    html = client.get(f"/e/{path}").text
    assert len(html.encode()) - Words(html).bytes <= HEAVIEST


def test_the_head_of_an_examination_is_low_on_a_phone_and_its_buttons_stand_in_line(
    browser: Page, site: str, client: Client
):
    browser.open(site + client.example(), width=360, height=740)
    assert browser.ask("document.querySelector('.dk-head').getBoundingClientRect().height") <= 48
    assert browser.ask("document.querySelector('h1').getBoundingClientRect().top") <= 130
    tops = browser.ask(
        "[...document.querySelector('.cards > [open] .dk-act').children].map(e => e.getBoundingClientRect().toJSON())"
    )
    assert len(tops) == 3
    assert len({(one["top"], one["bottom"]) for one in tops}) == 1
    inside = """(e => { const r = document.createRange(); r.selectNodeContents(e); const [a, b] = [r, e].map(
      one => one.getBoundingClientRect()); return Math.abs(a.top + a.bottom - b.top - b.bottom); })"""
    offs = browser.ask(f"[...document.querySelector('.cards > [open] .dk-act').children].map({inside})")
    assert max(offs) <= 2, "a word stands higher than its neighbours"


def test_what_is_written_from_right_to_left_is_shown_so(browser: Page, site: str, client: Client):
    report = "נמל אורל נסגר\n\nראש העיר אמרה: “הנמל סגור עד יום שני.”"
    client.followed(client.send("/examine", {"report_text": report, "source_text": "ראש העיר: הנמל סגור."}, {}))
    browser.open(f"{site}/examinations", width=1000)
    titles = "[...document.querySelectorAll('.dk-list a')].filter(e => /[א-ת]/.test(e.textContent))"
    assert browser.ask(f"{titles}.length") == 1
    assert browser.ask(f"getComputedStyle({titles}[0]).direction") == "rtl"
    browser.open(site + browser.ask(f"{titles}[0].pathname"), width=360)
    assert browser.ask("document.documentElement.scrollWidth") <= 360
    assert browser.ask("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
