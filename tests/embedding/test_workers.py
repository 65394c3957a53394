"""Adding with workers: the same store as without, whatever dies on the way."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from assistant.ask import Assistant
from assistant.embedding import ray_cluster, workers
from assistant.embedding.embedder import Embedder
from assistant.embedding.networks import Vectors
from assistant.embedding.workers import DEATHS, Pool, processes
from assistant.errors import ModelFailed, WorkerLost
from assistant.index.__main__ import app
from assistant.indexing import adding
from assistant.outcomes import Outcome
from assistant.records import Article, Filters
from assistant.settings import Settings
from assistant.store import maintenance
from tests.support.hashing import Dying

Write = Callable[..., Article]
EVERY = Filters()


@pytest.fixture
def quays(write: Write) -> list[Article]:
    """Two groups of articles and a bit."""
    numbers = range(2 * adding.GROUP + 5)
    return [write(f"Quay {i} is wet. A gull sat on it.", id=f"{i:03}") for i in numbers]


@pytest.fixture
def deaths(tmp_path: Path) -> Path:
    """A folder with a file for each worker that died."""
    folder = tmp_path / "deaths"
    folder.mkdir()
    return folder


def add(assistant: Assistant, articles: list[Article], pool: Pool) -> list[Outcome]:
    with pool:
        return list(assistant.adding(articles, pool=pool))


def near(assistant: Assistant) -> list[tuple[int, float]]:
    """Each passage's key, and how near its vector is to a few questions."""
    asked = [assistant.embedder.embed_question(f"quay {i} gull") for i in range(5)]
    return [pair for one in asked for pair in sorted(assistant.store.by_meaning(one, 99, EVERY))]


class Fake:
    """A worker that dies at the calls that are told, and counts who came and went."""

    made, ended = 0, 0

    def __init__(self, dies: list[bool]) -> None:
        Fake.made += 1
        self.dies = dies

    def embed(self, texts: list[str]) -> Vectors:
        if self.dies.pop(0):
            raise WorkerLost("it died")
        return np.ones((len(texts), 2), dtype=np.float32)

    def close(self) -> None:
        Fake.ended += 1


@pytest.fixture(autouse=True)
def _nobody_yet() -> None:
    Fake.made = Fake.ended = 0


def test_a_dead_worker_is_replaced_and_its_texts_are_done_again() -> None:
    dies = [True, True, False, False]
    with Pool(lambda: Fake(dies), 1) as pool:
        assert [len(pool.submit(["a"] * n).result()) for n in (3, 2)] == [3, 2]
    assert (Fake.made, Fake.ended) == (3, 3)


def test_texts_over_which_each_worker_dies_are_given_up_and_the_next_ones_go_on() -> None:
    dies = [True] * DEATHS + [False]
    with Pool(lambda: Fake(dies), 1) as pool:
        first, second = pool.submit(["bad"]), pool.submit(["good"])
        with pytest.raises(WorkerLost, match=f"{DEATHS} workers"):
            first.result()
        assert len(second.result()) == 1


def test_no_more_workers_are_made_than_there_is_work_for() -> None:
    with Pool(lambda: Fake([False] * 9), 8) as pool:
        assert len(pool.submit([]).result()) == 0
        pool.submit(["a"]).result()
    assert (Fake.made, Fake.ended) == (1, 1)


def test_two_processes_make_the_same_store_as_none(
    assistant: Assistant, settings: Settings, tmp_path: Path, quays: list[Article]
) -> None:
    without = assistant.add(quays)
    other = Assistant(settings.model_copy(update={"store": tmp_path / "other"}))
    other.embedder = assistant.embedder
    assert add(other, quays, processes(other.embedder, 2)) == without
    assert list(other.store.each()) == list(assistant.store.each())
    assert np.allclose(near(other), near(assistant), atol=1e-3)
    assert maintenance.verify(other.store) == []
    other.close()


def test_a_killed_worker_costs_nothing(
    assistant: Assistant, settings: Settings, deaths: Path, quays: list[Article], write: Write
) -> None:
    articles = [*quays, write("A fatal mole.", id="fatal")]
    embedder = Embedder(settings, Dying(deaths, times=2))
    outcomes = add(assistant, articles, processes(embedder, 2))
    assert len(list(deaths.iterdir())) == 2
    assert [(one.id, one.status) for one in outcomes] == [(a.source.id, "added") for a in articles]
    assert len(assistant.sources()) == len(articles)
    assert maintenance.verify(assistant.store) == []


def test_articles_over_which_every_worker_dies_are_skipped_and_the_others_added(
    assistant: Assistant, settings: Settings, deaths: Path, quays: list[Article], write: Write
) -> None:
    embedder = Embedder(settings, Dying(deaths, times=DEATHS))
    articles = [*quays[: adding.GROUP], write("A fatal mole.", id="fatal"), quays[0]]
    *added, fatal, again = add(assistant, articles, processes(embedder, 1))
    assert {one.status for one in added} == {"added"}
    assert (fatal.status, fatal.id) == ("skipped", "fatal")
    assert "workers ended" in fatal.reason
    assert again.status == "unchanged"
    assert [one.status for one in assistant.add([articles[-2]])] == ["added"]


def test_what_is_unchanged_starts_no_worker(assistant: Assistant, quays: list[Article]) -> None:
    assistant.add(quays)
    outcomes = add(assistant, quays, Pool(lambda: Fake([]), 2))
    assert {one.status for one in outcomes} == {"unchanged"}
    assert Fake.made == 0


def test_a_model_that_fails_in_a_worker_says_so_as_it_would_here(settings: Settings) -> None:
    unknown = Embedder(settings.model_copy(update={"embedding": "nonsense"}))
    with (
        processes(unknown, 1) as pool,
        pytest.raises(ModelFailed, match="ASSISTANT_EMBEDDING=nonsense"),
    ):
        pool.submit(["x"]).result()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_when_the_command_ends_its_workers_end(tmp_path: Path, stop: signal.Signals) -> None:
    pipe, articles = tmp_path / "pipe", tmp_path / "articles.jsonl"
    os.mkfifo(pipe)
    lines = [{"title": f"Quay {i}", "text": f"Quay {i} is wet."} for i in range(2 * adding.GROUP)]
    articles.write_text("\n".join(map(json.dumps, lines)))
    words = ["add", str(articles), "--workers", "2"]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.apart", str(pipe), *words],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "ASSISTANT_STORE": str(tmp_path / "store")},
        start_new_session=True,
        # A shell has what it starts in the background ignore Ctrl-C, and a suite may be run so.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as command:
        with os.fdopen(os.open(pipe, os.O_RDWR)) as told:  # as a writer too: no end of file
            numbers = [int(told.readline()) for _ in range(2)]
        ends = [os.pidfd_open(number) for number in numbers]
        os.killpg(command.pid, stop) if stop == signal.SIGINT else command.kill()
        _, said = command.communicate(timeout=280)
    for end in ends:
        assert select.select([end], [], [], 30)[0] == [end]  # ended: there is something to collect
        os.close(end)
    assert command.returncode == (130 if stop == signal.SIGINT else -stop)
    assert "Traceback" not in said
    assert ("Stopped. What was stored stays" in said) == (stop == signal.SIGINT)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--workers", "0"), "--workers"),
        (("--workers", "many"), "--workers"),
        (("--workers", "9999"), "--workers"),
        (("--ray=nowhere",), "nowhere"),
    ],
)
def test_nonsense_is_refused(words: tuple[str, ...], hint: str) -> None:
    done = CliRunner().invoke(app, ["add", "x.txt", *words])
    assert done.exit_code == 2
    assert hint in done.stderr


def test_what_follows_ray_is_its_address_only_when_it_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[str, int | None]] = []

    def pool(embedder: Embedder, address: str, count: int | None) -> Pool:
        asked.append((address, count))
        return workers.here(embedder)

    monkeypatch.setattr(ray_cluster, "pool", pool)
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path / "store"))
    for words in ("--ray x.txt", "x.txt --ray", "--ray head:6379 x.txt", "x.txt --ray --workers 3"):
        done = CliRunner().invoke(app, ["add", *words.split()])
        assert "x.txt" in done.stderr
    assert asked == [("local", None), ("local", None), ("head:6379", None), ("local", 3)]
