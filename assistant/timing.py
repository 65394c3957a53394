"""From the steps of a journey to the seconds each took. Knows nothing else of ours."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import MappingProxyType


class Timer:
    """Seconds by step."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> Mapping[str, float]:
        """Note the seconds since the last step; all steps so far, and their total."""
        now = time.perf_counter()
        self._laps[step] = self._laps.get(step, 0.0) + now - self._last
        self._last = now
        return MappingProxyType({**self._laps, "total": now - self._began})
