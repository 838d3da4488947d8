"""What a desk's file (TOML) says: what is watched, against which archive, and where findings are told."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from quoth.fetching import Access, host_names, is_address
from quoth.fetching import settings as web_settings
from quoth.types import Grade, UnusableInput

_MOST_BYTES = 1_000_000  # of a desk's file
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}  # seconds
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*")
_LEAST_SECONDS = 1.0  # between two looks at one feed
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Watched:
    """A feed or a folder.

    Attributes:
        place: the address of the feed, or the path of the folder.
        is_feed: which of the two.
        publisher: who publishes what is there; None where the reports themselves say.
        from_feed: whether an item's text in the feed is examined, and not the page that it links to.
        every: seconds between two looks.
    """

    place: str
    is_feed: bool
    publisher: str | None
    from_feed: bool
    every: float


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk's file.

    Attributes:
        archive: path of the archive that reports are held against.
        state: path of the file in which is remembered what was seen and told.
        watched: feeds and folders, in the order of the file.
        rules: whether to use no trained models.
        revisit: seconds for which a page is looked at again for later versions, after it was first seen.
        pause: seconds between two requests to one host.
        access: which hosts may be asked, and where pages are kept.
        least: the mildest grade that is told.
        confidence: the least confidence that is told.
        not_found: whether statements are told that nothing in the archive carries.
        atom: path of the Atom feed to write; None for none.
        jsonl: path of the JSON Lines to append to; None for none.
        command: program and arguments that are run for each finding; empty for none.
        command_time: seconds after which the command is stopped.
    """

    archive: str
    state: Path
    watched: tuple[Watched, ...]
    rules: bool
    revisit: float
    pause: float
    access: Access
    least: Grade
    confidence: float
    not_found: bool
    atom: Path | None
    jsonl: Path | None
    command: tuple[str, ...]
    command_time: float

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways of telling that are done once for each finding; the Atom feed is written as a whole."""
        return tuple(way for way, wanted in (("jsonl", self.jsonl), ("command", self.command)) if wanted)


class _Table:
    """A table of the file; whatever is asked for is checked, and what nobody asked for is a mistake."""

    def __init__(self, name: str, where: str, values: Mapping[str, object]) -> None:
        self.name, self.where, self.values = name, where, values
        self.left = set(values)

    def get(self, key: str, kind: type[Kind], default: Kind) -> Kind:
        self.left.discard(key)
        value = self.values.get(key, default)
        if isinstance(value, int) and kind is float and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise self.wrong(key, f"must be {_CALLED[kind]}")
        return value

    def word(self, key: str) -> str | None:
        """A string that is not empty, or nothing."""
        if key not in self.values:
            return None
        value = self.get(key, str, "")
        if not value.strip() or "\0" in value:
            raise self.wrong(key, "must be text that is not empty")
        return value

    def seconds(self, key: str, default: float) -> float:
        value = self.values.get(key, default)
        found = _DURATION.fullmatch(value) if isinstance(value, str) else None
        self.left.discard(key)
        if found:
            return float(found[1]) * _UNITS[found[2]]
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
            raise self.wrong(key, 'must be a time such as "15m", "2h" or "1d", or a number of seconds')
        return float(value)

    def words(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list, [])
        if not all(isinstance(one, str) and one and "\0" not in one for one in values):
            raise self.wrong(key, "must be a list of texts")
        return tuple(values)

    def within(self, key: str) -> "_Table":
        return _Table(self.name, f"{key}.", self.get(key, dict, {}))

    def done(self) -> None:
        """Refuse what nobody asked for.

        Raises:
            UnusableInput: there is such a key.
        """
        for key in sorted(self.left):
            raise UnusableInput(
                f"{self.name}: there is no setting {self.where}{key}; docs/how-to/watch.md has them all."
            )

    def wrong(self, key: str, what: str) -> UnusableInput:
        return UnusableInput(f"{self.name}: {self.where}{key} {what}.")


_CALLED: dict[type, str] = {str: "a text", bool: "true or false", float: "a number", list: "a list", dict: "a table"}


def read_desk(path: str) -> Desk:
    """The desk that a file describes; names of files in it start from its folder.

    Raises:
        UnusableInput: it cannot be read, is no TOML, or says what no desk can.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
        values = tomllib.loads(data.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # tomllib's own error is a ValueError
        reason = error.strerror if isinstance(error, OSError) else " ".join(str(error).split())
        raise UnusableInput(f"{path}: the desk's file cannot be read ({reason or 'it is no TOML'}).") from error
    if len(data) > _MOST_BYTES:
        raise UnusableInput(f"{path}: the desk's file is larger than {_MOST_BYTES // 1_000_000} MB.")
    return _desk(_Table(path, "", values), file)


def _desk(table: _Table, file: Path) -> Desk:
    folder = file.parent
    archive, state = table.word("archive"), table.word("state")
    if archive is None:
        raise UnusableInput(f'{table.name}: archive is missing; name the archive, archive = "desk".')
    every = table.seconds("every", 900.0)
    watched = tuple(_watched(one, folder, every) for one in _tables(table, "watch"))
    fetch, tell = table.within("fetch"), table.within("tell")
    keep = fetch.word("keep_pages")
    known = web_settings()
    least = tell.get("min", str, Grade.ALTERED.value)
    confidence = tell.get("confidence", float, 0.9)
    atom, jsonl = tell.word("atom"), tell.word("jsonl")
    desk = Desk(
        archive=str(folder / archive),
        state=folder / state if state else file.with_suffix(".state.sqlite"),
        watched=watched,
        rules=table.get("rules", bool, False),
        revisit=table.seconds("revisit", 172_800.0),
        pause=fetch.seconds("pause", 2.0),
        access=Access(known.hosts | host_names(fetch.words("allow_hosts")), str(folder / keep) if keep else known.keep),
        least=_grade(tell, least),
        confidence=confidence,
        not_found=tell.get("not_found", bool, False),
        atom=folder / atom if atom else None,
        jsonl=folder / jsonl if jsonl else None,
        command=tell.words("command"),
        command_time=tell.seconds("command_time", 60.0),
    )
    for one in (table, fetch, tell):
        one.done()
    if not watched:
        raise UnusableInput(f"{table.name}: nothing is watched; add [[watch]] with feed = ADDRESS or folder = PATH.")
    if not 0 <= confidence <= 1:
        raise tell.wrong("confidence", "must be between 0 and 1")
    if not (desk.ways or desk.atom):
        raise UnusableInput(f"{table.name}: findings are told nowhere; set atom, jsonl or command under [tell].")
    outputs = [one.resolve() for one in (desk.state, desk.atom, desk.jsonl) if one]
    if len(set(outputs)) < len(outputs):
        raise UnusableInput(f"{table.name}: state, tell.atom and tell.jsonl must be different files.")
    return desk


def _tables(table: _Table, key: str) -> list[_Table]:
    found = table.get(key, list, [])
    if not all(isinstance(one, dict) for one in found):
        raise table.wrong(key, "must be tables, [[watch]]")
    return [_Table(table.name, f"{key} {number}: ", one) for number, one in enumerate(found, 1)]


def _watched(table: _Table, folder: Path, every: float) -> Watched:
    feed, place = table.word("feed"), table.word("folder")
    if (feed is None) == (place is None):
        raise UnusableInput(f"{table.name}: {table.where}name either a feed or a folder.")
    if feed is not None and not is_address(feed):
        raise table.wrong("feed", "must be an address, https://...")
    text = table.get("text", str, "page")
    if text not in {"page", "feed"} or (place and "text" in table.values):
        raise table.wrong("text", 'must be "page" or "feed", and is for feeds alone')
    often = max(_LEAST_SECONDS, table.seconds("every", every))
    found = Watched(feed or str(folder / str(place)), feed is not None, table.word("publisher"), text == "feed", often)
    table.done()
    return found


def _grade(table: _Table, word: str) -> Grade:
    grades = [grade.value for grade in Grade if grade is not Grade.VERBATIM]
    if word not in grades:
        raise table.wrong("min", f"must be one of {', '.join(grades)}")
    return Grade(word)
