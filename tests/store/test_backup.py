"""Backup, restore, export: a store can be copied while it runs, and comes back as it was."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.ask import Assistant
from assistant.errors import BadSetting, StoreBusy, StoreFailed
from assistant.index.__main__ import app
from assistant.index.backup_commands import as_line
from assistant.records import Answer, Article
from assistant.settings import Settings
from assistant.sources.build_article import article
from assistant.store import maintenance
from assistant.store.backup import backup, restore

Write = Callable[..., Article]


@pytest.fixture
def stocked(assistant: Assistant, write: Write) -> Assistant:
    assistant.add([write("The mole is red."), write("The quay is wet.", id="b")])
    return assistant


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Runs a command of python -m assistant.index; its exit code and what it printed."""
    monkeypatch.setenv("ASSISTANT_STORE", str(settings.store))

    def run(*words: object, given: str = "") -> list[str]:
        done = CliRunner().invoke(app, [str(word) for word in words], input=given)
        return [str(done.exit_code), done.output]

    return run


def test_a_backup_is_one_file_that_answers_as_the_store_does(
    stocked: Assistant, tmp_path: Path
) -> None:
    done = backup(stocked.settings.store, tmp_path / "kept" / "articles.sqlite")
    assert (done.articles, done.bytes) == (2, done.path.stat().st_size)
    assert [path.name for path in done.path.parent.iterdir()] == ["articles.sqlite"]
    copy = Assistant(Settings(store=tmp_path / "kept"))
    copy.embedder = stocked.embedder
    assert maintenance.verify(copy.store) == []
    assert copy.search("wet quay")[0].passage.source.id == "b"
    copy.close()


def test_a_backup_taken_while_articles_come_in_is_whole(
    stocked: Assistant, tmp_path: Path, write: Write
) -> None:
    many = [write(f"Report {n} tells of the ferry.", id=f"report {n}") for n in range(60)]
    adding = threading.Thread(target=stocked.add, args=(many,))
    adding.start()
    held = []
    while adding.is_alive():
        held.append(backup(stocked.settings.store, tmp_path / "b.sqlite", force=True).articles)
    adding.join()
    assert held == sorted(held)
    assert restore(tmp_path / "other", tmp_path / "b.sqlite").articles == held[-1]
    copy = Assistant(Settings(store=tmp_path / "other"))
    copy.embedder = stocked.embedder
    assert maintenance.verify(copy.store) == []
    copy.close()


def test_a_backup_replaces_another_only_when_told_to(stocked: Assistant, tmp_path: Path) -> None:
    target = tmp_path / "b.sqlite"
    target.write_text("last week's")
    with pytest.raises(BadSetting, match="--force"):
        backup(stocked.settings.store, target)
    assert target.read_text() == "last week's"
    assert backup(stocked.settings.store, target, force=True).articles == 2


@pytest.mark.parametrize("target", ["", "articles.sqlite"])
def test_a_store_is_not_backed_up_onto_itself(stocked: Assistant, target: str) -> None:
    store = stocked.settings.store
    for act in (lambda: backup(store, store / target, force=True), lambda: restore(store, store)):
        with pytest.raises(BadSetting, match="is the store itself"):
            act()


def test_a_damaged_store_is_not_copied_over_a_good_backup(
    stocked: Assistant, tmp_path: Path
) -> None:
    target = backup(stocked.settings.store, tmp_path / "b.sqlite").path
    good = target.read_bytes()
    stocked.close()
    _scribble(stocked.settings.store / "articles.sqlite")
    with pytest.raises(StoreFailed, match="restore PATH"):
        backup(stocked.settings.store, target, force=True)
    assert target.read_bytes() == good
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def _scribble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : len(content) : 512] = b"\xff" * len(content[4096 : len(content) : 512])
    path.write_bytes(content)


def test_a_restored_store_answers_as_it_did_and_the_other_is_kept(
    stocked: Assistant, tmp_path: Path, write: Write
) -> None:
    stocked.store.conversations.save("someone", "talk", (Answer("Why?", "Why?"),))
    target = backup(stocked.settings.store, tmp_path / "b.sqlite").path
    stocked.add([write("The mole is green.")])
    stocked.search("mole")
    stocked.close()
    done = restore(stocked.settings.store, target)
    assert stocked.article("a").text == "The mole is red."
    assert stocked.search("red mole", limit=1)[0].ranks["meaning"] == 1
    assert [each.name for each in stocked.store.conversations.listed("someone")] == ["Why?"]
    assert maintenance.verify(stocked.store) == []
    assert done.before is not None
    assert done.before.name == f"articles.sqlite.before-restore-{datetime.now():%Y-%m-%d}"
    with closing(sqlite3.connect(done.before)) as connection:
        (text,) = connection.execute("SELECT text FROM articles WHERE id = 'a'").fetchone()
    assert text == "The mole is green."


def test_a_second_restore_of_a_day_keeps_both_that_were_there(
    stocked: Assistant, tmp_path: Path
) -> None:
    target = backup(stocked.settings.store, tmp_path / "b.sqlite").path
    stocked.close()
    kept = [restore(stocked.settings.store, target).before for _ in range(2)]
    assert len(set(kept)) == 2
    assert all(path is not None and path.is_file() for path in kept)


def test_a_store_that_is_no_database_any_more_can_be_restored(
    stocked: Assistant, tmp_path: Path
) -> None:
    target = backup(stocked.settings.store, tmp_path / "b.sqlite").path
    stocked.close()
    (stocked.settings.store / "articles.sqlite").write_bytes(b"nonsense" * 1000)
    with pytest.raises(StoreFailed, match="restore PATH"):
        stocked.sources()
    assert restore(stocked.settings.store, target).articles == 2
    assert maintenance.verify(stocked.store) == []


def test_nothing_is_restored_over_a_store_in_use(stocked: Assistant, tmp_path: Path) -> None:
    target = backup(stocked.settings.store, tmp_path / "b.sqlite").path
    with pytest.raises(StoreBusy, match=f"process {os.getpid()} .since 20"):
        restore(stocked.settings.store, target)
    stocked.store.near.release()  # who only writes does not hold Chroma
    with pytest.raises(StoreBusy, match="Stop it, then restore"):
        restore(stocked.settings.store, target)
    assert len(stocked.sources()) == 2


def test_who_still_has_the_replaced_database_open_does_not_write_into_it(
    stocked: Assistant, write: Write
) -> None:
    path = stocked.settings.store / "articles.sqlite"
    path.rename(path.with_name("old"))
    path.write_bytes(path.with_name("old").read_bytes())
    with pytest.raises(StoreFailed, match="has been replaced"):
        stocked.add([write("The pier is long.", id="c")])


def _of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "There is no backup"),
        (lambda path: path.write_text("a letter"), "is no store"),
        (_of_another_program, "is no backup"),
        (lambda path: path.write_bytes(b""), "is no backup"),
    ],
)
def test_what_is_no_backup_is_refused_and_the_store_stays(
    stocked: Assistant, tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    make(tmp_path / "b.sqlite")
    stocked.close()
    with pytest.raises((BadSetting, StoreFailed), match=told):
        restore(stocked.settings.store, tmp_path / "b.sqlite")
    assert len(stocked.sources()) == 2


def test_a_backup_of_a_newer_version_is_refused(stocked: Assistant, tmp_path: Path) -> None:
    target = backup(stocked.settings.store, tmp_path / "b.sqlite").path
    stocked.close()
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("UPDATE facts SET value = '99' WHERE name = 'version'")
        connection.commit()
    with pytest.raises(BadSetting, match="version 99"):
        restore(stocked.settings.store, target)


def test_a_damaged_backup_is_refused(stocked: Assistant, tmp_path: Path) -> None:
    target = backup(stocked.settings.store, tmp_path / "b.sqlite").path
    stocked.close()
    _scribble(target)
    with pytest.raises((StoreFailed, BadSetting)):
        restore(stocked.settings.store, target)
    assert len(stocked.sources()) == 2


def test_the_commands_say_what_they_did(
    stocked: Assistant, tmp_path: Path, command: Callable[..., list[str]]
) -> None:
    code, told = command("backup", tmp_path / "b.sqlite")
    assert (code, told.startswith("2 articles, ")) == ("0", True)
    code, told = command("backup", tmp_path / "b.sqlite")
    assert (code, told.count("\n")) == ("1", 1)
    stocked.close()
    code, told = command("restore", tmp_path / "b.sqlite")
    assert told.startswith("2 articles restored to ")
    assert "articles.sqlite.before-restore-" in told


def test_verify_of_a_damaged_database_tells_to_put_a_backup_back(
    stocked: Assistant, command: Callable[..., list[str]]
) -> None:
    stocked.close()
    path = stocked.settings.store / "articles.sqlite"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"The mole is red.", b"The mole is rid."))
    code, told = command("verify")
    assert code == "1"
    assert "article a: its text is not the text that was stored" in told
    assert told.endswith("Put a backup back: python -m assistant.index restore PATH\n")


def test_before_anything_is_added_there_is_nothing_to_copy(
    tmp_path: Path, command: Callable[..., list[str]]
) -> None:
    for words in (("backup", tmp_path / "b.sqlite"), ("export",), ("verify",), ("stats",)):
        code, told = command(*words)
        assert (code, told.count("\n")) == ("1", 1)
        assert told.startswith("Error: No articles have been indexed in ")


EXPORTED = (
    article(
        id="ferry/7",
        title="Ferry “Marguerite” late",
        text="The ferry was late… again.\n\nNobody “minded”, said Zoë 😀 Vance.\n\n• One\n• Two",
        publisher="Harbour Wire",
        author="Ada Roe, Jens Doe",
        url="https://harbourwire.example/ferry?id=7",
        published=datetime(2022, 3, 8, 0, 0, tzinfo=timezone(timedelta(hours=2))),
        updated="2022-03-09T10:11:12.5+00:00",
    ),
    article(title="Quay wet", text="It rained on the quay.", published="2022-03-08"),
    article(
        title="Old page", text="Nobody knows its day.", fetched=datetime(2022, 4, 1, tzinfo=UTC)
    ),
)


def test_what_is_exported_and_added_again_is_exported_the_same(
    assistant: Assistant, tmp_path: Path, command: Callable[..., list[str]]
) -> None:
    assistant.add(EXPORTED)
    code, lines = command("export")
    assert (code, lines.count("\n")) == ("0", 3)
    (tmp_path / "all.jsonl").write_text(lines, encoding="utf-8")
    other = Assistant(Settings(store=tmp_path / "other"))
    other.embedder = assistant.embedder
    other.add(tmp_path / "all.jsonl")
    again = [as_line(each) for each in other.store.each()]
    assert again == [json.loads(line) for line in lines.splitlines()]
    assert [(each.text, each.source.published) for each in other.store.each()] == [
        (each.text, each.source.published) for each in EXPORTED
    ]
    other.close()


def test_an_article_that_adding_would_change_is_named_by_export(
    assistant: Assistant, write: Write, command: Callable[..., list[str]]
) -> None:
    assistant.add([write("The mole  is red.", id="untidy"), write("The quay is wet.", id="b")])
    assert "1 articles would change when added again: untidy" in command("export")[1]
