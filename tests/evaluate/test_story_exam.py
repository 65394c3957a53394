"""Stories: what is asked of them, what is right, the figures by kind, two runs compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadSetting
from assistant.evaluate import story_exam, story_figures, story_judging, story_rows
from assistant.evaluate.ask_all import Result, Shown
from assistant.evaluate.story_exam import Request
from assistant.evaluate.story_figures import Kind
from assistant.evaluate.story_judging import Judged

RED = "The harbour office painted the northern mole red on Monday."
WHY = "“Red is seen from afar,” said the harbour master, Ida Bergvall."
GREEN = "On Thursday the office had it painted green instead."
FERRY = "The last ferry to Hollin sailed with 212 passengers aboard."


def sentence(article: str, text: str) -> dict[str, str]:
    return {"article": article, "sentence": text}


def point(*evidence: dict[str, str]) -> dict[str, Any]:
    return {"any_of": list(evidence)}


STORY: dict[str, Any] = {
    "id": "harbour-04",
    "articles": [
        {
            "id": "mole-a",
            "title": "Mole painted red",
            "publisher": "Harbour Wire",
            "author": None,
            "published": "2022-03-08T10:00:00+01:00",
            "text": f"{RED} {WHY}",
        },
        {
            "id": "mole-b",
            "title": "Mole painted again",
            "published": "2022-03-11",
            "text": f"{GREEN} Nobody had asked for that.\n\n{FERRY}",
        },
    ],
    "requests": [
        {
            "kind": "fact",
            "request": "What colour did the harbour office paint the northern mole on Monday?",
            "also": ["northern mole paint colour monday", "which colour, the northern mole"],
            "points": [point(sentence("mole-a", RED))],
            "fine": [sentence("mole-a", WHY)],
        },
        {
            "kind": "changed",
            "request": "How did the colour of the northern mole change?",
            "today": "2022-03-20",
            "points": [point(sentence("mole-a", RED)), point(sentence("mole-b", GREEN))],
        },
        {
            "kind": "followup",
            "history": ["What colour did the harbour office paint the northern mole?"],
            "request": "Who is the harbour master?",
            "points": [point(sentence("mole-a", WHY))],
        },
        {"kind": "count", "request": "How many ferries sailed?", "points": [], "count": 1},
        {"kind": "near_miss", "request": "Who won the Candle Race?", "refuse": True},
    ],
}
TEXTS = {one["id"]: one["text"] for one in STORY["articles"]}


def stories_file(folder: Path, *stories: dict[str, Any], name: str = "stories-a.jsonl") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text("".join(json.dumps(story) + "\n" for story in stories or (STORY,)))
    return file


@pytest.fixture
def exam(tmp_path: Path) -> dict[str, Request]:
    """The story's requests by kind."""
    return {one.kind: one for one in story_exam.asked([stories_file(tmp_path / "set")])}


def quote(article: str, text: str) -> Shown:
    start = TEXTS[article].index(text)
    return Shown(text, article, "", "", 1.0, True, start, start + len(text))


def judged(request: Request, *quotes: Shown, count: int | None = None) -> Judged:
    asked = request.question
    status = "answered" if quotes else "not_found"
    result = Result(asked.id, asked.text, asked.asked, status, quotes, (), (), {}, count=count)
    return story_judging.judged(request, result, TEXTS)


# --- requests


def test_a_request_is_asked_on_its_day_or_else_the_storys_last(exam: dict[str, Request]) -> None:
    assert exam["changed"].question.asked == "2022-03-20"
    assert exam["fact"].question.asked == "2022-03-11"
    assert exam["followup"].question.history[0].startswith("What colour")


def test_voices_are_the_other_wordings_alone(tmp_path: Path) -> None:
    found = story_exam.asked([stories_file(tmp_path)], voices=True)
    assert [one.question.id for one in found] == ["harbour-04/1/1", "harbour-04/1/2"]
    assert found[1].question.text == "which colour, the northern mole"


def test_only_stories_with_such_an_ending_are_asked(tmp_path: Path) -> None:
    file = stories_file(tmp_path, STORY, {**STORY, "id": "harbour-05"})
    found = story_exam.asked([file], endings=["05"])
    assert {one.question.id.split("/")[0] for one in found} == {"harbour-05"}
    with pytest.raises(BadSetting, match="ends in '06'"):
        story_exam.asked([file], endings=["05", "06"])


def test_a_sample_of_requests_is_always_the_same(tmp_path: Path) -> None:
    file = stories_file(tmp_path)
    assert len(story_exam.asked([file], sample=2)) == 2
    assert story_exam.asked([file], sample=2) == story_exam.asked([file], sample=2)


# --- right or wrong


def test_a_single_point_must_be_among_the_first_three_quotes(exam: dict[str, Request]) -> None:
    others = [quote("mole-b", text) for text in (GREEN, FERRY, "Nobody had asked for that.")]
    assert judged(exam["fact"], *others[:2], quote("mole-a", RED)).right
    late = judged(exam["fact"], *others, quote("mole-a", RED))
    assert (late.right, late.recall) == (False, 1.0)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (f"{RED} {WHY}", True),
        ("painted the northern mole red", True),
        (f"mole red on Monday. {WHY}", False),
    ],
)
def test_a_quote_covers_a_sentence_when_they_share_most_of_the_shorter(
    exam: dict[str, Request], text: str, right: bool
) -> None:
    assert judged(exam["fact"], quote("mole-a", text)).right is right


def test_of_several_points_six_in_ten_are_wanted(exam: dict[str, Request]) -> None:
    half = judged(exam["changed"], quote("mole-b", GREEN))
    assert (half.right, half.recall) == (False, 0.5)
    assert judged(exam["changed"], quote("mole-b", GREEN), quote("mole-a", RED)).right


def test_a_count_is_right_by_its_number_alone(exam: dict[str, Request]) -> None:
    assert judged(exam["count"], count=1).right
    assert not judged(exam["count"], quote("mole-b", FERRY)).right


def test_to_refuse_is_to_quote_nothing(exam: dict[str, Request]) -> None:
    assert judged(exam["near_miss"]).right
    assert not judged(exam["near_miss"], quote("mole-a", RED)).right


def test_a_quote_is_good_that_covers_a_point_or_is_fine(exam: dict[str, Request]) -> None:
    told = judged(exam["fact"], quote("mole-a", RED), quote("mole-a", WHY), quote("mole-b", FERRY))
    assert told.good == 2


def test_evidence_that_stands_in_no_article_is_known(exam: dict[str, Request]) -> None:
    texts = {**TEXTS, "mole-b": ""}
    assert story_judging.unknown(exam.values(), texts) == ["harbour-04/2"]


# --- figures


def test_a_row_for_each_kind_and_one_for_all_of_them(exam: dict[str, Request]) -> None:
    run = [
        judged(exam["fact"], quote("mole-a", RED), quote("mole-b", FERRY)),
        judged(exam["changed"]),
        judged(exam["near_miss"]),
    ]
    rows = {one.kind: one for one in story_figures.by_kind(run)}
    assert list(rows) == ["changed", "fact", "all answerable", "near_miss", "all to refuse"]
    assert rows["fact"] == Kind("fact", False, 1, 1.0, 1.0, 0.5, 0.0, 2.0)
    assert rows["near_miss"] == Kind("near_miss", True, 1, 1.0, None, None, 1.0, 0.0)
    assert rows["all answerable"] == Kind("all answerable", False, 2, 0.5, 0.5, 0.5, 0.5, 1.0)


def test_the_figures_over_all_weigh_kinds_alike_and_do_not_call_a_count_refused(
    exam: dict[str, Request],
) -> None:
    right = judged(exam["fact"], quote("mole-a", RED), quote("mole-b", FERRY))
    run = [right, right, judged(exam["changed"]), judged(exam["count"]), judged(exam["near_miss"])]
    found = {one.name: one.value for one in story_figures.figures(run)}
    assert found == {
        "right": 0.5,
        "mean": pytest.approx(1 / 3),
        "wrongly_refused": 0.25,
        "rightly_refused": 1.0,
        "balanced": 0.75,
        "precision": 0.5,
    }


def test_figures_that_nothing_was_asked_for_are_left_out(exam: dict[str, Request]) -> None:
    found = {one.name for one in story_figures.figures([judged(exam["near_miss"])])}
    assert found == {"rightly_refused"}


def test_two_runs_are_compared_request_by_request(exam: dict[str, Request]) -> None:
    old = [judged(exam["fact"]), judged(exam["near_miss"])]
    new = [
        judged(exam["fact"], quote("mole-a", RED)),
        judged(exam["near_miss"], quote("mole-a", RED)),
    ]
    found = {one.difference.label: one for one in story_figures.changes(old, new)}
    assert (found["fact"].turned_right, found["fact"].turned_wrong) == (1, 0)
    assert found["fact"].difference.verdict == "better, but may be chance"
    assert found["near_miss, to refuse"].turned_wrong == 1
    assert found["wrongly refused"].turned_right == 1
    assert found["precision"].turned_right is None


def test_the_tables_show_kinds_figures_and_changes(exam: dict[str, Request]) -> None:
    run = [judged(exam["fact"], quote("mole-a", RED)), judged(exam["near_miss"])]
    kinds, figures = story_figures.by_kind(run), story_figures.figures(run)
    told = story_rows.as_text(kinds, figures, story_figures.changes(run, run))
    assert "near_miss, to refuse  1  1.000       -          -    1.000     0.0" in told
    assert "turned right  turned wrong  verdict" in told
