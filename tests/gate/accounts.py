"""What Quoth tells of every pair and report of the gate, in words: what an editor would read, taken over when accepted.

A line an account, in `accounts_models.txt` and `accounts_rules.txt`, its parts parted by tabs: what it is about, the
figure that goes with it (confidence, salience), and what is told: grade, reason, changes, words shown. The answers of
the gate say whether a grade is right; these say that nothing turned unseen.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
NEARLY = 0.03  # processors round the trained models' whole numbers apart, and with them a figure
_SHOWN = 40  # code points of words that are shown


class Account(NamedTuple):
    """What is told of one thing: words, and the figure that goes with them (0 where none does)."""

    words: str
    figure: float


def told(graded: Mapping[str, dict], traced: Mapping[str, dict], pairs: Mapping[str, dict]) -> dict[str, Account]:
    """Every account, by what it is about."""
    found = {id_: _verdict(one, pairs[id_]["reported"], {None: pairs[id_]["original"]}) for id_, one in graded.items()}
    for name, examined in traced.items():
        found |= {f"{name}/{what}": account for what, account in _examination(examined)}
    return found


def _verdict(verdict: dict, report: str, texts: Mapping[str | None, str]) -> Account:
    """Grade, reason, changes and the words of the source that are shown."""
    changes = (
        f"{one['kind']}{'!' if one['material'] else ''}: {_cut(report, one['reported'])} < "
        f"{_cut(texts[one.get('source')], one['original'])}"
        for one in verdict["changes"]
    )
    pieces = [(one.get("source"), one["original"]) for one in verdict["pieces"]]
    nearest = (verdict.get("searched") or {}).get("nearest")
    if nearest:
        pieces.append((nearest["source"], nearest["span"]))
    shown = (_cut(texts[source], span) for source, span in pieces)
    return Account(" | ".join((verdict["grade"], verdict["reason"], *changes, *shown)), verdict["confidence"])


def _examination(found: dict) -> Iterator[tuple[str, Account]]:
    """The verdicts on a report in their order, and what stands under them."""
    report = found["report"]["text"]
    texts = {one["id"]: one["text"] for one in found["sources"]}
    for number, verdict in enumerate(found["verdicts"], 1):
        yield str(number), _verdict(verdict, report, texts)
    for number, one in enumerate(found["left_out"], 1):
        yield (
            f"left out {number}",
            Account(f"{_cut(texts[one['source']], one['span'])} | {one['why']}", one["salience"]),
        )
    for number, one in enumerate(found["added"], 1):
        yield f"added {number}", Account(_cut(report, one["span"]), 0)
    for number, one in enumerate(found["discrepancies"], 1):
        there = _cut(texts[one["source"]], one["original"])
        yield f"difference {number}", Account(f"{one['kind']}: {_cut(report, one['report'])} < {there}", 0)


def _cut(text: str, span: list[int] | None) -> str:
    """The words of a span, the middle of long ones left out, on one line."""
    words = " ".join(text[slice(*span)].split()) if span else "-"
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN // 2]}…{words[-_SHOWN // 2 :]}"


def accepted(way: str) -> dict[str, Account]:
    """What was accepted last."""
    lines = (HERE / f"accounts_{way}.txt").read_text(encoding="utf-8").splitlines()
    return {what: Account(words, float(figure)) for what, figure, words in (line.split("\t", 2) for line in lines)}


def write(way: str, accounts: Mapping[str, Account]) -> None:
    """Take these over."""
    lines = (f"{what}\t{one.figure:.3f}\t{one.words}\n" for what, one in accounts.items())
    (HERE / f"accounts_{way}.txt").write_text("".join(lines), encoding="utf-8")


def turned(before: Mapping[str, Account], now: Mapping[str, Account]) -> list[str]:
    """What is told in other words, or is told no longer, or was not told before: a line each, old and new."""
    what = dict.fromkeys((*before, *now))
    return [
        f"{one}: {before[one].words if one in before else 'nothing'} -> {now[one].words if one in now else 'nothing'}"
        for one in what
        if one not in before or one not in now or before[one].words != now[one].words
    ]


def surer_or_less(before: Mapping[str, Account], now: Mapping[str, Account]) -> list[str]:
    """What is told in the same words with another figure."""
    return [
        f"{what}: {old.figure:.2f} -> {now[what].figure:.2f}: {old.words}"
        for what, old in before.items()
        if what in now and old.words == now[what].words and abs(old.figure - now[what].figure) > NEARLY
    ]
