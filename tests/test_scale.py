"""One store for many machines: PostgreSQL and a Chroma server, shared, away, and back again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.ask import Assistant
from assistant.embedding import Embedder
from assistant.errors import AssistantError, BadSetting, NoIndex, StoreBusy, StoreFailed
from assistant.index import app
from assistant.records import Article, Filters, Source
from assistant.search import FETCH, TITLE, expression
from assistant.settings import Settings
from assistant.store import Store, care
from assistant.store.vectors import ChromaIndex, ExactIndex
from tests.conftest import SAMPLES, HashingEmbeddings
from tests.servers import ChromaServer, Postgres

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
        assert len(set(found[:10]) & set(wanted[:10])) >= 9
    stems = ["ferri", "nato", "fly", "harbour", "xyzzy"]
    assert assistant.store.rarity(stems) == pytest.approx(plain.store.rarity(stems))
    assert assistant.store.printed(stems) == plain.store.printed(stems)
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
    assert care.verify(assistant.store) == []
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
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert {source.id for source in assistant.store.sources()} >= acknowledged
    assert care.verify(assistant.store) == []


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
        assert care.verify(each.store) == []


@SERVED
def test_stores_on_one_chroma_server_do_not_mix(
    assistant: Assistant, others: Callable[..., Assistant], tmp_path: Path, write: Write
) -> None:
    other = others(store=tmp_path / "other", database_url=Settings().database_url)
    for each, text in ((assistant, "The mole is red."), (other, "The quay is wet.")):
        each.add([write(text)])
        care.rebuild(each.store, each.embedder, budget=100, progress=lambda _: None)
    for each in (assistant, other):
        assert len(each.search("quay mole")) == 1
        assert care.verify(each.store) == []


@SERVED
def test_answers_go_on_while_the_chroma_server_is_away_and_with_it_when_it_is_back(
    assistant: Assistant,
    chroma_server: ChromaServer,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("assistant.store.served.AGAIN", 0.0)
    assistant.add([write("The mole is red.")])
    assert isinstance(assistant.store.near.index(), ChromaIndex)
    chroma_server.stop()
    try:
        assistant.add([write("The quay is wet.", id="b")])
        assert assistant.search("wet quay", publishers=["Harbour Wire"])[0].ranks["meaning"] == 1
        assert isinstance(assistant.store.near.index(), ExactIndex)
        assert "is searched instead" in caplog.text
        monkeypatch.setattr("assistant.store.served.FEW", 0)
        with pytest.raises(StoreFailed, match=r"does not answer.*2 passages.*chroma run"):
            assistant.search("wet quay")
    finally:
        chroma_server.start()
    assert assistant.search("wet quay")[0].passage.source.id == "b"
    assert isinstance(assistant.store.near.index(), ChromaIndex)
    assert care.verify(assistant.store) == []


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
    assert care.verify(assistant.store) == []


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
    assert care.verify(assistant.store) == []


def _is_one_clean_line(error: AssistantError) -> bool:
    return "\n" not in str(error) and "s3cret" not in str(error)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (("s3cret", "wrong-s3cret"), "authentication failed.*Check user and password"),
        (("/postgres", "/nowhere"), 'database "nowhere" does not exist.*createdb'),
        (("@127.0.0.1:", "@127.0.0.1:1"), "Check that the server runs"),
        (("?options", "?optionen"), "invalid connection option"),
        (("postgresql://", "mysql://"), "begins with 'mysql'.*Write postgresql://"),
        (("ann:", "ann:/"), "is no address.*%XX"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line_without_the_password(
    postgres: Postgres, tmp_path: Path, change: tuple[str, str], wanted: str
) -> None:
    url = postgres.url("public").replace(*change)
    if change[0].startswith("@"):
        url = url.replace(str(postgres.port), "1").replace("11/", "1/")
    with pytest.raises((StoreFailed, BadSetting), match=wanted) as told:
        Store(tmp_path, create=True, database_url=url)
    assert _is_one_clean_line(told.value)


def test_a_missing_driver_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BadSetting, match=r"pip install 'newsroom-assistant\[scale\]'"):
        Store(tmp_path, create=True, database_url="postgresql://ann@127.0.0.1/x")


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "http://", "http://u:s3cret@h", "http://h:x"])
def test_a_chroma_address_that_is_none_is_one_line(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadSetting, match="ASSISTANT_CHROMA_URL") as told:
        Store(tmp_path, create=True, chroma_url=url)
    assert _is_one_clean_line(told.value)


@POSTGRES
def test_an_empty_database_says_how_to_add_articles(settings: Settings) -> None:
    with pytest.raises(NoIndex, match=r"postgresql://ann:\*\*\*@.*index add"):
        another(settings).search("mole")


@POSTGRES
def test_damage_is_found_and_put_right(
    assistant: Assistant, settings: Settings, postgres: Postgres, write: Write
) -> None:
    assistant.add([write(LONG), write("The mole is red.", id="b")])
    schema = settings.database_url.get_secret_value().rpartition("%3D")[2]
    postgres.execute(
        "DELETE FROM postings WHERE passage = 1",
        "UPDATE postings SET passage = 99 WHERE passage = 2",
        "UPDATE articles SET text = 'The mole is RED.' WHERE id = 'b'",
        schema=schema,
    )
    amiss = care.verify(assistant.store)
    assert "word index: lacks passage 1" in amiss
    assert "word index: holds passage 99, which is not stored" in amiss
    assert "article b: its text is not the text that was stored" in amiss
    assistant.add([write("The mole is redder.", id="b")])
    care.rebuild(assistant.store, assistant.embedder, budget=220, progress=lambda _: None)
    assert care.verify(assistant.store) == []


@POSTGRES
def test_a_writer_that_never_ends_is_reported_as_busy(
    assistant: Assistant,
    others: Callable[..., Assistant],
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from assistant.store.tables import writing

    assistant.add([write("The mole is red.")])
    monkeypatch.setattr("assistant.store.postgres.PATIENCE", 100)
    with (
        writing(others().store.engine),
        pytest.raises(StoreBusy, match="Try again when it is done"),
    ):
        assistant.add([write("The quay is wet.", id="b")])


@pytest.mark.parametrize("words", [("backup", "copy"), ("restore", "copy")])
def test_copies_of_a_database_are_left_to_its_own_programs(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", "postgresql://ann:s3cret@h/x")
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 1
    assert "pg_dump" in done.stderr
    assert "s3cret" not in done.stderr


def test_the_password_is_not_printed_with_the_settings() -> None:
    settings = Settings(database_url="postgresql://ann:s3cret@h/x")  # type: ignore[arg-type]
    assert "s3cret" not in f"{settings!r} {settings.model_dump_json()}"
