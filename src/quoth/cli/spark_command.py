"""`quoth spark`: the commands that read JSON Lines, over a cluster."""

import click

from quoth.cli.console import tell


@click.command()
@click.argument("task", metavar="TASK", type=click.Choice(("statements", "grade", "find", "trace")))
@click.argument("records", metavar="RECORDS")
@click.argument("out", metavar="OUT")
@click.option("--archive", metavar="ARCHIVE", help="The archive to ask, at the same path for every worker.")
@click.option("--sources", metavar="FILE", help="Put these documents into ARCHIVE first.")
@click.option("--master", metavar="ADDRESS", help="The master, for instance local[2] or spark://host:7077.")
@click.option("--top", metavar="K", type=click.IntRange(1), help="At most so many sources for each record.")
@click.option("--rules", is_flag=True, help="Use no trained models.")
def spark(
    task: str,
    records: str,
    out: str,
    archive: str | None,
    sources: str | None,
    master: str | None,
    top: int | None,
    rules: bool,
) -> int:
    """Do TASK (statements, grade, find or trace) for all RECORDS on Spark, and write Parquet to the folder OUT.

    RECORDS and the file of sources are JSON Lines or Parquet. OUT has the columns id, record (the line of JSON that the
    command itself prints) and error.
    """
    from quoth.spark.cluster import run_files  # noqa: PLC0415

    done, failed = run_files(task, records, out, archive=archive, sources=sources, master=master, top=top, rules=rules)
    tell(f"{done} records are in {out}; {failed} of them are errors.")
    return 1 if failed else 0
