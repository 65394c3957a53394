"""A store that is locked, a disk that is full, a folder that may only be read, seen over HTTP."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.access.audit import Audit
from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.errors import StoreBusy, StoreFailed, StoreFull
from assistant.outcomes import Outcome
from assistant.serve.error_responses import KINDS
from assistant.settings import Settings
from assistant.sources.build_article import article
from assistant.store import maintenance
from assistant.store.chroma import ChromaIndex
from assistant.store.tables import writing
from tests.support.faults import BODY, NEW, WAYS, answered, disk, line, sent
from tests.support.hashing import HashingEmbeddings
from tests.support.page_server import stocked
from tests.support.scripted import Scripted
from tests.support.serving import client

ADD = ("POST", "/api/articles", "/api/articles")
MOLE = "The mole will be painted red in May by Nora Vance, the harbour master said."
LONG = " ".join(f"Sentence {i} tells of the ferries of the old quay." for i in range(100))
READING = [way for way in WAYS if "mill" not in way[2] and way[1] != "/api/articles"]


def another(settings: Settings) -> Assistant:
    """What another process would have open."""
    made = Assistant(settings)
    made.embedder = Embedder(made.settings, HashingEmbeddings())
    return made


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    made = stocked(tmp_path)
    yield made
    made.close()


@pytest.fixture
def asked(assistant: Assistant) -> TestClient:
    return client(assistant)


def add(asked: TestClient, *articles: dict[str, str]) -> httpx.Response:
    return sent(asked, (*ADD, list(articles), {}))


@pytest.fixture
def held(assistant: Assistant, asked: TestClient) -> Iterator[Callable[[], None]]:
    """An indexer that has added an article, removed one, and then holds the store until it is told
    to let go. It has no Chroma: ours has, and is still to be told."""
    answered(asked)
    assert isinstance(assistant.store.near.index(), ChromaIndex)
    other = another(assistant.settings)
    other.add([article(id="mole", title="Mole", text=MOLE)])
    other.store.remove(next(one.id for one in other.sources() if "Zeppelins" in one.title))
    with ExitStack() as holding:
        holding.enter_context(writing(other.store.engine))
        yield holding.close
    other.close()


def test_while_another_writes_adding_waits_and_readers_do_not(
    assistant: Assistant, asked: TestClient, held: Callable[[], None]
) -> None:
    replies: list[httpx.Response] = []
    adding = threading.Thread(target=lambda: replies.append(add(asked, NEW)))
    adding.start()
    for _ in range(2):  # what Chroma has been told could not be noted: it is told again
        for way in READING:
            assert sent(asked, way).status_code == 200, way
        found = asked.post("/api/answer", json={"question": "Who will paint the mole red?"})
        assert found.json()["quotes"][0]["article_id"] == "mole"
        gone = asked.post("/api/answer", json={"question": "When does the zeppelin museum open?"})
        assert gone.json()["quotes"] == []
        assert isinstance(assistant.store.near.index(), ChromaIndex)
    assert replies == []
    held()
    adding.join(30)
    assert replies[0].json()["outcomes"][0]["status"] == "added"
    assert maintenance.verify(assistant.store) == []


def test_who_waits_for_another_in_vain_is_told_and_the_log_names_it(
    assistant: Assistant,
    asked: TestClient,
    held: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("assistant.store.sqlite.PATIENCE", 50)
    before = assistant.sources()
    for reply in (
        add(asked, NEW),
        sent(asked, ("DELETE", "/api/articles/{id}", "/api/articles/mole", None, {})),
    ):
        assert (reply.status_code, line(reply)) == (503, KINDS[StoreBusy][1])
    assert caplog.text.count(f"process {os.getpid()} (since 20") == 2
    assert assistant.sources() == before
    held()
    monkeypatch.undo()
    assert add(asked, NEW).json()["outcomes"][0]["status"] == "added"
    assert maintenance.verify(assistant.store) == []


def test_on_a_full_disk_adding_ends_with_one_line_and_goes_on_when_there_is_room(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    given = [{"id": f"q-{n}", "title": f"Quay {n}", "text": f"{n}. {LONG}"} for n in range(30)]
    texts = {one["id"]: one["text"] for one in given}
    with disk(tmp_path / "disk") as small:
        assistant = stocked(small.folder)
        asked = client(assistant)
        before = answered(asked)
        small.fill(left=600_000)
        for reply in (add(asked, *given), add(asked, given[-1])):
            # Where no disk can be mounted, and filled, SQLite does not know why it may not write.
            kind = StoreFull if small.mounted else StoreFailed
            assert (reply.status_code, line(reply)) == (503, KINDS[kind][1])
            assert str(tmp_path) not in reply.text
        assert "nothing stored was lost" in caplog.text
        stored = {one.id for one in assistant.sources()} & set(texts)
        assert 0 < len(stored) < 30
        for id in stored:
            assert asked.get(f"/api/articles/{id}").json()["text"] == texts[id]
        for way in READING:
            assert sent(asked, way).status_code == 200
        assert answered(asked)["quotes"] == before["quotes"]
        small.make_room()
        again = add(asked, *given).json()["outcomes"]
        assert {one["id"] for one in again if one["status"] == "unchanged"} == stored
        assert {one["id"] for one in again if one["status"] == "added"} == set(texts) - stored
        assert answered(asked)["quotes"] == before["quotes"]
        assistant.close()  # Chroma, which failed too, is made anew when it is next opened
        assert maintenance.verify(assistant.store) == []
        assistant.close()


def test_a_line_of_the_audit_that_was_cut_by_a_full_disk_spoils_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    audit, write = Audit(Settings(store=tmp_path)), os.write
    monkeypatch.setattr(os, "write", lambda file, line: write(file, line[:30]))
    with pytest.raises(StoreFull, match="Make room"):
        audit.note("ann", "192.0.2.7", "api", Outcome("a", "added", "a"))
    assert [record.fields["id"] for record in caplog.records] == ["a"]  # type: ignore[attr-defined]
    monkeypatch.undo()
    audit.note("ann", "192.0.2.7", "api", Outcome("b", "added", "b"))
    _, whole = audit.path.read_text().splitlines()
    assert json.loads(whole)["id"] == "b"


def test_a_trace_that_cannot_be_written_tells_the_log_where_and_not_the_reader(
    assistant: Assistant,
    asked: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    changed = {"model": "scripted:x", "trace": tmp_path}
    monkeypatch.setattr(assistant, "settings", assistant.settings.model_copy(update=changed))
    monkeypatch.setitem(assistant.__dict__, "model", Scripted(replies=["The harbour will close."]))
    reply = asked.post("/api/answer", json=BODY)
    assert (reply.status_code, line(reply)) == (503, KINDS[StoreFailed][1])
    assert f"ASSISTANT_TRACE={tmp_path} cannot be written" in caplog.text


@pytest.fixture
def closed_folder() -> Iterator[Callable[[bool], Path]]:
    """A store that whoever is not root may not write to, or may again."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        stocked(Path(folder)).close()
        store = Path(folder) / "store"

        def close(closed: bool) -> Path:
            for path in [*store.rglob("*"), store]:
                kind = 0o777 if path.is_dir() else 0o666
                path.chmod(kind & (0o555 if closed else 0o777))
            return store

        yield close
        close(False)


def test_in_a_folder_that_may_only_be_read_nothing_is_added_and_it_goes_on_when_it_may(
    closed_folder: Callable[[bool], Path], caplog: pytest.LogCaptureFixture
) -> None:
    before = os.geteuid()
    store = closed_folder(True)
    assistant = another(Settings(store=store))
    asked = client(assistant)
    try:
        if before == 0:
            os.seteuid(65534)
        reply = add(asked, NEW)
        assert (reply.status_code, line(reply)) == (503, KINDS[StoreFailed][1])
        assert "who may write to" in caplog.text
        for way in READING:
            reply = sent(asked, way)
            assert (reply.status_code, line(reply)) == (503, KINDS[StoreFailed][1]), way
    finally:
        os.seteuid(before)
    closed_folder(False)
    assert answered(asked)
    assert add(asked, NEW).json()["outcomes"][0]["status"] == "added"
    assert maintenance.verify(assistant.store) == []
    assistant.close()
