"""Faults that users and readers told in words, each as a case of our own that asserts the right answer.

`told.jsonl` has a line a case: {"id", "like", "kind", what is given, "expect"}. Given: "report" (plain text) or "html", with
"source" or without; or "reported" and "original". `like`: the id of the case told in words that it is another of. `open`: why the
right answer is not reached yet; such a case must fail, and is a case like the others once it passes.
"""

import json
from functools import cache
from pathlib import Path

import pytest
import score

from quoth.models.loading import load_tools
from quoth.pipeline.examine import examine, grade_pair
from quoth.reading import read
from quoth.reports import to_json

CASES = score.lines((Path(__file__).parent / "told.jsonl").read_text(encoding="utf-8"))
NAMED = 0.5  # of the words of a place that is left out or added


@cache
def tools():
    return load_tools()


class Told:
    """What Quoth makes of a case, as its JSON says it."""

    def __init__(self, case: dict) -> None:
        data = case["html"] if "html" in case else case["report"]
        report = read(data.encode(), "report.html" if "html" in case else "report.txt")
        named = ["source.html" if text.startswith("<!DOCTYPE") else "source.txt" for text in case.get("source", ())]
        sources = [read(text.encode(), name) for text, name in zip(case.get("source", ()), named, strict=True)]
        self.found = json.loads(json.dumps(to_json(examine(report, sources, tools()))))
        self.text = self.found["report"]["text"]
        self.texts = {one["id"]: one["text"] for one in (self.found["report"], *self.found["sources"])}
        self.names = score.names_by_entity(self.found["entities"], self.texts)
        self.statements = self.found["statements"]
        self.verdicts = {one["statement"]: one for one in self.found["verdicts"]}

    def whole(self, words: list[str]) -> list[dict]:
        return [one for one in self.statements if score.is_whole(words, one, self.text)]

    def by(self, statement: dict, names: list[str | None]) -> bool:
        return any(score.is_named(name, self.names.get(statement["speaker"])) for name in names)


def statements(told: Told, wanted: list[dict]) -> list[str]:
    wrong = []
    for want in wanted:
        found = told.whole(want["words"])
        found = [one for one in found if one["mode"] in want.get("mode", [one["mode"]])]
        found = [one for one in found if "speaker" not in want or told.by(one, want["speaker"])]
        if not found:
            wrong.append(f"no such statement: {want}")
        elif "grades" in want and told.verdicts[found[0]["id"]]["grade"] not in want["grades"]:
            wrong.append(f"{told.verdicts[found[0]['id']]['grade']}, not {want['grades']}: {want['words']}")
        elif "original" in want:
            pieces = told.verdicts[found[0]["id"]]["pieces"]
            if not any(want["original"] in told.texts[one["source"]][slice(*one["original"])] for one in pieces):
                wrong.append(f"not held against {want['original']!r}")
    return wrong


def two_speakers(told: Told, pair: list[str]) -> list[str]:
    speakers = [{one["speaker"] for one in told.whole([words])} for words in pair]
    return [f"one speaker for both of {pair}"] if speakers[0] & speakers[1] - {None} else []


def each_by(told: Told, wanted: list[str]) -> list[str]:
    """Words that are somebody's, in whatever statement they stand."""
    place = score.places([wanted[0]], told.text)[0]
    over = [one for one in told.statements if place <= score.letters(told.text, one["content"])]
    return [] if any(told.by(one, [wanted[1]]) for one in over) else [f"not by {wanted[1]}: {wanted[0]}"]


def unsaid(told: Told, words: str) -> list[str]:
    """Words that somebody did not say: in no statement, or in one whose act says so."""
    place = score.places([words], told.text)[0]
    over = [one for one in told.statements if place & score.letters(told.text, one["content"])]
    return [f"said: {words}" for one in over if one["act"] not in {"deny", "reject"}]


def only_speakers(told: Told, names: list[str]) -> list[str]:
    given = [told.names[one["speaker"]] for one in told.statements if one["speaker"]]
    return [f"a speaker: {one}" for one in given if not {score.plain(n) for n in one} <= {score.plain(n) for n in names}]


def entities(told: Told, key: str, wanted: list) -> list[str]:
    answers = score.one_or_two({"id": "", key: wanted}, list(told.names.values()))
    return [f"{key}: {id_} of {wanted}" for id_, right in answers.items() if not right]


def discrepancies(told: Told, wanted: list[str]) -> list[str]:
    kinds = sorted(one["kind"] for one in told.found["discrepancies"])
    return [] if kinds == wanted else [f"discrepancies {kinds}, not {wanted}"]


def untouched(told: Told, spans: list[tuple[str, list[int]]], wanted: list[str]) -> list[str]:
    """Words that are in none of these places of a text."""
    return [
        f"listed: {words}"
        for words in wanted
        for id_, span in spans
        for place in score.places([words], told.texts[id_])
        if len(place & score.letters(told.texts[id_], [span])) >= NAMED * len(place)
    ]


def claims(told: Told, names: list[str]) -> list[str]:
    return [f"a claim by {one}" for one in told.found["claims"] if any(score.is_named(n, told.names[one["by"]]) for n in names)]


def wrong(told: Told, expect: dict) -> list[str]:  # noqa: PLR0912 - one line a kind of expectation
    report, found, said = told.found["report"], [], told.statements
    left_out = [(one["source"], one["span"]) for one in told.found["left_out"]]
    added = [(report["id"], one["span"]) for one in told.found["added"]]
    for key, want in expect.items():
        match key:
            case "statements":
                found += statements(told, want)
            case "count":
                found += [] if len(said) == want else [f"{len(said)} statements, not {want}"]
            case "not":
                found += [k for k, right in score.not_said("not", told.text, want, said).items() if not right]
            case "unsaid":
                found += unsaid(told, want)
            case "two_speakers":
                found += two_speakers(told, want)
            case "each_by":
                found += each_by(told, want)
            case "only_speakers":
                found += only_speakers(told, want)
            case "same" | "apart" | "no_entity":
                found += entities(told, key, want)
            case "published" | "source_published":
                document = report if key == "published" else told.found["sources"][0]
                given = document["published"] and document["published"][:10]
                found += [] if given == want else [f"published {given}, not {want}"]
            case "language":
                found += [] if report["language"] in want else [f"language {report['language']}"]
            case "has":
                found += [f"not in the text: {one}" for one in want if one not in told.text]
            case "has_not":
                found += [f"in the text: {one}" for one in want if one in told.text]
            case "block":
                kinds = {block["kind"] for block in report["blocks"] if want[1] in told.text[slice(*block["span"])]}
                found += [] if want[0] in kinds else [f"{kinds}, not {want[0]}: {want[1]}"]
            case "discrepancies":
                found += discrepancies(told, want)
            case "not_added":
                found += untouched(told, added, want)
            case "not_left_out":
                found += untouched(told, left_out, want)
            case "left_out_starts_not":
                starts = [told.texts[id_][slice(*span)] for id_, span in left_out]
                found += [f"a sentence cut: {one}" for one in starts if one.startswith(tuple(want))]
            case "no_claim_by":
                found += claims(told, want)
            case "reason_not":
                reasons = " ".join(one["reason"] for one in told.found["verdicts"])
                found += [f"in a reason: {one}" for one in want if one in reasons]
            case "named":
                told_of = json.dumps(told.found["verdicts"], ensure_ascii=False)
                found += [f"not named: {one}" for one in want if one not in told_of]
            case _:
                raise AssertionError(key)
    return found


def faults(case: dict) -> list[str]:
    """What is wrong with the answer to a case; nothing, if it is right."""
    if "reported" in case:
        verdict = grade_pair(case["reported"], case["original"], tools())
        kind, words = case["expect"].get("change", (None, ""))
        named = [one for one in verdict.changes if one.kind == kind and one.reported and words in one.reported.of(case["reported"])]
        found = [] if verdict.grade in case["expect"]["grades"] else [f"{verdict.grade}, not {case['expect']['grades']}"]
        return found + ([f"no {kind} named: {words}"] if kind and not named else [])
    return wrong(Told(case), case["expect"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-like-{case['like']}")
def test_what_was_told_in_words_is_right(case: dict, request: pytest.FixtureRequest):
    if "open" in case:
        request.applymarker(pytest.mark.xfail(reason=case["open"], strict=True))
    found = faults(case)
    assert not found, "\n".join(found)
