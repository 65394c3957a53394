"""docs/settings.md names every setting with its default, and no page names one that is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.settings import PREFIX, Settings
from tests.support.documents import PAGES, ROOT, name

ROWS = (ROOT / "docs" / "settings.md").read_text("utf-8").splitlines()
SHARED = [*PAGES, ROOT / "Dockerfile", ROOT / "compose.yaml"]


def shown(default: object) -> str:
    """A default as the table writes it."""
    plain = default.get_secret_value() if isinstance(default, SecretStr) else default
    if plain is None or plain == "":
        return "empty"
    return f"`{str(plain).lower() if plain is False else str(plain).removesuffix('.0')}`"


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_the_page_names_every_setting_with_its_default(setting: str) -> None:
    field = Settings.model_fields[setting]
    (row,) = [line for line in ROWS if line.startswith(f"| `{PREFIX}{setting.upper()}` |")]
    written = row.split(" | ")[1]
    assert field.default_factory or written.startswith(shown(field.default))


@pytest.mark.parametrize("page", SHARED, ids=name)
def test_every_setting_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(rf"\b{PREFIX}([A-Z_]*[A-Z])\b", page.read_text("utf-8"))
    assert {one.lower() for one in named} <= set(Settings.model_fields)
