"""From a text to a signature that its near copies share: cut, reordered, lightly edited.

MinHash over runs of words (Broder 1997), cut into bands so that copies find each other by equal
integers in SQL. Knows no SQL itself.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

SHINGLE = 4  # words in a run: three call boilerplate a copy, five lose too much to a small edit
ROWS, BANDS = 2, 63  # at a resemblance of 0.25 two texts share a band 98 times in 100
HASHES = ROWS * BANDS
COPY = 0.25  # resemblance from which a text is a copy ...
CUT = 0.55  # ... or this much of the shorter one is in the longer,
SHORTEST, LEAST_PART = 40, 0.2  # if it has so many runs, and is so much of the longer one's length
_HEAD = 12  # bytes before the minima: 8 of the exact hash, 4 of the number of runs
LENGTH = _HEAD + 4 * HASHES
_WORD = re.compile(r"\w+")
_PIECE = 1_024  # runs hashed at once, so that a book needs no more memory than a brief
Hashes = npt.NDArray[np.uint64]


def _mix(values: Hashes) -> Hashes:
    """Scatter 64-bit integers (splitmix64, Steele et al. 2014): the same in every process."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_STEPS = np.arange(1, HASHES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
_SEEDS = _mix(_STEPS) | np.uint64(1)


def signature(text: str) -> bytes:
    """`LENGTH` bytes that tell how much of this text another one holds; order and case of letters,
    accents' form and punctuation do not count in it."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    exact = hashlib.sha256(" ".join(found).encode()).digest()[:8]
    runs = _runs(found)
    minima = np.full(HASHES, 0xFFFFFFFF, dtype=np.uint32)
    for at in range(0, len(runs), _PIECE):
        spread = (runs[at : at + _PIECE, None] * _SEEDS[None, :]) >> np.uint64(32)
        minima = np.minimum(minima, spread.min(axis=0).astype(np.uint32))
    return exact + len(runs).to_bytes(4, "little") + minima.astype("<u4").tobytes()


def _runs(found: list[str]) -> Hashes:
    """A 64-bit hash of each run of words, each once; a text shorter than a run is one run."""
    if not found:
        return np.zeros(0, dtype=np.uint64)
    # crc32 rather than hash(), which differs from process to process.
    hashed = _mix(np.array([zlib.crc32(word.encode()) for word in found], dtype=np.uint64))
    width = min(SHINGLE, len(found))
    count = len(found) - width + 1
    total = np.zeros(count, dtype=np.uint64)
    for n in range(width):
        total = _mix(total + hashed[n : n + count])
    return np.unique(total)


def _count(one: bytes) -> int:
    return int.from_bytes(one[8:_HEAD], "little")


def _minima(one: bytes) -> npt.NDArray[np.uint32]:
    return np.frombuffer(one, dtype="<u4", offset=_HEAD)


def resemble(one: bytes, other: bytes) -> float:
    """The share (0 to 1) of all runs of words of two texts that both hold, by their signatures."""
    if one[:8] == other[:8]:
        return 1.0
    if not _count(one) or not _count(other):
        return 0.0
    return float(np.mean(_minima(one) == _minima(other)))


def contain(one: bytes, other: bytes) -> float:
    """The share (0 to 1) of the shorter text's runs that the longer one holds too."""
    alike = resemble(one, other)
    shorter = min(_count(one), _count(other))
    if not shorter:
        return alike
    both = alike * (_count(one) + _count(other)) / (1 + alike)
    return min(1.0, both / shorter)


def is_copy(one: bytes, other: bytes) -> bool:
    """Whether two texts are one story's: the same, edited, reordered, or one a cut of the other."""
    if resemble(one, other) >= COPY:
        return True
    shorter, longer = sorted((_count(one), _count(other)))
    fits = shorter >= max(SHORTEST, LEAST_PART * longer)
    return fits and contain(one, other) >= CUT


def bands(one: bytes) -> list[int]:
    """`BANDS` integers (each fits SQL's signed 64 bits); copies share one almost always."""
    if not _count(one):
        return []
    rows = _minima(one).astype(np.uint64).reshape(BANDS, ROWS)
    total = np.arange(BANDS, dtype=np.uint64)
    for n in range(ROWS):
        total = _mix(total + rows[:, n])
    return [int(value) for value in total.view(np.int64)]


def clusters(ordered: Sequence[int], copies: Mapping[int, Iterable[int]]) -> dict[int, int]:
    """Each article with its cluster's first one (itself, when it has no copy).

    `ordered`: all articles by number, the earliest first; `copies` holds both directions of each
    pair. The earliest article begins a cluster and takes in only what is a copy of *it*, so that a
    long review of many stories does not join them.
    """
    first: dict[int, int] = {}
    for one in ordered:
        if one not in first:
            first[one] = one
            for other in copies.get(one, ()):
                first.setdefault(other, one)
    return {one: first[one] for one in ordered}
