"""Whether a word stands in quotation marks: the tagger is told so outright, since attention counts badly."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

#: Standing of a word towards quotation marks.
PLAIN, IN_DOUBLE, IN_SINGLE = range(3)

_OPENING = "“„«「『‟"
_CLOSING = "”»」』"
_DOUBLE = re.compile(f'[{_OPENING}{_CLOSING}"]')
_SINGLE_QUOTED = re.compile(r"(?<![\w’'])[‘'](?=[^\s’'])[^“”\"]*?(?<=[\w.,!?…])[’'](?!\w)")


def standings(text: str, starts: Sequence[int]) -> npt.NDArray[np.int64]:
    """Standing towards quotation marks of the words that begin at `starts` (ascending, offsets into `text`).

    Read paragraph by paragraph: a mark that is never closed holds to the end of the paragraph, as re-opened marks do.
    The marks themselves stand inside.
    """
    inside = np.zeros(len(text) + 1, dtype=np.int64)
    for match in _SINGLE_QUOTED.finditer(text):
        inside[match.start() : match.end()] = IN_SINGLE
    opened: int | None = None
    for match in _DOUBLE.finditer(text):
        position, mark = match.start(), match.group()
        opens = _straight_opens(text, position, is_open=opened is not None) if mark == '"' else mark in _OPENING
        if opens and opened is None:
            opened = position
        elif not opens and opened is not None:
            inside[opened : position + 1] = IN_DOUBLE
            opened = None
    if opened is not None:
        inside[opened:] = IN_DOUBLE
    return inside[np.asarray(starts, dtype=np.int64)]


def _straight_opens(text: str, position: int, *, is_open: bool) -> bool:
    before = text[position - 1 : position]
    after = text[position + 1 : position + 2]
    free_before = not before or before.isspace() or before in "([—–-'‘"
    free_after = not after or after.isspace() or after in ".,;:!?)]—–-'’"
    if free_before != free_after:
        return free_before
    return not is_open
