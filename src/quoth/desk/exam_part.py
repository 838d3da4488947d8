"""Examinations as `quoth.reports` shows them, to be put into a page of the desk; those shown lately are kept ready.

Laying out an examination takes longer than all else in answering. Much of what people decide alters only the end of a
card, so that the page is laid out with gaps, which are filled; what alters more has it laid out anew.
"""

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from markupsafe import Markup

from quoth.desk.examinations import Entry, Examinations
from quoth.desk.showing import actions
from quoth.reports.html_page import part
from quoth.review import Decision
from quoth.review.reviewed import Reviewed
from quoth.types import Status

_READY = 48  # of each kind
_GAP = f"<!--{secrets.token_hex(16)} "  # which no document can have known
_GAPS = re.compile(f"{_GAP}(\\w+)-->")

Value = TypeVar("Value")


class Latest(Generic[Value]):
    """Values that were asked for lately, by what they are of and how it stood."""

    def __init__(self) -> None:
        self._values: OrderedDict[str, tuple[Hashable, Value]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str, stood: Hashable) -> Value | None:
        """The value of something, if it stands as it did."""
        with self._lock:
            found = self._values.get(name)
            if found is None or found[0] != stood:
                return None
            self._values.move_to_end(name)
            return found[1]

    def put(self, name: str, stood: Hashable, value: Value) -> Value:
        """Keep a value; it is given back."""
        with self._lock:
            self._values[name] = (stood, value)
            self._values.move_to_end(name)
            while len(self._values) > _READY:
                self._values.popitem(last=False)
        return value

    def forget(self, name: str) -> None:
        """Let go of something."""
        with self._lock:
            self._values.pop(name, None)


class Shown:
    """An examination as an element, how many of its statements were decided on, and the decisions left over."""

    __slots__ = ("body", "decided", "deciders", "left", "statements")

    def __init__(self, pieces: list[str], seen: Reviewed, deciders: set[str], *, may_review: bool) -> None:
        markup = actions(seen, may_review=may_review)
        filled = [piece if at % 2 == 0 else str(markup.get(piece, "")) for at, piece in enumerate(pieces)]
        self.body = Markup("".join(filled))  # noqa: S704  # made by our own templates, which escape
        self.decided = sum(one.last is not None for one in seen.findings.values())
        self.statements = len(seen.findings)
        self.deciders = deciders
        self.left: tuple[Decision, ...] = seen.left


def layout(seen: Reviewed) -> Hashable:
    """What decisions alter of a page beside the ends of its cards: speakers, words, grades, what is rejected."""
    whole = seen.examination
    decided = [
        (one.statement, one.status is Status.REJECTED, one.stands.grade, one.by if one.regraded else "")
        for one in whole.decided
        if one.status is Status.REJECTED or one.regraded
    ]
    return (tuple(decided), whole.statements, whole.entities)


class Ready:
    """What was shown lately, until somebody decides, runs it again or deletes it."""

    def __init__(self) -> None:
        self._laid_out: Latest[list[str]] = Latest()
        self._shown: dict[bool, Latest[Shown]] = {True: Latest(), False: Latest()}

    def shown(self, where: Examinations, entry: Entry, *, may_review: bool) -> Shown:
        """An examination, as it stands now."""
        stood = (entry.run, where.log.count(entry.id))
        latest = self._shown[may_review]
        if (found := latest.get(entry.id, stood)) is not None:
            return found
        seen = where.reviewed(entry)
        pieces = self._pieces(where, entry, seen)
        deciders = {one.by for one in where.log.of(entry.id)}
        return latest.put(entry.id, stood, Shown(pieces, seen, deciders, may_review=may_review))

    def _pieces(self, where: Examinations, entry: Entry, seen: Reviewed) -> list[str]:
        """The page of an examination, cut at the ends of its cards: what stands there, a statement's id, and so on."""
        stood = (entry.run, layout(seen))
        found = self._laid_out.get(entry.id, stood)
        if found is not None:
            return found
        whole = part(seen.examination, lambda finding: Markup(f"{_GAP}{finding.anchor}-->"))  # noqa: S704  # an id
        return self._laid_out.put(entry.id, stood, _GAPS.split(whole))

    def forget(self, id_: str) -> None:
        """Let go of an examination that is deleted."""
        self._laid_out.forget(id_)
        for latest in self._shown.values():
            latest.forget(id_)
