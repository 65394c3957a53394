"""Where a store is: in a folder, on servers, or half and half."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from assistant.errors import NoIndex, StoreFailed
from assistant.store import postgres
from assistant.store.chroma_server import ChromaServer
from assistant.store.chroma_sync import DifferenceSync
from assistant.store.open_database import connect, is_made, ready
from assistant.store.vector_index import Nearest

Finder: TypeAlias = Nearest | ChromaServer


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, and the addresses of servers; an empty one means that the folder is used."""

    folder: Path
    database_url: str = ""
    chroma_url: str = ""

    @property
    def name(self) -> str:
        """Where the truth is, in words, without a password."""
        if not self.database_url:
            return str(self.folder)
        return postgres.where(postgres.database(self.database_url))

    def database(self, *, create: bool) -> sa.Engine:
        """The truth; made when it is not there and `create`, else `NoIndex`."""
        if not (self.database_url and self.chroma_url):
            self._need_folder(create=create or bool(self.database_url))
        if not self.database_url:
            return connect(self.folder / "articles.sqlite")
        engine = postgres.database(self.database_url)
        try:
            if not create and not is_made(engine):
                raise self._nothing()
            return ready(engine)
        except BaseException:
            engine.dispose()
            raise

    def vectors(self, engine: sa.Engine, *, once: bool = False) -> Finder:
        """What finds the nearest vectors; `once` as for `Nearest`."""
        if self.chroma_url:
            return ChromaServer(self.chroma_url, engine)
        if self.database_url:  # ... and other machines have a Chroma of their own
            return Nearest(self.folder, engine, DifferenceSync(), self.database_url, once=once)
        return Nearest(self.folder, engine, once=once)

    def _need_folder(self, *, create: bool) -> None:
        if not create and not (self.folder / "articles.sqlite").is_file():
            raise self._nothing()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFailed(
                f"The folder {self.folder} cannot be made ({error.strerror}). Set ASSISTANT_STORE."
            ) from error

    def _nothing(self) -> NoIndex:
        return NoIndex(
            f"No articles have been indexed in {self.name}. "
            "Add some with: python -m assistant.index add PATH"
        )
