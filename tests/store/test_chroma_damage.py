"""Chroma may be lost or damaged at any time: questions are answered, and it is made anew."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.records import Article
from assistant.settings import Settings
from assistant.sources.build_article import article
from assistant.store import maintenance
from assistant.store.chroma import ChromaIndex
from assistant.store.exact_search import ExactIndex
from assistant.store.maintenance import Rebuilt
from assistant.store.tables import writing
from tests.conftest import HashingEmbeddings

Write = Callable[..., Article]
LONG = " ".join(f"Sentence {i} tells of the harbour and its ferries." for i in range(60))
BUDGET = 220


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three articles, with Chroma's graph written to its files, and all of it closed."""
    settings = Settings(store=tmp_path_factory.mktemp("template") / "store")
    made = Assistant(settings)
    made.embedder = Embedder(settings, HashingEmbeddings())
    made.add(
        article(id=f"mole-{n}", title=f"Mole {n}", text=f"Mole {n} is red and long. {LONG}")
        for n in range(3)
    )
    index = made.store.near.index()
    assert isinstance(index, ChromaIndex)
    # 1,000: from there on Chroma writes its graph out.
    others = range(10_000, 11_000)
    index.add((key, made.store.near.vectors()[0][1]) for key in others)
    index.remove(others)
    made.close()
    return settings.store


@pytest.fixture
def stocked(assistant: Assistant, template: Path) -> Assistant:
    """An assistant whose store is a copy of the template."""
    shutil.copytree(template, assistant.settings.store)
    return assistant


def rebuild(assistant: Assistant, *, budget: int = BUDGET, embed: bool = False) -> Rebuilt:
    return maintenance.rebuild(
        assistant.store, assistant.embedder, budget=budget, progress=lambda _: None, embed=embed
    )


def chroma(assistant: Assistant, name: str) -> Path:
    (path,) = (assistant.settings.store / "chroma").rglob(name)
    return path


def deleted(path: Path) -> None:
    path.unlink()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(0, len(content), 97):
        content[at] ^= 0x10
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["chroma.sqlite3", "data_level0.bin"])
@pytest.mark.parametrize("damage", [deleted, truncated, flipped])
def test_damaged_files_of_chroma_are_made_anew_before_they_are_opened(
    stocked: Assistant,
    hashing: HashingEmbeddings,
    caplog: pytest.LogCaptureFixture,
    name: str,
    damage: Callable[[Path], None],
) -> None:
    embedded = hashing.embedded
    damage(chroma(stocked, name))
    assert stocked.search("red mole 1", limit=1)[0].ranks["meaning"]
    assert isinstance(stocked.store.near.index(), ChromaIndex)
    assert maintenance.verify(stocked.store) == []
    assert hashing.embedded == embedded
    assert "not as they were left" in caplog.text


def test_without_its_folder_chroma_is_made_anew(stocked: Assistant) -> None:
    shutil.rmtree(stocked.settings.store / "chroma")
    assert maintenance.verify(stocked.store) == []
    assert isinstance(stocked.store.near.index(), ChromaIndex)


def test_files_that_were_left_open_by_a_kill_are_used_as_they_are(
    stocked: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    (stocked.settings.store / "chroma.sums").write_text("0")
    assert maintenance.verify(stocked.store) == []
    assert caplog.text == ""


def test_files_that_ended_their_process_twice_are_not_opened_again(
    stocked: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    stocked.search("mole")
    stocked.store.near.note.opened()
    stocked.store.near.note.opened()
    other = Assistant(stocked.settings)  # as after a crash: nothing was closed
    stocked.store.near.lock.release()
    assert other.store.near.open() is not None
    assert "when last used" in caplog.text
    other.close()


def test_a_search_that_fails_in_chroma_is_answered_from_sqlite(
    stocked: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    index = stocked.store.near.index()
    assert isinstance(index, ChromaIndex)
    index._client.delete_collection(index._shelves[0].name)  # behind its back
    assert stocked.search("red mole 1", limit=1)[0].ranks["meaning"]
    assert isinstance(stocked.store.near.index(), ExactIndex)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    stocked.close()
    assert isinstance(stocked.store.near.index(), ChromaIndex)
    assert maintenance.verify(stocked.store) == []


def test_chroma_that_cannot_be_made_at_all_stops_neither_answers_nor_adding(
    stocked: Assistant, write: Write
) -> None:
    shutil.rmtree(stocked.settings.store / "chroma")
    (stocked.settings.store / "chroma").write_text("a file, where a folder is needed")
    (outcome,) = stocked.add([write("The quay is wet.", id="quay")])
    assert outcome.status == "added"
    assert stocked.search("wet quay", limit=1)[0].ranks["meaning"] == 1
    assert any(line.startswith("Chroma: ") for line in maintenance.verify(stocked.store))


def test_verify_finds_what_chroma_lacks_and_what_it_should_not_hold(stocked: Assistant) -> None:
    index = stocked.store.near.index()
    assert isinstance(index, ChromaIndex)
    rows = stocked.store.near.vectors()
    index.remove([rows[0][0]])
    index.add([(999, rows[1][1])])
    amiss = maintenance.verify(stocked.store)
    assert amiss == [
        "Chroma: holds passage 999, which is not stored",
        f"Chroma: lacks 1 of {len(rows)} vectors",
    ]
    assert not maintenance.needs_backup(amiss)


def test_a_rebuild_keeps_all_vectors_of_what_did_not_change(
    stocked: Assistant, hashing: HashingEmbeddings
) -> None:
    before, embedded = dict(stocked.store.near.vectors()), hashing.embedded
    shutil.rmtree(stocked.settings.store / "chroma")
    done = rebuild(stocked)
    assert str(done) == f"vectors kept: {len(before)}, embedded anew: 0"
    assert (dict(stocked.store.near.vectors()), hashing.embedded) == (before, embedded)
    assert maintenance.verify(stocked.store) == []


def test_a_rebuild_can_be_told_to_embed_all_the_same(stocked: Assistant) -> None:
    count = len(stocked.store.near.vectors())
    assert rebuild(stocked, embed=True) == Rebuilt(0, count)


def test_a_rebuild_embeds_only_the_passages_that_another_budget_cuts_anew(
    stocked: Assistant, write: Write
) -> None:
    stocked.add([write("The quay is wet.", id="quay")])
    done = rebuild(stocked, budget=100)
    assert (done.kept, done.embedded > 3) == (1, True)
    assert stocked.store.facts()["passage_tokens"] == "100"
    assert rebuild(stocked, budget=100) == Rebuilt(done.kept + done.embedded, 0)
    assert maintenance.verify(stocked.store) == []


def test_a_rebuild_embeds_anew_what_was_made_by_another_embedding(stocked: Assistant) -> None:
    stocked.embedder = Embedder(
        stocked.settings.model_copy(update={"embedding": "other"}), HashingEmbeddings(64)
    )
    assert rebuild(stocked).kept == 0
    assert stocked.search("red mole 1", limit=1)


def test_a_damaged_vector_is_found_and_embedded_anew(stocked: Assistant) -> None:
    vectors = dict(stocked.store.near.vectors())
    key, vector = next(iter(vectors.items()))
    with writing(stocked.store.engine) as connection:
        bent = bytes([vector[0] ^ 1]) + vector[1:]  # a bit that no length or norm would show
        connection.exec_driver_sql("UPDATE passages SET vector = ? WHERE key = ?", (bent, key))
    amiss = maintenance.verify(stocked.store)
    assert amiss == [
        "article mole-0: its passages or their vectors are not what was stored",
    ]
    assert not maintenance.needs_backup(amiss)
    assert rebuild(stocked).embedded > 0
    assert vector in dict(stocked.store.near.vectors()).values()
    assert maintenance.verify(stocked.store) == []


def test_articles_that_come_while_a_rebuild_embeds_are_in_it(
    stocked: Assistant, settings: Settings, write: Write
) -> None:
    other = Assistant(settings)
    other.embedder = stocked.embedder
    came = iter([write("The quay is wet.", id="quay")])

    def progress(_: int) -> None:
        other.add(came)

    maintenance.rebuild(stocked.store, stocked.embedder, budget=100, progress=progress)
    assert stocked.search("wet quay", limit=1)[0].passage.source.id == "quay"
    assert maintenance.verify(stocked.store) == []
    other.close()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("UPDATE articles SET published = '2022-03-09'", "its title, date, outlet"),
        ("UPDATE articles SET text = text || '!'", "its text is not the text"),
        ("INSERT INTO words (words) VALUES ('delete-all')", "word index: lacks passage"),
        ("INSERT INTO pending VALUES (777, 0)", "pending: passage 777 is to go to Chroma"),
        ("INSERT OR REPLACE INTO pending VALUES (1, 1)", "pending: passage 1 is to leave"),
    ],
)
def test_verify_says_what_is_amiss_in_sql(stocked: Assistant, change: str, line: str) -> None:
    with closing(sqlite3.connect(stocked.settings.store / "articles.sqlite")) as connection:
        connection.execute(change)
        connection.commit()
    amiss = maintenance.verify(stocked.store)
    assert any(line in each for each in amiss)
    assert maintenance.needs_backup(amiss) == line.startswith("its")
