"""Every link in the pages leads somewhere, and so does what the program says to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.documents import PAGES, ROOT, anchors, links, name

PROGRAM = [
    *sorted(ROOT.glob("assistant/**/*.py")),
    *sorted(ROOT.glob("benchmarks/*.py")),
    *(ROOT / one for one in ("Dockerfile", "Makefile", "app.py", "compose.yaml", "pyproject.toml")),
]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_page_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"(?<![\w/.])docs/[\w-]+\.(?:md|png)", page.read_text("utf-8"))
    assert not [one for one in named if not (ROOT / one).exists()]


def test_what_the_program_says_to_read_is_there() -> None:
    for file in PROGRAM:
        text = file.read_text(encoding="utf-8")
        assert "in the README" not in text, file
        for heading, page in re.findall(r'(?:"([^"\n]+)" in )?(docs/[\w-]+\.md)', text):
            assert (ROOT / page).exists(), (file, page)
            assert not heading or f"## {heading}\n" in (ROOT / page).read_text("utf-8"), heading
