"""What a set of words sums up to must not depend on its order, which Python draws anew for each process."""

import os
import subprocess
import sys

_RANKS = """
from quoth.matching.passages import prepare
from quoth.matching.ranking import place
from quoth.reading import read_text

said = [
    "The harbour crane lifts granite, timber, barley and salted herring.",
    "Granite and timber leave the harbour by crane; herring is salted, barley dried.",
    "Salted barley, dried herring, timber from the crane, granite by the harbour.",
]
source = prepare(read_text(" ".join(said * 12), "source"))
for keys in (said[0], said[1], said[2]):
    words = keys.lower().replace(".", "").replace(",", "").replace(";", "").split()
    found = place(words, source)
    print(found.words.hex(), found.sentences, found.shown)
"""


def test_a_place_is_the_same_in_every_process() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _RANKS],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(1, 5)
    }
    assert len(told) == 1, told
