"""The store: an article is there wholly or not at all, for whoever asks, and nothing is lost."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.errors import NoIndex, StaleIndex, StoreBusy, StoreFailed
from assistant.records import Article
from assistant.settings import Settings
from assistant.store import maintenance
from assistant.store.chroma import ChromaIndex
from assistant.store.exact_search import ExactIndex
from assistant.store.store import Store
from tests.conftest import HashingEmbeddings
from tests.support.servers import everywhere

Write = Callable[..., Article]
LONG = " ".join(f"Sentence {i} tells of the harbour and its ferries." for i in range(60))


@everywhere
def test_adding_the_same_again_says_unchanged_and_embeds_nothing(
    assistant: Assistant, hashing: HashingEmbeddings, write: Write
) -> None:
    assistant.add([write(LONG)])
    embedded = hashing.embedded
    (outcome,) = assistant.add([write(LONG)])
    assert (outcome.status, hashing.embedded) == ("unchanged", embedded)


@everywhere
def test_changed_text_replaces_the_whole_article(assistant: Assistant, write: Write) -> None:
    assistant.add([write(LONG + " The old mole is green.")])
    (outcome,) = assistant.add([write("The new mole is red and long.")])
    assert outcome.status == "updated"
    assert assistant.article("a").text == "The new mole is red and long."
    texts = [hit.passage.text for hit in assistant.search("green mole ferries")]
    assert texts == ["The new mole is red and long."]
    assert maintenance.verify(assistant.store) == []


@everywhere
def test_a_changed_date_updates_without_embedding(
    assistant: Assistant, hashing: HashingEmbeddings, write: Write
) -> None:
    assistant.add([write(LONG)])
    embedded = hashing.embedded
    (outcome,) = assistant.add([write(LONG, published=None)])
    assert (outcome.status, hashing.embedded) == ("updated", embedded)
    assert assistant.article("a").source.published is None


@everywhere
def test_a_removed_article_is_found_no_more(assistant: Assistant, write: Write) -> None:
    assistant.add([write("The mole is red and long."), write("The quay is wet.", id="b")])
    assert assistant.store.remove("a")
    assert [hit.passage.source.id for hit in assistant.search("red mole")] == ["b"]
    with pytest.raises(NoIndex, match="'a'"):
        assistant.article("a")


@everywhere
def test_offsets_count_characters_beyond_the_basic_plane(
    assistant: Assistant, write: Write
) -> None:
    text = "😀 Zoë’s café — naïve… " + LONG
    assistant.add([write(text)])
    for hit in assistant.search("ferries"):
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text


@everywhere
def test_filters_by_day_leave_out_later_and_undated_articles(
    assistant: Assistant, write: Write
) -> None:
    assistant.add([write("The mole is red."), write("The mole is green.", id="b", published=None)])
    found = assistant.search("mole", as_of="2022-03-08")
    assert [hit.passage.source.id for hit in found] == ["a"]
    assert assistant.search("mole", as_of="2022-03-07") == []


@everywhere
def test_filters_by_outlet_do_not_mind_case(assistant: Assistant, write: Write) -> None:
    assistant.add([write("The mole is red."), write("The mole is green.", id="b", publisher="É")])
    assert [hit.passage.source.id for hit in assistant.search("mole", publishers=["é"])] == ["b"]


@everywhere
def test_another_embedding_is_refused_with_what_to_do(
    assistant: Assistant, settings: Settings, write: Write
) -> None:
    assistant.add([write("The mole is red.")])
    assistant.embedder = Embedder(
        settings.model_copy(update={"embedding": "other"}), HashingEmbeddings(64)
    )
    with pytest.raises(StaleIndex, match=r"built with.*minilm.*rebuild"):
        assistant.search("mole")


@everywhere
def test_a_rebuild_fits_the_store_to_another_embedding(
    assistant: Assistant, settings: Settings, write: Write
) -> None:
    assistant.add([write(LONG), write("The mole is red.", id="b")])
    other = Embedder(settings.model_copy(update={"embedding": "other"}), HashingEmbeddings(64))
    maintenance.rebuild(assistant.store, other, budget=100, progress=lambda _: None)
    assistant.embedder = other
    assert assistant.search("red mole")[0].passage.source.id == "b"
    assert maintenance.verify(assistant.store) == []


def test_a_store_in_use_elsewhere_still_answers_and_takes_articles(
    assistant: Assistant, settings: Settings, write: Write
) -> None:
    assistant.add([write("The mole is red.")])
    assistant.search("mole")
    second = Assistant(settings)
    second.embedder = assistant.embedder
    second.add([write("The quay is wet.", id="b")])
    assert isinstance(second.store.near.index(), ExactIndex)
    assert isinstance(assistant.store.near.index(), ChromaIndex)
    for each in (second, assistant):
        assert each.search("wet quay")[0].passage.source.id == "b"
        assert each.search("wet quay")[0].ranks["meaning"] == 1
    with pytest.raises(StoreBusy, match=f"process {os.getpid()}"):
        maintenance.rebuild(second.store, second.embedder, budget=100, progress=lambda _: None)
    second.close()


def test_damage_to_a_text_is_found(assistant: Assistant, write: Write) -> None:
    assistant.add([write("The mole is red.")])
    with closing(sqlite3.connect(assistant.settings.store / "articles.sqlite")) as connection:
        connection.execute("UPDATE articles SET text = 'The mole is RED.'")
        connection.commit()
    amiss = maintenance.verify(assistant.store)
    assert any("not the text that was stored" in line for line in amiss)


def test_lost_vectors_come_back_from_the_truth(assistant: Assistant, write: Write) -> None:
    assistant.add([write(LONG)])
    assistant.close()
    for path in (assistant.settings.store / "chroma").rglob("*.sqlite3"):
        path.write_bytes(b"not a database")
    assert assistant.search("ferries")[0].ranks["meaning"]
    assert maintenance.verify(assistant.store) == []


def test_a_folder_without_a_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="index add"):
        Store(tmp_path)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "articles.sqlite").write_bytes(b"nonsense" * 1000)
    with pytest.raises(StoreFailed, match="not a database"):
        Store(tmp_path)


def test_a_writer_that_never_ends_is_reported_as_busy(
    assistant: Assistant, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.store.sqlite.PATIENCE", 100)
    assistant.add([write("The mole is red.")])
    assistant.close()
    other = sqlite3.connect(assistant.settings.store / "articles.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="Try again"):
        assistant.add([write("The quay is wet.", id="b")])
    other.close()


def _add_for_ever(folder: Path, told: multiprocessing.Queue[str]) -> None:
    assistant = Assistant(Settings(store=folder))
    assistant.embedder = Embedder(assistant.settings, HashingEmbeddings())
    stored = (
        Article(_source(i), f"Report {i}. " + LONG.replace("ferries", f"ferry{i}"))
        for i in range(10_000)
    )
    for outcome in assistant.adding(stored):
        told.put(outcome.id)


def _source(i: int):  # type: ignore[no-untyped-def]
    from assistant.records import Source

    return Source(f"article {i}", f"Report {i}", sha256=str(i))


def test_a_kill_loses_nothing_that_was_acknowledged(assistant: Assistant) -> None:
    context = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=_add_for_ever, args=(assistant.settings.store, told))
    process.start()
    acknowledged = [told.get(timeout=60) for _ in range(40)]
    process.kill()
    process.join()
    assert maintenance.verify(assistant.store) == []
    assert {source.id for source in assistant.sources()} >= set(acknowledged)
    assert len(assistant.search("ferry7", limit=1)) == 1


@everywhere
@pytest.mark.parametrize("others", [0, 12])
def test_a_stem_of_one_passage_is_as_rare_in_a_store_of_any_size(
    assistant: Assistant, write: Write, others: int
) -> None:
    text = "The harbour is open."
    stored = [write("The mole is red."), *(write(text, id=str(n)) for n in range(others))]
    assistant.add(stored)
    rarity = assistant.store.rarity(["mole", "is"])
    assert rarity["mole"] == pytest.approx(1.0)
    assert rarity["is"] <= rarity["mole"]
