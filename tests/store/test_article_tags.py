"""Tags: from where they come, how a person changes them, and that they stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.indexing import bring_back
from assistant.records import Article
from assistant.sources.build_article import tags_of
from assistant.sources.listed_pages import Folder
from assistant.sources.supplied_metadata import Given
from assistant.store import maintenance
from tests.support.servers import everywhere

Write = Callable[..., Article]
TEXT = "The lamp on the mole was lit at six, and the last ferry found its berth without a tug."
LETTER = "Subject: Lamp lit\nFrom: Lunmark Post <a@lunmark.example>\n"


def tags(assistant: Assistant) -> list[tuple[str, ...]]:
    return [one.tags for one in assistant.sources()]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.md", f"---\ntags: [Ferry, mole]\ncategories: X\n---\n# L\n\n{TEXT}", "Ferry mole X"),
        ("a.md", f"---\ntags:\n  - Ferry\n---\n# Lamp\n\n{TEXT}", "Ferry"),
        ("a.jsonl", json.dumps({"title": "L", "text": TEXT, "tags": ["Ferry", "ferry"]}), "ferry"),
        ("a.json", json.dumps([{"text": TEXT, "categories": [{"name": "Ferry"}]}]), "Ferry"),
        ("a.csv", f'text,tags\n"{TEXT}","Ferry; mole"\n', "Ferry mole"),
        ("a.eml", f"{LETTER}X-Gmail-Labels: Inbox,Ferry\n\n{TEXT}", "Ferry Inbox"),
        ("a.eml", f"{LETTER}Keywords: Ferry\n\n{TEXT}", "Ferry"),
        ("a.txt", f"Lamp lit\n\n{TEXT}", ""),
    ],
)  # fmt: skip
def test_tags_come_from_what_is_read(
    assistant: Assistant, tmp_path: Path, name: str, content: str, found: str
) -> None:
    (tmp_path / name).write_text(content)
    assistant.add(tmp_path / name)
    assert tags(assistant) == [tuple(found.split())]
    assert [one.status for one in assistant.add(tmp_path / name)] == ["unchanged"]


def test_a_folder_gives_its_name_and_those_of_the_folders_in_it(
    assistant: Assistant, tmp_path: Path
) -> None:
    for folder in ("dossiers", "dossiers/Ukraine", "dossiers/Ukraine/2022"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"Lamp lit\n\n{TEXT} It is in {folder}.")
    given = Given(tags=("all",), tag_folders=True)
    assistant.add(Folder(str(tmp_path / "dossiers")), given=given)
    assert {one.source.tags for one in assistant.store.each()} == {
        ("all", "dossiers"),
        ("all", "dossiers", "Ukraine"),
        ("2022", "all", "dossiers", "Ukraine"),
    }
    assert assistant.store.tags.all() == {"2022": 1, "all": 3, "dossiers": 3, "Ukraine": 2}


@everywhere
def test_a_persons_word_counts_whatever_the_file_says(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ntags: [Ferry, mole]\n---\n# Lamp\n\n{TEXT}")
    (outcome,) = assistant.add(path)
    assistant.store.tags.change([outcome.id], add=["Court"], remove=["FERRY"])
    assert tags(assistant) == [("Court", "mole")]
    path.write_text(f"---\ntags: [Ferry]\n---\n# Lamp\n\n{TEXT} It rained.")
    assistant.add(path)
    assert tags(assistant) == [("Court",)]
    assert assistant.store.tags.all() == {"Court": 1}
    assistant.add(path, given=Given(tags=("ferry",)))
    assert tags(assistant) == [("Court", "ferry")]
    assert maintenance.verify(assistant.store) == []
    assistant.store.remove(outcome.id)
    assert assistant.store.tags.all() == {}
    list(bring_back.bring_back([outcome.id], assistant.store, assistant.embedder, budget=220))
    assert tags(assistant) == [("Court", "ferry")]
    assert maintenance.verify(assistant.store) == []


def test_earlier_texts_have_the_tags_of_their_article(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text in (f"{TEXT} The tenants fear the tide.", TEXT):
        path.write_text(f"Lamp lit\n\n{text}")
        assistant.add(path, given=Given(tags=("mole",)))
    (quote, *_) = assistant.answer("What do the tenants fear?", tags=["mole"]).quotes
    assert quote.source.version_of


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("a, b;c|a", ("a", "b", "c")),
        (["a, b", {"name": "c"}, None, 2022], ("a, b", "c", "2022")),
        ("#ferry", ("ferry",)),
        (None, ()),
        ({}, ()),
    ],
)
def test_tags_are_a_list_or_have_commas(given: object, found: tuple[str, ...]) -> None:
    assert tags_of(given) == found
