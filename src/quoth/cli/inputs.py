"""Names of files as the commands take them; `quoth.pipeline.inputs` reads them."""

from collections.abc import Sequence

from quoth.pipeline.inputs import STDIN
from quoth.types import UnusableArguments


def check_names(names: Sequence[str]) -> None:
    """Refuse standard input given twice, and nothing given at all."""
    if not names:
        raise UnusableArguments("No file is given.")
    if list(names).count(STDIN) > 1:
        raise UnusableArguments("Standard input (-) can stand for one file only.")
