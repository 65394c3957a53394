"""Files of stories: which they are, what they hold, and how a broken line is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadSetting
from assistant.evaluate import story_exam, story_files
from tests.evaluate.test_story_exam import STORY, stories_file
from tests.support.documents import ROOT, blocks


def test_a_file_is_known_by_what_its_first_line_holds(tmp_path: Path) -> None:
    other = tmp_path / "newsroom.jsonl"
    other.write_text('{"id": "a", "text": "The \\"articles\\": [1] were read.", "questions": []}')
    assert story_files.is_stories(stories_file(tmp_path, name="any.jsonl"))
    assert not story_files.is_stories(other)
    assert not story_files.is_stories(tmp_path)


def test_a_folder_names_all_its_stories_unless_it_holds_questions(tmp_path: Path) -> None:
    files = [stories_file(tmp_path, name=f"stories-{letter}.jsonl") for letter in "ba"]
    assert story_files.among(tmp_path) == sorted(files)
    (tmp_path / "questions.jsonl").touch()
    assert story_files.among(tmp_path) == []


def test_further_files_are_asked_when_they_hold_stories(tmp_path: Path) -> None:
    first, second = (stories_file(tmp_path, name=f"{letter}.jsonl") for letter in "ab")
    plain = tmp_path / "plain.jsonl"
    plain.write_text('{"title": "Mole", "text": "It is red."}')
    assert story_files.among(first, [second, plain]) == [first, second]
    assert story_files.among(plain, [second]) == []


def test_articles_come_with_all_their_fields_but_no_nulls(tmp_path: Path) -> None:
    first, second = story_files.articles(stories_file(tmp_path))
    assert first[0].endswith("stories-a.jsonl, line 1, article 1")
    assert first[1]["publisher"] == "Harbour Wire"
    assert "author" not in first[1]
    assert "publisher" not in second[1]


def broken(change: Callable[[dict[str, Any]], object]) -> str:
    story = {**deepcopy(STORY), "id": "harbour-05"}
    change(story)
    return json.dumps(story)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('{"id": "x", "articles": [', "line 2 is broken: Invalid JSON"),
        ('["articles"]', "line 2: Input should be an object"),
        (broken(lambda one: one.pop("articles")), "line 2, articles: Field required"),
        (broken(lambda one: one["articles"][1].pop("id")), "line 2, articles 2 id: Field"),
        (broken(lambda one: one["requests"][0].pop("kind")), "line 2, requests 1 kind: Field"),
        (broken(lambda one: one["requests"][1].pop("points")), 'requests 2: give it "points"'),
        (broken(lambda one: one["requests"][3].pop("count")), "requests 4: give it the number"),
        (broken(lambda one: one["requests"][3].update(count="1")), "requests 4 count: Input"),
        (
            broken(lambda one: one["requests"][0]["points"][0]["any_of"][0].pop("article")),
            "requests 1 points 1 any_of 1 article: Field required",
        ),
        (broken(lambda one: one["requests"][1].update(today="soon")), "request 2: today is 'soon'"),
        (json.dumps(STORY), "the id 'harbour-04' comes twice"),
    ],
)
def test_a_broken_story_is_named_with_its_line_and_place(
    tmp_path: Path, line: str, hint: str
) -> None:
    file = stories_file(tmp_path)
    file.write_text(f"{json.dumps(STORY)}\n{line}\n")
    with pytest.raises(BadSetting, match=hint) as caught:
        story_exam.asked([file])
    assert "\n" not in str(caught.value)


def test_the_story_that_the_page_shows_is_one(tmp_path: Path) -> None:
    told = next(text for _, text in blocks(ROOT / "docs/developing.md") if '"requests"' in text)
    found = story_exam.asked([stories_file(tmp_path, json.loads(told))])
    assert [one.kind for one in found] == ["fact", "followup", "count", "near_miss"]
