"""Weights that are not what was shipped are named; those that are missing leave the work to rules."""

import shutil
from pathlib import Path

import pytest

from quoth.cli.main import UNUSABLE, run
from quoth.models import loading
from quoth.models.loading import VARIABLE, load_tools
from quoth.models.session import SUMS, WEIGHTS, Network, verify
from quoth.pipeline.examine import recipe
from quoth.types import DamagedPart


@pytest.fixture(autouse=True)
def _no_choice_from_outside(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))


def test_every_shipped_file_of_weights_has_its_sum():
    names = {path.name for path in WEIGHTS.iterdir()} - {SUMS}
    verify(WEIGHTS, names)
    assert {line.split()[1] for line in (WEIGHTS / SUMS).read_text().splitlines()} == names


@pytest.mark.parametrize("name", ["judge.onnx", "words.npy", "tokenizer.json", "tagger.json"])
def test_a_damaged_file_of_weights_is_named(weights: Path, name: str):
    data = bytearray((weights / name).read_bytes())
    data[len(data) // 2] ^= 1
    (weights / name).write_bytes(data)
    with pytest.raises(DamagedPart, match=name):
        load_tools(weights=weights)
    assert load_tools(models=False, weights=weights).recipe == {}


def test_a_file_of_weights_that_was_cut_short_is_named(weights: Path):
    with (weights / "words.npy").open("r+b") as file:
        file.truncate(50)
    with pytest.raises(DamagedPart, match=r"words\.npy"):
        load_tools(weights=weights)


def test_a_missing_model_leaves_its_work_to_rules_and_the_recipe_says_so(weights: Path):
    (weights / "judge.onnx").unlink()
    made = recipe(load_tools(weights=weights))
    assert made["judge"] == "rules"
    assert made["embedder"] != "rules"


def test_a_file_that_is_no_model_is_named(tmp_path: Path):
    (tmp_path / "judge.onnx").write_bytes(b"no model at all")
    with pytest.raises(DamagedPart, match=r"judge\.onnx"):
        Network(tmp_path / "judge.onnx")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_damaged_weights_end_a_command_with_one_sentence(
    tmp_path: Path, weights: Path, capfd, monkeypatch: pytest.MonkeyPatch, jobs: str
):
    (weights / "judge.onnx").write_bytes(b"no model at all")
    monkeypatch.setattr(loading.load_tools, "__kwdefaults__", {**loading.load_tools.__kwdefaults__, "weights": weights})
    lines = tmp_path / "lines"
    lines.write_text('{"id": 1, "text": "The mayor said so."}\n' * 3000)
    assert run(["statements", "--jsonl", str(lines), "--jobs", jobs]) == UNUSABLE
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "judge.onnx is damaged" in err
