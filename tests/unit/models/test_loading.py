import pickle
import subprocess
import sys

import pytest

from quoth.models import loading
from quoth.models.loading import VARIABLE, load_tools
from quoth.models.ports import RULES_ONLY
from quoth.models.session import WEIGHTS
from quoth.types import UnusableArguments


@pytest.fixture(autouse=True)
def _no_choice_from_outside(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


def test_without_weights_there_are_only_rules(tmp_path):
    assert load_tools(weights=tmp_path) == RULES_ONLY


def test_models_can_be_switched_off_by_argument_and_by_environment(monkeypatch):
    assert load_tools(models=False) == RULES_ONLY
    monkeypatch.setenv(VARIABLE, "none")
    assert load_tools() == RULES_ONLY


def test_some_models_can_be_asked_for(monkeypatch):
    monkeypatch.setenv(VARIABLE, "embedder, recogniser")
    tools = load_tools()
    assert tools.tagger is None
    assert tools.judge is None
    assert tools.embedder is not None
    assert set(tools.recipe) <= {"embedder", "recogniser"}


def test_an_unknown_model_is_refused_by_name(monkeypatch):
    monkeypatch.setenv(VARIABLE, "embedder,oracle")
    with pytest.raises(UnusableArguments, match="oracle"):
        load_tools()


def test_the_recipe_names_exactly_the_models_at_hand_by_their_weights():
    tools = load_tools()
    for part in loading.PARTS:
        at_hand = all((WEIGHTS / name).is_file() for name in loading.FILES[part])
        assert (getattr(tools, part) is not None) == at_hand
        assert (part in tools.recipe) == at_hand
    assert all(len(mark) == 12 and int(mark, 16) >= 0 for mark in tools.recipe.values())


def test_tools_travel_to_another_process_before_and_after_their_first_use():
    embedder = load_tools().embedder
    before = pickle.loads(pickle.dumps(embedder)).embed(["The bridge opened."])
    embedder.embed(["The bridge opened."])
    after = pickle.loads(pickle.dumps(embedder)).embed(["The bridge opened."])
    assert (before == after).all()


def test_neither_importing_nor_loading_reads_a_model():
    code = (
        "import sys; from quoth.models.loading import load_tools; load_tools();sys.exit('onnxruntime' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
