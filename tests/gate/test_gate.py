"""The gate holds: no answer that was right is lost; and its cases are what they say they are."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import accounts
import score

EVERYWHERE = {"inside", "front", "behind", "brackets", "ellipsis"}
#: Kinds of change and where they must be tried, each time with a fair twin.
MATRIX = {
    **dict.fromkeys(("negation", "number", "date", "name", "hedge", "quantifier", "strength"), EVERYWHERE),
    **dict.fromkeys(("condition", "agent", "tense", "question", "insertion"), EVERYWHERE),
    "order": {"inside", "ellipsis"},
    "omission": {"inside", "front", "behind", "ellipsis"},
    "spelling": {"inside"},
    "wording": {"inside", "brackets"},
}
OTHERS = {"absent", "exchange", "exonym", "fold", "frame", "idiom", "interrupted", "list", "long", "multiparagraph"}
OTHERS |= {"number forms", "paraphrase", "roles", "small words", "spoken", "units", "unreal"}
MODES = {"direct", "indirect", "mixed"}
GRADES = score.FAITHFUL | score.ACCUSING
LONG = 300  # words of a source

PAIRS = score.pairs()
STATEMENTS = score.statements()
REPORTS = list(score.reports())


def ids(case: dict | tuple) -> str:
    return case["id"] if isinstance(case, dict) else case[0]


@pytest.mark.parametrize("way", score.WAYS)
def test_no_right_answer_is_lost_without_a_decision(way: str, capsys: pytest.CaptureFixture[str]):
    before, now = score.recorded(way), score.score(way)
    gained, lost = score.gained(before, now), score.undecided(before, now)
    with capsys.disabled():
        print(f"\ngate, {way}: {sum(now.values())} of {len(now)} right, {len(gained)} gained, {len(lost)} lost")
        print("".join(f"gained: {id_}\n" for id_ in gained), end="")
    assert not lost, "\n".join(["", *(f"lost: {id_}" for id_ in lost), "a record in docs/decisions must name them"])
    assert now.keys() <= before.keys(), "new cases: python tests/gate/score.py --write"


@pytest.mark.parametrize("way", score.WAYS)
def test_nothing_that_an_editor_reads_turns_unseen(way: str):
    now = accounts.told(score.graded(way), score.traced(way), {pair["id"]: pair for pair in PAIRS})
    turned = accounts.turned(accounts.accepted(way), now)
    assert not turned, "\n".join(["", *turned, "where this is right: python tests/gate/score.py --write"])


@pytest.mark.parametrize("way", score.WAYS)
def test_no_verdict_grows_surer_or_less_sure_unseen(way: str):
    now = accounts.told(score.graded(way), score.traced(way), {pair["id"]: pair for pair in PAIRS})
    turned = accounts.surer_or_less(accounts.accepted(way), now)
    assert not turned, "\n".join(["", *turned, "where this is right: python tests/gate/score.py --write"])


def test_there_are_enough_cases():
    assert len(PAIRS) >= 300
    assert len(REPORTS) >= 40
    assert len(STATEMENTS) >= 60
    assert sum(len(pair["original"].split()) >= LONG for pair in PAIRS) >= 60
    assert max(len(pair["reported"].split()) for pair in PAIRS) > 100


def test_every_id_is_given_once():
    counts = Counter(ids(case) for case in (*PAIRS, *STATEMENTS, *REPORTS))
    assert [id_ for id_, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("kind", MATRIX)
def test_every_kind_is_tried_at_every_place_unfairly_and_fairly(kind: str):
    tried = {(pair["position"], pair["fair"]) for pair in PAIRS if pair["kind"] == kind}
    assert tried >= {(position, fair) for position in MATRIX[kind] for fair in (True, False)}


def test_every_kind_is_in_the_matrix_and_every_kind_of_change_is_expected_somewhere():
    assert {pair["kind"] for pair in PAIRS} == {*MATRIX, *OTHERS}
    assert {kind for pair in PAIRS for kind in pair.get("change", {}).get("kind", ())} == {*MATRIX}


@pytest.mark.parametrize("pair", PAIRS, ids=ids)
def test_a_pair_is_well_formed(pair: dict):
    twin = next(other for other in PAIRS if other["id"] == pair["twin"])
    assert (twin["fair"], twin["kind"], twin["mode"]) == (not pair["fair"], pair["kind"], pair["mode"])
    assert pair["grades"]
    assert {*pair["grades"]} <= (score.FAITHFUL if pair["fair"] else score.ACCUSING)
    assert pair["mode"] in MODES
    assert pair["position"] in EVERYWHERE
    assert pair["right"].rstrip('"').endswith((".", "?"))
    change_stands(pair.get("change"), pair["reported"], pair["original"])


def change_stands(change: dict | None, reported: str, original: str) -> None:
    if change is None:
        return
    assert change["reported"] or change["original"]
    assert (change["reported"] or "") in reported
    assert (change["original"] or "") in original
    assert {*change["kind"]} <= {*MATRIX}


@pytest.mark.parametrize("case", REPORTS, ids=ids)
def test_a_report_holds_what_its_gold_says(case: tuple[str, Path, list[Path], dict]):
    _, report, sources, gold = case
    text = report.read_text(encoding="utf-8")
    source = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert gold["statements"]
    for statement in gold["statements"]:
        said_stands(statement, text)
        assert {*statement["grades"]} <= GRADES
        change_stands(statement.get("change"), text, source)
    assert all(words in text for words in gold["not_statements"])
    for one in gold["discrepancies"]:
        assert one["report"] in text
        assert one["original"] in source


@pytest.mark.parametrize("case", STATEMENTS, ids=ids)
def test_a_short_text_holds_what_its_gold_says(case: dict):
    assert case["must"] or case["must_not"]
    for statement in case["must"]:
        said_stands(statement, case["text"])
    names = [name for key in ("same", "apart") for two in case.get(key, ()) for name in two]
    assert all(words in case["text"] for words in (*case["must_not"], *names, *case.get("no_entity", ())))


def said_stands(statement: dict, text: str) -> None:
    assert score.places(statement["words"], text)
    assert {*statement["mode"]} <= MODES
    assert all(speaker is None or speaker.casefold() in text.casefold() for speaker in statement["speaker"])


def test_every_answer_of_the_record_says_which_ways_are_right():
    known = {"models, rules", "models", "rules", "not yet"}
    assert {*json.loads(score.RECORD.read_text(encoding="utf-8")).values()} <= known


def test_a_lost_answer_is_named_and_a_decision_lets_it_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    decisions = tmp_path / "docs" / "decisions"
    decisions.mkdir(parents=True)
    monkeypatch.setattr(score, "ROOT", tmp_path)
    before, now = (
        {"a-01/grade": True, "a-02/grade": True, "a-03/grade": True},
        {"a-01/grade": True, "a-02/grade": False},
    )
    assert score.undecided(before, now) == ["a-02/grade", "a-03/grade"]
    (decisions / "001.md").write_text("We gave up `a-02/grade`, since its twin counts for more.\n", encoding="utf-8")
    assert score.undecided(before, now) == ["a-03/grade"]


def test_renewing_the_record_keeps_what_is_lost_and_not_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(score, "RECORD", tmp_path / "record.json")
    score.write({"models": {"a": True, "b": True, "c": False}, "rules": {"a": False, "b": True, "c": False}})
    kept = score.write({"models": {"a": False, "c": True}, "rules": {"a": True, "c": False}})
    assert kept == ["a", "b"]
    record = json.loads(score.RECORD.read_text(encoding="utf-8"))
    assert record == {"a": "models, rules", "b": "models, rules", "c": "models"}


def test_a_content_that_runs_on_is_not_whole():
    text = "Ewa Stroud said the crew was safe and lit her pipe and went below to sleep."
    words = ["the crew was safe"]
    assert score.is_whole(words, {"content": [[16, 33]]}, text)
    assert not score.is_whole(words, {"content": [[16, len(text)]]}, text)
    assert not score.is_whole(words, {"content": [[16, 24]]}, text)


def test_a_change_counts_only_on_its_words_and_of_its_kind():
    wanted = {"kind": ["negation"], "reported": None, "original": "not"}
    change = {"kind": "negation", "reported": None, "original": [8, 11]}
    assert score.names_change([change], wanted, "We will go", "We will not go")
    assert not score.names_change([change | {"original": [0, 2]}], wanted, "We will go", "We will not go")
    assert not score.names_change([change | {"kind": "hedge"}], wanted, "We will go", "We will not go")
