"""No text, whatever is in it, takes much longer than news of its size, ends a command or fills the memory.

Every text of `texts` is traced against itself as one long quotation, and goes through a command as it is. Bounds are
ratios to ordinary news of the same size in the same command, measured in the same run, so that a slow machine fails
nothing.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .texts import TEXTS, ordinary

SIZE = 4_000  # characters of each text
LARGE = 20_000  # of those for which the cost is looked at once more
MOST = 3.0  # times the processor time of ordinary news
SLACK = 0.4  # seconds on top of it: what start, a garbage collection and a noisy neighbour take
MEGABYTES = 500
LIMIT = 15  # seconds of processor time after which a command is ended
NEWS = "ordinary news"
COMMANDS = ("trace", "statements", "grade", "archive")
MARKS = str.maketrans("", "", '“”"')
#: Those read at the larger size as well, in the command that does most: one of each kind of repetition.
LARGER = (
    "twenty words", "two letters", "three words", "one sentence", "said", "he said that", "dashes", "dots", "spaces",
    "newlines", "digits", "marks only", "opening marks", "nested curly", "same line", "many names", "numbers", "dates",
    "capital words by chance", "one long quotation", "tags", "opening brackets",
)  # fmt: skip


def text_of(name: str, size: int = SIZE) -> str:
    return ordinary(size, seed=4) if name == NEWS else TEXTS[name](size)


class Bench:
    """Writes the files of a job, and keeps what became of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.jobs: list[dict] = []

    def _file(self, name: str, words: str) -> str:
        path = self.folder / name
        path.write_text(words, encoding="utf-8", newline="")
        return str(path)

    def ask(self, name: str, command: str, size: int = SIZE) -> str:
        key = f"{command} {name} {size}"
        at = str(len(self.jobs))
        words = text_of(name, size)
        news = ordinary(size, seed=9)
        match command:
            case "trace" | "quoted":  # the text, or the whole of it in marks, against itself, with the news behind both
                told = f"Mira Orlan said: “{words.translate(MARKS)}”" if command == "quoted" else words
                report = self._file(f"{at}r.txt", f"{told}\n\n{news[:1_500]}")
                source = self._file(f"{at}s.txt", f"{words}\n\nThat was all.\n\n{news[:1_500]}")
                runs = [["trace", report, "--source", source, "--rules"]]
            case "page":
                report, source = self._file(f"{at}r.txt", words), self._file(f"{at}s.txt", news)
                runs = [
                    ["trace", report, "--source", source, "--rules", "--json"],
                    ["trace", source, "--source", report, "--rules", "--html", str(self.folder / f"{at}.html")],
                ]
            case "statements":
                runs = [["statements", self._file(f"{at}.txt", words), "--rules", "--json"]]
            case "grade":
                pairs = [(words, f"{words} {news[:1_000]}"), (news[:300], words), (words[: size // 2], news)]
                lines = [
                    json.dumps({"id": number, "reported": reported, "original": original})
                    for number, (reported, original) in enumerate(pairs)
                ]
                runs = [["grade", "--jsonl", self._file(f"{at}.jsonl", "\n".join(lines)), "--rules", "--jobs", "1"]]
            case "archive":
                line = json.dumps({"id": "a", "text": words})
                lines = self._file(f"{at}.jsonl", f"{line}\n{json.dumps({'id': 'b', 'text': news})}\n")
                archive = str(self.folder / f"{at}.archive")
                runs = [
                    ["archive", "add", archive, "--jsonl", lines],
                    ["archive", "find", archive, "--jsonl", lines, "--rules", "--jobs", "1"],
                ]
        self.jobs.append({"id": key, "limit": LIMIT, "runs": runs})
        return key

    def run(self) -> dict[str, dict]:
        """What became of all jobs, on two processes."""
        halves = [self.jobs[number::2] for number in (0, 1)]
        script = str(Path(__file__).with_name("worker.py"))
        running = []
        for half in halves:
            asked = self.folder / f"jobs{len(running)}"
            asked.write_text("".join(json.dumps(job) + "\n" for job in half), encoding="utf-8")
            with asked.open("rb") as lines:
                running.append(subprocess.Popen([sys.executable, script], stdin=lines, stdout=subprocess.PIPE))
        records = [json.loads(line) for one in running for line in one.communicate()[0].splitlines()]
        return {record["id"]: record for record in records}


#: Every text is traced as a quotation, and goes through one of the commands as it is.
ASKED = [
    (name, command, SIZE)
    for number, name in enumerate(TEXTS)
    for command in ("quoted", COMMANDS[number % len(COMMANDS)])
]
ASKED += [(name, ("quoted", "trace")[number % 2], LARGE) for number, name in enumerate(LARGER)]
ASKED += [(name, "trace", LARGE) for name in ("many names", "one long quotation")]
ASKED += [(name, "page", LARGE) for name in LARGER[:4]]
ASKED += [("currency signs", "grade", SIZE), ("new speaker lines", "archive", SIZE)]
ASKED = list(dict.fromkeys(ASKED))


@pytest.fixture(scope="module")
def became(tmp_path_factory) -> Mapping[str, dict]:
    bench = Bench(tmp_path_factory.mktemp("hostile"))
    for command, size in sorted({(command, size) for _, command, size in ASKED}):
        for _ in range(2 if size == SIZE else 1):
            bench.ask(NEWS, command, size)
    for name, command, size in ASKED:
        bench.ask(name, command, size)
    return bench.run()


def test_there_are_many_of_them():
    assert len(ASKED) >= 150


@pytest.mark.parametrize(("name", "command", "size"), ASKED)
def test_a_text_that_nobody_writes_costs_no_more_than_news(became, name, command, size):
    one, news = became[f"{command} {name} {size}"], became[f"{command} {NEWS} {size}"]
    assert set(one["status"]) <= {0, 1, 2}, one["said"]
    assert "Traceback" not in one["said"]
    assert "unexpected error" not in one["said"]
    assert one["status"] == [0] * len(one["status"]) or one["said"].strip(), "it failed without a sentence"
    assert one["megabytes"] <= MEGABYTES
    assert one["seconds"] <= MOST * news["seconds"] + SLACK
