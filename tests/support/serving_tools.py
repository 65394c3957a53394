"""The server with its tools and accounts, on a free loopback port."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.serve.application import api
from assistant.settings import Settings
from tests.support.hashing import HashingEmbeddings
from tests.support.page_server import stocked
from tests.support.serving import running
from tests.support.serving_keys import accounts_in, bearer


@dataclass(frozen=True)
class Newsroom:
    """A server with accounts: its address, a token of each scope, its assistant."""

    address: str
    reads: str
    writes: str
    assistant: Assistant

    @property
    def audit(self) -> list[dict[str, str]]:
        file = self.assistant.settings.store / "audit.jsonl"
        lines = file.read_text().splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    def number(self, name: str) -> float:
        """One of the server's numbers, as Prometheus reads it."""
        told = httpx.get(f"{self.address}/metrics", headers=bearer(self.reads)).text
        (line,) = [line for line in told.splitlines() if line.startswith(f"{name} ")]
        return float(line.rsplit(" ", 1)[1])


@contextmanager
def newsroom_in(folder: Path, **given: Any) -> Iterator[Newsroom]:
    """The server, running, with three articles and these settings."""
    stocked(folder).close()
    accounts = accounts_in(folder)
    reads, writes = accounts.add_token("reads", "read"), accounts.add_token("writes", "write")
    settings = Settings(store=folder / "store", auth=f"file:{accounts.path}", **given)
    assistant = Assistant(settings)
    assistant.embedder = Embedder(settings, HashingEmbeddings())
    with running(api(assistant, mcp=True)) as address:
        yield Newsroom(address, reads, writes, assistant)
    assistant.close()
