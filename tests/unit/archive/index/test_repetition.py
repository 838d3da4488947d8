"""Reports and sources that repeat themselves: found as any others, in a time that does not run away."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from quoth.archive.index import FoundSource, Index, Vocabulary, find
from quoth.archive.index import passage_matching as matching
from quoth.archive.index.passage_matching import Run, chains

SENTENCE = "The harbour of Tarn Bay will not be sold to any private company while this government is in office."
QUOTED = f'"{SENTENCE[:-1]}," the minister said.'
SYLLABLES = [consonant + vowel for consonant in "bdgklmnprstvz" for vowel in "aeiou"]


@dataclass(frozen=True)
class Kept:
    number: int
    id: str
    text: str
    publisher: str | None = None
    published: str | None = None
    version: int = 1
    current: bool = True


def found(folder: Path, report: str, *texts: str) -> list[FoundSource]:
    return searcher(folder, *texts)(report)


def searcher(folder: Path, *texts: str) -> Callable[[str], list[FoundSource]]:
    kept = {number: Kept(number, f"d{number}", text) for number, text in enumerate(texts, 1)}
    index = Index(folder).extend((one.number, one.text) for one in kept.values())

    def fetch(numbers: Sequence[int]) -> Mapping[int, Kept]:
        return {number: kept[number] for number in numbers}

    return lambda report: find(index, Vocabulary(), fetch, report)


def words(seed: int, count: int, vocabulary: int) -> list[str]:
    chosen = random.Random(seed)
    every = ["".join(chosen.choices(SYLLABLES, k=chosen.choice((2, 3, 4)))) for _ in range(vocabulary)]
    return [every[int(len(every) * chosen.random() ** 2)] for _ in range(count)]


def in_sentences(own: Sequence[str], length: int = 15) -> str:
    return " ".join(" ".join(own[first : first + length]).capitalize() + "." for first in range(0, len(own), length))


def seconds(search: Callable[[str], list[FoundSource]], report: str) -> float:
    """Of the processor, the least of two."""
    times = []
    for _ in range(2):
        began = time.process_time()
        search(report)
        times.append(time.process_time() - began)
    return min(times)


def covered(sources: list[FoundSource]) -> int:
    """How many stretches of the report have a place in the best source."""
    return len({passage.report for passage in sources[0].passages})


@pytest.mark.parametrize("times", [1, 7, 320])
def test_each_repeat_of_a_quotation_is_found_where_the_source_has_it_once(tmp_path: Path, times: int) -> None:
    report = " ".join([QUOTED] * times)
    assert covered(found(tmp_path, report, SENTENCE)) == times


def test_each_repeat_of_a_quotation_is_found_where_the_source_repeats_it_as_often(tmp_path: Path) -> None:
    report = " ".join([QUOTED] * 320)
    assert covered(found(tmp_path, report, " ".join([SENTENCE] * 320))) == 320


@pytest.mark.parametrize("changed", [False, True], ids=["the same sentence", "each time with another word"])
def test_four_times_as_many_repeats_cost_at_most_what_a_square_allows(tmp_path: Path, changed: bool) -> None:
    others = sorted(set(words(3, 4000, 2000)))

    def repeated(form: str, times: int) -> str:
        return " ".join(form.replace("private", others[number]) if changed else form for number in range(times))

    few = seconds(searcher(tmp_path / "few", repeated(SENTENCE, 80)), repeated(QUOTED, 80))
    many = seconds(searcher(tmp_path / "many", repeated(SENTENCE, 320)), repeated(QUOTED, 320))
    assert many < 24 * few  # 64 times were cubic; all comparisons of one with another are 16


LARGE = 60_000  # code points
ODD = {
    "a sentence over and over": lambda size: SENTENCE + f" {SENTENCE}" * (size // len(SENTENCE)),
    "a word over and over": lambda size: "harbour " * (size // 8),
    "each word twice": lambda size: " ".join(f"{word} {word}" for word in words(5, size // 12, 3000)),
    "few words": lambda size: in_sentences(words(6, size // 7, 60)),
    "numbers": lambda size: " ".join(str(random.Random(7).randrange(10_000) + at % 97) for at in range(size // 5)),
    "digits": lambda size: " ".join(str(digit) for digit in random.Random(8).choices(range(10), k=size // 2)),
    "low marks": lambda size: "„a " * (size // 3),
    "open quotations": lambda size: f'"{SENTENCE} ' * (size // len(SENTENCE)),
}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that an ordinary report of the same size takes."""
    text = in_sentences(words(1, LARGE // 7, 8000))
    return seconds(searcher(tmp_path_factory.mktemp("index"), text), text)


@pytest.mark.parametrize("kind", ODD)
def test_a_large_report_of_odd_text_costs_no_more_than_some_ordinary_ones(
    tmp_path: Path, usual: float, kind: str
) -> None:
    text = ODD[kind](LARGE)
    # each of its words may be anywhere: digits are 19 to 23 times as dear
    assert seconds(searcher(tmp_path, text), text) < 32 * usual


def test_of_more_than_can_be_looked_at_the_heaviest_runs_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_MOST_PAIRS", 2000)
    monkeypatch.setattr(matching, "_MOST_RUNS", 100)
    digits = random.Random(9).choices(range(10), k=600)
    numbers = " ".join(str(digit) for digit in digits)
    report = f"{QUOTED} She read them out: {numbers}. {QUOTED}"
    source = f"{' '.join(reversed(numbers.split()))} {SENTENCE} {' '.join(numbers.split()[1::2])}"
    quoted = {SENTENCE[:-1], SENTENCE.removesuffix(".")}
    best = found(tmp_path, report, source)[0]
    assert {passage.source.of(source) for passage in best.passages} & quoted
    assert sum(SENTENCE[:-1] == passage.report.of(report) for passage in best.passages) == 2


def test_chains_are_the_heaviest_first_and_share_no_words() -> None:
    runs = [Run(first, 100 * first, 6, 6.0 + first / 100) for first in range(0, 60, 4)]  # each meets the next
    given = [chain for chain in chains(runs, 2.5) if not chain.repeat]
    assert [chain.weight for chain in given] == sorted((chain.weight for chain in given), reverse=True)
    taken = sorted(chain.report for chain in given)
    assert len(taken) > 5
    assert all(first[1] <= second[0] for first, second in pairwise(taken))


def test_a_run_within_a_far_longer_one_is_an_accident_elsewhere() -> None:
    long, accident, own = Run(10, 100, 12, 30.0), Run(12, 400, 5, 12.0), Run(30, 700, 5, 12.0)
    assert {run for chain in chains([long, accident, own], 3.5) for run in chain.runs} == {long, own}
