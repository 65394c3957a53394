"""CSV, JSON and what is given: whatever the columns are called, the fields are found."""

from __future__ import annotations

import csv
import io
import json
import resource
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Given as PublicGiven
from assistant.ask import Assistant
from assistant.errors import BadSetting
from assistant.index.__main__ import app
from assistant.records import Article
from assistant.sources.build_article import Found, Skipped
from assistant.sources.files.count_articles import count
from assistant.sources.files.read_files import read
from assistant.sources.supplied_metadata import Given, columns
from tests.support.making import SECOND, STORY

MOST = 5_000_000
ROW = {"Headline": "Bridge shut", "Body": STORY, "Outlet": "Harbour Wire", "Date": "2022-03-08"}


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()


def found(path: Path, content: str | bytes, given: Given | None = None) -> list[Found]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(path, most_bytes=MOST, given=given or Given()))


def one(path: Path, content: str | bytes, given: Given | None = None) -> Article:
    [only] = found(path, content, given)
    assert not isinstance(only, Skipped), only
    return only[1]


def reason(path: Path, content: str | bytes, given: Given | None = None) -> str:
    [only] = found(path, content, given)
    assert isinstance(only, Skipped), only
    return only.reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_is_an_article_whatever_stands_between(tmp_path: Path, delimiter: str) -> None:
    content = table(ROW, {**ROW, "Body": f"{SECOND}\n\nIt rained."}, delimiter=delimiter)

    _, second = found(tmp_path / "a.csv", content)

    assert not isinstance(second, Skipped)
    assert second[0] == f"{tmp_path / 'a.csv'}, row 3"
    told = second[1].source
    assert (told.title, told.publisher) == ("Bridge shut", "Harbour Wire")
    assert told.published == datetime(2022, 3, 8, tzinfo=UTC)
    assert second[1].text == f"{SECOND}\n\nIt rained."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    content = table(
        *[{**ROW, "Body": f"“Café {n}” was what the sign in Arden said."} for n in "ab"]
    )

    _, second = found(tmp_path / "a.csv", content.encode(encoding))

    assert not isinstance(second, Skipped), second
    assert second[1].text == "“Café b” was what the sign in Arden said."


def test_a_table_without_a_text_tells_its_columns_and_what_to_do(tmp_path: Path) -> None:
    told = reason(tmp_path / "a.csv", "name,words\nBridge shut,It rained.\n")

    assert told.startswith("no column holds the text: it has name, words; tell which with --map")


def test_columns_can_be_mapped(tmp_path: Path) -> None:
    given = Given(columns=columns(["title=name, text=the words", "published=day"]))

    article = one(tmp_path / "a.csv", "name,The Words,day\nLamps,It rained.,2022-03-08\n", given)

    assert (article.source.title, article.text) == ("Lamps", "It rained.")
    assert article.source.published == datetime(2022, 3, 8, tzinfo=UTC)


def test_a_mapped_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    given = Given(columns={"text": "story"})

    assert reason(tmp_path / "a.csv", "a,b\n1,2\n", given) == "no column “story”: it has a, b"


def test_numbers_that_count_rows_are_no_ids_unless_mapped(tmp_path: Path) -> None:
    content = f"id,text\n1,{SECOND}\n"

    counted = one(tmp_path / "a.csv", content)
    mapped = one(tmp_path / "a.csv", content, Given(columns={"id": "id"}))

    assert counted.source.id != "1"
    assert mapped.source.id == "1"


def test_a_row_without_text_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    bad, good = found(tmp_path / "a.csv", f"title,text\nLamps,\n\nBridge,{SECOND}\n")

    assert isinstance(bad, Skipped)
    assert bad.where.endswith("row 2")
    assert not isinstance(good, Skipped)
    assert good[1].text == SECOND


def test_a_quotation_mark_that_is_never_closed_ends_the_reading(tmp_path: Path) -> None:
    content = f'title,text\nBridge,{SECOND}\nLamps,"It rained. ' + "and rained\n" * 3_000
    path = tmp_path / "a.csv"
    path.write_text(content)

    good, bad = read(path, most_bytes=10_000)

    assert not isinstance(good, Skipped)
    assert isinstance(bad, Skipped)
    assert bad.where.endswith("row 3")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"title,text\n", b"\0\1\2,\0", b"\xff\xfe"])
def test_a_table_of_nothing_is_one_line(tmp_path: Path, content: bytes) -> None:
    assert reason(tmp_path / "a.csv", content)


def test_a_long_table_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    row = f"Lamps,{SECOND * 400}\n"
    path.write_text("title,text\n" + row * 1_000)  # 60 MB
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    number = sum(1 for _ in zip(range(60), read(path, most_bytes=MOST), strict=False))

    assert number == 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000  # kilobytes


def test_a_json_array_or_an_object_with_one_is_read(tmp_path: Path) -> None:
    entries = [
        {"headline": "Lamps", "content": SECOND, "source": {"name": "Harbour Wire"}, "date": 7},
        {"headline": "Bridge", "content": STORY, "author": ["Ilse Tamm", "Bo Rask"]},
    ]

    plain = found(tmp_path / "a.json", json.dumps(entries))
    wrapped = found(tmp_path / "a.json", json.dumps({"status": "ok", "articles": entries}))

    assert plain == wrapped
    (place, first), (_, second) = plain  # type: ignore[misc]
    assert place == f"{tmp_path / 'a.json'}, article 1"
    assert (first.source.publisher, first.source.published) == ("Harbour Wire", None)
    assert second.source.author == "Ilse Tamm, Bo Rask"


def test_a_key_within_a_key_can_be_mapped(tmp_path: Path) -> None:
    content = json.dumps({"title": "Lamps", "parts": {"main": SECOND}})

    article = one(tmp_path / "a.json", content, Given(columns={"text": "parts.main"}))

    assert article.text == SECOND


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[]", "an empty array"),
        ("7", "neither an array"),
        ("{", "broken JSON in line 1"),
        ('{"title": "a"}\n{"title": "b"}', "broken JSON in line 2, column 1: Extra data; one"),
        ("[" * 100_000, "broken JSON"),
        ("[7]", "no column holds the text: it has none"),
        ('[{"title": "a", "text": 7}]', "no text"),
    ],
)
def test_broken_json_is_one_line(tmp_path: Path, content: str, told: str) -> None:
    assert reason(tmp_path / "a.json", content).startswith(told)


def test_json_lines_can_be_mapped(tmp_path: Path) -> None:
    content = json.dumps({"head": "Lamps", "body": SECOND})

    article = one(tmp_path / "a.jsonl", content, Given(columns={"title": "head", "text": "body"}))

    assert (article.source.title, article.text) == ("Lamps", SECOND)


def test_what_is_given_counts_where_the_article_does_not_say(tmp_path: Path) -> None:
    given = Given("Lamps", "Harbour Wire", "Ilse Tamm", "2022-03-08")

    bare = one(tmp_path / "a.txt", SECOND, given).source
    full = {"title": "Bridge", "text": STORY, "publisher": "Post", "published": "2021-01-01"}
    said = one(tmp_path / "a.jsonl", json.dumps(full), given).source

    assert (bare.title, bare.publisher, bare.author) == ("Lamps", "Harbour Wire", "Ilse Tamm")
    assert bare.published == datetime(2022, 3, 8, tzinfo=UTC)
    assert (said.title, said.publisher, said.author) == ("Bridge", "Post", "Ilse Tamm")
    assert said.published == datetime(2021, 1, 1, tzinfo=UTC)


def test_a_line_without_a_title_takes_the_given_one(tmp_path: Path) -> None:
    assert one(tmp_path / "a.jsonl", json.dumps({"text": STORY}), Given("Lamps")).source.title == (
        "Lamps"
    )


@pytest.mark.parametrize(
    "wrong",
    [{"published": "soon"}, {"published": "3/4/2022"}, {"columns": {"titel": "a"}}],
)
def test_what_makes_no_sense_cannot_be_given(wrong: dict[str, object]) -> None:
    with pytest.raises(BadSetting):
        Given(**wrong)  # type: ignore[arg-type]


def test_what_is_given_reaches_the_store(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SECOND)

    [outcome] = assistant.add(tmp_path / "a.txt", given=PublicGiven(publisher="Harbour Wire"))

    assert assistant.article(outcome.id).source.publisher == "Harbour Wire"
    assert assistant.add(tmp_path / "a.txt", given=Given(publisher="Post"))[0].status == "updated"


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--published", "soon", "2022-03-08"),
        ("--map", "text", "maps nothing"),
        ("--map", "x=y", "x"),
    ],
)
def test_a_wrong_option_is_one_line_and_exit_code_2(
    option: str, value: str, hint: str, caplog: pytest.LogCaptureFixture
) -> None:
    done = CliRunner().invoke(app, ["add", "a.txt", option, value])

    assert done.exit_code == 2
    assert hint in done.stderr
    assert done.stderr.count("\n") == 1
    assert not caplog.records  # a warning would be a second line


def test_what_there_is_to_read_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table(ROW, ROW, ROW))
    (tmp_path / "b.json").write_text("[]")

    assert count([tmp_path]) == 5
    (tmp_path / "c.warc").write_text("")
    assert count([tmp_path]) is None
