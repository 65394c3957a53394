"""How much work a test's own process may do: no clock on the wall, so that others do not count."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def processor_seconds(most: float) -> Iterator[None]:
    """Fail when what is within takes this process more than `most` seconds at a processor."""
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < most, f"it took {took:.1f} of a processor's seconds, not {most}"
