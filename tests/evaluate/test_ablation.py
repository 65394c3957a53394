"""What each part adds: constants set for a step and put back, and the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.ask import Assistant
from assistant.errors import BadSetting
from assistant.evaluate import build_store, exam_questions, figures
from assistant.evaluate.ablation import (
    _ALL,
    COMPARED,
    STEPS,
    Part,
    Remembering,
    app,
    run,
    setting,
    table,
    tried,
)
from assistant.evidence import gates
from assistant.evidence.ranker import Pair
from assistant.retrieval import search
from assistant.settings import Settings
from tests.evaluate.test_evaluate import a_set


@pytest.fixture(autouse=True)
def few_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Intervals are of no interest here, and take nine tenths of the time."""
    monkeypatch.setattr(figures, "RESAMPLES", 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_set(tmp_path / "set")


def test_constants_are_set_for_a_step_and_put_back() -> None:
    ranker, before = Remembering(), search.MEANING
    with setting({"search.MEANING": 0.9, "ranker": 0}, ranker):
        assert (search.MEANING, ranker.weight) == (0.9, 0)
    assert (search.MEANING, ranker.weight) == (before, 1)


@pytest.mark.parametrize("name", ["search.meaning", "search.NONE", "none.MEANING", "MEANING", "."])
def test_an_unknown_constant_is_said_and_the_others_are_put_back(name: str) -> None:
    before = search.MEANING
    with (
        pytest.raises(BadSetting, match="no number of this program"),
        setting({"search.MEANING": 0.9, name: 1}, Remembering()),
    ):
        pass
    assert before == search.MEANING


def test_every_step_names_constants_that_there_are() -> None:
    ranker = Remembering()
    for steps in STEPS.values():
        for n, step in enumerate(steps):
            assert step.against <= n
            with setting(step.sets, ranker):
                pass


def test_the_last_step_of_choosing_and_refusing_is_the_program_as_it_is() -> None:
    assert STEPS[Part.REFUSING][-1].sets == {}
    assert set(STEPS[Part.CHOOSING][-1].sets) == set(_ALL)


def test_a_ranker_that_remembers_says_what_the_ranker_says() -> None:
    ranker = Remembering()
    pairs = [Pair("It was painted red.", "Mole", ""), Pair("It rained.", "Mole", "")]
    first = ranker.read("What colour is the mole?", pairs)
    assert ranker.read("What colour is the mole?", pairs[::-1]) == first[::-1]
    assert first[0].score > first[1].score
    ranker.weight = 0
    assert not any(one.score for one in ranker.read("What colour is the mole?", pairs))


@pytest.mark.parametrize("part", list(Part))
def test_each_part_is_measured_step_by_step(assistant: Assistant, folder: Path, part: Part) -> None:
    build_store.build(assistant, build_store.article_files(folder))
    least = gates.LEAST
    made = run(assistant, exam_questions.asked(folder), part, STEPS[part])
    rows = table(made, COMPARED[part])
    assert [row[0] for row in rows[1:]] == [step.label for step in STEPS[part]]
    assert all(COMPARED[part] in one.figures for one in made)
    assert made[0].change is None
    assert all(one.change is not None for one in made[1:])
    assert least == gates.LEAST


def test_values_of_a_constant_are_tried_against_the_program_as_it_is() -> None:
    steps = tried(["search.MEANING=0.2,1", "search.FETCH=50"], Part.FINDING)
    assert [step.sets for step in steps] == [
        {},
        {"search.MEANING": 0.2},
        {"search.MEANING": 1},
        {"search.FETCH": 50},
    ]
    assert [step.against for step in steps] == [0, 1, 2, 3]


def command(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_command_prints_a_table(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assistant = Assistant(Settings(store=store))
    assistant.add(folder / "articles.jsonl")
    assistant.close()
    given = (folder, "--store", store, "--part", "finding", "--try", "search.MEANING=0.1")
    done = command(*given)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[2].startswith("search.MEANING 0.1")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--try", "search.MEANING=much"), "is not NAME=NUMBER"),
        (("--try", "search.NONE=1"), "no number of this program"),
        (("--store", "none"), "none holds no index. Build it"),
    ],
)
def test_a_mistake_is_one_clean_line(folder: Path, words: tuple[str, ...], hint: str) -> None:
    done = command(folder, *words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert hint in done.stderr
