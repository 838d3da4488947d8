"""axe-core in a page: what it finds against WCAG 2.0 to 2.2, A and AA, and its best practices."""

import json
from pathlib import Path
from typing import Any

from chromium import Page

SOURCE = Path(__file__).parent / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """Each violation of the page as it is shown now: the rule, how many places, and the first of them."""
    page.call("Runtime.evaluate", expression=SOURCE.read_text(encoding="utf-8"))
    run = f"axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ['violations']}}).then(r => r.violations)"
    answer: dict[str, Any] = page.call("Runtime.evaluate", expression=run, awaitPromise=True, returnByValue=True)
    return [
        f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:160]} {one['nodes'][0]['failureSummary']}"
        for one in answer["result"]["value"]
    ]
