"""Examinations as `quoth.reports` shows them, to be put into a page of the desk; those shown lately are kept ready."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from markupsafe import Markup

from quoth.desk.examinations import Entry, Examinations
from quoth.desk.showing import actions
from quoth.reports.html_page import part
from quoth.review import Decision

_READY = 48  # pages


class Shown:
    """An examination as an element, how many of its findings were decided on, and the decisions that are left over."""

    __slots__ = ("body", "decided", "left")

    def __init__(self, where: Examinations, entry: Entry, *, may_review: bool) -> None:
        seen = where.reviewed(entry)
        markup = actions(seen.findings, f"/e/{entry.id}", may_review=may_review)
        self.body: Markup = part(seen.examination, lambda finding: markup.get(finding.anchor, Markup()))
        self.decided = sum(one.last is not None for one in seen.findings.values())
        self.left: tuple[Decision, ...] = seen.left


class Ready:
    """What was shown lately, until somebody decides, runs it again or deletes it."""

    def __init__(self) -> None:
        self._ready: OrderedDict[tuple[str, int, int, bool], Shown] = OrderedDict()
        self._lock = threading.Lock()

    def shown(self, where: Examinations, entry: Entry, *, may_review: bool) -> Shown:
        """An examination, as it stands now."""
        key = (entry.id, entry.run, where.log.count(entry.id), may_review)
        return self._found(key) or self._kept(key, lambda: Shown(where, entry, may_review=may_review))

    def forget(self, id_: str) -> None:
        """Let go of an examination that is deleted."""
        with self._lock:
            for key in [one for one in self._ready if one[0] == id_]:
                del self._ready[key]

    def _found(self, key: tuple[str, int, int, bool]) -> Shown | None:
        with self._lock:
            if key in self._ready:
                self._ready.move_to_end(key)
            return self._ready.get(key)

    def _kept(self, key: tuple[str, int, int, bool], make: Callable[[], Shown]) -> Shown:
        made = make()
        with self._lock:
            for old in [one for one in self._ready if one[0] == key[0] and one[1:3] < key[1:3]]:
                del self._ready[old]
            self._ready[key] = made
            while len(self._ready) > _READY:
                self._ready.popitem(last=False)
        return made
