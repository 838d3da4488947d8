"""Every form is tested with rules alone and with the trained tagger."""

from functools import partial

import pytest
from statements_as_words import Reading, said_by

from quoth.models.loading import load_tools
from quoth.models.ports import Tagger


@pytest.fixture(params=["rules", "tagger"], scope="session")
def tagger(request: pytest.FixtureRequest) -> Tagger | None:
    """Nothing, and then the trained tagger."""
    if request.param == "rules":
        return None
    found = load_tools().tagger
    if found is None:
        pytest.skip("the weights of the tagger are not there (src/quoth/models/weights)")
    return found


@pytest.fixture(scope="session")
def said(tagger: Tagger | None) -> Reading:
    """Reads a text and gives its statements as words."""
    return partial(said_by, tagger)
