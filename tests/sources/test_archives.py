"""Zipped folders, web archives and packed files, honest and hostile."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.files import bounded_unpacking
from assistant.sources.files.count_articles import count
from assistant.sources.files.read_files import read
from tests.support import making
from tests.support.making import SECOND, STORY

MOST = 5_000_000


def parted(path: Path, content: bytes, *, most_bytes: int = MOST) -> tuple[list[str], list[str]]:
    """The places of the articles in a file, and what was skipped with its reason."""
    path.write_bytes(content)
    good, bad = [], []
    for each in read(path, most_bytes=most_bytes):
        if isinstance(each, Skipped):
            bad.append(f"{each.where.removeprefix(str(path))}: {each.reason}")
        else:
            good.append(each[0].removeprefix(str(path)))
    return good, bad


def test_each_file_of_an_archive_is_read_by_its_kind(tmp_path: Path) -> None:
    content = making.packed(
        {
            "news/a.html": making.page_of(STORY),
            "news/b.jsonl": json.dumps({"title": "Lamps", "text": SECOND}),
            "news/deep/c.docx": making.docx("Lamps", [SECOND]),
            "news/d.pdf": making.pdf([[SECOND[:90]]]),
            "news/inner.zip": making.packed({"e.txt": STORY}),
            "news/pic.png": b"\x89PNG",
            "__MACOSX/news/._a.html": b"\0",
            "news/.hidden.txt": STORY,
        }
    )

    good, bad = parted(tmp_path / "a.zip", content)

    assert good == [
        "/news/a.html",
        "/news/b.jsonl, line 1",
        "/news/deep/c.docx",
        "/news/d.pdf",
        "/news/inner.zip/e.txt",
    ]
    [picture] = bad
    assert picture.startswith("/news/pic.png: not a kind of file this reads")
    assert count([tmp_path / "a.zip"]) == 8


def test_no_name_leads_out_of_an_archive(tmp_path: Path) -> None:
    outside = ["../../etc/passwd.txt", "/etc/passwd.txt", "a\\..\\b.txt", "C:/a.txt"]

    good, bad = parted(tmp_path / "a.zip", making.packed(dict.fromkeys(outside, STORY)))

    assert good == []
    assert len(bad) == 4
    assert all("leads out of the archive" in each for each in bad)


def test_links_and_locked_files_of_an_archive_are_left(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.txt", STORY)
    # The flag of encryption, in the list at the archive's end.
    raw = bytearray(made.getvalue())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1

    good, bad = parted(tmp_path / "a.zip", bytes(raw))

    assert good == []
    assert bad[0].startswith("/link.txt: a link or device")
    assert bad[1].startswith("/locked.txt: encrypted")


def test_an_archive_in_an_archive_in_an_archive_is_left(tmp_path: Path) -> None:
    content = making.packed({"a.txt": STORY})
    for name in ("c.zip", "b.zip"):
        content = making.packed({name: content})

    good, bad = parted(tmp_path / "a.zip", content)

    assert good == []
    assert bad == ["/b.zip/c.zip: an archive in an archive in an archive: unpack it first"]


def test_what_unpacks_to_a_thousand_times_its_size_is_left(tmp_path: Path) -> None:
    good, bad = parted(
        tmp_path / "a.zip", making.packed({"bomb.txt": b"a" * 50_000_000, "b.txt": STORY})
    )

    assert good == ["/b.txt"]
    assert "times its size, as no text does" in bad[0]


@pytest.mark.parametrize("ending", ["docx", "epub"])
def test_a_document_that_is_a_bomb_is_left(tmp_path: Path, ending: str) -> None:
    bomb = {"word/document.xml": b"a" * 50_000_000, "META-INF/container.xml": b"a" * 50_000_000}

    good, [bad] = parted(tmp_path / f"a.{ending}", making.packed(bomb))

    assert good == []
    assert "MB" in bad or "times its size" in bad or "more text" in bad


def test_a_size_that_is_a_lie_unpacks_no_more_than_it_says(tmp_path: Path) -> None:
    raw = bytearray(making.packed({"a.txt": b"a" * 50_000_000}))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (1_000).to_bytes(4, "little")

    good, [bad] = parted(tmp_path / "a.zip", bytes(raw))

    assert good == []
    assert "damaged" in bad


def test_an_archive_that_unpacks_to_too_much_in_all_is_read_to_there(tmp_path: Path) -> None:
    words = {f"{n:03}.txt": f"Lamp {n} of Arden.\n\n{SECOND}" for n in range(200)}

    good, bad = parted(tmp_path / "a.zip", making.packed(words), most_bytes=300)

    assert 100 < len(good) < 200
    assert "unpacks to more than is read at once" in bad[0]


def test_an_archive_of_ten_thousand_files_is_read_and_one_of_more_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = making.packed(dict.fromkeys((f"{n}.png" for n in range(10_000)), b""))

    _, told = parted(tmp_path / "a.zip", many)
    monkeypatch.setattr(bounded_unpacking, "MOST_ENTRIES", 9_999)
    _, refused = parted(tmp_path / "a.zip", many)

    assert len(told) == 10_000
    assert refused == [": more than 9,999 files: unpack it, and add the folder"]


@pytest.mark.parametrize("ending", [".zip", ".docx", ".epub", ".warc", ".warc.gz", ".html.gz"])
def test_an_empty_or_cut_off_file_is_one_line(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    whole = making.packed({"a.txt": STORY}) if "z" in ending else making.docx("a", [STORY])

    assert parted(path, b"")[1]
    good, [bad] = parted(path, whole[: len(whole) // 2])
    assert good == []
    assert "\n" not in bad


def test_an_archive_that_lists_more_than_fits_is_refused(tmp_path: Path) -> None:
    raw = bytearray(making.packed({"a.txt": STORY}))
    end = raw.rindex(b"PK\x05\x06")
    list_of = b"PK\x01\x02" + bytes(100_000_000)
    raw[end + 12 : end + 16] = len(list_of).to_bytes(4, "little")
    raw[end:end] = list_of

    good, [bad] = parted(tmp_path / "a.zip", bytes(raw))

    assert good == []
    assert "lists more files" in bad


@pytest.mark.parametrize("ending", ["html", "txt", "csv"])
def test_a_packed_file_is_read_as_what_it_is(tmp_path: Path, ending: str) -> None:
    made = {"html": making.page_of(STORY), "txt": STORY, "csv": f"title,text\nLamps,{SECOND}\n"}

    good, bad = parted(tmp_path / f"a.{ending}.gz", gzip.compress(made[ending].encode()))

    assert (len(good), bad) == (1, [])


@pytest.mark.parametrize("ending", ["txt", "csv", "jsonl", "warc"])
def test_a_packed_bomb_is_left(tmp_path: Path, ending: str) -> None:
    good, [bad] = parted(tmp_path / f"a.{ending}.gz", gzip.compress(b"a" * 60_000_000))

    assert good == []
    assert "\n" not in bad


PAGES = [
    (
        "https://wire.example/a",
        "200 OK",
        "text/html; charset=utf-8",
        making.page_of(STORY).encode(),
    ),
    ("https://wire.example/p.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://wire.example/gone", "404 Not Found", "text/html", b"gone"),
    ("https://wire.example/b", "200 OK", "text/html", making.page_of(SECOND).encode()),
]


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_web_archive_are_articles(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(making.warc(PAGES, packed=packed))

    (place, first), (_, second), rest = read(path, most_bytes=MOST)  # type: ignore[misc]

    assert isinstance(first, Article)
    assert place == f"{path}, https://wire.example/a"
    told = first.source
    assert (told.id, told.url) == ("https://wire.example/a", "https://wire.example/a")
    assert f"{told.fetched:%Y-%m-%d %H:%M}" == "2022-03-08 10:30"
    assert SECOND in second.text
    assert rest.reason == ("2 records are no pages to read: 1 of type image/png, 1 with status 404")


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_that_is_cut_off_keeps_what_came_before(tmp_path: Path, packed: bool) -> None:
    whole = making.warc([PAGES[0], PAGES[3]], packed=packed)

    good, bad = parted(tmp_path / "a.warc", whole[:-60])

    assert good == [", https://wire.example/a"]
    assert "cut off" in bad[0] or "damaged" in bad[0]


def test_a_record_over_the_bound_is_left_and_the_next_is_read(tmp_path: Path) -> None:
    large = ("https://wire.example/large", "200 OK", "text/html", b"<p>water</p>" * 5_000)

    good, bad = parted(
        tmp_path / "a.warc", making.warc([large, PAGES[0]], packed=True), most_bytes=20_000
    )

    assert good == [", https://wire.example/a"]
    assert "more than the 0.0 MB" in bad[0]


def test_headers_without_an_end_are_left(tmp_path: Path) -> None:
    endless = b"WARC/1.0\r\nWARC-Type: " + b"x" * 30_000_000

    good, [bad] = parted(tmp_path / "a.warc", endless)

    assert good == []
    assert "more than 1 MB" in bad
