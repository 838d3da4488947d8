"""Quoth on Spark: the functions of the command line, mapped over as many machines as there are.

Each row becomes the line of JSON that the command prints for it, made by the very function that the command calls, so
that the result is the same to the byte. Spark moves rows and nothing else: it is no part of how anything is found or
graded.

An archive must lie where every worker can read it at the same path. Each worker process opens it, and the models, once.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quoth.models.ports import Tools
from quoth.pipeline.lines import as_line, failure, parse
from quoth.types import MissingPart, QuothError, UnusableArguments, UnusableInput

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row, SparkSession

Record = dict[str, object]

TASKS = ("statements", "grade", "find", "trace")
NEED_ARCHIVE = frozenset({"find", "trace"})
COLUMNS = "id string, record string, error string"
ROWS_PER_PARTITION = 64  # small enough that all workers have something to do until the end


def session(master: str | None = None, *, name: str = "quoth", **settings: str) -> "SparkSession":
    """A session on `master`; the one that `spark-submit` or the environment names where it is None.

    A local master, or one on loopback, keeps everything on loopback.

    Raises:
        MissingPart: pyspark is not installed.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingPart(
            "Spark is not installed; `pip install quoth[spark]` brings it (it also needs Java 17)."
        ) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers run the Python that has Quoth
    builder = SparkSession.builder.appName(name).config("spark.ui.enabled", "false")
    if master is not None:
        builder = builder.master(master)
    if master is not None and (master.startswith("local") or "127.0.0.1" in master):
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    for setting, value in settings.items():
        builder = builder.config(setting.replace("__", "."), value)
    return builder.getOrCreate()


def lines_of(spark: "SparkSession", path: str) -> "DataFrame":
    """The records of a file or folder of JSON Lines, or of Parquet, as a frame with one column `line`.

    Raises:
        UnusableArguments: nothing is there.
    """
    from pyspark.sql import functions  # noqa: PLC0415

    local = path.removeprefix("file:")
    if "://" not in path and not Path(local).exists():
        raise UnusableArguments(f"{path} does not exist.")
    if path.rstrip("/").endswith(".parquet"):
        frame = spark.read.parquet(path)
        return frame.select(functions.to_json(functions.struct(*frame.columns)).alias("line"))
    return spark.read.text(path).withColumnRenamed("value", "line").where("trim(line) <> ''")


def run(
    task: str, lines: "DataFrame", *, archive: str | None = None, top: int | None = None, rules: bool = False
) -> "DataFrame":
    """Map a task over records.

    Args:
        task: one of `TASKS`. `statements` and `grade` take the records of those commands, `find` those of
            `quoth archive find`, and `trace` reports as `{"id", "text"}`, examined against what `archive` has.
        lines: a frame with one column `line`, a record of JSON in each row.
        archive: folder of the archive, at the same path for every worker.
        top: at most so many sources for each record.
        rules: whether to go without trained models.

    Returns:
        A frame of `id`, `record` (the line of JSON that the command prints, without its line break) and `error`
        (a sentence; null where all went well).

    Raises:
        UnusableArguments: the task is unknown, or its archive is missing.
    """
    if task not in TASKS:
        raise UnusableArguments(f"{task} is no task; there are {', '.join(TASKS)}.")
    if (task in NEED_ARCHIVE) != (archive is not None):
        raise UnusableArguments(f"{task} needs {'an archive' if task in NEED_ARCHIVE else 'no archive'}.")

    def in_worker(rows: "Iterable[Row]") -> Iterator[tuple[str | None, str, str | None]]:
        job = worker(task, archive, top, rules)
        return (row_of(row.line, job) for row in rows)

    return lines.rdd.mapPartitions(in_worker).toDF(COLUMNS)


def row_of(line: str, job: Callable[[Record], Record]) -> tuple[str | None, str, str | None]:
    """One row of the result: id, record and error; whatever goes wrong with a record is its result."""
    data = line.encode("utf-8", "surrogatepass")
    error: str | None = None
    try:
        record: Mapping[str, object] = job(parse(data))
    except QuothError as wrong:
        record, error = {"id": failure(1, data, "")[0]["id"], "error": str(wrong)}, str(wrong)
    name = record["id"]
    shown = name if name is None or isinstance(name, str) else json.dumps(name)
    return shown, as_line(record)[:-1].decode(), error


_open: dict[tuple[str, str | None, int | None, bool], Callable[[Record], Record]] = {}  # of this worker process


def worker(task: str, archive: str | None, top: int | None, rules: bool) -> Callable[[Record], Record]:  # noqa: FBT001
    """The function for one record, with its archive and models opened once in this process."""
    key = (task, archive, top, rules)
    if key not in _open:
        _open[key] = _job(*key)
    return _open[key]


def _job(task: str, archive_path: str | None, top: int | None, rules: bool) -> Callable[[Record], Record]:  # noqa: FBT001
    from quoth.pipeline import jobs  # noqa: PLC0415

    tools = _tools(rules=rules)
    if archive_path is None:
        on_record = {"statements": jobs.statements_record, "grade": jobs.grade_record}[task]
        return lambda record: on_record(record, tools)
    from quoth.archive.archive import Archive  # noqa: PLC0415
    from quoth.pipeline.jobs import answer  # noqa: PLC0415

    archive = Archive.open(archive_path)
    if task == "find":
        return lambda record: answer(record, archive, top, tools.embedder)
    return lambda record: jobs.trace_record(record, archive, tools, top)


def _tools(*, rules: bool) -> Tools:
    from quoth.models.loading import load_tools  # noqa: PLC0415

    return load_tools(models=not rules)


def build(spark: "SparkSession", sources: "DataFrame", archive_path: str) -> Any:  # noqa: ANN401  # a Summary
    """Put all sources of a frame of lines into an archive, in the order of their ids; adding again changes nothing.

    One writer builds one archive: the rows stream through this process and are never all in memory.

    Raises:
        ArchiveError: it cannot be written.
        UnusableInput: a record has no id or no text.
    """
    from quoth.archive.archive import Archive  # noqa: PLC0415
    from quoth.pipeline.jobs import document_of  # noqa: PLC0415

    with Archive.open(archive_path, create=True) as archive:
        documents = (document_of(parse(row.line.encode())) for row in sources.toLocalIterator())
        for _ in archive.add(documents):
            pass
        return archive.summary()


def run_files(
    task: str,
    records: str,
    out: str,
    *,
    archive: str | None = None,
    sources: str | None = None,
    master: str | None = None,
    top: int | None = None,
    rules: bool = False,
) -> tuple[int, int]:
    """Files in, a folder of Parquet out: the whole job.

    Args:
        task: one of `TASKS`.
        records: JSON Lines or Parquet (a name that ends in .parquet).
        out: the folder to write; it must not exist.
        archive: folder of the archive; made from `sources` where those are given.
        sources: JSON Lines or Parquet of documents to put into the archive first.
        master: the address of the master; see `session`.
        top: at most so many sources for each record.
        rules: whether to go without trained models.

    Returns:
        How many records were done, and how many of them failed.

    Raises:
        UnusableArguments: `out` exists, or the arguments do not go together.
        UnusableInput: the records cannot be read.
    """
    if "://" not in out and Path(out).exists():
        raise UnusableArguments(f"{out} exists already; results are never written over.")
    if sources is not None and archive is None:
        raise UnusableArguments("Say with --archive where the archive of the sources goes.")
    spark = session(master)
    try:
        if sources is not None and archive is not None:
            build(spark, lines_of(spark, sources), archive)
        lines = lines_of(spark, records)
        parts = max(spark.sparkContext.defaultParallelism, lines.count() // ROWS_PER_PARTITION)
        run(task, lines.repartition(parts), archive=archive, top=top, rules=rules).write.parquet(out)
        written = spark.read.parquet(out)
        return written.count(), written.where("error is not null").count()
    except QuothError:
        raise
    except Exception as error:
        if "AnalysisException" in type(error).__name__:
            raise UnusableInput(f"{records} cannot be read: {str(error).splitlines()[0]}") from error
        raise
    finally:
        spark.stop()
