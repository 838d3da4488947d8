"""The words of a PDF with their places, as its text layer has them; called in the confined process alone."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from quoth.reading.reading_tables import load

MOST_PAGES = 2_000
_GAP = 0.22  # of a letter's height: more between two letters parts words where no blank does
_ASCENT = 0.8  # share of a letter's size above the line on which it stands
_ODD = 0.3  # of sizes
_SAME = 0.01  # points
_RAISED, _SMALLER = 0.18, 0.82  # shares of the height by which a footnote's mark stands higher, and is smaller
_SCANNED = 0.4  # share of a page that an image covers
_QUARTER = 1.5707963267948966
_HYPHENS = {0x02: "\xad", 0xFFFE: "\xad"}  # what pdfium gives for a hyphen at a line's end
_LIGATURES = range(0xFB00, 0xFB07)
_Handle = Any  # of pypdfium2, which has no types


@lru_cache(maxsize=1)
def _latex() -> dict[int, str]:
    return {int(code, 16): text for code, text in load("pdf.toml")["latex"].items()}


@lru_cache(maxsize=1)
def _accents() -> dict[str, str]:
    found: dict[str, str] = load("pdf.toml")["accents"]
    return found


class Letter(NamedTuple):
    """One sign with its box, in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    heavy: bool


@dataclass(slots=True)
class Word:
    """Letters without a blank between them.

    Attributes:
        text: the letters.
        left: left edge in points; `top`, `right`, `bottom` likewise, from the upper left corner of the page.
        base: the line on which they stand.
        heavy: whether they are bold.
        glued: whether no blank stands before it: a raised mark behind a word.
        raised: whether it stands higher than its line, and is smaller.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    heavy: bool
    glued: bool = False
    raised: bool = False
    last: float = 0.0  # left edge of the last letter

    @property
    def height(self) -> float:
        """From the top of the highest letters to the foot of the lowest, in points."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page in the order in which the file has them.

    Attributes:
        number: the first is 1.
        width: in points; `height` likewise.
        words: those that stand upright.
        turned: those of lines that run in another direction, such as a stamp along the margin.
        scanned: whether an image covers much of it.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    turned: tuple[Word, ...]
    scanned: bool


def pages_of(data: bytes) -> Iterator[Page]:
    """The pages of a PDF.

    Raises:
        ValueError: it is locked, damaged, or has too many pages; in words.
    """
    import pypdfium2  # noqa: PLC0415  # an extra

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise ValueError(
            "it is locked with a password; save it without one first" if locked else "it is damaged"
        ) from error
    if count > MOST_PAGES:
        raise ValueError(f"it has {count:,} pages, more than the {MOST_PAGES:,} that are read at once; split it first")
    if not count:
        raise ValueError("it has no pages")
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:  # one damaged page must not stop the others
            yield Page(number + 1, 0, 0, (), (), scanned=False)
            continue
        yield _page(page, number + 1)
        page.close()


def _page(page: _Handle, number: int) -> Page:
    width, height = page.get_size()
    letters: dict[int, list[Letter | None]] = {}
    textpage = page.get_textpage()
    for turn, letter in _letters(textpage, page):
        letters.setdefault(turn, []).append(letter)
    textpage.close()
    upright = max(letters, key=lambda turn: (sum(one is not None for one in letters[turn]), turn == 0), default=0)
    words = tuple(_words(_turned(letters.get(upright, []), upright, width, height)))
    turned = tuple(word for turn in sorted(letters) if turn != upright for word in _words(letters[turn]))
    if upright % 2:
        width, height = height, width
    return Page(number, width, height, words, turned, scanned=not words and _is_scanned(page, width * height))


def _letters(textpage: _Handle, page: _Handle) -> Iterator[tuple[int, Letter | None]]:
    """Each letter with the quarters by which it is turned; None for white space."""
    from pypdfium2 import raw  # noqa: PLC0415

    handle = textpage.raw
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    left, _, _, top = page.get_bbox()
    turn, high = 0, 0
    for number in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, number)
        if raw.FPDFText_IsGenerated(handle, number) == 1 and code not in _HYPHENS:
            yield turn, None
            continue
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004  # the first half of a letter beyond the first plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:  # noqa: PLR2004
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        text = _text(code)
        if not text or text.isspace():
            yield turn, None
            continue
        raw.FPDFText_GetLooseCharBox(handle, number, box)
        raw.FPDFText_GetCharOrigin(handle, number, x, y)
        turn = round(raw.FPDFText_GetCharAngle(handle, number) / _QUARTER) % 4
        heavy = raw.FPDFText_GetFontWeight(handle, number) >= 600  # noqa: PLR2004  # semi-bold
        upper, lower = top - box.top, top - box.bottom
        if turn == 0 and (size := _size(handle, number, lower - upper)):
            upper, lower = top - y.value - _ASCENT * size, top - y.value + (1 - _ASCENT) * size
        yield turn, Letter(text, box.left - left, upper, box.right - left, lower, top - y.value, heavy)


def _size(handle: _Handle, number: int, drawn: float) -> float:
    """The size of a letter's font in points; 0 where what the file says of it cannot be, by the box that is drawn."""
    from pypdfium2 import raw  # noqa: PLC0415

    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(handle, number, matrix):
        return 0
    size: float = raw.FPDFText_GetFontSize(handle, number) * math.hypot(matrix.c, matrix.d)
    return size if _ODD * drawn < size < drawn / _ODD else 0


def _text(code: int) -> str:
    if code in _HYPHENS:
        return _HYPHENS[code]
    if code in _latex():
        return _latex()[code]
    if code < 0x20 or code == 0x7F or 0xD800 <= code < 0xE000 or code in {0xFEFF, 0xFFFF} or code > 0x10FFFF:  # noqa: PLR2004
        return ""
    return unicodedata.normalize("NFKC", chr(code)) if code in _LIGATURES else chr(code)


def _turned(letters: list[Letter | None], turn: int, width: float, height: float) -> list[Letter | None]:
    """Letters of a page that lies on its side, as they stand when it is turned upright."""
    if not turn:
        return letters
    found: list[Letter | None] = []
    for one in letters:
        if one is None:
            found.append(None)
        elif turn == 1:
            found.append(
                one._replace(
                    left=height - one.bottom, right=height - one.top, top=one.left, bottom=one.right, base=one.right
                )
            )
        elif turn == 3:  # noqa: PLR2004  # quarters
            found.append(
                one._replace(
                    left=one.top,
                    right=one.bottom,
                    top=width - one.right,
                    bottom=width - one.left,
                    base=width - one.left,
                )
            )
        else:
            found.append(
                one._replace(
                    left=width - one.right,
                    right=width - one.left,
                    top=height - one.bottom,
                    bottom=height - one.top,
                    base=height - one.base,
                )
            )
    return found  # fmt: skip


def _words(letters: list[Letter | None]) -> Iterator[Word]:
    word: Word | None = None
    blank = True
    for letter in letters:
        if letter is None:
            blank = True
            continue
        if word is not None and _composed(word, letter):
            continue
        if word is not None and not blank and _goes_on(word, letter):
            word.text += letter.text
            word.last = letter.left
            word.right = max(word.right, letter.right)
            word.top, word.bottom = min(word.top, letter.top), max(word.bottom, letter.bottom)
        else:
            if word is not None and word.text not in _accents():
                yield _finished(word)
            glued = word is not None and not blank and _beside(word, letter)
            raised = glued and word is not None and _is_raised(word, letter)
            word = Word(
                letter.text, letter.left, letter.top, letter.right, letter.bottom, letter.base, letter.heavy, glued,
                raised, letter.left,
            )  # fmt: skip
        blank = False
    if word is not None and word.text not in _accents():
        yield _finished(word)


def _beside(word: Word, letter: Letter) -> bool:
    """Whether a letter stands right behind a word, if perhaps higher or lower."""
    gap = letter.left - word.right
    if abs(letter.left - word.last) < _SAME and abs(letter.base - word.base) < _SAME:  # one more of a ligature
        return True
    return -0.5 * word.height < gap < _GAP * word.height and letter.top < word.bottom and word.top < letter.bottom


def _goes_on(word: Word, letter: Letter) -> bool:
    level = abs(letter.base - word.base) < 0.1 * max(word.height, 1)
    return level and _beside(word, letter)


def _is_raised(word: Word, letter: Letter) -> bool:
    return word.base - letter.base > _RAISED * word.height and letter.bottom - letter.top < _SMALLER * word.height


def _composed(word: Word, letter: Letter) -> bool:
    """Put an accent and the letter under it together, in whatever order they come; whether they are such a pair."""
    last = word.text[-1]
    if letter.top > word.bottom or word.top > letter.bottom:
        return False
    if letter.text in _accents() and last.isalpha() and word.last < (letter.left + letter.right) / 2 < word.right:
        word.text = word.text[:-1] + _bare(last) + _accents()[letter.text]
        return True
    if last in _accents() and letter.text[0].isalpha() and letter.left < (word.last + word.right) / 2 < letter.right:
        word.text = word.text[:-1] + _bare(letter.text) + _accents()[last]
        word.last, word.right = letter.left, max(word.right, letter.right)
        return True
    return False


def _bare(letter: str) -> str:
    return {"ı": "i"}.get(letter, letter)


def _finished(word: Word) -> Word:
    word.text = unicodedata.normalize("NFC", word.text)
    return word


def _is_scanned(page: _Handle, area: float) -> bool:
    from pypdfium2 import raw  # noqa: PLC0415

    for one in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = one.get_pos() if hasattr(one, "get_pos") else one.get_bounds()
        if abs((right - left) * (top - bottom)) > _SCANNED * area:
            return True
    return False
