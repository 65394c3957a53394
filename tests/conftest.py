"""What every test has: no network but loopback, a clean environment, folders of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["LANGSMITH_TRACING"] = "false"
os.environ["TIKTOKEN_CACHE_DIR"] = ""  # no copy of the table in the temporary folder

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.records import Article, Source
from assistant.settings import Settings
from tests.support.browsing import browser  # noqa: F401  # a fixture
from tests.support.hashing import HashingEmbeddings
from tests.support.misbehaving import server  # noqa: F401  # a fixture
from tests.support.servers import backend, chroma_server, postgres  # noqa: F401  # fixtures

# A slow machine is no failure: a test that never ends is ended by pytest-timeout.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test called the network: {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("ASSISTANT_"):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """A store of its own: in a folder, unless a test names servers."""
    chosen = backend(getattr(request, "param", "folder"), request)
    return Settings(store=tmp_path / "store", **chosen)  # type: ignore[arg-type]


@pytest.fixture
def hashing() -> HashingEmbeddings:
    return HashingEmbeddings()


@pytest.fixture
def assistant(settings: Settings, hashing: HashingEmbeddings) -> Iterator[Assistant]:
    """An empty assistant whose embedding is quick and needs no model."""
    made = Assistant(settings)
    made.embedder = Embedder(settings, hashing)
    yield made
    made.close()


@pytest.fixture
def write() -> Callable[..., Article]:
    """Makes an article of our own words."""

    def make(text: str, *, id: str = "a", title: str = "Bridge closed", **more: object) -> Article:
        known = {"publisher": "Harbour Wire", "published": datetime(2022, 3, 8, tzinfo=UTC), **more}
        digest = hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()
        return Article(Source(id, title, sha256=digest, **known), text)  # type: ignore[arg-type]

    return make


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Root may read everything: for one test, it is no longer root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


SAMPLES = Path(__file__).parent.parent / "index" / "articles"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The sample articles, indexed by the real model. Only to be asked, never changed."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # that folder's parent is all workers'
        shared = shared.parent
    with FileLock(shared / "samples.lock"):  # indexed by the first who comes, copied by all
        if not (shared / "samples").exists():
            first = Assistant(Settings(store=shared / "begun"))
            first.add(SAMPLES)
            first.close()
            (shared / "begun").rename(shared / "samples")
    own = shutil.copytree(shared / "samples", tmp_path_factory.mktemp("copied") / "samples")
    made = Assistant(Settings(store=own))
    yield made
    made.close()
