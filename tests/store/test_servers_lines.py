"""PostgreSQL and Chroma's server as a person meets them: addresses, damage, and one clear line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.ask import Assistant
from assistant.errors import AssistantError, BadSetting, NoIndex, StoreBusy, StoreFailed
from assistant.index.__main__ import app
from assistant.records import Article
from assistant.settings import Settings
from assistant.store import maintenance
from assistant.store.store import Store
from assistant.store.tables import writing
from tests.support.servers import Postgres

Write = Callable[..., Article]
LONG = " ".join(f"Sentence {i} tells of the harbour and its ferries." for i in range(60))
POSTGRES = pytest.mark.parametrize("settings", ["postgres"], indirect=True)


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
        (("127.0.0.1:", "127.0.0.1:x"), "is no address.*%XX"),
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
        Assistant(settings).search("mole")


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
    amiss = maintenance.verify(assistant.store)
    assert "word index: lacks passage 1" in amiss
    assert "word index: holds passage 99, which is not stored" in amiss
    assert "article b: its text is not the text that was stored" in amiss
    assistant.add([write("The mole is redder.", id="b")])
    maintenance.rebuild(assistant.store, assistant.embedder, budget=220, progress=lambda _: None)
    assert maintenance.verify(assistant.store) == []


@POSTGRES
def test_a_writer_that_never_ends_is_reported_as_busy(
    assistant: Assistant,
    settings: Settings,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assistant.add([write("The mole is red.")])
    monkeypatch.setattr("assistant.store.postgres.PATIENCE", 100)
    other = Assistant(settings)
    with (
        writing(other.store.engine),
        pytest.raises(StoreBusy, match="Try again when it is done"),
    ):
        assistant.add([write("The quay is wet.", id="b")])
    other.close()


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
