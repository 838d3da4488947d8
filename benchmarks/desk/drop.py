"""From dropping files to the marked page, in Chromium: `python benchmarks/desk/drop.py [--times 10]`.

Prints milliseconds from the click on "Examine" to the moment at which the page with the findings can be used
(`DOMContentLoaded`, scripts run), for the example story with the trained models, and for made pairs of 60 and 300
quotations: how long the page of the finished examination takes to open, its weight without the texts, its scripts.
"""

import argparse
import gzip
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "browser"))
sys.path.insert(0, str(Path(__file__).parents[1] / "page"))

from a_desk import EXAMPLES, call, free_port, opened
from chromium import Page, page
from made_pairs import pair

THERE = (
    "location.pathname.startsWith('/e/') && document.readyState === 'complete' && !!document.querySelector('.scripted')"
)


def dropped(browser: Page, site: str) -> float:
    """Milliseconds from the click to the marked page."""
    browser.open(f"{site}/", width=1400)
    browser.drop([EXAMPLES / "gazette.txt"], "[data-drop=report_file]")
    browser.drop([EXAMPLES / "statement.txt"], "[data-drop=source_file]")
    began = time.perf_counter()
    browser.ask("document.querySelector('.dk-main').click()")
    browser.until(THERE)
    return (time.perf_counter() - began) * 1000


def long_one(port: int, quotations: int, words: int) -> str:
    """The path of the examination of a made pair."""
    report, source = pair(quotations, words)
    _, job = call(port, "POST", "/api/jobs", {"report": {"text": report}, "sources": [{"text": source}]})
    while job["state"] in {"waiting", "running"}:
        time.sleep(0.2)
        _, job = call(port, "GET", f"/api/jobs/{job['id']}")
    return f"/e/{job['examination']}"


def opening(browser: Page, address: str) -> tuple[float, int]:
    """Milliseconds until a page can be used, by the browser's own clock, and its height on a phone."""
    browser.open(address, width=1400)
    taken = float(browser.ask("performance.getEntriesByType('navigation')[0].domInteractive"))
    browser.open(address, width=360, height=740)
    return taken, int(browser.ask("document.documentElement.scrollHeight"))


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory() as profile, opened(port, []), page(Path(profile)) as browser:
        site = f"http://127.0.0.1:{port}"
        dropped(browser, site)  # the first one waits for the models
        taken = [dropped(browser, site) for _ in range(given.times)]
        middle = statistics.median(taken)
        print(f"example, drop to marked page: median {middle:.0f} ms, {min(taken):.0f} to {max(taken):.0f}")
        for quotations, words in ((60, 6_000), (300, 30_000)):
            path = long_one(port, quotations, words)
            milliseconds, height = opening(browser, site + path)
            html = browser.ask("document.documentElement.outerHTML")
            scripts = sum(map(len, re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)))
            texts = len(
                browser.ask("[...document.querySelectorAll('#report,#sources')].map(e => e.outerHTML).join('')")
            )
            weight = len(html) - texts
            packed = len(gzip.compress(html.encode()))
            print(f"{quotations} quotations, {words} words: usable after {milliseconds:.0f} ms, {height} px on a phone,"
                  f" {weight / 1000:.0f} kB without the texts, scripts {scripts / 1000:.0f} kB in the page,"
                  f" {packed / 1000:.0f} kB in all packed")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
