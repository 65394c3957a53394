"""The measure itself: what is asked, what counts as right, intervals, comparing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import BadSetting
from assistant.evaluate import exam_questions
from assistant.evaluate.ask_all import Result, Shown
from assistant.evaluate.comparing import compare, mcnemar
from assistant.evaluate.exam_questions import Question
from assistant.evaluate.figures import Figure, figures, interval, resampled
from assistant.evaluate.judging import answers, rank, score
from assistant.evaluate.measures import area, mean

ARTICLES = [
    {
        "id": "mole",
        "title": "Mole painted red",
        "text": "The harbour office painted the northern mole red on Monday. Nobody asked why.",
        "published": "2022-03-08",
    },
    {
        "id": "ferry",
        "title": "",
        "text": "The last ferry to Hollin sailed with 212 passengers aboard. It was late again.",
        "published": "2022-03-09",
    },
]
QUESTIONS = [
    {
        "id": "q1",
        "asked": "2022-03-10",
        "question": "What colour did the harbour office paint the northern mole?",
        "answers": ["Red"],
        "gold": ["mole"],
        "answer_in": ["mole"],
        "likely": ["mole"],
    },
    {
        "id": "q2",
        "asked": "2022-04-10",
        "question": "How many passengers sailed on the last ferry to Hollin?",
        "answers": ["212"],
        "answer_in": ["ferry"],
        "likely": ["ferry"],
    },
]
UNANSWERABLE = [{"id": "u1", "asked": "2024-01-01", "question": "Who won the Candle Race?"}]


def a_set(made: Path) -> Path:
    """A folder of articles and questions."""
    made.mkdir()
    files = {"articles": ARTICLES, "questions": QUESTIONS, "unanswerable": UNANSWERABLE}
    for name, rows in files.items():
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (made / f"{name}.jsonl").write_text(lines)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_set(tmp_path / "set")


def shown(text: str, score: float = 1.0) -> Shown:
    return Shown(text, "mole", "Mole painted red", "2022-03-08", score, exact=True)


def result(id: str = "q1", *quotes: str, **more: Any) -> Result:
    made = Result(
        id=id,
        question=QUESTIONS[0]["question"],  # type: ignore[arg-type]
        asked="2022-03-10",
        status="answered" if quotes else "not_found",
        quotes=tuple(shown(text) for text in quotes),
        nearest=(),
        found=("ferry", "mole"),
        seconds={"total": 0.5},
    )
    return replace(made, **more)


RED = Question(
    "q1",
    str(QUESTIONS[0]["question"]),
    answers=("Red",),
    gold=("mole",),
    answer_in=("mole",),
    likely=True,
)
NEVER = replace(RED, id="u1", answers=(), gold=(), answer_in=(), likely=False, answerable=False)


# --- questions


def test_a_folder_gives_its_questions_and_those_nothing_answers(folder: Path) -> None:
    found = {one.id: one for one in exam_questions.read(folder)}
    assert found["q1"].gold == ("mole",)
    assert found["q2"].likely
    assert not found["u1"].answerable


def test_a_newsroom_file_gives_each_articles_questions_and_near_misses(tmp_path: Path) -> None:
    asked = {"question": "Which mole?", "sentence": "The mole.", "also": ["That mole."]}
    line = {**ARTICLES[0], "questions": [asked], "unanswerable": [{"question": "Whose mole?"}]}
    file = tmp_path / "newsroom.jsonl"
    file.write_text(json.dumps(line))
    known, missed = exam_questions.read(file)
    assert (known.id, known.asked, known.gold) == ("mole/1", "2022-03-08", ("mole",))
    assert known.sentences == ("The mole.", "That mole.")
    assert not missed.answerable


def test_days_choose_among_questions_but_keep_those_nothing_answers(folder: Path) -> None:
    chosen = exam_questions.chosen(exam_questions.read(folder), until="2022-03-31")
    assert [one.id for one in chosen] == ["q1", "u1"]


def test_a_sample_is_always_the_same(folder: Path) -> None:
    found = exam_questions.read(folder)
    assert len(exam_questions.chosen(found, sample=2)) == 2
    assert exam_questions.chosen(found, sample=2) == exam_questions.chosen(found, sample=2)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("{broken", "line 2 is broken JSON"),
        ('["list"]', "line 2 is not a question"),
        ('{"id": "q9"}', "has no question"),
        ('{"id": "q1", "question": "Why?"}', "the id 'q1'"),
        ('{"question": "Why?", "answers": [1]}', '"answers" is neither'),
    ],
)
def test_a_broken_line_of_questions_is_named(folder: Path, line: str, hint: str) -> None:
    first = json.dumps(QUESTIONS[0])
    (folder / "questions.jsonl").write_text(f"{first}\n{line}\n")
    with pytest.raises(BadSetting, match=hint):
        exam_questions.read(folder)


# --- right or wrong


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        ("They painted it RED, again.", True),
        ("The “red” mole", True),
        ("Painters were hired.", False),
        ("A redder mole", False),
    ],
)
def test_an_answer_counts_as_whole_words_without_case_or_marks(quote: str, right: bool) -> None:
    assert answers(RED, quote) is right


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        ("It said: “One two three four five six seven eight nine ten.” Then no more.", True),
        ("Three four five six seven eight nine ten.", True),
        ("Eight nine ten.", False),
    ],
)
def test_a_sentence_counts_whole_or_to_four_fifths(quote: str, right: bool) -> None:
    wanted = replace(
        RED, answers=(), sentences=("One two three four five six seven eight nine ten.",)
    )
    assert answers(wanted, quote) is right


def test_the_place_of_an_article_counts_articles_not_passages() -> None:
    assert rank(RED, result()) == 2
    assert rank(replace(RED, gold=("other",)), result()) is None


def test_the_score_of_a_refusal_is_its_nearest_evidence() -> None:
    assert score(result(nearest=(shown("a", 0.2), shown("b", 0.4)))) == 0.4
    assert score(result()) == 0.0


# --- figures


def by_name(pairs: list[tuple[Question, Result]]) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures(pairs)}


def test_figures_count_what_was_found_and_quoted() -> None:
    counted = by_name([(RED, result("q1", "No.", "The mole is red."))])
    assert (counted["article_1"].value, counted["article_4"].value) == (0, 1)
    assert counted["article_mrr"].value == 0.5
    assert (counted["quote_1"].value, counted["quote_2"].value) == (0, 1)
    assert counted["words"].value == 5
    assert counted["exact"].value == 1


def test_figures_count_both_ways_of_refusing_wrongly() -> None:
    counted = by_name([(RED, result("q1")), (NEVER, result("u1", "It is red."))])
    assert counted["wrong_refusals"].value == 1
    assert counted["wrong_answers"].value == 1
    assert counted["balanced"].value == 0
    assert counted["auc"].value == 0


def test_an_altered_quote_shows_in_the_figures() -> None:
    altered = replace(shown("The mole is blue."), exact=False)
    assert by_name([(RED, result(quotes=(altered,)))])["exact"].value == 0


def test_the_area_under_the_curve_counts_ties_half() -> None:
    assert area(np.array([3.0, 2.0]), np.array([1.0, 0.0])) == 1.0
    assert area(np.array([1.0]), np.array([1.0])) == 0.5
    assert area(np.array([0.0, 2.0]), np.array([1.0])) == 0.5


def test_an_interval_holds_the_value_and_is_always_the_same() -> None:
    values = np.array([1.0] * 60 + [0.0] * 40)
    low, high = interval(resampled(mean, [values]))
    assert 0.48 < low < 0.53
    assert 0.67 < high < 0.72
    assert interval(resampled(mean, [values])) == (low, high)


# --- comparing


def test_mcnemar_is_exact() -> None:
    gained = np.array([(0.0, 1.0)] * 6 + [(1.0, 1.0)] * 50)
    assert mcnemar(gained) == pytest.approx(2 / 2**6)
    assert mcnemar(np.array([(0.0, 1.0), (1.0, 0.0)])) == 1.0
    assert mcnemar(np.array([(1.0, 1.0)])) == 1.0


@pytest.mark.parametrize(
    ("count", "verdict"), [(20, "really better"), (3, "better, but may be chance")]
)
def test_a_difference_is_called_real_when_chance_would_seldom_make_it(
    count: int, verdict: str
) -> None:
    asked = [replace(RED, id=str(n)) for n in range(count)]
    old = {one.id: result(one.id, "No.") for one in asked}
    new = {one.id: result(one.id, "Red.") for one in asked}
    found = {one.name: one for one in compare(asked, old, new)}
    assert found["quote_1"].verdict == verdict
    assert (found["quote_1"].old, found["quote_1"].new) == (0, 1)
    assert found["article_1"].verdict == "the same"


def test_only_questions_that_both_runs_asked_are_compared() -> None:
    asked = [RED, replace(RED, id="q2")]
    old = {"q1": result("q1", "Red.")}
    new = {"q1": result("q1", "Red."), "q2": result("q2", "No.")}
    found = {one.name: one for one in compare(asked, old, new)}
    assert (found["quote_1"].count, found["quote_1"].new) == (1, 1)
