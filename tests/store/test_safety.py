"""Nothing acknowledged is ever lost: kills, two writers, readers meanwhile, full disks."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.errors import StaleIndex, StoreBusy, StoreFailed
from assistant.records import Article
from assistant.settings import Settings
from assistant.sources.build_article import article
from assistant.store import maintenance
from assistant.store.tables import writing
from benchmarks import kills
from tests.conftest import HashingEmbeddings

Write = Callable[..., Article]
FORK = multiprocessing.get_context("forkserver")
LONG = " ".join(f"Sentence {i} tells of the harbour and its ferries." for i in range(60))


def another(settings: Settings) -> Assistant:
    """What another process would have open."""
    made = Assistant(settings)
    made.embedder = Embedder(made.settings, HashingEmbeddings())
    return made


def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    harness = kills.Harness(tmp_path / "store", 40, random.Random(7))
    amiss = [line for _ in range(6) for line in harness.kill_once()]
    assert [*amiss, *harness.finish()] == []


def test_two_processes_that_begin_a_store_and_add_at_once_both_succeed(tmp_path: Path) -> None:
    told = []
    started = []
    for number in (0, 1):
        ours, theirs = FORK.Pipe(duplex=False)
        args = (tmp_path / "store", f"writer {number}", 40, theirs)
        started.append(FORK.Process(target=_add_own, args=args))
        told.append(ours)
    for process in started:
        process.start()
    ids = [one.recv() for one in told]
    for process in started:
        process.join()
    assistant = kills.opened(tmp_path / "store")
    assert [process.exitcode for process in started] == [0, 0]
    assert {source.id for source in assistant.sources()} == {*ids[0], *ids[1]}
    assert len(ids[0] + ids[1]) == 80
    assert maintenance.verify(assistant.store) == []
    assistant.close()


def _add_own(folder: Path, name: str, count: int, told: Connection) -> None:
    assistant = kills.opened(folder)
    own = (article(id=f"{name} {n}", title=name, text=f"{LONG} {n}") for n in range(count))
    told.send([outcome.id for outcome in assistant.adding(own) if outcome.status == "added"])
    assistant.close()


def _hold(folder: Path, told: Connection) -> None:
    """Begin to write, say so, and never end."""
    assistant = kills.opened(folder)
    with writing(assistant.store.engine):
        told.send("held")
        signal.pause()


def test_a_second_writer_that_gives_up_names_the_first_and_since_when(
    assistant: Assistant, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.add([write("The mole is red.")])
    assistant.close()
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_hold, args=(assistant.settings.store, theirs))
    process.start()
    assert ours.recv() == "held"
    monkeypatch.setattr("assistant.store.sqlite.PATIENCE", 100)
    with pytest.raises(StoreBusy, match=rf"process {process.pid} \(since 20\d\d-.*Try again"):
        assistant.add([write("The quay is wet.", id="b")])
    assert assistant.search("red mole")  # who only asks does not wait
    process.kill()
    process.join()
    (outcome,) = assistant.add([write("The quay is wet.", id="b")])
    assert outcome.status == "added"


def test_a_writer_that_is_none_of_ours_is_not_given_a_name(
    assistant: Assistant, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.add([write("The mole is red.")])
    assistant.close()
    (assistant.settings.store / "articles.owner").write_text("4194304 2022-03-08 10:00:00")
    other = sqlite3.connect(assistant.settings.store / "articles.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("assistant.store.sqlite.PATIENCE", 100)
    with pytest.raises(StoreBusy, match="written by another process, and"):
        assistant.store.remove("a")
    other.close()


def test_readers_see_each_article_wholly_or_not_at_all_while_it_is_updated(
    assistant: Assistant, write: Write
) -> None:
    editions = [write(f"Edition {n}. {LONG} The end of {n}.", title=f"No. {n}") for n in range(12)]
    news = [write(f"News {n}.", id=f"n{n}", title=f"News {n}") for n in range(12)]
    known = {one.source.title: one.text for one in [*editions, *news]}
    assistant.add(editions[:1])
    reader = another(assistant.settings)
    done = threading.Event()

    def work() -> None:
        for both in zip(editions, news, strict=True):
            assistant.add(both)
        done.set()

    writer = threading.Thread(target=work)
    writer.start()
    seen = set()
    while not done.is_set():
        hits = [
            hit for hit in reader.search("Edition harbour ferries") if len(hit.passage.text) > 20
        ]
        for hit in hits:
            text = known[hit.passage.source.title]
            assert text[hit.passage.start : hit.passage.end] == hit.passage.text
            seen.add(hit.passage.source.title)
        assert reader.article("a").text in known.values()
    writer.join()
    assert len(seen) > 1
    assert reader.article("a").text == editions[-1].text
    reader.close()


def test_who_has_the_store_open_finds_new_articles_at_once(
    assistant: Assistant, write: Write
) -> None:
    assistant.add([write("The mole is red.")])
    for each in (assistant, reader := another(assistant.settings)):
        each.search("mole")
    assistant.add([write("The quay is wet.", id="b")])
    assert reader.search("wet quay", limit=1)[0].passage.source.id == "b"
    reader.add([write("The pier is long.", id="c")])
    assert assistant.search("long pier", limit=1)[0].passage.source.id == "c"
    assistant.store.remove("c")
    assert "c" not in [hit.passage.source.id for hit in reader.search("long pier")]
    reader.close()


def test_an_ingest_stops_when_a_rebuild_has_changed_the_embedding_meanwhile(
    assistant: Assistant, settings: Settings, write: Write
) -> None:
    many = (write(f"The mole {n} is red.", id=str(n)) for n in range(80))
    adding = assistant.adding(many)
    next(adding)
    assistant.store.near.release()
    other = another(assistant.settings)
    changed = settings.model_copy(update={"embedding": "other"})
    other.embedder = Embedder(changed, HashingEmbeddings(64))
    maintenance.rebuild(other.store, other.embedder, budget=220, progress=lambda _: None)
    with pytest.raises(StaleIndex, match="another embedding meanwhile"):
        list(adding)
    assert maintenance.verify(other.store) == []
    other.close()


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 3 MB where this may be mounted, else files that may not grow beyond that."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0:
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, before[1]))
    try:
        yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_on_a_full_disk_adding_stops_with_one_line_and_goes_on_when_there_is_room(
    hashing: HashingEmbeddings, write: Write, tmp_path: Path
) -> None:
    many = [write(f"{n}. {LONG * 8}", id=str(n)) for n in range(200)]
    added = []
    with small_disk(tmp_path / "disk") as disk:
        assistant = Assistant(Settings(store=disk / "store"))
        assistant.embedder = Embedder(assistant.settings, hashing)
        with pytest.raises(StoreFailed, match=r"(room|disk).*nothing stored was lost") as told:
            added += [outcome.id for outcome in assistant.adding(many)]
        assert "\n" not in str(told.value)
        stored = {source.id for source in assistant.sources()}
        assert stored
        assert assistant.search("harbour ferries", limit=3)
        assistant.close()
        roomy = tmp_path / "roomy"
        roomy.mkdir()
        for path in (disk / "store").glob("articles.sqlite*"):
            (roomy / path.name).write_bytes(path.read_bytes())
    assistant = Assistant(Settings(store=roomy))
    assistant.embedder = Embedder(assistant.settings, hashing)
    assert {source.id for source in assistant.sources()} == stored
    assert maintenance.verify(assistant.store) == []
    outcomes = assistant.add(many[: len(stored) + 3])
    assert {outcome.status for outcome in outcomes} <= {"added", "unchanged"}
    assert maintenance.verify(assistant.store) == []
    assistant.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that anyone may look into; pytest's own are closed."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_in_a_folder_that_may_only_be_read_adding_is_refused_in_one_line(
    open_folder: Path, write: Write, as_nobody: None
) -> None:
    nobody = os.geteuid()
    os.seteuid(os.getuid())
    assistant = another(Settings(store=open_folder / "store"))
    assistant.add([write("The mole is red.")])
    assistant.close()
    for path in (assistant.settings.store, *assistant.settings.store.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    os.seteuid(nobody)
    with pytest.raises(StoreFailed, match=r"Check .*who may write") as told:
        assistant.add([write("The quay is wet.", id="b")])
    assert "\n" not in str(told.value)
    os.seteuid(os.getuid())
    assistant.settings.store.chmod(0o755)
    for path in assistant.settings.store.iterdir():
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert [source.id for source in assistant.sources()] == ["a"]
    assistant.close()


def test_the_budget_of_passages_is_noted(assistant: Assistant, write: Write) -> None:
    assistant.add([write("The mole is red.")])
    assert assistant.store.facts()["passage_tokens"] == "220"
    other = Assistant(assistant.settings.model_copy(update={"passage_tokens": 100}))
    other.embedder = assistant.embedder
    other.add([write("The quay is wet.", id="b")])
    assert json.loads(json.dumps(maintenance.stats(other.store)))["passage_tokens"] == "mixed"
    other.close()
