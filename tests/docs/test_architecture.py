"""docs/architecture.md shows the plan as it is: its rooms, its layers, the files to open."""

from __future__ import annotations

import re
import tomllib

from tests.support.documents import ROOT, links

PAGE = ROOT / "docs" / "architecture.md"
TEXT = PAGE.read_text("utf-8")
WHERE = re.findall(r"^\| (.+?) \| (\[`.+) \|$", TEXT.partition("## If you want")[2], re.M)


def test_it_tells_of_25_changes_or_more_where_to_make_them() -> None:
    assert len(WHERE) >= 25
    assert len({change for change, _ in WHERE}) == len(WHERE)


def test_each_file_to_open_is_one_and_is_called_what_its_link_says() -> None:
    for change, opened in WHERE:
        for said, link in re.findall(r"\[`([^`]+)`\]\(([^)]+)\)", opened):
            assert (PAGE.parent / link).resolve() == ROOT / said, change
            assert (ROOT / said).is_file(), said


def test_every_room_is_in_the_drawing_or_the_layers() -> None:
    rooms = {room.parent.name for room in ROOT.glob("assistant/*/__init__.py")}
    assert not [room for room in rooms if f"`{room}`" not in TEXT]


def test_the_drawing_names_the_rooms_that_an_article_and_a_question_pass() -> None:
    drawn = re.search(r"```mermaid\n(.+?)```", TEXT, re.S)
    assert drawn
    passed = "sources indexing text embedding store questions retrieval evidence writing render"
    for room in passed.split():
        assert re.search(rf"\b{room}\b", drawn[1]), room
    for record in ("Article", "Passage", "Outcome", "Filters", "Hit", "Quote", "Answer"):
        assert re.search(rf'"[^"\n]*\b{record}\b', drawn[1]), record


def test_the_layers_are_those_of_the_contract_in_its_order() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = pyproject["tool"]["importlinter"]["contracts"][0]["layers"]
    rows = re.findall(r"^\| (`.+?`) \| [^`\[]", TEXT, re.M)
    told = [re.findall(r"`(\w+)`", row) for row in rows]
    assert told == [layer.split(" | ") for layer in contract]
    assert "../pyproject.toml" in links(PAGE)
