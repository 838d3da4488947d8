"""The gate: what a careful editor says of pairs, reports and short texts, and which of it Quoth says today.

    python tests/gate/score.py [--rules] [--wrong]   scores, kind by kind; --wrong lists what is not right
    python tests/gate/score.py --write               takes what is gained into record.json, what is told into accounts

An answer is one question that is either right or not: `negation-03/grade`, `police-fair/2/speaker`. `record.json` says
of each which ways of running are right: "models, rules", "models", "rules", or "not yet". A right answer that is lost
fails the test until a record in docs/decisions names it, in backticks; `--write` takes it over then, and not before.
Everything is asked through the command line, in this process: it is what stays stable.
"""

import argparse
import contextlib
import importlib
import io
import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest import mock

import accounts

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PAIRS, STATEMENTS, REPORTS, RECORD = (HERE / n for n in ("pairs.jsonl", "statements.jsonl", "reports", "record.json"))
WAYS = {"models": (), "rules": ("--rules",)}
FAITHFUL = {"verbatim", "abridged", "reworded"}
ACCUSING = {"altered", "spliced", "not found"}
MOST_OF, AT_MOST_TIMES = 0.9, 2  # of the words meant, in the words listed; how much longer these may be
TOUCHED = 0.5  # of words that are no statement: a statement that holds as much of them lists them
IN_FRONT = {"the", "a", "an", "mr", "mrs", "ms", "dr"}  # of a name, and no part of it

Answers = dict[str, bool]


# --- asking -----------------------------------------------------------------------------------------------------------


def quoth(*arguments: str) -> str:
    """Run the command line in this process; gives what it writes to standard output."""
    script = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]["quoth"]
    module, _, name = script.partition(":")
    main = getattr(importlib.import_module(module), name)
    out, status = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), None
    with mock.patch.object(sys, "argv", ["quoth", *arguments]), contextlib.redirect_stdout(out):
        try:
            main()
        except SystemExit as end:
            status = end.code
    if status:
        raise RuntimeError(f"quoth {' '.join(arguments)} ended with {status}")
    out.flush()
    return out.buffer.getvalue().decode("utf-8")


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.split("\n") if line]


def pairs() -> list[dict]:
    return lines(PAIRS.read_text(encoding="utf-8"))


def statements() -> list[dict]:
    return lines(STATEMENTS.read_text(encoding="utf-8"))


def reports() -> Iterator[tuple[str, Path, list[Path], dict]]:
    """Name, report, sources and gold of every folder."""
    for folder in sorted(path for path in REPORTS.iterdir() if path.is_dir()):
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        yield folder.name, folder / "report.txt", sorted(folder.glob("source*.txt")), gold


# --- places -----------------------------------------------------------------------------------------------------------


def letters(text: str, spans: list[list[int]]) -> frozenset[int]:
    """Offsets of the letters and figures in these spans."""
    return frozenset(at for start, end in spans for at in range(start, end) if text[at].isalnum())


def places(words: list[str], text: str) -> list[frozenset[int]]:
    """Every place of these pieces, which follow one another in the text; the offsets of their letters."""
    found, start = [], text.find(words[0])
    while start >= 0:
        spans, at = [], start
        for piece in words:
            at = text.find(piece, at)
            if at < 0:
                break
            spans.append([at, at + len(piece)])
            at += len(piece)
        else:
            found.append(letters(text, spans))
        start = text.find(words[0], start + 1)
    return found


def touches(span: list[int] | None, words: str | None, text: str) -> bool:
    """Whether a span of a change lies on these words, at any place of theirs."""
    if not span or not words:
        return False
    here = letters(text, [span])
    return any(here & place for place in places([words], text))


def names_change(changes: list[dict], wanted: dict, reported: str, original: str) -> bool:
    """Whether one of the changes is of an accepted kind and lies on the words on either side."""
    return any(
        change["kind"] in wanted["kind"]
        and (
            touches(change["reported"], wanted["reported"], reported)
            or touches(change["original"], wanted["original"], original)
        )
        for change in changes
    )


# --- what is right ----------------------------------------------------------------------------------------------------


@cache
def graded(way: str) -> dict[str, dict]:
    """The record that Quoth gives of every pair."""
    return {one["id"]: one for one in lines(quoth("grade", "--jsonl", str(PAIRS), "--jobs", "1", *WAYS[way]))}


@cache
def traced(way: str) -> dict[str, dict]:
    """The examination that Quoth gives of every report."""
    found = {}
    for name, report, sources, _ in reports():
        given = (part for source in sources for part in ("--source", str(source)))
        found[name] = json.loads(quoth("trace", str(report), *given, "--json", *WAYS[way]))
    return found


def score_pairs(way: str) -> Answers:
    answers = {}
    for pair in pairs():
        given = graded(way)[pair["id"]]
        answers[f"{pair['id']}/grade"] = given["grade"] in pair["grades"]
        if "change" in pair:
            named = names_change(given["changes"], pair["change"], pair["reported"], pair["original"])
            answers[f"{pair['id']}/change"] = named
    return answers


def score_statements(way: str) -> Answers:
    listed = lines(quoth("statements", "--jsonl", str(STATEMENTS), "--jobs", "1", *WAYS[way]))
    given = {record["id"]: record for record in listed}
    answers = {}
    for case in statements():
        record = given[case["id"]]
        speakers = names_by_entity(record["entities"], {None: case["text"]})
        answers |= said(case["id"], case["text"], case["must"], record["statements"], speakers)
        answers |= not_said(case["id"], case["text"], case["must_not"], record["statements"])
        answers |= one_or_two(case, list(speakers.values()))
    return answers


def texts_of(found: dict) -> dict[str, str]:
    """The text of each document of an examination."""
    return {document["id"]: document["text"] for document in (found["report"], *found["sources"])}


def score_reports(way: str) -> Answers:
    answers = {}
    for name, _, _, gold in reports():
        found = traced(way)[name]
        texts = texts_of(found)
        text = found["report"]["text"]
        answers |= said(name, text, gold["statements"], found["statements"], names_by_entity(found["entities"], texts))
        answers |= not_said(name, text, gold["not_statements"], found["statements"])
        answers |= graded_right(name, gold["statements"], found, texts)
        answers |= differences(name, gold, found, texts)
    return answers


def said(name: str, text: str, wanted: list[dict], listed: list[dict], speakers: dict[str, set[str]]) -> Answers:
    """Of each statement that is there: its words whole, its mode, its speaker."""
    answers = {}
    for number, want in enumerate(wanted, 1):
        whole = [one for one in listed if is_whole(want["words"], one, text)]
        answers[f"{name}/{number}/words"] = bool(whole)
        answers[f"{name}/{number}/mode"] = any(one["mode"] in want["mode"] for one in whole)
        answers[f"{name}/{number}/speaker"] = any(
            is_named(speaker, speakers.get(one["speaker"])) for one in whole for speaker in want["speaker"]
        )
    return answers


def is_whole(words: list[str], statement: dict, text: str) -> bool:
    """Whether the content of a statement holds nearly all of the words, and not much besides."""
    content = letters(text, statement["content"])
    return any(
        len(content & place) >= MOST_OF * len(place) and len(content) <= AT_MOST_TIMES * len(place)
        for place in places(words, text)
    )


def not_said(name: str, text: str, unwanted: list[str], listed: list[dict]) -> Answers:
    """Of all words that are no statement: that no statement holds half of them."""
    contents = [letters(text, one["content"]) for one in listed if not one.get("attitude")]
    return {
        f"{name}/not {number}": not any(
            len(content & place) >= TOUCHED * len(place) for content in contents for place in places([words], text)
        )
        for number, words in enumerate(unwanted, 1)
    }


def names_by_entity(entities: list[dict], texts: dict[str | None, str]) -> dict[str, set[str]]:
    """The forms in which each entity is named."""
    only = texts.get(None)
    return {
        entity["id"]: {entity["name"], *entity["aliases"]}
        | {
            (only if only is not None else texts[mention["document"]])[slice(*mention["span"])]
            for mention in entity["mentions"]
        }
        for entity in entities
    }


def plain(name: str) -> tuple[str, ...]:
    """The words of a name, without an article or a form of address in front."""
    words = tuple(word.strip(".,:\"'“”").removesuffix("'s") for word in name.casefold().replace("’", "'").split())
    return words[1:] if len(words) > 1 and words[0] in IN_FRONT else words


def is_named(speaker: str | None, names: set[str] | None) -> bool:
    """Whether the words of the speaker stand in one of the names of an entity; None: there is no speaker."""
    if speaker is None or names is None:
        return speaker is None and names is None
    return any(set(plain(speaker)) <= set(plain(name)) for name in names)


def one_or_two(case: dict, known: list[set[str]]) -> Answers:
    """Whether two names are one entity or two, and what is no entity."""
    forms = [{plain(name) for name in names} for names in known]

    def together(names: list[str]) -> bool:
        return any({plain(name) for name in names} <= form for form in forms)

    answers = {f"{case['id']}/same {number}": together(two) for number, two in enumerate(case.get("same", []), 1)}
    answers |= {f"{case['id']}/apart {n}": not together(two) for n, two in enumerate(case.get("apart", []), 1)}
    answers |= {f"{case['id']}/none {n}": not together([one]) for n, one in enumerate(case.get("no_entity", []), 1)}
    return answers


def graded_right(name: str, wanted: list[dict], found: dict, texts: dict[str, str]) -> Answers:
    """Of each statement of a report: its grade, and the change where one is expected."""
    verdicts = {verdict["statement"]: verdict for verdict in found["verdicts"]}
    text, answers = found["report"]["text"], {}
    for number, want in enumerate(wanted, 1):
        best = max(found["statements"], key=lambda one: likeness(want["words"], one, text), default=None)
        if best is not None and not likeness(want["words"], best, text):
            best = None
        verdict = verdicts[best["id"]] if best else {"grade": None, "changes": []}
        answers[f"{name}/{number}/grade"] = verdict["grade"] in want["grades"]
        if "change" in want:
            answers[f"{name}/{number}/change"] = any(
                names_change([change], want["change"], text, texts[change["source"]]) for change in verdict["changes"]
            )
    return answers


def likeness(words: list[str], statement: dict, text: str) -> float:
    """Letters in common over letters in all."""
    content = letters(text, statement["content"])
    return max((len(content & place) / len(content | place) for place in places(words, text)), default=0.0)


def differences(name: str, gold: dict, found: dict, texts: dict[str, str]) -> Answers:
    """The discrepancies that are there; of a report that is fair throughout: that none is named."""
    text = found["report"]["text"]
    answers = {
        f"{name}/discrepancy {number}": any(
            one["kind"] == want["kind"]
            and touches(one["report"], want["report"], text)
            and touches(one["original"], want["original"], texts[one["source"]])
            for one in found["discrepancies"]
        )
        for number, want in enumerate(gold["discrepancies"], 1)
    }
    if not answers and all(set(one["grades"]) <= FAITHFUL for one in gold["statements"]):
        answers[f"{name}/no discrepancy"] = not found["discrepancies"]
    return answers


# --- the record -------------------------------------------------------------------------------------------------------


def recorded(way: str) -> Answers:
    """Every answer that the record knows, and whether it was right this way."""
    return {id_: way in ways.split(", ") for id_, ways in json.loads(RECORD.read_text(encoding="utf-8")).items()}


def gained(before: Answers, now: Answers) -> list[str]:
    return sorted(id_ for id_, right in now.items() if right and not before.get(id_, False))


def lost(before: Answers, now: Answers) -> list[str]:
    return sorted(id_ for id_, right in before.items() if right and not now.get(id_, False))


def decided(ids: list[str]) -> list[str]:
    """Those that a decision record names in backticks."""
    decisions = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "decisions").glob("*.md"))
    return [id_ for id_ in ids if f"`{id_}`" in decisions]


def undecided(before: Answers, now: Answers) -> list[str]:
    """Right answers that are lost, also with the case that asked for them, and that no decision record names."""
    gone = lost(before, now)
    return [id_ for id_ in gone if id_ not in decided(gone)]


def write(now: dict[str, Answers]) -> list[str]:
    """Renew the record; what is lost and not decided stays in it as right. Gives the answers that were kept so."""
    kept = {way: undecided(recorded(way), answers) if RECORD.exists() else [] for way, answers in now.items()}
    right = {way: {id_ for id_, is_right in answers.items() if is_right} | {*kept[way]} for way, answers in now.items()}
    ids = dict.fromkeys(
        [*(id_ for answers in now.values() for id_ in answers), *(id_ for k in kept.values() for id_ in k)]
    )
    record = {id_: ", ".join(way for way in now if id_ in right[way]) or "not yet" for id_ in ids}
    RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return sorted({id_ for ids_ in kept.values() for id_ in ids_})


def show(answers: Answers, *, wrong: bool) -> None:
    """A line a kind of question: right of all. For pairs also what was missed and what was a false alarm."""
    kinds = {pair["id"]: f"pairs: {pair['kind']}" for pair in pairs()}
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for id_, right in answers.items():
        case, _, question = id_.partition("/")
        kind = f"{kinds[case]}, {question}" if case in kinds else f"texts: {question.strip('0123456789/ ')}"
        rows[kind] += Counter(all=1, right=right)
        rows["all"] += Counter(all=1, right=right)
        if wrong and not right:
            print(id_)
    for kind, row in sorted(rows.items()):
        print(f"{row['right']:5d} of {row['all']:4d}  {kind}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", action="store_true", help="without trained models")
    parser.add_argument("--wrong", action="store_true", help="list the answers that are not right")
    parser.add_argument("--write", action="store_true", help="renew the record")
    arguments = parser.parse_args()
    ways = list(WAYS) if arguments.write else ["rules" if arguments.rules else "models"]
    now = {way: score(way) for way in ways}
    if not arguments.write:
        show(now[ways[0]], wrong=arguments.wrong)
        return 0
    for way in ways:
        accounts.write(way, accounts.told(graded(way), traced(way), {one["id"]: one for one in pairs()}))
    kept = write(now)
    for id_ in kept:
        print(f"lost, and no record in docs/decisions names it: {id_}")
    return 1 if kept else 0


def score(way: str) -> Answers:
    """All answers of one way of running."""
    return score_pairs(way) | score_statements(way) | score_reports(way)


if __name__ == "__main__":
    sys.exit(main())
