"""The start form as somebody filled it in: what it asks for, and what they are given back where that cannot be done.

A browser fills no file in again, and nobody likes to drop five files twice for one wrong letter in an address: forms
that may come back are held in memory, the latest of them only, until the examination is there.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath

from starlette.datastructures import FormData, UploadFile

from quoth.desk.asking import Misfilled, text_in
from quoth.desk.tasks import Examine, Given

TYPED = ("report_text", "report_name", "report_address", "source_text", "source_name", "source_address", "q", "found")
TICKED = ("in_archive", "forget")
MOST_HELD = 32  # forms
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that somebody filled in.

    Attributes:
        by: who did.
        typed: what stands in its text fields, by their names.
        files: its files, each with its side, "report" or "source".
        chosen: ids of documents of the archive.
        ticked: names of the boxes that are ticked.
        missing: files that were held and are no more, each with its side.
        by_enter: whether it was sent by the key alone, and not by one of its buttons.
        key: what an earlier state of it is held by; "" for none.
    """

    by: str
    typed: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(TYPED, ""))
    files: tuple[tuple[str, Given], ...] = ()
    chosen: tuple[str, ...] = ()
    ticked: frozenset[str] = frozenset()
    missing: tuple[tuple[str, str], ...] = ()
    by_enter: bool = False
    key: str = ""

    @property
    def size(self) -> int:
        """Its bytes, roughly."""
        return sum(map(len, self.typed.values())) + sum(len(one.data or b"") for _, one in self.files)

    @property
    def searches(self) -> bool:
        """Whether words to look for in the archive stand there that were not looked for yet."""
        return bool(self.typed["q"]) and self.typed["q"] != self.typed["found"]

    def task(self) -> Examine:
        """What it asks for.

        Raises:
            Misfilled: no report, or nothing to hold it against.
        """
        for side, name in self.missing:
            raise Misfilled(f"{name} is held no more: choose it again.", f"{side}_file")
        reports, sources = self._given("report"), self._given("source")
        sources += [Given(one, version=0) for one in self.chosen]
        in_archive = "in_archive" in self.ticked
        if not reports:
            raise Misfilled("Give the report: a file, its text, or its address.", "report_text")
        if len(reports) > 1:
            raise Misfilled("Give the report in one way only: a file, its text, or its address.", "report_text")
        if not sources and not in_archive:
            raise Misfilled("Give at least one source: a statement, a transcript, an interview.", "source_text")
        if sources and in_archive:
            raise Misfilled("Give sources, or have them looked for in the archive; not both.", "in_archive")
        return Examine(reports[0], tuple(sources), in_archive)

    def _given(self, side: str) -> list[Given]:
        """The documents of one side: files, pasted text, addresses."""
        found = [one for own, one in self.files if own == side]
        if text := self.typed[f"{side}_text"]:
            found.append(Given(self.typed[f"{side}_name"][:_LONGEST_NAME] or side, text=text))
        return found + [Given(one, address=one) for one in self.typed[f"{side}_address"].split()]


class Forms:
    """Forms that may have to be given back."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._held: OrderedDict[str, Filled] = OrderedDict()
        self._lock = threading.Lock()

    def hold(self, filled: Filled) -> str:
        """Hold a form, in the place of its earlier state where that is held; what it is asked for by."""
        with self._lock:
            known = self._held.get(filled.key)
            key = filled.key if known and known.by == filled.by else secrets.token_urlsafe(12)
            self._held.pop(key, None)
            self._held[key] = filled
            while len(self._held) > 1 and (
                len(self._held) > MOST_HELD or sum(one.size for one in self._held.values()) > self._most_bytes
            ):
                self._held.popitem(last=False)
        return key

    def held(self, key: str, by: str) -> Filled | None:
        """A form; None where it is held no more, or is somebody else's."""
        found = self._held.get(key)
        return found if found and found.by == by else None

    def drop(self, key: str) -> None:
        """Let go of a form."""
        with self._lock:
            self._held.pop(key, None)


async def filled_in(form: FormData, by: str, forms: Forms) -> Filled:
    """A form as it was sent, with the files that were held from its last state."""
    files: list[tuple[str, Given]] = []
    missing = []
    for side in ("report", "source"):
        for told in form.getlist(f"{side}_kept"):
            file = _held(str(told), by, forms)
            if file:
                files.append((side, file))
            else:
                missing.append((side, str(told).rpartition("/")[2] or "A file"))
        for one in form.getlist(f"{side}_file"):
            if isinstance(one, UploadFile) and one.filename:
                name = PurePath(one.filename).name or side
                files.append((side, Given(name, data=await one.read(), media_type=_kind(one))))
    chosen = (one.strip() for one in form.getlist("source_document") if isinstance(one, str))
    return Filled(
        by,
        {name: text_in(form, name) for name in TYPED},
        tuple(files),
        tuple(dict.fromkeys(one for one in chosen if one)),
        frozenset(name for name in TICKED if name in form),
        tuple(missing),
        "enter" in form,
        text_in(form, "form"),
    )


def kept_as(key: str, file: Given) -> str:
    """What a form says for a file that is held: the form that it came with, the sum of its bytes, and its name."""
    return f"{key}/{_sum(file)}/{file.name}"


def _held(told: str, by: str, forms: Forms) -> Given | None:
    """The file that is meant; None where it is held no more."""
    key, _, _ = told.partition("/")
    filled = forms.held(key, by)
    return next((file for _, file in filled.files if kept_as(key, file) == told), None) if filled else None


def _sum(file: Given) -> str:
    return sha256(file.data or b"").hexdigest()[:16]


def _kind(file: UploadFile) -> str | None:
    """The kind of a file, where a browser is sure of it: most are told by their bytes."""
    return file.content_type if file.content_type in {"text/html", "text/plain"} else None
