"""JSON Lines: reading them as they arrive, in batches, and telling in one sentence what is wrong with a line."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import BinaryIO

from quoth.types import QuothError, UnusableInput
from quoth.types.records import plain

Batch = list[tuple[int, bytes]]  # numbers of lines, from 1, with their bytes
Result = tuple[dict[str, object], str | None]  # the record to write, and what was wrong

BATCH_LINES = 16  # lines that go to a worker at once, at most
BATCH_BYTES = 65_536  # ... unless they are already this long
MOST_LINE_BYTES = 12_000_000  # of one record; longer ones are an error of that line
READ_BYTES = 65_536
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
REMEMBERED_IDS = 100_000  # an id given again within so many lines is an error; bounded, as memory is


def numbered_lines(source: BinaryIO) -> Iterator[tuple[int, bytes] | None]:
    """Lines with their numbers; None where the next ones have not arrived yet. A line too long is cut and so marked."""
    read: Callable[[int], bytes] = getattr(source, "read1", source.read)
    parts: list[bytes] = []
    held, number = 0, 0
    while block := read(READ_BYTES):
        *ends, rest = block.split(b"\n")
        for end in ends:
            number += 1
            parts.append(end)
            yield number, b"".join(parts)
            parts, held = [], 0
        if held <= MOST_LINE_BYTES:
            parts.append(rest)
            held += len(rest)
        if ends:
            yield None
    if held:
        yield number + 1, b"".join(parts)


def head(lines: Iterator[tuple[int, bytes] | None], few: int) -> tuple[Batch, bool]:
    """The first lines, and whether they are all there are."""
    first: Batch = []
    for line in lines:
        if line is not None:
            first.append(line)
        if len(first) > few:
            return first, False
    return first, True


def in_batches(lines: Iterator[tuple[int, bytes] | None], enough: int = BATCH_BYTES) -> Iterator[Batch]:
    """Lines in batches that are worth sending to another process: of `enough` bytes, or of all that have arrived."""
    batch: Batch = []
    size = 0
    for line in lines:
        if line is not None:
            batch.append(line)
            size += len(line[1])
        if batch and (line is None or len(batch) >= BATCH_LINES or size >= enough):
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


Checked = tuple[int, bytes, str | None]  # number of the line, the line, what is wrong with it already


class IdChecker:
    """Sees that no id is given twice; remembers the last `REMEMBERED_IDS` of them."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        self._order: deque[int] = deque()

    def check(self, batch: Batch) -> list[Checked]:
        """The batch, each line with what is wrong with its id, if anything is."""
        return [(number, line, self._error(number, line)) for number, line in batch]

    def _error(self, number: int, line: bytes) -> str | None:
        try:
            record = parse(line)
            key = hash(json.dumps(id_of(record)))
        except QuothError as error:
            return str(error)
        before = self._seen.get(key)
        if before is not None:
            return f"the id {json.dumps(record['id'], ensure_ascii=False)} was given in line {before} already."
        self._seen[key] = number
        self._order.append(key)
        if len(self._order) > REMEMBERED_IDS:
            del self._seen[self._order.popleft()]
        return None


def parse(line: bytes) -> dict[str, object]:
    """One line to a record.

    Raises:
        UnusableInput: it is blank, too long, not UTF-8, not JSON, or no object.
    """
    if len(line) > MOST_LINE_BYTES:
        raise UnusableInput(f"the record is longer than {MOST_LINE_BYTES // 1_000_000} MB.")
    if not line.strip():
        raise UnusableInput("the line is blank.")
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnusableInput(f"the line is not UTF-8 (byte {error.start}).") from error
    except json.JSONDecodeError as error:
        raise UnusableInput(f"the line is not JSON ({error.msg.lower()} at {error.pos}).") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, a thousand brackets
        raise UnusableInput("the line is JSON that no record would hold.") from error
    if not isinstance(record, dict):
        raise UnusableInput("the line is JSON, but no object.")
    return record


def id_of(record: Mapping[str, object]) -> str | int:
    """The record's id.

    Raises:
        UnusableInput: there is none, it is neither a string nor a whole number, or it holds half of a surrogate pair.
    """
    if record.get("id") is None:
        raise UnusableInput('"id" is missing.')
    value = record["id"]
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise UnusableInput('"id" must be a string or a whole number.')
    lone = LONE_SURROGATE.search(value) if isinstance(value, str) else None
    if lone:
        raise UnusableInput(f'"id" holds half of a surrogate pair at {lone.start()}, which is no text.')
    return value


def failure(number: int, line: bytes, error: str) -> Result:
    """The record of a line that could not be done, and the sentence for standard error."""
    known: object = None
    with suppress(QuothError):
        known = id_of(parse(line))
    return {"id": known, "line": number, "error": f"Line {number}: {error}"}, f"Line {number}: {error}"


#: What a terminal would take for a command or for a turn of direction; JSON itself escapes only C0.
COMMANDS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def as_line(record: object) -> bytes:
    """One line of JSON in UTF-8, with nothing in it that commands a terminal: such characters are escaped.

    All of it is escaped where it holds half a surrogate pair, which UTF-8 cannot.
    """
    text = COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(record, ensure_ascii=False))
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(record).encode() + b"\n"


def as_pieces(record: Iterable[tuple[str, object]]) -> Iterator[bytes]:
    """The line of `as_line`, piece by piece, so that a record of a million parts is never in memory as a whole.

    Args:
        record: its fields with their values, nouns and tuples of nouns among them.
    """
    opening = b"{"
    for name, value in record:
        yield opening + as_line(name)[:-1] + b": "
        opening = b", "
        if isinstance(value, tuple) and value:
            for at, one in enumerate(value):
                yield (b", " if at else b"[") + as_line(plain(one))[:-1]
            yield b"]"
        else:
            yield as_line(plain(value))[:-1]
    yield b"}\n"


def checked_text(value: object, name: str) -> str:
    """A value that must be text with words in it; `name` is what a sentence calls it.

    Raises:
        UnusableInput: it is no string, blank, or holds half of a surrogate pair.
    """
    if not isinstance(value, str):
        raise UnusableInput(f"{name} must be a string, not {json_type(value)}.")
    if not value.strip():
        raise UnusableInput(f"{name} is empty.")
    lone = LONE_SURROGATE.search(value)
    if lone:
        raise UnusableInput(f"{name} holds half of a surrogate pair at {lone.start()}, which is no text.")
    return value


def json_type(value: object) -> str:
    """What a JSON value is called in a sentence."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case dict():
            return "an object"
        case list():
            return "a list"
        case _:
            return "a number"
