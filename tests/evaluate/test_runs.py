"""The measure at work: an index built once, runs that go on, the page, the command."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.ask import Assistant
from assistant.errors import BadSetting, NoIndex
from assistant.evaluate import ask_all, build_store, exam_questions, figure_plots, report
from assistant.evaluate.__main__ import app
from assistant.evaluate.failures import Failure, failures
from assistant.evaluate.figures import figures, paired
from assistant.evaluate.report import Run
from tests.conftest import HashingEmbeddings
from tests.evaluate.test_evaluate import ARTICLES, NEVER, RED, a_set, result, shown


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_set(tmp_path / "set")


@pytest.fixture
def built(assistant: Assistant, folder: Path) -> Assistant:
    build_store.build(assistant, build_store.article_files(folder))
    return assistant


# --- the index


def test_an_article_without_a_title_is_indexed_under_its_first_words(built: Assistant) -> None:
    title = built.article("ferry").source.title
    assert title == "The last ferry to Hollin sailed with 212 passengers aboard. It was"


def test_an_index_is_built_once(built: Assistant, folder: Path, hashing: HashingEmbeddings) -> None:
    embedded, before = hashing.embedded, build_store.state(built)
    build_store.build(built, build_store.article_files(folder))
    assert (hashing.embedded, build_store.state(built)) == (embedded, before)


def test_an_index_follows_its_articles(built: Assistant, folder: Path) -> None:
    (folder / "articles.jsonl").write_text(json.dumps({**ARTICLES[0], "text": "It is blue now."}))
    build_store.build(built, build_store.article_files(folder))
    assert [source.id for source in built.sources()] == ["mole"]
    assert built.article("mole").text == "It is blue now."


def test_an_index_that_was_stopped_goes_on(assistant: Assistant, folder: Path) -> None:
    files = build_store.article_files(folder)
    reading = assistant.adding
    assistant.adding = lambda items: reading(stopping(items))  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        build_store.build(assistant, files)
    assistant.adding = reading  # type: ignore[method-assign]
    build_store.build(assistant, files)
    assert {source.id for source in assistant.sources()} == {"mole", "ferry"}


def stopping(items):  # type: ignore[no-untyped-def]
    yield next(iter(items))
    raise KeyboardInterrupt


def test_a_store_of_someone_elses_is_left_alone(assistant: Assistant, folder: Path) -> None:
    assistant.add(folder / "articles.jsonl")
    with pytest.raises(BadSetting, match="--as-is"):
        build_store.build(assistant, build_store.article_files(folder))


def test_what_cannot_be_read_is_said(
    assistant: Assistant, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / "articles.jsonl").open("a") as file:
        file.write('{"title": "Nothing in it", "text": ""}\n')
    build_store.build(assistant, build_store.article_files(folder))
    assert "line 3: no text" in capsys.readouterr().err
    assert len(assistant.sources()) == 2


# --- a run


def test_a_run_keeps_what_was_answered_found_and_taken(built: Assistant, folder: Path) -> None:
    found = ask_all.run(built, exam_questions.read(folder), folder / "results.jsonl")
    assert set(found) == {"q1", "q2", "u1"}
    assert found["q1"].found[0] == "mole"
    assert all(quote.exact for quote in (*found["q1"].quotes, *found["q1"].nearest))
    assert found["q1"].seconds["total"] > 0


def test_a_run_that_was_killed_goes_on_where_it_stopped(
    built: Assistant, folder: Path, hashing: HashingEmbeddings
) -> None:
    asked, file = exam_questions.read(folder), folder / "results.jsonl"
    whole = ask_all.run(built, asked, file)
    file.write_text(file.read_text()[:-40])
    assert list(ask_all.load(file)[1]) == ["q1", "q2"]
    assert set(ask_all.run(built, asked, file)) == set(whole)
    embedded = hashing.embedded
    assert ask_all.run(built, asked, file)["q1"] == whole["q1"]
    assert hashing.embedded == embedded


def test_a_question_whose_words_changed_is_asked_again(built: Assistant, folder: Path) -> None:
    asked, file = exam_questions.read(folder), folder / "results.jsonl"
    ask_all.run(built, asked, file)
    changed = [replace(asked[0], text="Who painted the northern mole?")]
    assert ask_all.run(built, changed, file)["q1"].question == "Who painted the northern mole?"


def test_results_of_other_articles_are_not_mixed_in(built: Assistant, folder: Path) -> None:
    asked, file = exam_questions.read(folder), folder / "results.jsonl"
    ask_all.run(built, asked, file)
    built.store.remove("ferry")
    with pytest.raises(BadSetting, match="--fresh"):
        ask_all.run(built, asked, file)
    assert "ferry" not in ask_all.run(built, asked, file, fresh=True)["q2"].found


def test_without_an_index_nothing_is_written(assistant: Assistant, folder: Path) -> None:
    with pytest.raises(NoIndex):
        ask_all.run(assistant, exam_questions.read(folder), folder / "results.jsonl")
    assert not (folder / "results.jsonl").exists()


# --- failures and the page


def test_a_failure_says_how_and_where_the_answer_was(built: Assistant) -> None:
    (failure,) = failures(built, [(RED, result("q1", "No."))])
    assert failure.how == "the article was found, another sentence was quoted"
    assert failure.where[0].place == 2
    assert failure.where[0].sentence == ARTICLES[0]["text"].split(" Nobody")[0]


def test_failures_tell_inventing_from_refusing(built: Assistant) -> None:
    found = failures(built, [(RED, result("q1")), (NEVER, result("u1", "Red."))])
    assert [failure.question.id for failure in found] == ["u1", "q1"]


def test_what_went_right_is_no_failure(built: Assistant) -> None:
    assert failures(built, [(RED, result("q1", "It is red.")), (NEVER, result("u1"))]) == []


def test_the_page_escapes_what_it_quotes_and_loads_nothing() -> None:
    hostile = "</details><script>alert(1)</script><img src=http://evil.example>"
    question = replace(RED, text=hostile, answers=(hostile,))
    given = result("q1", quotes=(replace(shown(hostile), title=hostile),))
    pairs = [(question, given)]
    wrong = [Failure(hostile, question, given, ())]
    page = report.page(Run(hostile, [hostile], figures(pairs), pairs, wrong))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_page_draws_all_three_plots() -> None:
    pairs = paired([RED, NEVER], {"q1": result("q1", "Red."), "u1": result("u1")})
    drawn = figure_plots.all_of(pairs, earlier=pairs)
    assert drawn.count("<svg") == drawn.count("</svg>") == 3
    assert "nan" not in drawn


def test_the_interval_of_a_share_stays_between_0_and_1() -> None:
    assert figure_plots.wilson(0.0, 10)[0] == 0.0
    assert figure_plots.wilson(1.0, 10) == pytest.approx((0.722, 1.0), abs=0.001)


# --- the command


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_command_counts_compares_and_writes_a_page(folder: Path, tmp_path: Path) -> None:
    given = (folder, "--store", tmp_path / "store")
    first = run(*given, "--json")
    assert first.exit_code == 0, first.stderr
    counted = json.loads(first.stdout)
    assert counted["questions"] == 3
    assert counted["figures"]["article_1"]["value"] == 1
    second = run(*given, "--compare", counted["results"], "--html", tmp_path / "page.html")
    assert "the same" in second.stdout
    assert "Against the older run" in (tmp_path / "page.html").read_text()


def test_the_command_runs_by_its_name() -> None:
    words = [sys.executable, "-m", "assistant.evaluate", "--help"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0
    assert "python -m assistant.evaluate" in done.stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("missing",), "no file or folder missing"),
        (("FOLDER", "--compare", "missing.jsonl"), "missing.jsonl cannot be read"),
        (("FOLDER", "--compare", "FOLDER/articles.jsonl"), "does not hold results"),
        (("FOLDER", "--with", "missing.jsonl"), "missing.jsonl"),
        (("FOLDER", "--since", "soon"), "soon"),
        (("FOLDER", "--as-is", "--store", "FOLDER/none"), "No articles have been indexed"),
    ],
)
def test_a_mistake_is_one_clean_line(folder: Path, words: tuple[str, ...], hint: str) -> None:
    done = run(*(word.replace("FOLDER", str(folder)) for word in words))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert hint in done.stderr
