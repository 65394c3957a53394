"""Folders that the store follows: what their files gave, and what leaves the store for it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.records import Article, Outcome
from assistant.sources.build_article import Ended
from assistant.store.store import Store

GONE = "its file is gone"
OUT = "no longer in its file"


@dataclass(slots=True)
class Synced:
    """What the files of followed folders have given in this run, and which could not be read."""

    store: Store
    _ids: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _unread: set[str] = field(default_factory=set)

    def given(self, article: Article, id: str) -> None:
        """An article was stored, or was stored already, under this id."""
        if article.origin and article.origin.synced:
            self._ids[article.origin.file].add(id)

    def unread(self, article: Article) -> None:
        """An article could not be stored: what its file gave before stays."""
        if article.origin and article.origin.synced:
            self._unread.add(article.origin.file)

    def ended(self, folder: Ended) -> Iterator[Outcome]:
        """Remove what the folder's files gave once and give no more, unless they were unread."""
        ids = {self.store.files.digest_of(path): own for path, own in self._ids.items()}
        for given in self.store.files.under(folder.where):
            kept = ids.get(given.digest)
            if given.id in (kept or ()) or self._is_unread(given.path, folder):
                continue
            reason = OUT if kept else GONE
            if title := self.store.files.leave(given, reason):
                yield Outcome(given.path, "removed", given.id, title, reason)

    def _is_unread(self, path: str, folder: Ended) -> bool:
        """Whether the file, a part of it or a folder around it could not be read."""
        marks = (",", os.sep)
        return path in self._unread or any(
            path == one
            or path.startswith(one.rstrip(os.sep) + os.sep)
            or (one.startswith(path) and one[len(path) :][:1] in marks)
            for one in folder.unread
        )
