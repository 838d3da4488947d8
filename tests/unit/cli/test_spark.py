"""The same results on Spark as from the command line, to the byte: two local cores, and a master with two workers."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from quoth.archive.archive import Archive
from quoth.models.ports import RULES_ONLY
from quoth.pipeline.jobs import trace_record
from quoth.pipeline.lines import as_line

pytestmark = [
    pytest.mark.java,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # py4j leaves sockets to the garbage collector
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

MINISTRY = (
    "Statement of the Ministry of Ports of Valdora.\n\n"
    "The harbour wall at Tarn Bay was inspected on 4 May and found sound by three engineers. "
    "We will publish the full survey of the wall within nine days.\n\n"
    "No vessel was kept from leaving the harbour, and none will be while the works go on."
)
OTHER = (
    "Notes on the orchards of Lower Kessary.\n\n"
    "The plum trees along the canal road flowered early this year, and growers expect a light crop. "
    "Two co-operatives have asked the district for a second cold store."
)
REPORT = (
    "Ministry promises survey of harbour wall\n\n"
    "The ministry said that “we will publish the full survey of the wall within nine days.” "
    "It added that “no vessel was kept from leaving the harbour, and none will be while the works go on.”"
)
UNRELATED = "Chess club elects a new board\n\nThe club in Orlen voted on Sunday. “We are glad,” said Mira Falk."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pyspark", reason="pyspark is not installed (make spark)")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    folder = tmp_path_factory.mktemp("spark")
    write(folder / "sources.jsonl", [{"id": "ports", "text": MINISTRY}, {"id": "plums", "text": OTHER}])
    write(
        folder / "reports.jsonl",
        [{"id": "survey", "text": REPORT}, {"id": 7, "text": UNRELATED}, {"id": "broken"}, {"id": "b", "text": REPORT}],
    )
    return folder


def write(path: Path, records: list[dict]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def quoth(*arguments: str, status: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "quoth", *arguments], capture_output=True, text=True, check=False, timeout=400
    )
    assert done.returncode == status, done.stderr
    return done.stdout


def rows(out: Path) -> dict[str, str]:
    """The records that Spark wrote, read without Quoth: id to the line of JSON."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  # an extra

    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    try:
        return {row.id: row.record for row in spark.read.parquet(str(out)).collect()}
    finally:
        spark.stop()


def test_finding_and_statements_on_two_local_cores_are_the_command_lines_to_the_byte(folder: Path):
    archive, out = folder / "archive", folder / "found"
    told = quoth(
        *("spark", "find", str(folder / "reports.jsonl"), str(out), "--archive", str(archive)),
        *("--sources", str(folder / "sources.jsonl"), "--master", "local[2]"),
        status=1,
    )
    assert told == f"4 records are in {out}; 1 of them are errors.\n"
    on_spark = rows(out)
    lines = quoth("archive", "find", str(archive), "--jsonl", str(folder / "reports.jsonl"), status=1).splitlines()
    by_id = {str(json.loads(line)["id"]): line for line in lines}
    assert on_spark.keys() == by_id.keys()
    assert {name: on_spark[name] for name in ("survey", "7", "b")} == {
        name: by_id[name] for name in ("survey", "7", "b")
    }
    assert json.loads(on_spark["survey"])["sources"][0]["id"] == "ports"
    assert json.loads(on_spark["7"])["sources"] == []
    assert '"text"' in json.loads(on_spark["broken"])["error"]


@pytest.fixture
def master() -> Iterator[str]:
    """A standalone master and two workers on loopback."""
    import pyspark  # noqa: PLC0415  # an extra

    home = Path(pyspark.__file__).parent
    port, web = free_port(), free_port()
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    address = f"spark://127.0.0.1:{port}"
    launch = [str(home / "bin" / "spark-class")]
    master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1"]
    worker = ["org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g"]
    started = [start([*launch, *master, "--port", str(port), "--webui-port", str(web)], environment)]
    try:
        wait_for(port)
        started += [start([*launch, *worker, "--webui-port", str(free_port()), address], environment) for _ in range(2)]
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(60)


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the master did not start")


def test_a_master_with_two_workers_gives_the_examinations_that_one_process_gives(folder: Path, master: str):
    archive, out = folder / "archive-2", folder / "traced"
    quoth(
        *("spark", "trace", str(folder / "reports.jsonl"), str(out), "--archive", str(archive)),
        *("--sources", str(folder / "sources.jsonl"), "--master", master, "--rules"),
        status=1,
    )
    on_spark = rows(out)
    with Archive.open(archive) as opened:
        here = as_line(trace_record({"id": "survey", "text": REPORT}, opened, RULES_ONLY)).decode().rstrip("\n")
    assert on_spark["survey"] == here
    examination = json.loads(here)
    assert [source["id"] for source in examination["sources"]] == ["ports"]
    assert {verdict["grade"] for verdict in examination["verdicts"]} == {"verbatim"}
    assert examination["recipe"]["searched"]["documents"] == 2
