"""How often somebody may do something: a bucket that fills again at a steady rate."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

_REMEMBERED = 10_000  # askers; who has not asked for longest is forgotten


class Rates:
    """Buckets, one for each asker."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Let each asker do something `most` times at once, and as often again in `seconds`."""
        self._most, self._rate, self._clock = float(most), most / seconds, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, who: str) -> bool:
        """Whether somebody may do it once more; if so, it is counted."""
        with self._lock:
            at = self._clock()
            left, seen = self._buckets.pop(who, (self._most, at))
            left = min(self._most, left + (at - seen) * self._rate)
            allowed = left >= 1
            self._buckets[who] = (left - 1 if allowed else left, at)
            while len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
            return allowed

    def wait(self, who: str) -> int:
        """Whole seconds, at least one, after which somebody may do it once more."""
        with self._lock:
            at = self._clock()
            left, seen = self._buckets.get(who, (self._most, at))
            return max(1, ceil((1 - left) / self._rate - (at - seen)))

    def forget(self, who: str) -> None:
        """Give somebody a full bucket."""
        with self._lock:
            self._buckets.pop(who, None)
