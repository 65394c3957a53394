"""How often one host is asked, and how long to wait when it says so."""

from __future__ import annotations

import email.utils
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

Sleep = Callable[[float], None]
Clock = Callable[[], float]


class Pace:
    """Lets a host be asked once in a while; different hosts do not wait for each other."""

    def __init__(self, sleep: Sleep, clock: Clock = time.monotonic) -> None:
        self._sleep = sleep
        self._clock = clock
        self._free: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, delay: float) -> None:
        """Wait for this host's turn, which comes `delay` seconds after the one before."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free.get(host, now - delay) + delay)
            self._free[host] = turn
        if turn > now:
            self._sleep(turn - now)


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """The seconds that a Retry-After header asks for, be it a number or a date; None for none."""
    value = value.strip()
    if value.isdecimal() and value.isascii() and len(value) <= 9:
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())
