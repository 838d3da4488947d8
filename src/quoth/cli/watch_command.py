"""`quoth watch`: feeds and folders against an archive, each finding told once."""

from typing import TYPE_CHECKING

import click

from quoth.cli.console import say, tell

if TYPE_CHECKING:
    from quoth.pipeline.watch.rounds import Tally

DONE, SOME_FAILED = 0, 1


@click.command()
@click.argument("desk_file", metavar="DESK.toml")
@click.option("--once", is_flag=True, help="Look at everything once, tell what is new, and end.")
def watch(desk_file: str, once: bool) -> int:
    """Watch feeds and folders, hold new reports against an archive, and tell each finding once."""
    from quoth.cli.main import tools_at_hand  # noqa: PLC0415
    from quoth.pipeline.watch.desk import read_desk  # noqa: PLC0415
    from quoth.pipeline.watch.rounds import watch as watch_desk  # noqa: PLC0415

    desk = read_desk(desk_file)
    tally = watch_desk(desk, tools_at_hand(rules=desk.rules), say, _told, once=once)
    _told(tally)
    return SOME_FAILED if tally.problems else DONE


def _told(tally: "Tally") -> None:
    from quoth.reports.labels import count_of  # noqa: PLC0415

    told = ((tally.reports, "new or changed report"), (tally.findings, "finding"), (tally.problems, "problem"))
    reports, findings, problems = (count_of(number, noun) for number, noun in told)
    tell(f"{reports} examined; {findings}; {problems}.")
