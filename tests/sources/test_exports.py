"""Exports of programs that people use: texts, titles, people, days and addresses are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.records import Article
from assistant.sources.build_article import Found, Skipped
from assistant.sources.files.read_files import read
from tests.support.effort import MANY, processor_seconds
from tests.support.making import SECOND, STORY, packed

HTML = f"<p>{STORY}</p><p>{SECOND}</p>"
TEXT = f"{STORY}\n\n{SECOND}"
AT = "https://wire.example/bridge"
FULL = ("Bridge – shut", "Ida Holm", "2026-03-09", AT)  # title, author, day, address


def found(path: Path, content: Any) -> list[Found]:
    if not isinstance(content, bytes):
        content = (content if isinstance(content, str) else json.dumps(content)).encode()
    path.write_bytes(content)
    return list(read(path, most_bytes=5_000_000))


def one(path: Path, content: Any) -> Article:
    [only] = found(path, content)
    assert not isinstance(only, Skipped), only
    return only[1]


def told(article: Article) -> tuple[str, str, str, str]:
    source = article.source
    return source.title, source.author, str(source.published)[:10], source.url


WORDPRESS = {
    "id": 47,
    "date": "2026-03-09T09:00:00",
    "date_gmt": "2026-03-09T08:00:00",
    "link": AT,
    "title": {"rendered": "Bridge &#8211; shut"},
    "content": {"rendered": f"[caption id='a']The bridge[/caption]{HTML}", "protected": False},
    "author": 7,
    "_embedded": {"author": [{"name": "Ida Holm"}], "wp:term": [[{"name": "roads"}]]},
}
KARAKEEP = {
    "createdAt": 1_774_000_000,
    "title": "clip",
    "tags": ["roads"],
    "content": {
        "type": "link",
        "url": AT,
        "htmlContent": HTML,
        "title": "Bridge – shut",
        "author": "Ida Holm",
        "datePublished": "2026-03-09T06:00:00.000Z",
    },
}
WALLABAG = {
    "is_archived": 0,
    "id": 1,
    "tags": ["roads"],
    "title": "Bridge – shut",
    "url": AT,
    "content": HTML,
    "published_at": "2026-03-09T06:00:00+00:00",
    "published_by": ["Ida Holm"],
    "domain_name": "wire.example",
}
READER = {
    "title": "Bridge – shut",
    "author": "Ida Holm",
    "source_url": AT,
    "html_content": HTML,
    "site_name": "Harbour Wire",
    "published_date": "2026-03-09",
    "tags": {"roads": {"name": "roads"}},
}
GHOST = {
    "uuid": "b7d2a1c4-0000",
    "title": "Bridge – shut",
    "html": HTML,
    "url": AT,
    "authors": [{"name": "Ida Holm"}],
    "tags": [{"name": "roads"}, {"name": "#hidden"}],
    "published_at": "2026-03-09T08:00:00.000Z",
    "status": "published",
}
FEED_ITEM = {
    "id": "1",
    "url": AT,
    "title": "Bridge – shut",
    "content_html": HTML,
    "date_published": "2026-03-09T08:00:00Z",
    "authors": [{"name": "Ida Holm"}],
}
NINJS = {
    "uri": AT,
    "headline": "Bridge – shut",
    "byline": "Ida Holm",
    "body_xhtml": HTML,
    "firstcreated": "2026-03-09T08:00:00Z",
    "subject": [{"name": "roads"}],
}
NINJS_3 = {
    "uri": AT,
    "headlines": [{"role": "main", "value": "Bridge – shut"}],
    "bodies": [
        {"role": "summary", "contenttype": "text/plain", "value": "Shut."},
        {"role": "main", "contenttype": "text/html", "value": HTML},
    ],
    "by": "Ida Holm",
    "firstcreated": "2026-03-09T08:00:00Z",
}
CSL = {
    "id": "holm",
    "type": "article-newspaper",
    "title": "Bridge – shut",
    "container-title": "Harbour Wire",
    "author": [{"family": "Holm", "given": "Ida"}],
    "issued": {"date-parts": [["2026", 3, 9]]},
    "URL": AT,
    "abstract": TEXT,
}
SHAPES = {
    "wordpress": [WORDPRESS],
    "karakeep": {"bookmarks": [KARAKEEP], "lists": [{"name": "a"}]},
    "wallabag": [WALLABAG],
    "reader": {"count": 1, "results": [READER]},
    "ghost": {"posts": [GHOST], "meta": {}},
    "json feed": {"version": "https://jsonfeed.org/version/1.1", "items": [FEED_ITEM]},
    "ninjs": NINJS,
    "ninjs 3": NINJS_3,
    "csl": [CSL],
}


@pytest.mark.parametrize("program", SHAPES)
def test_what_a_program_says_in_json_is_kept(tmp_path: Path, program: str) -> None:
    article = one(tmp_path / "a.json", SHAPES[program])

    assert told(article) == FULL
    assert article.text == TEXT


@pytest.mark.parametrize("fields", [WORDPRESS, KARAKEEP, WALLABAG, GHOST, NINJS])
def test_it_is_kept_in_json_lines_too(tmp_path: Path, fields: dict[str, Any]) -> None:
    article = one(tmp_path / "a.jsonl", f"{json.dumps(fields)}\n")

    assert told(article) == FULL
    assert article.text == TEXT


def test_ghosts_export_names_its_people_and_leaves_drafts_out(tmp_path: Path) -> None:
    post = {"id": "1", "title": "Bridge – shut", "html": HTML, "status": "published"}
    post["published_at"] = "2026-03-09T08:00:00.000Z"
    data = {
        "posts": [post, {**post, "id": "2", "status": "draft"}],
        "users": [{"id": "7", "name": "Ida Holm"}],
        "posts_authors": [{"post_id": "1", "author_id": "7"}],
        "settings": [{"key": "title", "value": "Harbour Wire"}],
    }

    article, left_out = found(tmp_path / "a.json", {"db": [{"meta": {}, "data": data}]})

    assert isinstance(article, tuple)
    assert article[1].source.author == "Ida Holm"
    assert article[1].source.publisher == "Harbour Wire"
    assert isinstance(left_out, Skipped)
    assert left_out.reason == "1 entry is left out: not published: its status is “draft”"


def test_entries_without_texts_are_told_in_one_line_with_what_to_do(tmp_path: Path) -> None:
    bare = {**KARAKEEP, "content": {"type": "link", "url": AT}}

    [skipped] = found(tmp_path / "a.json", {"bookmarks": [bare, bare]})

    assert isinstance(skipped, Skipped)
    assert skipped.reason == (
        f"2 entries hold addresses only, no text: add the pages with python -m assistant.index "
        f"add {AT} ..."
    )


@pytest.mark.parametrize(
    "head",
    [
        "title,url,time_added,tags,status",
        "URL,Title,Selection,Folder,Timestamp",
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen",
    ],
)
def test_a_list_of_links_says_what_it_is(tmp_path: Path, head: str) -> None:
    fields = {"url": AT, "title": "Bridge"}
    row = ",".join(fields.get(name.lower(), "") for name in head.split(","))

    [skipped] = found(tmp_path / "a.csv", f"{head}\n{row}\n")

    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("1 entry holds an address only")


def test_what_was_marked_in_one_text_is_one_article(tmp_path: Path) -> None:
    head = "Highlight,Book Title,Book Author,Note,Document tags"
    rows = [f'"{STORY}",Bridge,Ida Holm,,', f'"{SECOND}",Bridge,Ida Holm,,', '"Other.",Canal,,,']

    bridge, canal = found(tmp_path / "a.csv", "\n".join((head, *rows)))

    assert isinstance(bridge, tuple)
    assert isinstance(canal, tuple)
    assert bridge[1].text == TEXT
    assert (bridge[1].source.title, bridge[1].source.author) == ("Bridge", "Ida Holm")


OMNIVORE = [
    {
        "id": "a1",
        "slug": "bridge",
        "title": "Bridge – shut",
        "author": "Ida Holm",
        "url": AT,
        "labels": ["roads"],
        "savedAt": "2026-04-12T10:00:00.000Z",
        "publishedAt": "2026-03-09T06:00:00.000Z",
    }
]


def test_omnivores_archive_is_read_with_its_metadata(tmp_path: Path) -> None:
    content = {"content/bridge.html": HTML, "metadata_0_to_1.json": json.dumps(OMNIVORE)}

    article = one(tmp_path / "a.zip", packed(content))

    assert told(article) == FULL
    assert article.text == TEXT


def test_so_is_the_folder_it_was_unpacked_to(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "bridge.html").write_text(HTML)
    (tmp_path / "metadata_0_to_1.json").write_text(json.dumps(OMNIVORE))

    [only] = read(tmp_path, most_bytes=5_000_000)

    assert isinstance(only, tuple)
    assert told(only[1]) == FULL


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "..\\secret", "a/../../secret"])
def test_an_export_names_no_file_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.html").write_text(f"<p>The password is swordfish.</p>{HTML}")
    (tmp_path / "in").mkdir()
    entries = [{**OMNIVORE[0], "slug": f"../{name}"}]

    [skipped] = found(tmp_path / "in" / "metadata_0_to_1.json", entries)

    assert isinstance(skipped, Skipped)
    assert "swordfish" not in skipped.reason


BOMBS = {
    "a.json": ["[" * 500_000, '{"a":' * 200_000, "[" + "{}," * 300_000 + "{}]"],
    "a.bib": ["@a{" * 100_000, "@article{a, t={" + "{" * 200_000, "@" * 300_000],
    "a.ris": ["TY  - A\n" * 50_000, "TY  - A\nAB  - x\n" + "y\n" * 200_000, "ER  - \n" * 100_000],
}


@pytest.mark.parametrize(
    ("name", "raw"), [(n, raw) for n, all_of in BOMBS.items() for raw in all_of]
)
def test_no_export_makes_its_reader_slow(tmp_path: Path, name: str, raw: str) -> None:
    with processor_seconds(MANY):
        assert all(isinstance(each, Skipped | tuple) for each in found(tmp_path / name, raw))
