"""One store for many machines: PostgreSQL and a Chroma server, shared, away, and back again."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.errors import AssistantError, StoreFailed
from assistant.records import Article, Filters, Source
from assistant.retrieval.search import FETCH, TITLE, expression
from assistant.settings import Settings
from assistant.store import maintenance
from assistant.store.chroma import ChromaIndex
from assistant.store.exact_search import ExactIndex
from assistant.store.store import Store
from tests.conftest import SAMPLES, HashingEmbeddings
from tests.support.servers import ChromaServer, Postgres

Write = Callable[..., Article]
FORK = multiprocessing.get_context("forkserver")
LONG = " ".join(f"Sentence {i} tells of the harbour and its ferries." for i in range(60))
SHARED = pytest.mark.parametrize("settings", ["postgres chroma"], indirect=True)
SERVED = pytest.mark.parametrize("settings", ["chroma", "postgres chroma"], indirect=True)
POSTGRES = pytest.mark.parametrize("settings", ["postgres"], indirect=True)
QUESTIONS = (
    "What did NATO say about a no-fly zone?",
    "How many people were injured when the ferry struck the pier?",
    "Who pays for the oil spill?",
    "Why did the roof of the market hall fall?",
    "How much will the flood barrier cost?",
    "What does Zelensky want from Congress?",
)


def another(settings: Settings) -> Assistant:
    """What another process would have open."""
    made = Assistant(settings)
    made.embedder = Embedder(made.settings, HashingEmbeddings())
    return made


@pytest.fixture
def others(settings: Settings) -> Iterator[Callable[..., Assistant]]:
    """Opens further assistants on the same servers, each closed at the end."""
    opened: list[Assistant] = []

    def open_one(**changes: object) -> Assistant:
        opened.append(another(settings.model_copy(update=changes)))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@POSTGRES
def test_words_find_the_same_passages_as_in_sqlite(
    assistant: Assistant, tmp_path: Path, settings: Settings
) -> None:
    plain = another(Settings(store=tmp_path / "plain"))
    for each in (plain, assistant):
        each.add(SAMPLES)
    for question in QUESTIONS:
        wanted, found = (_found(each.store, question) for each in (plain, assistant))
        assert found[0] == wanted[0]
        assert len(set(wanted[:10]) - set(found[:10])) <= 1
    stems = ["ferri", "nato", "fly", "harbour", "xyzzy"]
    assert assistant.store.rarity(stems) == pytest.approx(plain.store.rarity(stems))
    assert assistant.store.printed(stems) == plain.store.printed(stems)
    assert sorted(assistant.store.beginning("nat")) == sorted(plain.store.beginning("nat"))
    assert assistant.store.publishers() == plain.store.publishers()
    assert sorted(assistant.store.authors()) == sorted(plain.store.authors())
    plain.close()


def _found(store: Store, question: str) -> list[tuple[str, int]]:
    found = store.by_words(expression(question), FETCH, Filters(), title=TITLE)
    passages = store.passages([key for key, _ in found])
    return [(passages[key].source.id, passages[key].number) for key, _ in found]


@POSTGRES
def test_words_score_as_fts5_scores(assistant: Assistant, tmp_path: Path, write: Write) -> None:
    plain = another(Settings(store=tmp_path / "plain"))
    stored = [write(LONG), write("Ferries: a no-fly zone, no fly.", id="b", title="Zoë's ferry")]
    words = '"ferries" OR "ferry" OR "no fly" OR "zoe" OR "harbour"'
    scores = []
    for each in (plain, assistant):
        each.add(stored)
        each.store.remove("a")
        each.add(stored)
        scores.append([score for _, score in each.store.by_words(words, 10, Filters(), title=2)])
    assert scores[1] == pytest.approx(scores[0])
    plain.close()


@SHARED
def test_processes_that_add_the_same_and_their_own_at_once_leave_each_article_whole(
    assistant: Assistant,
) -> None:
    pipes = [FORK.Pipe(duplex=False) for _ in range(2)]
    processes = [
        FORK.Process(target=_add_own, args=(assistant.settings, f"writer {n}", 15, theirs))
        for n, (_, theirs) in enumerate(pipes)
    ]
    for process in processes:
        process.start()
    assert [ours.recv() for ours, _ in pipes] == [30, 30]
    for process in processes:
        process.join()
    ids = [source.id for source in assistant.store.sources()]
    assert len(ids) == len(set(ids)) == 45
    assert maintenance.verify(assistant.store) == []
    assert assistant.search("lantern writer 1 7", limit=1)[0].ranks["meaning"]


def _add_own(settings: Settings, name: str, count: int, told: Connection) -> None:
    assistant = another(settings)
    given = [_report(f"{who} {n}") for n in range(count) for who in ("both", name)]
    done = [outcome for outcome in assistant.adding(given) if outcome.status != "skipped"]
    assistant.close()
    told.send(len(done))


def _report(id: str) -> Article:
    text = f"Report of lantern {id}. {LONG}"
    return Article(Source(id, f"Report {id}", sha256=id), text)


@SHARED
def test_a_kill_loses_nothing_that_was_acknowledged(assistant: Assistant) -> None:
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_add_for_ever, args=(assistant.settings, theirs))
    process.start()
    acknowledged = {ours.recv() for _ in range(35)}
    process.kill()
    process.join()
    assert {source.id for source in assistant.store.sources()} >= acknowledged
    assert maintenance.verify(assistant.store) == []


def _add_for_ever(settings: Settings, told: Connection) -> None:
    for outcome in another(settings).adding(_report(str(n)) for n in range(10_000)):
        told.send(outcome.id)


@POSTGRES
def test_machines_with_a_chroma_of_their_own_find_what_others_add_and_remove(
    assistant: Assistant, others: Callable[..., Assistant], tmp_path: Path, write: Write
) -> None:
    other = others(store=tmp_path / "another machine")
    assistant.add([write("The mole is red."), write("The old quay is dry.", id="c")])
    assert other.search("red mole")[0].ranks["meaning"] == 1
    other.add([write("The quay is wet.", id="b")])
    other.store.remove("c")
    for each in (assistant, other):
        assert isinstance(each.store.near.index(), ChromaIndex)
        assert [hit.passage.source.id for hit in each.search("wet quay")] == ["b", "a"]
        assert maintenance.verify(each.store) == []


@SERVED
def test_stores_on_one_chroma_server_do_not_mix(
    assistant: Assistant, others: Callable[..., Assistant], tmp_path: Path, write: Write
) -> None:
    other = others(store=tmp_path / "other", database_url=Settings().database_url)
    for each, text in ((assistant, "The mole is red."), (other, "The quay is wet.")):
        each.add([write(text)])
        maintenance.rebuild(each.store, each.embedder, budget=100, progress=lambda _: None)
    for each in (assistant, other):
        assert len(each.search("quay mole")) == 1
        assert maintenance.verify(each.store) == []


@SERVED
def test_answers_go_on_while_the_chroma_server_is_away_and_with_it_when_it_is_back(
    assistant: Assistant,
    chroma_server: ChromaServer,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("assistant.store.chroma_server.AGAIN", 0.0)
    assistant.add([write("The mole is red.")])
    assert isinstance(assistant.store.near.index(), ChromaIndex)
    chroma_server.stop()
    try:
        assistant.add([write("The quay is wet.", id="b")])
        assert assistant.search("wet quay", publishers=["Harbour Wire"])[0].ranks["meaning"] == 1
        assert isinstance(assistant.store.near.index(), ExactIndex)
        assert "is searched instead" in caplog.text
        monkeypatch.setattr("assistant.store.chroma_server.FEW", 0)
        with pytest.raises(StoreFailed, match=r"does not answer.*2 passages.*chroma run"):
            assistant.search("wet quay")
    finally:
        chroma_server.start()
    assert assistant.search("wet quay")[0].passage.source.id == "b"
    assert isinstance(assistant.store.near.index(), ChromaIndex)
    assert maintenance.verify(assistant.store) == []


@SHARED
def test_a_chroma_server_that_lost_everything_is_filled_again(
    assistant: Assistant, write: Write
) -> None:
    assistant.add([write(LONG)])
    index = assistant.store.near.index()
    assert isinstance(index, ChromaIndex)
    for collection in index._client.list_collections():
        index._client.delete_collection(collection.name)
    assert assistant.search("ferries")[0].ranks["meaning"]
    assert isinstance(assistant.store.near.index(), ChromaIndex)
    assert maintenance.verify(assistant.store) == []


@SHARED
def test_a_database_that_dies_is_one_line_and_answers_go_on_when_it_is_back(
    assistant: Assistant, postgres: Postgres, write: Write
) -> None:
    assistant.add([write("The mole is red.")])
    postgres.stop()
    try:
        for ask in (lambda: assistant.search("mole"), lambda: assistant.add([write(LONG, id="b")])):
            with pytest.raises(StoreFailed, match="server runs, then try again") as told:
                ask()
            assert _is_one_clean_line(told.value)
    finally:
        postgres.start()
    assert assistant.search("mole")[0].passage.source.id == "a"
    assert maintenance.verify(assistant.store) == []


def _is_one_clean_line(error: AssistantError) -> bool:
    return "\n" not in str(error) and "s3cret" not in str(error)
