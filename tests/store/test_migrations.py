"""Stores that older programs made are brought up to date, wholly or not at all."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from assistant.ask import Assistant
from assistant.errors import StaleIndex
from assistant.sources.build_article import article
from assistant.store import checksums, maintenance, open_database, sqlite
from assistant.store.chroma import ChromaIndex
from assistant.store.full_text import TERMS, TEXTS, WORDS
from assistant.store.open_database import STEPS, VERSION
from assistant.store.tables import articles, metadata, writing
from benchmarks import kills

# The tables of the first version, as its program made them.
FIRST = """
CREATE TABLE articles (
    key INTEGER NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT NOT NULL,
    author TEXT NOT NULL, url TEXT NOT NULL, published TEXT, published_at FLOAT, updated TEXT,
    fetched TEXT, sha256 TEXT NOT NULL, text TEXT NOT NULL, text_sha256 TEXT NOT NULL,
    PRIMARY KEY (key), UNIQUE (id));
CREATE INDEX ix_articles_published_at ON articles (published_at);
CREATE TABLE passages (
    key INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL,
    number INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL,
    FOREIGN KEY(article) REFERENCES articles (key));
CREATE INDEX ix_passages_article ON passages (article);
CREATE TABLE pending (passage INTEGER NOT NULL, removed BOOLEAN NOT NULL, PRIMARY KEY (passage));
CREATE TABLE facts (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name));
"""
# What the second version added.
SECOND = """
CREATE TABLE signatures (
    article INTEGER NOT NULL, signature BLOB NOT NULL, PRIMARY KEY (article),
    FOREIGN KEY(article) REFERENCES articles (key));
CREATE TABLE bands (
    value BIGINT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (value, article),
    FOREIGN KEY(article) REFERENCES articles (key)) WITHOUT ROWID;
CREATE INDEX ix_bands_article ON bands (article);
CREATE TABLE copies (
    one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (one, other),
    FOREIGN KEY(one) REFERENCES articles (key), FOREIGN KEY(other) REFERENCES articles (key)
    ) WITHOUT ROWID;
CREATE INDEX ix_copies_other ON copies (other);
"""
# What the third version added.
THIRD = """
CREATE TABLE seals (
    article INTEGER NOT NULL, known TEXT NOT NULL, made TEXT NOT NULL, PRIMARY KEY (article),
    FOREIGN KEY(article) REFERENCES articles (key));
"""
# What the fourth version added.
FOURTH = """
CREATE TABLE stories (
    article INTEGER NOT NULL, first INTEGER NOT NULL, PRIMARY KEY (article),
    FOREIGN KEY(article) REFERENCES articles (key), FOREIGN KEY(first) REFERENCES articles (key));
CREATE INDEX ix_stories_first ON stories (first);
"""
# What the fifth version found by value alone.
FIFTH = """
DROP TABLE bands;
CREATE TABLE bands (
    value BIGINT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (value, article)) WITHOUT ROWID;
"""
OLD = {
    "1": (FIRST, ("articles", "passages", "pending")),
    "2": (
        FIRST + SECOND,
        ("articles", "passages", "pending", "signatures", "bands", "copies"),
    ),
    "3": (
        FIRST + SECOND + THIRD,
        ("articles", "passages", "pending", "signatures", "bands", "copies", "seals"),
    ),
    "4": (
        FIRST + SECOND + THIRD + FOURTH,
        ("articles", "passages", "pending", "signatures", "bands", "copies", "seals", "stories"),
    ),
    "5": (
        FIRST + SECOND + THIRD + FOURTH + FIFTH,
        ("articles", "passages", "pending", "signatures", "bands", "copies", "seals", "stories"),
    ),
}
QUESTION = "How many lanterns did Nora Vance count in house 3?"


def age(path: Path, version: str) -> None:
    """Put in the place of a store what the program of `version` would have made of its articles."""
    new = path.with_name("new.sqlite")
    path.rename(new)
    tables, filled = OLD[version]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"{tables}{TEXTS};{WORDS};{TERMS};")
        connection.execute("ATTACH ? AS new", (str(new),))
        for table in filled:
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")
        wider = connection.execute("SELECT key, vector FROM passages").fetchall()
        for key, vector in wider if version < "4" else ():
            wide = np.frombuffer(vector, dtype=np.float16).astype(np.float32).tobytes()
            connection.execute("UPDATE passages SET vector = ? WHERE key = ?", (wide, key))
        known = "('embedding', 'generation', 'changes')"
        connection.execute(f"INSERT INTO facts SELECT * FROM new.facts WHERE name IN {known}")
        connection.execute("INSERT INTO facts VALUES ('version', ?)", (version,))
        connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        connection.commit()
    new.unlink()
    if "seals" in filled:
        _seal(path)


def _seal(path: Path) -> None:
    engine = sqlite.database(path)
    with writing(engine) as connection:
        for key in connection.scalars(sa.select(articles.c.key)).all():
            checksums.renew_made(connection, key)
    engine.dispose()


@pytest.fixture
def stocked(assistant: Assistant) -> Assistant:
    """Six articles, and a copy of one of them; closed."""
    stories = kills.edition(0, 6)
    copied = article(id="a", title="Lanterns", text=stories[3].text, publisher="Gazette")
    assistant.add([*stories, copied])
    assistant.close()
    return assistant


def database(assistant: Assistant) -> Path:
    return assistant.settings.store / "articles.sqlite"


@pytest.mark.parametrize("version", OLD)
def test_a_store_of_an_older_version_answers_as_before_and_is_whole(
    stocked: Assistant, version: str
) -> None:
    before = stocked.answer(QUESTION)
    stocked.close()
    age(database(stocked), version)
    after = stocked.answer(QUESTION)
    assert before.quotes[0].copies
    assert [(each.text, each.copies) for each in after.quotes] == [
        (each.text, each.copies) for each in before.quotes
    ]
    assert maintenance.verify(stocked.store) == []
    assert stocked.store.facts()["version"] == VERSION
    assert stocked.store.remove("a")
    assert maintenance.verify(stocked.store) == []


def test_vectors_that_one_shelf_would_no_longer_hold_are_told_to_chroma_anew(
    stocked: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(database(stocked), "4")
    for module in ("migrations", "chroma"):
        monkeypatch.setattr(f"assistant.store.{module}.SHELF", 3)
    stocked.answer(QUESTION)
    index = stocked.store.near.whole()
    assert isinstance(index, ChromaIndex)
    assert len(index._shelves) > 1
    assert maintenance.verify(stocked.store) == []


def test_what_was_damaged_before_an_upgrade_is_still_found_after_it(stocked: Assistant) -> None:
    age(database(stocked), "3")
    with closing(sqlite3.connect(database(stocked))) as connection:
        ((key, vector),) = connection.execute("SELECT key, vector FROM passages LIMIT 1")
        bent = np.frombuffer(vector, dtype=np.float32).copy()
        bent[np.abs(bent).argmax()] *= 1.004  # no length or norm would show it
        connection.execute("UPDATE passages SET vector = ? WHERE key = ?", (bent.tobytes(), key))
        connection.commit()
    (line,) = [line for line in maintenance.verify(stocked.store) if line.startswith("article")]
    assert line.endswith("its passages or their vectors are not what was stored")


def test_every_version_has_a_step_to_the_next() -> None:
    assert list(STEPS) == [str(n) for n in range(1, int(VERSION))]
    assert list(OLD) == list(STEPS)


@pytest.mark.parametrize("version", OLD)
def test_an_upgrade_that_is_interrupted_leaves_the_store_as_it_was(
    stocked: Assistant, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(database(stocked), version)
    before = _content(database(stocked))

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setitem(open_database.STEPS, version, interrupted)
        with pytest.raises(KeyboardInterrupt):
            stocked.sources()
    assert _content(database(stocked)) == before
    assert maintenance.verify(stocked.store) == []


def _content(path: Path) -> str:
    """A hash of all that a database holds, its tables included."""
    with closing(sqlite3.connect(path)) as connection:
        names = sorted(connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        rows = [(name, list(connection.execute(f"SELECT * FROM {name}"))) for (name,) in names]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.mark.parametrize("version", OLD)
def test_what_an_older_program_stored_is_not_stored_twice_when_it_comes_again(
    assistant: Assistant, version: str, tmp_path: Path
) -> None:
    story = "The lamp on the mole was lit at six, and the ferry found its berth. " * 4
    (tmp_path / "plain.txt").write_text(f"Lamp lit\n\n{story}")
    rows = (
        {"id": "7", "title": "Numbered", "text": f"Seven. {story}", "publisher": "Lunmark Post"},
        {"id": "8", "title": "Nameless", "text": f"Eight. {story}"},
        {"id": "guid-ab4f-99c1", "title": "Unique", "text": f"Nine. {story}"},
        {"title": "Addressed", "text": f"Ten. {story}", "url": "https://a.example/ten?utm_id=1"},
        {"title": "At the front", "text": f"Eleven. {story}", "url": "https://a.example/"},
    )
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    named = [tmp_path / "plain.txt", tmp_path / "rows.jsonl"]
    before = assistant.add(named)
    assistant.close()
    age(database(assistant), version)
    again = assistant.add(named)
    assert {one.status for one in again} == {"unchanged"}
    assert [one.id for one in again] == [one.id for one in before]
    assert maintenance.verify(assistant.store) == []


@pytest.mark.parametrize("version", ["7", "99", "soon"])
def test_a_store_of_a_newer_version_is_refused_in_one_line_and_left_alone(
    stocked: Assistant, version: str
) -> None:
    with closing(sqlite3.connect(database(stocked))) as connection:
        connection.execute("UPDATE facts SET value = ? WHERE name = 'version'", (version,))
        connection.execute("DROP TABLE seals")
        connection.commit()
    before = _content(database(stocked))
    with pytest.raises(StaleIndex, match=rf"version {version}, ours of {VERSION}") as told:
        stocked.sources()
    assert "\n" not in str(told.value)
    assert _content(database(stocked)) == before


def test_a_table_that_came_within_a_version_is_made_at_opening(stocked: Assistant) -> None:
    with closing(sqlite3.connect(database(stocked))) as connection:
        connection.execute("DROP TABLE votes")
    assert stocked.store.conversations.votes() == []
    with closing(sqlite3.connect(database(stocked))) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert names >= set(metadata.tables)
