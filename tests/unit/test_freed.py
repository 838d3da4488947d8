import gc

from quoth.pipeline.examine import examine
from quoth.reading import read_text

REPORT = (
    "“The quay will be closed by May,” the harbour minister said.\n\n"
    "She told the council that nobody had paid for the new bridge, and denied that the ferry was unsafe."
)
SOURCE = "The quay will be closed by May. Nobody has paid for the bridge yet. The ferry is safe, the minister told us."


def examined() -> None:
    examine(read_text(REPORT, "report"), [read_text(SOURCE, "source")])


def test_what_an_examination_leaves_is_freed_without_the_collector():
    examined()  # tables are read at the first one
    gc.collect()
    gc.disable()
    try:
        examined()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_an_examination_leaves_the_collector_as_it_was():
    usual = gc.get_threshold()
    examined()
    assert gc.get_threshold() == usual
