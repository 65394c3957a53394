"""python -m assistant.check, run as a person runs it: forms, exit codes, clean lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.check.__main__ import app
from tests.support.verdict_articles import desk_of

GOOD = "“A wheel without water is a table,” said Nell Osk."
BAD = "“A wheel without wind is a table,” said Nell Osk."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checked")
    desk_of(folder).close()
    return folder


def check(store: Path, *words: str | Path, given: str = "") -> Result:
    environment = {"ASSISTANT_STORE": str(store)}
    return CliRunner().invoke(app, list(map(str, words)), input=given, env=environment)


def test_a_draft_that_is_right_exits_with_0(store: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(GOOD, encoding="utf-8")
    done = check(store, draft)
    assert done.exit_code == 0, done.output
    assert "1 word for word" in done.stdout


def test_one_with_altered_words_exits_with_1(store: Path) -> None:
    done = check(store, "-", given=BAD)
    assert done.exit_code == 1
    assert "ALTERED: A wheel without wind is a table" in done.stdout
    assert "printed “water”, not “wind”" in done.stdout


def test_json_holds_the_verdicts_and_where_they_stand_in_the_draft(store: Path) -> None:
    told = json.loads(check(store, "-", "--json", given=BAD).stdout)
    (found,) = told["quotations"]
    assert told["draft"][found["start"] : found["end"]] == found["text"]
    assert (found["verdict"], found["speaker"]) == ("altered", "Nell Osk")
    assert found["printed"] == "A wheel without water is a table"
    assert found["difference"] == [{"draft": "wind", "printed": "water", "matter": "wording"}]
    assert (found["publisher"], found["published"]) == ("Tarn Courier", "2023-05-04")
    assert not told["clean"]


@pytest.mark.parametrize(("form", "held"), [("markdown", "## ✗ Altered"), ("html", "<del>wind")])
def test_other_forms(store: Path, form: str, held: str) -> None:
    assert held in check(store, "-", "--format", form, given=BAD).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.md"], "There is no file nowhere.md."),
        (["-", "--format", "poem"], "Write one of: text, json, markdown, html."),
        (["-", "--compare", "nowhere.json"], "nowhere.json is no report."),
        (["-", "--tag", "bread"], "bread"),
        (["-", "--as-of", "soon"], "as_of is 'soon', which is no day."),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exits_with_2(
    store: Path, words: list[str], told: str
) -> None:
    done = check(store, *words, given=GOOD)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stderr.startswith("Error: ")
    assert not done.stdout


@pytest.mark.parametrize("name", ["draft.html", "draft.docx", "draft.txt"])
def test_kinds_of_drafts(store: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    words = [f"Nell Osk spoke at the mill on Thursday. {BAD}", "Nobody else was there, she said."]
    if name.endswith(".docx"):
        docx = pytest.importorskip("docx")
        made = docx.Document()
        for paragraph in words:
            made.add_paragraph(paragraph)
        made.save(str(path))
    else:
        text = (
            "".join(f"<p>{one}</p>" for one in words) if name.endswith("l") else "\n\n".join(words)
        )
        path.write_text(text, encoding="utf-8")
    done = check(store, path)
    assert done.exit_code == 1, done.output
    assert "ALTERED" in done.stdout


def test_the_same_draft_checked_again_tells_what_changed(store: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(check(store, "-", "--json", given=BAD).stdout, encoding="utf-8")
    again = check(store, "-", "--compare", before, given=BAD)
    assert "Nothing changed since the earlier report." in again.stdout
    assert again.exit_code == 1
    mended = check(store, "-", "--compare", before, given=f"{GOOD}\n\n“Bread is bread,” Osk said.")
    assert mended.stdout.count("New in the draft") == 2
    assert "No longer in the draft: “A wheel without wind is a table,” (altered)." in mended.stdout
