"""add --dry-run: what would be stored is shown, and nothing is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.index.__main__ import app
from tests.support.making import SECOND, STORY

LETTER = (
    "Subject: The week in Arden\nFrom: Harbour Wire <n@wire.example>\n"
    f"Date: Tue, 8 Mar 2022 07:30:00 +0000\n\n{STORY}\n\n{SECOND}\n\nUnsubscribe here\n"
)


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path / "store"))
    (tmp_path / "a.eml").write_text(LETTER)
    return tmp_path / "a.eml"


def test_title_outlet_day_and_sentences_are_shown_and_nothing_is_stored(letter: Path) -> None:
    done = CliRunner().invoke(app, ["add", str(letter), "--dry-run"])

    assert done.exit_code == 0
    for words in ("The week in Arden", "Harbour Wire", "2022-03-08", "Unsubscribe here"):
        assert words in done.stdout
    assert "first    The council of Arden" in done.stdout
    assert "last     The harbour office said" in done.stdout
    assert "1 would be stored, 0 skipped: nothing was stored" in done.stdout
    assert not (letter.parent / "store").exists()


def test_it_is_json_for_scripts(letter: Path) -> None:
    done = CliRunner().invoke(app, ["add", str(letter), "--dry-run", "--json"])

    [told] = json.loads(done.stdout)["articles"]
    assert told["title"] == "The week in Arden"
    assert told["dropped"] == ["Unsubscribe here"]


def test_where_nothing_can_be_read_it_fails(letter: Path) -> None:
    letter.write_text("\n")

    done = CliRunner().invoke(app, ["add", str(letter), "--dry-run"])

    assert done.exit_code == 1
    assert "empty file" in done.stderr
