"""A PDF as stretches of text with their places; called in the confined process alone."""

import re
from collections.abc import Sequence
from itertools import pairwise

from quoth.doc.tokens import frequencies, plain
from quoth.reading.formats.pdf_layout import flows
from quoth.reading.formats.pdf_lines import Flow, TextLine
from quoth.reading.formats.pdf_words import Word, pages_of

CELLS = " | "  # between the cells of a table's row
_HYPHEN = re.compile(r"[^\W\d_][-‐\xad]\Z")
_HALF = 3  # letters of a half that may be a word of its own
_DASH = re.compile(r"[^\W\d_]—\Z")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")

Record = dict[str, object]


def stretches(data: bytes) -> dict[str, object]:
    """The stretches of a PDF in reading order, and what a reader must know of its pages.

    Returns:
        `stretches`: `{"text", "kind", "placed": [[page, start, end, left, top, right, bottom]]}` each; `pages`: how
        many there are; `scanned`: the numbers of those that are images without text; `empty`: of those that cannot be
        read or have nothing on them.

    Raises:
        ValueError: it is locked, damaged, or too long; in words.
    """
    pages = list(pages_of(data))
    found = flows(pages)
    joints = _Joints(found)
    made = [_record(flow, joints) for flow in found] + [
        _of_turned(page.number, page.turned) for page in pages if page.turned
    ]
    return {
        "stretches": made,
        "pages": len(pages),
        "scanned": [page.number for page in pages if page.scanned],
        "empty": [page.number for page in pages if not (page.words or page.turned or page.scanned)],
    }


def _record(flow: Flow, joints: "_Joints") -> Record:
    if flow.rows:
        text, placed = _joined(
            [line for row in flow.rows for line in row],
            ["\n" if number == 0 else CELLS for row in flow.rows for number in range(len(row))],
        )
    else:
        texts = [line.text for line in flow.lines]
        text, placed = _joined(flow.lines, ["", *joints.between(texts)])
    return {"text": text, "kind": flow.kind, "placed": placed}


def _joined(lines: Sequence[TextLine], joints: Sequence[str | None]) -> tuple[str, list[list[float]]]:
    """The text of lines and the places of those that stand together; None joins two without the hyphen between."""
    text = ""
    placed: list[list[float]] = []
    last: TextLine | None = None
    for line, joint in zip(lines, joints, strict=True):
        if joint is None:
            text = text[:-1]
            if placed and placed[-1][2] > len(text):
                placed[-1][2] = len(text)
        elif last is not None:
            text += joint
        start = len(text)
        text += line.text.replace("\xad", "-")
        beside = last is not None and abs(line.base - last.base) < 0.3 * line.height
        if last is not None and last.page == line.page and (line.base > last.base or beside):
            box = placed[-1]
            box[2] = len(text)
            box[3:] = [min(box[3], line.left), min(box[4], line.top), max(box[5], line.right), max(box[6], line.bottom)]
        else:
            placed.append([line.page, start, len(text), line.left, line.top, line.right, line.bottom])
        last = line
    return text, [[*map(int, box[:3]), *(round(edge, 1) for edge in box[3:])] for box in placed]


class _Joints:
    """What stands between two lines of a paragraph: a blank, or nothing where a word was divided."""

    def __init__(self, found: Sequence[Flow]) -> None:
        self._seen: set[str] = set()
        for flow in found:
            divided = False
            for line in flow.lines:
                words = _WORD.findall(line.text.casefold())
                ends = _HYPHEN.search(line.text) is not None
                self._seen.update(words[int(divided) : len(words) - int(ends)])  # halves of words are none
                divided = ends

    def between(self, texts: Sequence[str]) -> list[str | None]:
        """For each line but the first: a blank, nothing, or None where the hyphen before it goes as well."""
        return [self._joint(before, after) for before, after in pairwise(texts)]

    def _joint(self, before: str, after: str) -> str | None:
        if not _HYPHEN.search(before):
            return "" if _DASH.search(before) and after[:1].isalpha() else " "
        first, second = _WORD_BEFORE.search(before[:-1]), _WORD_AFTER.match(after)
        if first is None or second is None:
            return ""
        whole, half = f"{first[0]}{second[0]}".casefold(), f"{first[0]}-{second[0]}".casefold()
        if half in self._seen:
            return ""
        if whole in self._seen or plain(whole) in frequencies():
            return None
        if second[0][0].isupper() or self._both_known(first[0], second[0]):
            return ""
        return None

    def _both_known(self, first: str, second: str) -> bool:
        """Whether both halves are words of their own: "forty-two", "self-employed"."""
        known = frequencies()
        return all(
            len(half) >= _HALF and (plain(half) in known or half.casefold() in self._seen) for half in (first, second)
        )


def _of_turned(number: int, words: Sequence[Word]) -> Record:
    """What runs along the margin of a page, as one stretch beside its text."""
    text = " ".join(word.text for word in words)
    box = [
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    ]
    return {"text": text, "kind": "footer", "placed": [[number, 0, len(text), *(round(edge, 1) for edge in box)]]}
