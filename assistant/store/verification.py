"""A store -> what is amiss in it, a line each. Proves every promise that the store makes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa

from assistant.errors import StoreFailed
from assistant.store import checksums, copy_pairs
from assistant.store.chroma import ChromaFailed, ChromaIndex, told
from assistant.store.full_text import word_index
from assistant.store.rows import unpacked
from assistant.store.store import Store
from assistant.store.tables import articles, kind, passages, pending, reading

_TRUTH = re.compile(r"^article .*: its (?:title|text)")
Progress = Callable[[int], None]
# Rows that should be there for others that are: what is missing, and where it should be.
_PAIRS = {
    "pending: passage {0} is to go to Chroma, but is not stored": (
        "SELECT passage FROM pending "
        "WHERE NOT removed AND passage NOT IN (SELECT key FROM passages)"
    ),
    "pending: passage {0} is to leave Chroma, but is stored": (
        "SELECT passage FROM pending WHERE removed AND passage IN (SELECT key FROM passages)"
    ),
    "versions: {0} is an earlier text of an article, but is not stored": (
        "SELECT id FROM versions WHERE id NOT IN (SELECT id FROM articles)"
    ),
    "versions: {0} is an earlier text of an article that is not stored": (
        "SELECT id FROM versions WHERE article_id NOT IN (SELECT id FROM articles)"
    ),
    "names: of the article {0}, which is not stored": (
        "SELECT DISTINCT id FROM names WHERE id NOT IN (SELECT id FROM articles)"
    ),
    "tags: of the article {0}, which is not stored": (
        "SELECT DISTINCT id FROM tags WHERE id NOT IN (SELECT id FROM articles)"
    ),
    "files: of the article {0}, which is not stored": (
        "SELECT DISTINCT id FROM files WHERE id NOT IN (SELECT id FROM articles)"
    ),
}
_BROKEN = {
    "known": "its title, date, outlet, author or address is not what was stored",
    "made": "its passages or their vectors are not what was stored",
}
_MOST = 20  # lines of one kind: who has lost a hundred thousand words need not read each


def verify(store: Store, progress: Progress = lambda _: None) -> list[str]:
    """What is amiss, a line each; an empty list when every promise of the store holds.

    `progress` is told of each article looked at.
    """
    amiss: list[str] = []
    words = word_index(store.engine).amiss(store.engine)
    for part in (_database(store), words, _articles(store, progress), _chroma(store)):
        try:
            amiss += part
        except StoreFailed as error:
            kind = "Chroma" if isinstance(error, ChromaFailed) else "database"
            amiss.append(f"{kind}: {error}")
    return amiss


def needs_backup(amiss: Sequence[str]) -> bool:
    """Whether what is amiss is in the truth itself, which `rebuild` cannot make anew."""
    return any(line.startswith("database:") or _TRUTH.search(line) for line in amiss)


def _database(store: Store) -> Iterator[str]:
    with reading(store.engine) as connection:
        yield from kind(store.engine).amiss(connection)
        for line, query in _PAIRS.items():
            for row in connection.execute(sa.text(f"{query} LIMIT {_MOST}")):
                yield line.format(row[0])
        yield from copy_pairs.amiss(connection)


def _articles(store: Store, progress: Progress) -> Iterator[str]:
    with reading(store.engine) as connection:
        for article in connection.execute(sa.select(articles).execution_options(yield_per=100)):
            found = list(_article(connection, article))
            for name in () if found else checksums.broken(connection, article.key):
                found.append(_BROKEN[name])
            yield from (f"article {article.id}: {line}" for line in found)
            progress(1)


def _article(connection: sa.Connection, article: Any) -> Iterator[str]:
    """What is amiss with the text and the passages of a row of `articles`."""
    text = article.text
    if hashlib.sha256(text.encode()).hexdigest() != article.text_sha256:
        yield "its text is not the text that was stored"
    own = sa.select(passages).where(passages.c.article == article.key).order_by(passages.c.number)
    covered = 0
    for number, row in enumerate(connection.execute(own)):
        if not 0 <= row.start < row.end <= len(text):
            yield f"passage {number} is not a slice of it"
        elif row.number != number or text[covered : row.start].strip():
            yield f"words between its passages {number - 1} and {number}"
        covered = max(covered, row.end)
        if not is_unit(row.vector):
            yield f"the vector of passage {number} is damaged"
    if text[covered:].strip():
        yield "its end is in no passage"


def _chroma(store: Store) -> Iterator[str]:
    if store.near.open() is None:
        return  # another process holds it; SQLite's own copy, checked above, is what counts
    index = store.near.whole()
    if not isinstance(index, ChromaIndex):
        yield "Chroma: it cannot be brought up to date"
        return
    with reading(store.engine) as connection:
        rows = connection.execute(sa.select(passages.c.key, passages.c.vector))
        stored = {row.key: row.vector for row in rows}
        # What others have stored or removed since is not Chroma's fault.
        waiting = set(connection.scalars(sa.select(pending.c.passage)))
    with told("It cannot be read"):
        held = dict(index.everything())
    for key, vector in held.items():
        if key in waiting:
            continue
        if key not in stored:
            yield f"Chroma: holds passage {key}, which is not stored"
        elif is_unit(stored[key]) and not np.allclose(unpacked(stored[key]), vector, atol=1e-3):
            yield f"Chroma: the vector of passage {key} is not the stored one"
    if lacking := set(stored) - set(held) - waiting:
        yield f"Chroma: lacks {len(lacking)} of {len(stored)} vectors"


def is_unit(vector: bytes) -> bool:
    """Whether the bytes are a vector of length 1."""
    with np.errstate(all="ignore"):  # a damaged number may be too large to be squared
        return not len(vector) % 2 and bool(0.99 < np.linalg.norm(unpacked(vector)) < 1.01)
