import pytest

from quoth.alignment.aligned_tokens import in_run, unmated
from quoth.matching import prepare
from quoth.types import Document

SOURCE = prepare(Document("source", "Ferries to Olm leave at noon.", ""))


@pytest.mark.parametrize(
    ("mates", "runs"),
    [
        ([0, 1, 4], [True, True, False]),
        ([3, 2, -1], [False, False, False]),  # the other order is no run
        ([-1, 0, -1], [False, False, False]),  # no mate is not the place before the first
        ([-1, 4, 5], [False, True, True]),
    ],
)
def test_a_mate_in_a_run_stands_beside_its_neighbours_mate(mates: list[int], runs: list[bool]):
    built = unmated(len(mates), SOURCE)
    built.of[:] = mates
    assert [in_run(built, i) for i, mate in enumerate(mates) if mate >= 0] == [
        run for run, mate in zip(runs, mates, strict=True) if mate >= 0
    ]
