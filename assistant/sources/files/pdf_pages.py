"""From a PDF on standard input to its pages' text as JSON: a process of its own, with bounds.

Run by pdf.py, never imported: a hostile PDF may use up this process's time and memory, and no
other's. It knows pypdf and nothing of ours.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import sys
from typing import Any

MEMORY = 1_500_000_000  # bytes of address space, Python's own 100 MB included
SECONDS = 60  # of work: a slow machine reads some twenty pages a second
_MOST_PAGES = 2_000
_MOST_PIECES = 2_000
_LARGE = 1.2  # times the size that most is printed in
_MOST_STREAM = 30_000_000  # bytes that one stream may unpack to; pypdf's own bound is 75 MB


def main() -> None:
    """Print {"pages", "heading", "title", "author", "created", "made_by"}, or {"reason"}."""
    most_characters, seconds = map(int, sys.argv[1:])
    _limit(seconds)
    raw = sys.stdin.buffer.read()
    try:
        told = _read(raw, most_characters)
    except MemoryError:
        told = {"reason": "needs too much memory to read: not read"}
    except RecursionError:
        told = {"reason": "nests too deeply to read: the file is damaged"}
    except Exception as error:  # a reader of damaged files raises anything
        told = {"reason": _reason(error)}
    json.dump(told, sys.stdout)


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: there the clock of the caller has to do
        return
    # The first bound of time ends with a signal of its own, so that the end can be told.
    bounds = {resource.RLIMIT_AS: (MEMORY, MEMORY), resource.RLIMIT_CPU: (seconds, seconds + 5)}
    for which, most in bounds.items():
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(which, most)


def _read(raw: bytes, most_characters: int) -> dict[str, Any]:
    import pypdf

    bounds: dict[str, Any] = dict.fromkeys(
        (
            "maximum_declared_stream_length",
            "array_based_stream_maximum_output_length",
            "lzw_maximum_output_length",
            "run_length_maximum_output_length",
            "zlib_maximum_output_length",
            "brotli_maximum_output_length",
        ),
        _MOST_STREAM,
    )
    with pypdf.apply_configuration(**bounds, jbig2dec_binary=None):
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"reason": "needs a password: save a copy without one, and add that"}
        count = len(reader.pages)
        if count > _MOST_PAGES:
            return {"reason": f"{count:,} pages, more than the {_MOST_PAGES:,} that are read"}
        pages: list[str] = []
        pieces: list[tuple[float, str]] = []  # of the first page: size of print, words
        for page in reader.pages:
            seen = None if pages else _sizes(pieces)
            pages.append(page.extract_text(visitor_text=seen))
            if sum(map(len, pages)) > most_characters:
                return {"reason": "more text than an article may have (ASSISTANT_ARTICLE_BYTES)"}
        return {"pages": pages, "heading": _heading(pieces), **_metadata(reader)}


def _sizes(pieces: list[tuple[float, str]]) -> Any:
    """What notes the size of each piece of print."""

    def note(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if text.strip() and len(pieces) < _MOST_PIECES:
            scale = math.hypot(tm[1], tm[3]) * math.hypot(cm[1], cm[3])
            pieces.append((round(size * scale, 1), " ".join(text.split())))

    return note


def _heading(pieces: list[tuple[float, str]]) -> str:
    """The words in the largest print on the page, "" where all is of one size."""
    sizes: dict[float, int] = {}
    for size, text in pieces:
        sizes[size] = sizes.get(size, 0) + len(text)
    usual = max(sizes, key=lambda size: sizes[size], default=0.0)
    runs: list[tuple[float, str]] = []
    for size, text in pieces:
        if runs and runs[-1][0] == size:
            runs[-1] = (size, f"{runs[-1][1]} {text}")
        elif len(runs) < _MOST_PIECES:
            runs.append((size, text))
    large = [run for run in runs if run[0] >= _LARGE * usual and 3 <= len(run[1].split()) <= 30]
    return max(large, key=lambda run: run[0], default=(0.0, ""))[1][:300]


def _metadata(reader: Any) -> dict[str, str]:
    """What the file says of itself; a broken part of it is left out."""
    keys = {"title": "title", "author": "author", "creation_date": "created", "producer": "made_by"}
    told = dict.fromkeys(keys.values(), "")
    for name, key in keys.items():
        with contextlib.suppress(Exception):
            value = getattr(reader.metadata, name)
            told[key] = value.isoformat() if name == "creation_date" else str(value or "")[:1_000]
    return told


def _reason(error: Exception) -> str:
    words = " ".join((str(error).rstrip(".") or type(error).__name__).split())[:200]
    if type(error).__name__ == "LimitReachedError":
        return f"unpacks to more than a PDF of text does: {words}"
    return f"cannot be read as a PDF: {words}; is it damaged or cut off?"


if __name__ == "__main__":
    main()
