"""Faults that users and readers told in words, each as a case of our own that asserts the right answer.

`told.jsonl` has a line a case: {"id", "like", "kind", what is given, "expect"}. Given: "report" (plain text) or "html",
with "source" or without; or "reported" and "original". `like`: the id of the case told in words that it is another of.
`open`: why the right answer is not reached yet; take it away once the case passes.
"""

import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quoth.models.loading import load_tools
from quoth.pipeline.examine import examine, grade_pair
from quoth.reading import read
from quoth.reports import to_json

sys.path.insert(0, str(Path(__file__).parent))

import score

CASES = score.lines((Path(__file__).parent / "told.jsonl").read_text(encoding="utf-8"))
OPEN = 0.12  # of the cases, at most
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


def count(told: Told, wanted: int) -> list[str]:
    return [] if len(told.statements) == wanted else [f"{len(told.statements)} statements, not {wanted}"]


def no_statement(told: Told, words: list[str]) -> list[str]:
    answers = score.not_said("not", told.text, words, told.statements)
    return [id_ for id_, right in answers.items() if not right]


def unsaid(told: Told, words: str) -> list[str]:
    """Words that somebody did not say: in no statement, or in one whose act says so."""
    place = score.places([words], told.text)[0]
    over = [one for one in told.statements if place & score.letters(told.text, one["content"])]
    return [f"said: {words}" for one in over if one["act"] not in {"deny", "reject"}]


def two_speakers(told: Told, pair: list[str]) -> list[str]:
    speakers = [{one["speaker"] for one in told.whole([words])} for words in pair]
    return [f"one speaker for both of {pair}"] if speakers[0] & speakers[1] - {None} else []


def each_by(told: Told, wanted: list[str]) -> list[str]:
    """Words that are somebody's, in whatever statement they stand."""
    place = score.places([wanted[0]], told.text)[0]
    over = [one for one in told.statements if place <= score.letters(told.text, one["content"])]
    return [] if any(told.by(one, [wanted[1]]) for one in over) else [f"not by {wanted[1]}: {wanted[0]}"]


def only_speakers(told: Told, names: list[str]) -> list[str]:
    given = [told.names[one["speaker"]] for one in told.statements if one["speaker"]]
    known = {score.plain(name) for name in names}
    return [f"a speaker: {one}" for one in given if not {score.plain(name) for name in one} <= known]


def entities(key: str) -> Callable[[Told, list], list[str]]:
    def asked(told: Told, wanted: list) -> list[str]:
        answers = score.one_or_two({"id": "", key: wanted}, list(told.names.values()))
        return [f"{key}: {id_} of {wanted}" for id_, right in answers.items() if not right]

    return asked


def published(document: dict, day: str | None) -> list[str]:
    given = document["published"] and document["published"][:10]
    return [] if given == day else [f"published {given}, not {day}"]


def block(told: Told, wanted: list[str]) -> list[str]:
    blocks = told.found["report"]["blocks"]
    kinds = {one["kind"] for one in blocks if wanted[1] in told.text[slice(*one["span"])]}
    return [] if wanted[0] in kinds else [f"{kinds}, not {wanted[0]}: {wanted[1]}"]


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


def left_out(told: Told) -> list[tuple[str, list[int]]]:
    return [(one["source"], one["span"]) for one in told.found["left_out"]]


def added(told: Told) -> list[tuple[str, list[int]]]:
    return [(told.found["report"]["id"], one["span"]) for one in told.found["added"]]


def cut(told: Told, starts: list[str]) -> list[str]:
    words = [told.texts[id_][slice(*span)] for id_, span in left_out(told)]
    return [f"a sentence cut: {one}" for one in words if one.startswith(tuple(starts))]


def claims(told: Told, names: list[str]) -> list[str]:
    by = [told.names[one["by"]] for one in told.found["claims"]]
    return [f"a claim by {one}" for one in by if any(score.is_named(name, one) for name in names)]


def reasons(told: Told, unwanted: list[str]) -> list[str]:
    told_of = " ".join(one["reason"] for one in told.found["verdicts"])
    return [f"in a reason: {one}" for one in unwanted if one in told_of]


def named(told: Told, wanted: list[str]) -> list[str]:
    told_of = json.dumps(told.found["verdicts"], ensure_ascii=False)
    return [f"not named: {one}" for one in wanted if one not in told_of]


#: What is wrong with an answer, by what is expected of it.
ASKED: dict[str, Callable[[Told, Any], list[str]]] = {
    "statements": statements,
    "count": count,
    "not": no_statement,
    "unsaid": unsaid,
    "two_speakers": two_speakers,
    "each_by": each_by,
    "only_speakers": only_speakers,
    "same": entities("same"),
    "apart": entities("apart"),
    "no_entity": entities("no_entity"),
    "published": lambda told, day: published(told.found["report"], day),
    "source_published": lambda told, day: published(told.found["sources"][0], day),
    "language": lambda told, some: [] if told.found["report"]["language"] in some else [f"language not of {some}"],
    "has": lambda told, some: [f"not in the text: {one}" for one in some if one not in told.text],
    "has_not": lambda told, some: [f"in the text: {one}" for one in some if one in told.text],
    "block": block,
    "discrepancies": discrepancies,
    "not_added": lambda told, some: untouched(told, added(told), some),
    "not_left_out": lambda told, some: untouched(told, left_out(told), some),
    "left_out_starts_not": cut,
    "no_claim_by": claims,
    "reason_not": reasons,
    "named": named,
}


def faults(case: dict) -> list[str]:
    """What is wrong with the answer to a case; nothing, if it is right."""
    if "reported" in case:
        verdict = grade_pair(case["reported"], case["original"], tools())
        kind, words = case["expect"].get("change", (None, ""))
        named = [
            one
            for one in verdict.changes
            if one.kind == kind and one.reported and words in one.reported.of(case["reported"])
        ]
        found = (
            [] if verdict.grade in case["expect"]["grades"] else [f"{verdict.grade}, not {case['expect']['grades']}"]
        )
        return found + ([f"no {kind} named: {words}"] if kind and not named else [])
    told = Told(case)
    return [fault for key, want in case["expect"].items() for fault in ASKED[key](told, want)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-like-{case['like']}")
def test_what_was_told_in_words_is_right(case: dict, request: pytest.FixtureRequest):
    if "open" in case:
        request.applymarker(pytest.mark.xfail(reason=case["open"], strict=False))
    found = faults(case)
    assert not found, "\n".join(found)


def test_few_are_open():
    assert sum("open" in case for case in CASES) <= OPEN * len(CASES)
