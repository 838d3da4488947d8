"""What an editor's first five seconds cost: figures of examination pages in Chromium.

`python benchmarks/page/measure.py [--shared FOLDER] [--keep FOLDER]` examines the example, made pairs of 60 and 300
quotations and, where they are, the pairs beside the checkout, and prints a row for each page:

- seen: lines of the answer (what differs; quotations that stand nowhere are not counted) that stand in the window of
  1400 x 900 without scrolling, and within two screens of 360 x 740, of all there are;
- px: height at 360 pixels' width as it opens, and with the pane of the report and of the sources;
- stops: places in the tab order before the first finding (a group of radio buttons is one); links: the links of these;
- pages: printed on A4;
- kB: the page; without the words of the documents, wherever it shows them; its script;
- s: until it answers, from the start of navigation (load, script and two frames);
- axe: violations that axe-core finds at 360 and 1400 pixels, light and dark, everything opened.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path += [str(HERE.parent), str(HERE.parents[2] / "tests" / "browser")]

from axe import violations  # noqa: E402  # what the tests of the browser use
from chromium import Page, page  # noqa: E402
from made_pairs import pair  # noqa: E402

from quoth.models.loading import load_tools  # noqa: E402
from quoth.pipeline.examine import examine  # noqa: E402
from quoth.reading import read, read_text  # noqa: E402
from quoth.reports import to_html  # noqa: E402
from quoth.types import Document  # noqa: E402

EXAMPLES = HERE.parents[2] / "examples"
SHARED = ("vw", "clintonfbi")  # pairs of ../shared/data/reports that the issue names
WIDE, PHONE = (1400, 900), (360, 740)  # windows, in CSS pixels
STOPS = """(() => {
  const groups = new Set();
  const all = [...document.querySelectorAll('a[href],button,summary,input,[tabindex]')].filter(one => {
    if (one.tabIndex < 0 || !one.checkVisibility()) return false;
    if (one.type !== 'radio') return true;
    const fresh = !groups.has(one.name); groups.add(one.name); return fresh;
  });
  const before = all.slice(0, all.findIndex(one => one.closest('.cards,.lines')));
  return [before.length, before.filter(one => one.matches('a')).length];
})()"""
SEEN = """(() => {
  const all = [...document.querySelectorAll('.points > li:not(.g-not-found)')];
  const seen = all.filter(one => one.checkVisibility() && one.getBoundingClientRect().bottom <= ROOM);
  return [seen.length, all.length];
})()"""
READY = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"


class Words(HTMLParser):
    """Counts the bytes of a page's words that are the documents' own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.bytes = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `html.parser`."""
        if tag not in {"meta", "link", "br", "input"}:
            known = dict(attrs)
            classes = set((known.get("class") or "").split())
            inside = bool(self.open) and self.open[-1]
            theirs = tag in {"h1", "bdi"} or "text" in classes or (tag == "dl" and not known)
            label = tag == "a" and "class" not in known
            ours = label or tag in {"dt", "h2", "sup", "summary"} or bool(classes & {"ui", "from"})
            self.open.append(theirs or (inside and not ours))

    def handle_endtag(self, tag: str) -> None:
        """See `html.parser`."""
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """See `html.parser`."""
        if self.open and self.open[-1]:
            self.bytes += len(data.encode())


def pairs(shared: Path) -> Iterator[tuple[str, Document, Document]]:
    """A name, a report and its source."""
    yield ("example", *(read((EXAMPLES / name).read_bytes(), name) for name in ("gazette.txt", "statement.txt")))
    seeds = sorted((shared / "seeds").glob("*.txt"))
    if len(seeds) == 2:
        yield ("seed pair", *(read(path.read_bytes(), path.name) for path in seeds))
    for name in SHARED:
        folder = shared / "data" / "reports" / name
        if folder.is_dir():
            files = [folder / "report.txt", folder / "source.txt"]
            yield (name, *(read(path.read_bytes(), path.name) for path in files))
    for quotations, words in ((60, 0), (300, 30_000)):
        report, source = pair(quotations, words)
        yield f"made {quotations}", read_text(report, "report.txt"), read_text(source, "source.txt")


def figures(browser: Page, path: Path) -> list[str]:
    """The columns of a page."""
    html = path.read_text(encoding="utf-8")
    browser.open(path, width=PHONE[0], height=PHONE[1])
    seen_phone = browser.ask(SEEN.replace("ROOM", str(2 * PHONE[1])))
    heights = []
    for pane in ("findings", "report", "sources"):
        browser.ask(f"document.getElementById('pane-{pane}').click()")
        heights.append(str(browser.ask("document.documentElement.scrollHeight")))
    browser.open(path, width=WIDE[0], height=WIDE[1])
    ready = browser.call("Runtime.evaluate", expression=READY, awaitPromise=True, returnByValue=True)["result"]["value"]
    seen_wide = browser.ask(SEEN.replace("ROOM", str(WIDE[1])))
    stops = browser.ask(STOPS)
    found = 0
    for width in (PHONE[0], WIDE[0]):
        for dark in (False, True):
            browser.open(path, width=width, dark=dark)
            browser.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            found += len(violations(browser))
    browser.open(path, width=WIDE[0])
    paper = path.with_suffix(".pdf")
    browser.pdf(paper)
    size = len(html.encode())
    script = html.rindex("</script>") - html.rindex("<script>")
    return [
        f"{seen_wide[0]}/{seen_wide[1]}", f"{seen_phone[0]}/{seen_phone[1]}", " ".join(heights), str(stops[0]),
        str(stops[1]), str(paper.read_bytes().count(b"/Type /Page\n")), f"{size / 1000:.0f}",
        f"{(size - Words(html).bytes) / 1000:.0f}", f"{script / 1000:.1f}", f"{ready / 1000:.2f}", str(found),
    ]  # fmt: skip


def main() -> None:
    """Examine, write the pages, measure them."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--shared", type=Path, default=HERE.parents[3] / "shared", help="where the corpora are")
    asked.add_argument("--keep", type=Path, help="folder that keeps the pages")
    given = asked.parse_args()
    head = ("page", "findings", "seen 1400x900", "seen 360x740 twice", "px at 360", "stops", "links", "pages", "kB",
            "kB without words", "kB script", "s", "axe")  # fmt: skip
    print(" | ".join(head))
    tools = load_tools()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, page(Path(folder) / "profile") as browser:
        keep = given.keep or Path(folder)
        keep.mkdir(parents=True, exist_ok=True)
        for name, report, source in pairs(given.shared):
            examination = examine(report, [source], tools)
            path = keep / f"{name.replace(' ', '-')}.html"
            path.write_text(to_html(examination), encoding="utf-8")
            print(" | ".join([name, str(len(examination.verdicts)), *figures(browser, path)]), flush=True)


if __name__ == "__main__":
    main()
