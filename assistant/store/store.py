"""The store as the other rooms see it: articles and passages in, hits out.

SQL (`tables.py`) is the truth; Chroma (`chroma.py`) is a copy of its vectors that finds near ones
fast and is brought up to date before it is asked.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from assistant.embedding.embedder import Fingerprint
from assistant.embedding.networks import Vectors
from assistant.errors import NoIndex, StaleIndex
from assistant.records import Article, Filters, Passage, Source
from assistant.store import (
    arrivals,
    article_tags,
    copy_pairs,
    fitting,
    removals,
    stories,
    writes,
)
from assistant.store.chroma import Near
from assistant.store.conversations import Conversations
from assistant.store.file_list import FileList
from assistant.store.full_text import word_index
from assistant.store.locations import Place
from assistant.store.page_visits import PageVisits
from assistant.store.rows import known, newest, passing, to_source, whole
from assistant.store.tables import (
    articles,
    fact,
    facts,
    passages,
    reading,
    writing,
)
from assistant.store.vocabulary import Vocabulary

EVERY = Filters()


class Store:
    """The store in one folder, or on servers. Safe to share between threads; open one a process.

    `servers`: without `database_url` the truth is in the folder, without `chroma_url` Chroma is.
    Raises `NoIndex` when there is no store and `create` is False, `StoreFailed` when it cannot be
    opened.
    """

    def __init__(
        self, folder: Path, *, create: bool = False, once: bool = False, **servers: str
    ) -> None:
        self.folder = folder
        place = Place(folder, **servers)
        self.engine = place.database(create=create)
        self.where = place.name
        self._fitted: str | None = None
        self._known: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.near = place.vectors(self.engine, once=once)
        self.conversations = Conversations(self.engine)
        self.visits = PageVisits(self.engine)
        self.vocabulary = Vocabulary(self.engine)
        self.removals = removals.Removals(self.engine)
        self.files = FileList(self.engine)
        self.tags = article_tags.Tags(self.engine)

    def close(self) -> None:
        """Let go of the files, the servers and Chroma's lock."""
        self.near.release()
        self.engine.dispose()

    # --- articles in

    def known(self, article: Article) -> Source | None:
        """What is stored of the article that this one is a reading of; None of a new one."""
        return arrivals.known_as(self.engine, article)

    def add(self, article: Article, split: Sequence[Passage], vectors: Vectors) -> str:
        """Store an article with its passages and their vectors, in place of the one it is.

        One transaction: it is there wholly, or not at all. Returns the id that it is stored by.
        Raises `StaleIndex` when the store has got another embedding since `fit`.
        """
        with writing(self.engine) as connection:
            if self._fitted not in (None, fact(connection, "embedding")):
                raise StaleIndex(
                    f"The store {self.where} has been given another embedding meanwhile. "
                    "Run the command again."
                )
            return arrivals.arrive(connection, article, split, vectors)

    def note(self, id: str, article: Article) -> bool:
        """Remember that this is a reading of the stored article: its names, its file, its tags.

        Says whether it got other tags by it.
        """
        return arrivals.note(self.engine, id, article)

    def update_source(self, source: Source) -> None:
        """Replace what is known about an article whose title and text are the same."""
        with writing(self.engine) as connection:
            writes.update_source(connection, source)

    def remove(self, article_id: str, reason: str = "", *, for_good: bool = False) -> bool:
        """Remove an article; says whether there was one. It can be brought back, unless `for_good`.

        `reason` is told with what was removed.
        """
        with writing(self.engine) as connection:
            return removals.remove(connection, article_id, reason, for_good=for_good)

    # --- articles out

    def article(self, article_id: str) -> Article:
        """The stored article; raises `NoIndex` when there is none with this id."""
        with reading(self.engine) as connection:
            row = connection.execute(whole().where(articles.c.id == article_id)).first()
        if row is None:
            raise NoIndex(
                f"No article has the id {article_id!r}. "
                "The ids are in: python -m assistant.index list"
            )
        return Article(to_source(row), row.text)

    def source(self, article_id: str) -> Source | None:
        """What is known about an article, None when it is not stored."""
        with reading(self.engine) as connection:
            row = connection.execute(sa.select(*known()).where(articles.c.id == article_id)).first()
        return to_source(row) if row is not None else None

    def sources(self, filters: Filters = EVERY) -> list[Source]:
        """What is stored and passes the filters, the newest first, the undated last."""
        order = (articles.c.published_at.desc().nulls_last(), articles.c.id)
        query = sa.select(*known()).where(newest(), *passing(filters)).order_by(*order)
        with reading(self.engine) as connection:
            return [to_source(row) for row in connection.execute(query)]

    def each(self) -> Iterator[Article]:
        """All articles, in the order in which they were stored; not held in memory at once."""
        with reading(self.engine) as connection:
            own = sa.select(articles.c.key).where(newest()).order_by(articles.c.key)
            for key in connection.scalars(own).all():
                row = connection.execute(whole().where(articles.c.key == key)).one()
                yield Article(to_source(row), row.text)

    def texts(self, article_ids: Collection[str]) -> dict[str, Article]:
        """The articles with these ids, by id."""
        chosen = articles.c.id.in_(list(article_ids))
        with reading(self.engine) as connection:
            rows = connection.execute(whole().where(chosen)).all()
        return {row.id: Article(to_source(row), row.text) for row in rows}

    def families(self, article_ids: Collection[str]) -> dict[str, tuple[Source, ...]]:
        """For each of these articles that has copies: the texts of its story, earliest first."""
        with reading(self.engine) as connection:
            return stories.families(connection, article_ids)

    def copies(self) -> dict[str, int]:
        """Of how many others each article that has any is a near copy, by id."""
        with reading(self.engine) as connection:
            return copy_pairs.counts(connection)

    def passages(self, keys: Collection[int]) -> dict[int, Passage]:
        """The passages with these keys, by key; a key that is gone is left out."""
        columns = (passages.c.key, passages.c.number, passages.c.start, passages.c.end)
        length = passages.c.end - passages.c.start
        words = sa.func.substr(articles.c.text, passages.c.start + 1, length).label("words")
        query = (
            sa.select(*columns, words, *known())
            .join(articles, articles.c.key == passages.c.article)
            .where(passages.c.key.in_(list(keys)))
        )
        with reading(self.engine) as connection:
            rows = connection.execute(query).all()
        return {
            row.key: Passage(to_source(row), row.start, row.end, row.words, row.number)
            for row in rows
        }

    def publishers(self) -> list[str]:
        """The outlets that articles are of, those of most articles first."""
        own = articles.c.publisher
        most = sa.func.count().desc()
        return self._names(sa.select(own).where(own != "").group_by(own).order_by(most, own))

    def authors(self) -> list[str]:
        """Who wrote the articles, as their bylines say."""
        return self._names(sa.select(articles.c.author).where(articles.c.author != "").distinct())

    def _names(self, query: sa.Select[tuple[str]]) -> list[str]:
        """What a query reads of all articles, read again only when the store has changed."""
        with reading(self.engine) as connection:
            now = f"{fact(connection, 'generation')} {fact(connection, 'changes')}"
            kept = self._known.get(str(query))
            if kept is None or kept[0] != now:
                kept = self._known[str(query)] = (now, tuple(connection.scalars(query)))
        return list(kept[1])

    def is_empty(self) -> bool:
        """Whether no article is stored."""
        with reading(self.engine) as connection:
            return connection.execute(sa.select(articles.c.key).limit(1)).first() is None

    def size(self) -> int:
        """How many articles are stored."""
        with reading(self.engine) as connection:
            return connection.scalar(sa.select(sa.func.count(articles.c.key)).where(newest())) or 0

    def earliest(self) -> datetime | None:
        """When the oldest dated article was published, in UTC."""
        with reading(self.engine) as connection:
            first = connection.scalar(sa.select(sa.func.min(articles.c.published_at)))
        return None if first is None else datetime.fromtimestamp(first, UTC)

    def facts(self) -> dict[str, str]:
        """What is noted about the store as a whole."""
        with reading(self.engine) as connection:
            return {row.name: row.value for row in connection.execute(sa.select(facts))}

    # --- the embedding that made the vectors

    def fit(self, fingerprint: Fingerprint) -> None:
        """Note the embedding of an empty store; raise `StaleIndex` when a full one has another."""
        fitting.fit(self.engine, fingerprint, self.where)
        self._fitted = str(fingerprint)

    def note_budget(self, tokens: int) -> None:
        """Note how many tokens the passages that are added may have at most."""
        fitting.note_budget(self.engine, tokens)

    # --- hits out

    def allowed(self, filters: Filters) -> list[int] | None:
        """The keys of the passages that pass the filters; None when all do."""
        conditions = passing(filters)
        if not conditions:
            return None
        query = sa.select(passages.c.key).join(articles).where(*conditions)
        with reading(self.engine) as connection:
            return list(connection.scalars(query))

    def by_words(self, words: str, count: int, filters: Filters, *, title: float) -> Near:
        """Passages by BM25 for an FTS5 expression: (key, score), best first.

        `title` is how much a word in the title weighs against one in the passage.
        """
        allowed = self.allowed(filters)
        # Over-fetched, then filtered: FTS5 ranks before it could be told whom to leave out.
        wanted = count if allowed is None else -1
        with reading(self.engine) as connection:
            found = word_index(connection).search(connection, words, wanted, title)
        if allowed is not None:
            keep = set(allowed)
            found = [pair for pair in found if pair[0] in keep]
        return found[:count]

    def rarity(self, stems: Collection[str]) -> dict[str, float]:
        """How rare each (Porter) stem is: log of all passages over those that hold it.

        Scaled so that a stem that one passage holds is 1, in stores of any size.
        """
        with reading(self.engine) as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(passages)) or 0
            held = word_index(connection).held(connection, stems)
        rarest = math.log(1 + max(total, 1) / 1.5)
        return {stem: math.log(1 + total / (held.get(stem, 0) + 0.5)) / rarest for stem in stems}

    def printed(self, stems: Collection[str]) -> set[str]:
        """Those of the (Porter) stems that some passage or title holds."""
        return set(self.held(stems))

    def held(self, stems: Collection[str]) -> dict[str, int]:
        """How many passages hold each of the (Porter) stems that any does."""
        with reading(self.engine) as connection:
            return word_index(connection).held(connection, stems)

    def beginning(self, letters: str) -> tuple[str, ...]:
        """The stems in passages and titles that begin with these letters, at least one."""
        return self.vocabulary.beginning(letters)

    def holding(self, stems: Collection[str], count: int) -> dict[str, list[Passage]]:
        """For each (Porter) stem some passages that hold it, at most `count`."""
        with reading(self.engine) as connection:
            index = word_index(connection)
            keys = {stem: index.holding(connection, stem, count) for stem in stems}
        found = self.passages({key for own in keys.values() for key in own})
        return {stem: [found[key] for key in own if key in found] for stem, own in keys.items()}

    def by_meaning(self, vector: Vectors, count: int, filters: Filters) -> Near:
        """Passages by cosine: (key, cosine), nearest first."""
        return self.near.nearest(vector, count, self.allowed(filters))
