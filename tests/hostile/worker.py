"""Runs commands of the command line, each in a child of its own, and says what became of it.

A job a line in: {"id", "limit" (seconds of processor time), "runs": [[arguments], ...]}. A record a line out: {"id",
"status" (the exit status of each run), "said" (standard error), "seconds" (processor time), "megabytes" (the peak)}.
"""

import io
import json
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

import quoth.archive.archive
import quoth.cli.archive_commands
import quoth.cli.find_command
import quoth.cli.main
import quoth.pipeline
import quoth.reading
import quoth.reports.html_page
import quoth.reports.terminal

MOST_MEMORY = 4 << 30  # of addresses: nothing here may take the machine down


WARMING = "Mira Orlan, the mayor of Tolven, said on 5 May 2031 that it rained. “The dyke is not safe,” she said.\n"


def warm() -> None:
    """Load modules and word lists before any child is made: they are the same for every text, and are no part of it."""
    out = os.dup(1)
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("wb") as nothing:
        report, source = Path(folder) / "report.txt", Path(folder) / "source.txt"
        report.write_text(WARMING, encoding="utf-8")
        source.write_text(WARMING.replace("dyke", "old dyke"), encoding="utf-8")
        os.dup2(nothing.fileno(), 1)
        quoth.cli.main.run(["trace", str(report), "--source", str(source), "--rules"])
        sys.stdout.flush()
    os.dup2(out, 1)
    os.close(out)


def work(job: dict, answer: int) -> None:
    """In the child: run the job and write its record."""
    resource.setrlimit(resource.RLIMIT_CPU, (job["limit"], job["limit"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    before = resource.getrusage(resource.RUSAGE_SELF)
    with tempfile.TemporaryFile() as out:
        os.dup2(out.fileno(), 1)
        sys.stderr = io.StringIO()
        status = [quoth.cli.main.run(arguments) for arguments in job["runs"]]
        printed = os.fstat(1).st_size
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = sys.stderr.getvalue()[:2_000]
    record = {"id": job["id"], "status": status, "said": said, "seconds": seconds, "printed": printed}
    os.write(answer, json.dumps(record).encode())


def main() -> None:
    """Answer every line of standard input."""
    warm()
    with Path(os.devnull).open("rb") as nothing:
        for line in sys.stdin:
            job = json.loads(line)
            reading, writing = os.pipe()
            child = os.fork()
            if not child:
                os.dup2(nothing.fileno(), 0)
                work(job, writing)
                os._exit(0)
            os.close(writing)
            with os.fdopen(reading, "rb") as pipe:
                answer = pipe.read()
            _, ended, usage = os.wait4(child, 0)
            record = json.loads(answer or b"{}")
            record.setdefault("id", job["id"])
            record.setdefault("status", [-ended])
            by_signal = signal.Signals(os.WTERMSIG(ended)).name if os.WIFSIGNALED(ended) else "an exit without a record"
            record.setdefault("said", f"ended by {by_signal} under a limit of {job['limit']} seconds")
            record.setdefault("seconds", usage.ru_utime + usage.ru_stime)
            record["megabytes"] = usage.ru_maxrss / 1024
            print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
