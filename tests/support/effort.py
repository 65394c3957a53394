"""How much work a test's own process may do: no clock on the wall, so that others do not count."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

# A hundred times what these tests take: a machine whose host lends its processor to others counts
# their time as ours (seven times, once). What grows with the square takes hours.
MANY = 60.0


@contextmanager
def processor_seconds(most: float) -> Iterator[None]:
    """Fail when what is within takes this process more than `most` seconds at a processor."""
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < most, f"it took {took:.1f} of a processor's seconds, not {most}"
