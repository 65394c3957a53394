"""The words of all passages, kept in memory by their first letters until the store changes."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping

import sqlalchemy as sa

from assistant.store.exact_search import state
from assistant.store.full_text import word_index
from assistant.store.tables import articles, reading
from assistant.text import terms

_WORD = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """Safe to share between threads; what it keeps of 50,000 articles takes about 20 MB."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._guard = threading.Lock()
        self._state = ""
        self._stems: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] | None = None

    def beginning(self, letters: str) -> tuple[str, ...]:
        """The (Porter) stems in passages and titles that begin with these letters, at least one."""
        with self._guard:
            self._renew()
            if letters not in self._stems:
                with reading(self.engine) as connection:
                    found = word_index(connection).beginning(connection, letters)
                self._stems[letters] = tuple(found)
            return self._stems[letters]

    def names(self) -> Mapping[str, str]:
        """The words of outlets' and authors' names, which the word index lacks, by `terms.fold`."""
        columns = (articles.c.publisher, articles.c.author)
        with self._guard:
            self._renew()
            if self._names is None:
                with reading(self.engine) as connection:
                    rows = connection.execute(sa.select(*columns).distinct()).all()
                words = {word for row in rows for name in row for word in _WORD.findall(name or "")}
                self._names = {terms.fold(word): word for word in sorted(words)}
            return self._names

    def _renew(self) -> None:
        """Keep nothing of a store that has changed."""
        if (now := state(self.engine)) != self._state:
            self._state, self._stems, self._names = now, {}, None
