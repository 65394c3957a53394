"""The README is short and names what is there; what any page shows of the program is real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import ask
from assistant.ask import Assistant
from assistant.drafts.read_draft import read_draft
from assistant.render.report_text import report_terminal
from assistant.render.terminal import terminal
from tests.support.documents import PAGES, ROOT, blocks, name

README = (ROOT / "README.md").read_text("utf-8")
_SHOWN = re.compile(r'\$ python -m assistant "([^"]+)"(?: --limit (\d+))?\n\n(.+)\n', re.S)
TRANSCRIPTS = [
    (name(page), match)
    for page in PAGES
    for _, text in blocks(page)
    if (match := _SHOWN.fullmatch(text))
]


@pytest.mark.parametrize("shown", TRANSCRIPTS, ids=lambda shown: f"{shown[0]}: {shown[1][1]}")
def test_a_transcript_is_real(samples: Assistant, shown: tuple[str, re.Match[str]]) -> None:
    question, limit, printed = shown[1].groups()
    assert terminal(samples.answer(question, limit=int(limit) if limit else None)) == printed


_CHECKED = re.compile(r"\$ (?:echo '(.+)' \| )?python -m assistant\.check (\S+)\n\n(.+)\n", re.S)
REPORTS = [
    (name(page), match)
    for page in PAGES
    for _, text in blocks(page)
    if (match := _CHECKED.fullmatch(text))
]


@pytest.mark.parametrize("shown", REPORTS, ids=lambda shown: f"{shown[0]}: {shown[1][2]}")
def test_a_report_is_real(samples: Assistant, shown: tuple[str, re.Match[str]]) -> None:
    given, where, printed = shown[1].groups()
    draft = given or read_draft(str(ROOT / where), 10**6)
    assert report_terminal(samples.check(draft)) == printed


def test_the_readme_shows_a_report() -> None:
    assert {"README.md", "docs/checking.md"} <= {page for page, _ in REPORTS}


# Of those that ask the default store, so that they run on the samples as they stand.
SCRIPTS = [
    (page, text)
    for page in ("README.md", "docs/using.md")
    for language, text in blocks(ROOT / page)
    if language == "python" and "/srv/" not in text
]


@pytest.fixture
def default_store(samples: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The samples, as the store that `answer` opens once a process; forgotten afterwards."""
    monkeypatch.setenv("ASSISTANT_STORE", str(samples.settings.store))
    ask._default.cache_clear()
    yield
    ask._default().close()
    ask._default.cache_clear()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script[0])
def test_a_script_runs_and_prints(
    script: tuple[str, str], default_store: None, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(script[1], script[0], "exec"), {"__name__": "example"})
    assert capsys.readouterr().out


def test_the_readme_shows_an_answer_on_its_first_screen() -> None:
    assert "README.md" in [page for page, _ in TRANSCRIPTS]
    first = README.splitlines()[:25]
    assert any("docs/page.jpg" in line for line in first)
    assert any(line.startswith("make run") for line in first)
    assert any(line.startswith("make test") for line in first)
    assert any(line.startswith("$ python -m assistant") for line in first)


def test_the_readme_has_at_most_200_lines() -> None:
    assert len(README.splitlines()) <= 200


def _tree() -> list[str]:
    """The paths in the README's tree, in its order."""
    text = next(text for _, text in blocks(ROOT / "README.md") if "assistant/  " in text)
    found, top = [], ""
    for line in text.splitlines():
        path = line.split()[0]
        top = top if line.startswith(" ") else path
        found.append(path if path == top else top + path)
    return found


def test_the_tree_names_what_is_there_and_every_room() -> None:
    tree = _tree()
    assert not [path for path in tree if not (ROOT / path).exists()]
    rooms = {f"assistant/{room.parent.name}/" for room in ROOT.glob("assistant/*/__init__.py")}
    assert rooms <= set(tree)


def test_the_tree_tells_the_rooms_in_the_order_in_which_they_are_passed() -> None:
    passed = ["sources", "text", "embedding", "store"]
    asked = ["questions", "retrieval", "evidence", "writing", "render"]
    rooms = [Path(path).name for path in _tree()]
    for way in (passed, asked):
        assert [room for room in rooms if room in way] == way


def test_each_page_in_docs_is_linked_from_the_readme_or_a_page_it_links() -> None:
    texts = [page.read_text("utf-8") for page in PAGES]
    for page in ROOT.glob("docs/*.md"):
        assert any(f"{page.name})" in text or f"{page.name}#" in text for text in texts), page
