"""`quoth names`: whether two names are one person's or one body's, a record a line."""

import click

from quoth.cli.jsonl_commands import Output, opened, size_of
from quoth.cli.progress import counted, telling
from quoth.pipeline.lines import Batch, IdChecker, Result, as_line, failure, in_batches, numbered_lines, parse
from quoth.types import QuothError


@click.command()
@click.option("--jsonl", metavar="FILE", required=True, help='Read {"id", "a", "b"}, two names, a line; - is stdin.')
def names(jsonl: str) -> int:
    """Say whether two names are of one: same, different or unsure, with a score and the reason."""
    with opened(jsonl) as source, telling("records", size_of(source), streaming=True) as progress:
        output, checker = Output(progress), IdChecker()
        for batch in in_batches(counted(numbered_lines(source), progress)):
            output.write([(as_line(record), error) for record, error in _compared(batch, checker)])
    return output.status


def _compared(batch: Batch, checker: IdChecker) -> list[Result]:
    from quoth.pipeline.name_pairs import names_record  # noqa: PLC0415  # its tables take a moment to load

    results: list[Result] = []
    for number, line, wrong in checker.check(batch):
        if wrong is not None:
            results.append(failure(number, line, wrong))
            continue
        try:
            results.append((names_record(parse(line)), None))
        except QuothError as error:
            results.append(failure(number, line, str(error)))
    return results
