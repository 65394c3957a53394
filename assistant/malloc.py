"""Less memory for a process of many threads, where its C library is glibc."""

from __future__ import annotations

import ctypes

_ARENAS = -8  # M_ARENA_MAX of malloc.h
_HEAPS = 2


def few_arenas() -> bool:
    """Let all threads take their memory from two heaps; says whether that could be asked for.

    As it comes there are eight for each core, and each keeps what it once needed: 50 readers at a
    server took 300 MB more, and no answer came sooner. To be called before there are threads.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(_ARENAS, _HEAPS))
    except (AttributeError, OSError, TypeError):  # another C library
        return False
