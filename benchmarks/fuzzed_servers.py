"""Servers for benchmarks/fuzzed_requests.py: what they know, and who may ask them what."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from assistant.access.accounts_file import Accounts
from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.records import Article
from assistant.settings import Settings
from assistant.sources.build_article import article
from benchmarks.fuzzed_requests import Asked, Room, Visitor
from tests.support.hashing import HashingEmbeddings
from tests.support.page_server import ARTICLES
from tests.support.serving_keys import HASHER, bearer

WRITTEN = "https://harbour-wire.example/news?id=7&kind=a/b"  # an id as addresses are


def stocked(folder: Path, *, empty: bool = False, **given: Any) -> Assistant:
    """An assistant that knows some articles; its embedding is quick and needs no model."""
    settings = Settings(store=folder / "store", **{"questions": 0, "visitor_questions": 0, **given})
    made = Assistant(settings)
    made.embedder = Embedder(settings, HashingEmbeddings())
    if not empty:
        made.add(_articles())
    return made


def _articles() -> Iterator[Article]:
    ids = ("", WRITTEN, "")
    for (title, text, publisher), id in zip(ARTICLES, ids, strict=True):
        yield article(title=title, text=text, publisher=publisher, id=id, published="2022-03-08")


def guarded(folder: Path, **given: Any) -> Room:
    """A server with accounts, asked by nobody, by a reader's token and by an editor's."""
    accounts = Accounts(folder / "accounts.json", HASHER)
    reads, writes = (bearer(accounts.add_token(one, one)) for one in ("read", "write"))
    visitors = (
        Visitor("nobody", {}, frozenset()),
        Visitor("nobody known", bearer("newsroom_made-up"), frozenset()),
        Visitor("a reader", reads, frozenset({"read"})),
        Visitor("an editor", writes, frozenset({"read", "write"})),
    )
    return Room(stocked(folder, auth=f"file:{accounts.path}", **given), visitors)


@cache
def fuzzed() -> Room:
    """The server of a long run: one a process."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    room = guarded(Path(folder))
    atexit.register(room.close)
    return room


def check(asked: Asked) -> None:
    """A check for benchmarks/fuzz.py."""
    fuzzed().check(asked)


cases = st.deferred(lambda: fuzzed().any_requests())
