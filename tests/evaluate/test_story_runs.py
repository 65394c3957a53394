"""Stories at work: asked with their conversations, gone on with, compared, by the command."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.evaluate import ask_all, build_store, story_exam, story_judging
from tests.conftest import HashingEmbeddings
from tests.evaluate.test_runs import run
from tests.evaluate.test_story_exam import STORY, TEXTS, stories_file

ASKING = functools.partial(ask_all.ask, search=False, limit=None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return stories_file(tmp_path / "set")


@pytest.fixture
def built(assistant: Assistant, file: Path) -> Assistant:
    build_store.build(assistant, [file])
    return assistant


def test_the_stories_articles_are_indexed(built: Assistant) -> None:
    assert {source.id for source in built.sources()} == {"mole-a", "mole-b"}
    assert built.article("mole-a").text == TEXTS["mole-a"]


def test_a_request_that_changed_changes_no_index(built: Assistant, file: Path) -> None:
    before, folder = build_store.state(built), build_store.default_store([file], built.settings)
    stories_file(file.parent, {**STORY, "requests": STORY["requests"][:1]})
    build_store.build(built, [file])
    assert build_store.state(built) == before
    assert build_store.default_store([file], built.settings) == folder


def test_a_follow_up_is_asked_after_real_answers_to_what_came_before(
    built: Assistant, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow_up = story_exam.asked([file])[2].question
    heard: list[tuple[str, int]] = []
    answer = built.answer

    def listening(question: str, **options):  # type: ignore[no-untyped-def]
        heard.append((question, len(options["history"])))
        return answer(question, **options)

    monkeypatch.setattr(built, "answer", listening)
    result = ASKING(built, follow_up)
    assert heard == [(follow_up.history[0], 0), (follow_up.text, 2)]
    assert result.history == follow_up.history


def test_results_are_kept_whole_and_a_request_with_another_history_is_asked_again(
    built: Assistant, file: Path, hashing: HashingEmbeddings
) -> None:
    asked = [one.question for one in story_exam.asked([file])]
    results = file.with_name("results.jsonl")
    first = ask_all.run(built, asked, results, asking=ASKING)
    assert ask_all.load(results)[1] == first
    embedded = hashing.embedded
    assert ask_all.run(built, asked, results, asking=ASKING) == first
    assert hashing.embedded == embedded
    story = json.loads(file.read_text())
    story["requests"][2]["history"] = ["Who sailed to Hollin?"]
    stories_file(file.parent, story)
    again = [one.question for one in story_exam.asked([file])]
    changed = ask_all.run(built, again, results, asking=ASKING)
    assert changed["harbour-04/3"].history == ("Who sailed to Hollin?",)


def test_quotes_know_their_place_in_the_stored_text(built: Assistant, file: Path) -> None:
    result = ASKING(built, story_exam.asked([file])[0].question)
    shown = [*result.quotes, *result.nearest]
    assert shown
    assert all(TEXTS[one.article][one.start : one.end] == one.text for one in shown)
    assert not story_judging.moved([result], TEXTS)


def test_the_command_asks_stories_and_compares_two_runs(file: Path, tmp_path: Path) -> None:
    given = (file, "--store", tmp_path / "store")
    first = run(*given, "--json")
    assert first.exit_code == 0, first.stderr
    told = json.loads(first.stdout)
    assert told["requests"] == 5
    assert {one["kind"] for one in told["kinds"]} > {"fact", "count", "all answerable"}
    assert set(told["figures"]) > {"right", "mean", "wrongly_refused", "precision"}
    second = run(*given, "--compare", told["results"])
    assert "Against the older run" in second.stdout
    assert "5 requests; results in" in second.stdout
    third = run(*given, "--stories", "04", "r-04", "--compare", told["results"], "--json")
    assert json.loads(third.stdout)["differences"]["right"]["turned_wrong"] == 0


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--stories", "06"), "ends in '06'"),
        (("--stories", "04", "06"), "ends in '06'"),
        (("--html", "page.html"), "--html does not fit stories"),
        (("--with", "missing.jsonl"), "no file missing.jsonl"),
        (("--compare", "FOLDER/other.jsonl"), "has no result of these requests"),
    ],
)
def test_a_mistake_with_stories_is_one_clean_line(
    file: Path, words: tuple[str, ...], hint: str
) -> None:
    (file.parent / "other.jsonl").write_text('{"fingerprint": "0"}\n')
    done = run(file, *(word.replace("FOLDER", str(file.parent)) for word in words))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert hint in done.stderr


def test_options_of_stories_do_not_fit_questions(tmp_path: Path) -> None:
    done = run(tmp_path, "--voices")
    assert "--voices does not fit questions" in done.stderr


def test_evidence_that_stands_nowhere_is_told_before_asking(tmp_path: Path) -> None:
    story = json.loads(json.dumps(STORY))
    story["requests"] = story["requests"][:1]
    story["requests"][0]["points"][0]["any_of"][0]["sentence"] = "The mole was never painted."
    done = run(stories_file(tmp_path / "set", story), "--store", tmp_path / "store")
    assert "harbour-04/1" in done.stderr
    assert "all answerable" in done.stdout
