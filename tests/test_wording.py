"""The assistant's own words: found, filled, and checked before anyone asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import wording
from assistant.errors import BadSetting


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for path in (wording.CLONE / "prompts").glob("*.md"):
        (tmp_path / path.name).write_text(path.read_text())
    monkeypatch.setattr(wording, "FOLDERS", (tmp_path,))
    wording.texts.cache_clear()
    yield tmp_path
    wording.texts.cache_clear()


def test_a_text_is_filled_with_its_values() -> None:
    said = wording.say("too_long", length="10,000", most="2,000")
    assert said.startswith("That is 10,000 characters long; a question may have 2,000.")


@pytest.mark.parametrize("text", ["That is long.", "$length $most $other", "$length $most 5$"])
def test_a_missing_or_unknown_name_is_an_error_at_once(folder: Path, text: str) -> None:
    (folder / "too_long.md").write_text(text)
    with pytest.raises(BadSetting, match=r"too_long\.md must use .*\$length, \$most"):
        wording.texts()


def test_a_missing_text_is_named(folder: Path) -> None:
    (folder / "nearest.md").unlink()
    with pytest.raises(BadSetting, match=r"nearest\.md is missing"):
        wording.texts()


def test_no_text_lies_about_unused() -> None:
    assert {path.stem for path in (wording.CLONE / "prompts").glob("*")} == set(wording.NAMES)
