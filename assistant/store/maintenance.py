"""Looking after a store: how much it holds, and its passages and vectors made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from assistant.embedding.embedder import Embedder
from assistant.records import Article, Passage, Source
from assistant.store import checksums, copy_pairs
from assistant.store.full_text import word_index
from assistant.store.rows import packed
from assistant.store.store import Store
from assistant.store.tables import (
    articles,
    begin_generation,
    count_change,
    fact,
    kind,
    passages,
    reading,
    set_fact,
    versions,
    writing,
)
from assistant.store.verification import is_unit, needs_backup, verify
from assistant.store.writes import put_passages, tell_all
from assistant.text.passages import split, to_embed

__all__ = ["Rebuilt", "needs_backup", "rebuild", "stats", "verify"]

# What is embedded of a passage, and of stores that do not say it: another recipe, other vectors.
RECIPE = to_embed(Passage(Source("", "TITLE"), 0, 4, "TEXT", 0))
_FIRST_RECIPE = "TITLE\nTEXT"
Spans = list[tuple[int, int, bytes]]  # start, end and vector of an article's passages


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many passages kept their vector, and how many were embedded anew."""

    kept: int = 0
    embedded: int = 0

    def __str__(self) -> str:
        return f"vectors kept: {self.kept:,}, embedded anew: {self.embedded:,}"


def stats(store: Store) -> dict[str, Any]:
    """How much is stored, in articles, passages and bytes, and by which embedding."""
    with reading(store.engine) as connection:
        counts = [
            connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (articles, passages, versions)
        ]
        ends = connection.execute(
            sa.select(sa.func.min(articles.c.published), sa.func.max(articles.c.published))
        ).one()
        size = kind(store.engine).size(connection)
    size += sum(path.stat().st_size for path in store.folder.rglob("*") if path.is_file())
    noted = store.facts()
    return {
        "articles": (counts[0] or 0) - (counts[2] or 0),
        "versions": counts[2],
        "passages": counts[1],
        "bytes": size,
        "embedding": noted.get("embedding"),
        "passage_tokens": noted.get("passage_tokens"),
        "oldest": ends[0],
        "newest": ends[1],
        "store": store.where,
    }


def rebuild(
    store: Store,
    embedder: Embedder,
    *,
    budget: int,
    progress: Callable[[int], None],
    embed: bool = False,
) -> Rebuilt:
    """Split every stored article anew, make the word index and Chroma anew; say what was embedded.

    A passage keeps its vector when it has the same words, the same title and the same embedding as
    before, unless `embed`. What needs embedding is embedded before anything is written, and all is
    written in one transaction: others can read and add meanwhile, and a kill leaves the store as it
    was. `progress` is told of each article done. Raises `StoreBusy` when another process holds
    Chroma.
    """
    with store.near.alone():
        rebuilding = _Rebuilding(embedder, budget)
        with reading(store.engine) as connection:
            rebuilding.keeps = not embed and _same_recipe(connection, embedder)
            keys = connection.scalars(sa.select(articles.c.key)).all()
        for key in keys:
            with reading(store.engine) as connection:
                rebuilding.look(connection, key)
            progress(1)
        with writing(store.engine) as connection:
            done = rebuilding.write(connection)
            set_fact(connection, "embedding", embedder.fingerprint)
            set_fact(connection, "recipe", RECIPE)
            set_fact(connection, "passage_tokens", budget)
            begin_generation(connection)
            count_change(connection)
        store.near.discard()
    store.near.whole()
    return done


def _same_recipe(connection: sa.Connection, embedder: Embedder) -> bool:
    """Whether the store's vectors are those that this program and embedding would make."""
    recipe = fact(connection, "recipe") or _FIRST_RECIPE
    return recipe == RECIPE and fact(connection, "embedding") == str(embedder.fingerprint)


class _Rebuilding:
    """The passages to be, article by article: made ready first, then written at one go."""

    def __init__(self, embedder: Embedder, budget: int) -> None:
        self.embedder = embedder
        self.budget = budget
        self.keeps = False
        # By what an article says: its new passages when they are not the stored ones, else None.
        self._ready: dict[tuple[int, str, str], tuple[Spans | None, int, int]] = {}

    def look(self, connection: sa.Connection, key: int) -> tuple[Spans | None, int, int]:
        """The article's new passages (None: as they are), how many vectors are kept and new."""
        row = connection.execute(sa.select(articles).where(articles.c.key == key)).one_or_none()
        if row is None:
            return None, 0, 0  # removed meanwhile
        digest = hashlib.sha256(row.text.encode()).hexdigest()
        name = (key, row.title, digest)
        if name not in self._ready:
            whole = digest == row.text_sha256 and "made" not in checksums.broken(connection, key)
            old = _stored(connection, key) if self.keeps and whole else []
            parts = split(Article(Source(row.id, row.title), row.text), budget=self.budget)
            self._ready[name] = self._made(parts, old)
        return self._ready[name]

    def _made(self, parts: list[Passage], old: Spans) -> tuple[Spans | None, int, int]:
        known = {(start, end): vector for start, end, vector in old if is_unit(vector)}
        lacking = [part for part in parts if (part.start, part.end) not in known]
        vectors = self.embedder.embed([to_embed(part) for part in lacking])
        for part, vector in zip(lacking, vectors, strict=True):
            known[part.start, part.end] = packed(vector)
        new = [(part.start, part.end, known[part.start, part.end]) for part in parts]
        return (None if new == old else new), len(parts) - len(lacking), len(lacking)

    def write(self, connection: sa.Connection) -> Rebuilt:
        """Store all passages, of articles that came meanwhile too, and all that hangs on them."""
        kept = embedded = 0
        keys = connection.scalars(sa.select(articles.c.key)).all()
        for key in keys:
            new, old_ones, new_ones = self.look(connection, key)
            if new is not None:
                connection.execute(sa.delete(passages).where(passages.c.article == key))
                put_passages(connection, key, new)
            kept += old_ones
            embedded += new_ones
        word_index(connection).renew(connection)
        copy_pairs.renew(connection)
        for key in keys:
            checksums.renew_made(connection, key)
        tell_all(connection)
        return Rebuilt(kept, embedded)


def _stored(connection: sa.Connection, key: int) -> Spans:
    columns = (passages.c.start, passages.c.end, passages.c.vector)
    own = sa.select(*columns).where(passages.c.article == key).order_by(passages.c.number)
    return [(row[0], row[1], row[2]) for row in connection.execute(own)]
