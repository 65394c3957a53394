from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import Skipped, article
from assistant.sources.files.read_files import READERS, read

MOST = 5_000_000
STORY = "The council voted on Monday to close the old bridge to lorries until the spring comes."
LINE = {"title": "Bridge shut", "text": STORY}


def one(path: Path | str, *, most_bytes: int = MOST) -> Article:
    [found] = read(path, most_bytes=most_bytes)
    assert not isinstance(found, Skipped), found
    return found[1]


def reasons(path: Path | str, *, most_bytes: int = MOST) -> list[str]:
    found = list(read(path, most_bytes=most_bytes))
    return [each.reason for each in found if isinstance(each, Skipped)]


def test_the_first_line_of_a_text_is_its_title(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Bridge to shut\n\n{STORY}\n\nLeave a Reply\n")

    [(place, found)] = read(path, most_bytes=MOST)  # type: ignore[misc]

    assert place == str(path)
    assert (found.source.title, found.text) == ("Bridge to shut", STORY)
    assert found.source.published is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (STORY, "The council voted on Monday to close the old bridge to lorries…"),
        ("It rained.\nIt poured.", "It rained. It poured."),
        ("the bridge over the old\nriver is shut", "the bridge over the old river is shut"),
    ],
)
def test_a_text_without_a_headline_is_titled_by_its_first_words(
    tmp_path: Path, text: str, title: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)

    assert (one(path).source.title, one(path).text) == (title, text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    text = "The mayor’s naïve plan — “a café for all” — failed on Monday, José said."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))

    assert one(path).text == text


def test_a_text_in_cyrillic_code_page_is_read(tmp_path: Path) -> None:
    text = "Мэр города сказал в понедельник, что старый мост закрыт до весны."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("cp1251"))

    assert one(path).text == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty file"),
        (b" \n\t ", "empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "looks like a binary file"),
        (bytes(range(1, 256)) * 20, "looks like a binary file"),
        (b"Leave a Reply", "no text, or only page furniture"),
        (b"\xff\xfea", "begins as utf-16 but is not"),
    ],
)
def test_a_file_without_an_article_says_why(tmp_path: Path, raw: bytes, reason: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)

    assert reasons(path)[0].startswith(reason)


def test_a_file_over_the_bound_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    assert reasons(path) == [
        "50.0 MB, more than the 5.0 MB an article may have (ASSISTANT_ARTICLE_BYTES)"
    ]


def test_what_is_not_there_or_not_readable_is_skipped(tmp_path: Path) -> None:
    assert reasons(tmp_path / "none.txt") == ["no such file or folder: check the path"]
    assert reasons(tmp_path / f"{'x' * 300}.txt") == ["cannot be read: file name too long"]
    assert reasons("a\0b.txt")[0].startswith("cannot be read")
    assert reasons("https://ardenpost.example/a")[0].startswith("an address, not a file")


@pytest.mark.usefixtures("as_nobody")
def test_a_file_without_permission_is_skipped() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(STORY)
        path.chmod(0)

        assert reasons(path) == ["cannot be read: permission denied"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")

    assert reasons(tmp_path) == ["not a regular file: copy it to one"]


def test_a_folder_is_read_to_its_depth_in_order_without_hidden_names(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.MD", "a/.hidden.txt", ".git/c.txt", "c.jsonl", "pic.png", "none"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(LINE))
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")

    found = list(read(tmp_path, most_bytes=MOST))

    places = [each.where if isinstance(each, Skipped) else each[0] for each in found]
    names = ["b.txt", "c.jsonl, line 1", "gone.txt", "none", "pic.png", "a/z.MD"]
    assert places == [str(tmp_path / name) for name in names]
    assert reasons(tmp_path)[2].startswith("not a kind of file this reads (.png)")


def test_an_empty_folder_is_skipped(tmp_path: Path) -> None:
    assert reasons(tmp_path)[0].startswith("no files in this folder")


def test_each_kind_of_file_has_its_reader() -> None:
    whole = ".txt .md .markdown .html .htm .jsonl .ndjson .csv .tsv"
    kinds = f"{whole} .json .xml .ris .bib .eml .mhtml .mht .pdf .docx .epub .warc .zip"
    packed = f".warc {whole}"
    assert list(READERS) == kinds.split() + [f"{kind}.gz" for kind in packed.split()]


def test_json_lines_are_articles_with_their_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    full = {"id": 7, "publisher": "Post", "author": ["Ann", "Bo"], "published": "2022-03-06"}
    path.write_text(f"{json.dumps(LINE)}\n\n{json.dumps(LINE | full)}")

    (first, bare), (third, rich) = read(path, most_bytes=MOST)  # type: ignore[misc]

    assert (first, third) == (f"{path}, line 1", f"{path}, line 3")
    assert (bare.source.publisher, bare.source.published) == ("", None)
    assert (rich.source.id, rich.source.author) == ("7", "Ann, Bo")
    assert rich.source.published == datetime(2022, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "a", "text": }', "broken JSON at column 24: Expecting value"),
        ("[1]", "not an article"),
        ('{"text": "a"}', 'no title: give the article a "title"'),
        ('{"title": "a", "text": null}', 'no text: give the article a "text"'),
        ('{"title": "a", "text": " "}', "no text"),
        ('{"title": 4, "text": "b"}', "title is not a string"),
        ('{"title": "a", "text": "b", "url": {}}', "url is not a string"),
        ('{"title": "a", "text": "b", "published": 4}', "published is not a string"),
        ("[" * 100_000, "broken JSON"),
        ('{"title": ' + "9" * 5_000 + "}", "broken JSON"),
        ("\0\0", "looks like a binary file"),
    ],
)
def test_a_bad_line_is_told_and_the_next_is_read(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{line}\n{json.dumps(LINE)}\n")

    bad, (place, good) = read(path, most_bytes=MOST)  # type: ignore[misc]

    assert bad.where == f"{path}, line 1"
    assert bad.reason.startswith(reason)
    assert (place, good.text) == (f"{path}, line 2", STORY)


def test_a_line_with_a_blank_title_is_titled_by_its_first_words(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"title": "", "text": f"Arden —\n\n{STORY}"}))

    assert one(path).source.title == "Arden — The council voted on Monday to close the old bridge…"


def test_a_line_over_the_bound_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"title": "a", "text": "{"word " * 50_000}"}}\n{json.dumps(LINE)}')

    long, (place, _) = read(path, most_bytes=1_000)  # type: ignore[misc]

    assert long.reason.startswith("0.3 MB, more than the 0.0 MB an article may have")
    assert place == f"{path}, line 2"


def test_packed_lines_are_read_up_to_where_the_file_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    lines = "".join(
        json.dumps(LINE | {"id": str(n), "url": os.urandom(99).hex()}) + "\n" for n in range(500)
    )
    path.write_bytes(gzip.compress(lines.encode())[:-5_000])

    *good, last = read(path, most_bytes=MOST)

    assert len(good) > 100
    assert isinstance(last, Skipped)
    assert last.reason.endswith("the file is damaged or cut off")


def test_a_file_that_is_not_packed_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_text(json.dumps(LINE))

    assert reasons(path)[0].startswith("cannot be read beyond line 0: Not a gzipped file")


def test_a_dash_reads_json_lines_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = io.TextIOWrapper(io.BytesIO(json.dumps(LINE).encode()))
    monkeypatch.setattr(sys, "stdin", typed)

    [(place, found)] = read("-", most_bytes=MOST)  # type: ignore[misc]

    assert (place, found.text) == ("standard input, line 1", STORY)


def test_an_id_is_the_given_one_else_the_address_else_the_text() -> None:
    given = article(title="a", text=STORY, id="7", url="https://a.example/b")
    addressed = article(title="a", text=STORY, url="https://A.example/b/?utm_source=x#top")
    bare = article(title="a", text=STORY)

    assert [given.source.id, addressed.source.id] == ["7", "https://a.example/b"]
    assert bare.source.id == article(title="b", text=f" {STORY}\r\n").source.id


def test_the_hash_tells_whether_title_or_text_changed() -> None:
    hashes = {
        article(title=title, text=text).source.sha256
        for title, text in [("a", "b c"), ("a ", "b  c\n"), ("a", "b d"), ("ab", " c")]
    }
    assert len(hashes) == 3


@pytest.mark.parametrize(
    ("title", "text"), [("", STORY), (" \u200b", STORY), ("a", ""), ("a", "\0")]
)
def test_an_article_needs_title_and_text(title: str, text: str) -> None:
    with pytest.raises(BadArticle, match="give the article"):
        article(title=title, text=text)


EST = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2022-03-06", datetime(2022, 3, 6, tzinfo=UTC)),
        ("2022-03-06T10:30:00Z", datetime(2022, 3, 6, 10, 30, tzinfo=UTC)),
        ("2022-03-06 10:30", datetime(2022, 3, 6, 10, 30, tzinfo=UTC)),
        ("Sun, 06 Mar 2022 10:30:00 -0500", datetime(2022, 3, 6, 10, 30, tzinfo=EST)),
        ("March 6, 2022", datetime(2022, 3, 6, tzinfo=UTC)),
        ("March 6, 2022 10:30 a.m. EST", datetime(2022, 3, 6, 10, 30, tzinfo=EST)),
        (datetime(2022, 3, 6), datetime(2022, 3, 6, tzinfo=UTC)),
        (datetime(2022, 3, 6).date(), datetime(2022, 3, 6, tzinfo=UTC)),
        ("13/03/2022", datetime(2022, 3, 13, tzinfo=UTC)),
    ],
)
def test_a_date_is_understood(written: object, meant: datetime) -> None:
    assert article(title="a", text="b", published=written).source.published == meant


@pytest.mark.parametrize(
    "written", ["yesterday", "March 2022", "Monday", "3/4/2022", "June 31, 2022", "x" * 9_999, 1646]
)
def test_a_date_that_is_not_understood_is_none_and_told(
    written: object, caplog: pytest.LogCaptureFixture
) -> None:
    found = article(title="a", text="b", published=written, where="a.md")
    assert found.source.published is None
    assert "of a.md is not understood" in caplog.text
