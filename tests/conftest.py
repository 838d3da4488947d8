"""What all tests share: where the corpora are, and the rule that continuous integration skips nothing."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora beside the checkout; without it the test is skipped, and says so."""
    if not (SHARED / "CONTRACT.md").is_file():
        pytest.skip("the corpora are not beside the checkout")
    return SHARED


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Where QUOTH_NO_SKIP is set, a skip is a failure: something that should be installed is not."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("QUOTH_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
