"""From names and a clock to whether one of them may do a thing again.

Ours, since strangers type the names at the login: the package `limits` keeps each one it is given
until its time is over, and looks through all of them again and again.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable


class Rate:
    """At most `most` in `seconds` for each name, and after that as many as time gives back.

    0 is any number. Of at most `names` names the account is kept, those used last: a name that is
    forgotten begins anew. Safe to share between threads.
    """

    def __init__(
        self,
        most: int,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        names: int = 10_000,
    ) -> None:
        self.most = most
        self.each = seconds / most if most else 0.0
        self.clock = clock
        self.names = names
        self._left = OrderedDict[str, tuple[float, float]]()  # what is left, and when it was so
        self._lock = threading.Lock()

    def spend(self, name: str) -> float:
        """Do it once more: 0.0 when that is allowed, else the seconds until it will be."""
        if not self.most:
            return 0.0
        with self._lock:
            left, now = self._now(name), self.clock()
            if left < 1:
                return (1 - left) * self.each
            self._keep(name, left - 1, now)
        return 0.0

    def give_back(self, name: str) -> None:
        """Take back what was spent last."""
        with self._lock:
            self._keep(name, min(self.most, self._now(name) + 1), self.clock())

    def _now(self, name: str) -> float:
        left, when = self._left.get(name, (float(self.most), self.clock()))
        return min(self.most, left + (self.clock() - when) / self.each) if self.each else left

    def _keep(self, name: str, left: float, now: float) -> None:
        self._left[name] = left, now
        self._left.move_to_end(name)
        if len(self._left) > self.names:
            self._left.popitem(last=False)
