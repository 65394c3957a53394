"""The commands, run as a person runs them: exit codes, clean lines, some in another process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.__main__ import app as ask
from assistant.index.__main__ import app as index

ARTICLE = {
    "id": "mole",
    "title": "Mole painted red",
    "text": "The harbour office painted the northern mole red on Monday. Nobody asked why.",
    "publisher": "Harbour Wire",
    "published": "2022-03-08",
}

PROGRAMS = {"assistant": ask, "assistant.index": index}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds `ARTICLE`."""
    folder = tmp_path_factory.mktemp("commands")
    done = run(folder, "assistant.index", "add", "-", given=json.dumps(ARTICLE))
    assert done.returncode == 0, done.stderr
    return folder


def run(folder: Path, *words: str, given: str = "", **environment: str):  # type: ignore[no-untyped-def]
    return subprocess.run(
        [sys.executable, "-m", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=280,
        env={**os.environ, "ASSISTANT_STORE": str(folder / "store"), **environment},
    )


def here(folder: Path, *words: str, given: str = "") -> Result:
    """The same in this process, which is quicker."""
    store = {"ASSISTANT_STORE": str(folder / "store")}
    return CliRunner().invoke(PROGRAMS[words[0]], words[1:], given, env=store)


def test_before_anything_is_added_the_error_says_how(tmp_path: Path) -> None:
    done = run(tmp_path, "assistant", "what colour is the mole?")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: No articles have been indexed in ")
    assert done.stderr.count("\n") == 1


def test_a_line_of_json_goes_in_and_its_sentence_comes_out(tmp_path: Path) -> None:
    lines = json.dumps(ARTICLE) + "\n{broken\n"
    done = run(tmp_path, "assistant.index", "add", "-", given=lines)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1 added, 0 updated, 0 unchanged, 1 skipped\n"
    assert "line 2" in done.stderr
    asked = run(tmp_path, "assistant", "--json", "what colour did the office paint the mole?")
    reply = json.loads(asked.stdout)
    assert reply["status"] == "answered"
    assert reply["quotes"][0]["text"] in ARTICLE["text"]
    assert reply["quotes"][0]["published"] == "2022-03-08"
    shown = json.loads(run(tmp_path, "assistant.index", "show", "mole", "--json").stdout)
    first = reply["quotes"][0]
    assert shown["text"][first["start"] : first["end"]] == first["text"]


def test_adding_again_is_unchanged_and_works_in_json(folder: Path) -> None:
    done = here(folder, "assistant.index", "add", "-", "--json", given=json.dumps(ARTICLE))
    assert json.loads(done.stdout)["unchanged"] == 1


def test_the_terminal_answer_names_its_source(folder: Path) -> None:
    done = here(folder, "assistant", "what colour did the office paint the mole?")
    assert "painted the northern mole red" in done.stdout
    assert "Harbour Wire" in done.stdout


def test_the_store_can_be_looked_after(folder: Path) -> None:
    assert json.loads(here(folder, "assistant.index", "list", "--json").stdout)[0]["id"] == "mole"
    figures = json.loads(here(folder, "assistant.index", "stats", "--json").stdout)
    assert {"articles", "passages", "bytes", "embedding"} <= set(figures)
    assert here(folder, "assistant.index", "verify").exit_code == 0
    told = "1 articles, 1 passages; vectors kept: 1, embedded anew: 0\n"
    assert here(folder, "assistant.index", "rebuild").stdout == told


def test_what_is_not_there_cannot_be_removed(folder: Path) -> None:
    here(folder, "assistant.index", "add", "-", given=json.dumps({**ARTICLE, "id": "gone"}))
    assert here(folder, "assistant.index", "remove", "gone").exit_code == 0
    done = here(folder, "assistant.index", "remove", "gone")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("assistant.index", "add", "missing.txt"), 1, "missing.txt"),
        (("assistant.index", "add"), 2, "PATH"),
        (("assistant", "--as-of", "soon", "why?"), 1, "soon"),
        (("assistant", "--limit", "99", "why?"), 2, "limit"),
        (("assistant.index", "show", "nothing"), 1, "nothing"),
    ],
)
def test_a_mistake_gets_a_line_and_no_traceback(
    folder: Path, words: tuple[str, ...], code: int, hint: str
) -> None:
    done = here(folder, *words)
    assert done.exit_code == code
    assert hint in done.stderr
    assert isinstance(done.exception, SystemExit)  # no traceback


def test_an_unknown_setting_is_refused_with_the_nearest_right_one(folder: Path) -> None:
    done = run(folder, "assistant", "why?", ASSISTANT_STOR="x")
    assert done.returncode == 1
    assert "Did you mean ASSISTANT_STORE?" in done.stderr


def test_a_full_disk_is_one_line_and_loses_nothing(folder: Path) -> None:
    # Much text in few passages: a slow machine embeds a dozen a second.
    long = "Internationalization congratulated telecommunications representatives. " * 1_500
    many = "\n".join(json.dumps({**ARTICLE, "id": str(i), "text": f"{i} {long}"}) for i in range(6))
    limited = f"ulimit -f 500; exec {sys.executable} -m assistant.index add -"
    done = subprocess.run(
        ["bash", "-c", limited],
        input=many,
        capture_output=True,
        text=True,
        timeout=280,
        env={
            **os.environ,
            "ASSISTANT_STORE": str(folder / "store"),
            "ASSISTANT_PASSAGE_TOKENS": "2000",
        },
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert run(folder, "assistant.index", "verify").returncode == 0
