"""Pages saved whole, and live blogs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.files import html_page
from assistant.sources.files.read_files import read
from tests.support.page_surroundings import mhtml

ONE = "The council of Arden voted on Monday to close the old bridge to lorries until spring."
TWO = "Ilse Tamm, who speaks for the harbour, called the decision late but right."
PAGE = f"<html><head><title>Bridge</title></head><body><article><p>{ONE}</p><p>{TWO}</p></article>"


def one(path: Path) -> Article:
    [(_, found)] = read(path, most_bytes=5_000_000)  # type: ignore[misc]
    return found


@pytest.mark.parametrize("ending", [".mhtml", ".mht"])
def test_a_page_saved_as_mhtml_is_its_page_with_its_address(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(mhtml(PAGE.replace("Arden", "Ärden")))

    found = one(path)

    assert found.text == f"{ONE}\n\n{TWO}".replace("Arden", "Ärden")
    assert found.source.url == found.source.id == "https://tarrowcourier.example/whole"


def test_a_frame_of_a_saved_page_is_not_the_page() -> None:
    frame = "--B\r\nContent-Type: text/html\r\nContent-Location: cid:frame\r\n\r\n<p>An ad.</p>\r\n"
    raw = mhtml(PAGE).replace(b"--B\r\n", frame.encode() + b"--B\r\n", 1)

    assert html_page.read_saved(raw, "a page", most_bytes=9_000).text.startswith(ONE)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "no page in this file"),
        (b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "no page in this file"),
        (mhtml("<p>" + "x" * 20_000), "more than the"),
        (b"Content-Type: multipart/related; boundary=B\n\n" + b"--B\n\n" * 9_000, "too many parts"),
    ],
)
def test_what_is_no_saved_page_says_so(raw: bytes, told: str) -> None:
    with pytest.raises(BadArticle, match=told):
        html_page.read_saved(raw, "a page", most_bytes=9_000)


@pytest.mark.parametrize(
    "note",
    [
        "<!--\n Page saved with SingleFile \n url: https://post.example/a?utm_source=x \n-->",
        "<!-- saved from url=(0024)https://post.example/a -->",
    ],
)
def test_a_saved_page_has_the_address_it_was_saved_from(tmp_path: Path, note: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<!DOCTYPE html>{note}{PAGE}")

    assert one(path).source.url == "https://post.example/a"


def test_the_files_of_a_saved_page_are_no_articles(tmp_path: Path) -> None:
    (tmp_path / "Bridge.html").write_text(PAGE)
    for name in ("Bridge_files", "Lamps_files"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "frame.html").write_text(PAGE.replace("Monday", name))
    (tmp_path / "Bridge_files" / "a.js").write_text("var a = 1")

    found = list(read(tmp_path, most_bytes=5_000_000))

    assert not [each for each in found if isinstance(each, Skipped)]
    assert {Path(each[0]).name for each in found} == {"Bridge.html", "frame.html"}  # type: ignore[index]
    assert len(found) == 2


# --- live blogs

UPDATES = (
    ("2026-03-05T09:00:00+01:00", "Vote begins", "Forty boats wait outside the harbour of Arden."),
    ("2026-03-05T09:40:00+01:00", "Vote ends", "Nine of forty skippers voted against the levy."),
    ("2026-03-05T10:15:00+01:00", "Correction", "Eleven skippers voted against it, and not nine."),
)


def live(body: str, head: str = "") -> Article:
    title = "<title>Live: Arden votes on its levy</title>"
    return html_page.read(f"<html><head>{title}{head}</head><body>{body}</body>".encode(), "a page")


def parts(found: Article) -> list[tuple[str, str]]:
    told = found.text.split("\n\n")[-6:]
    return list(zip(told[::2], told[1::2], strict=True))


SHOWN = [
    ("5 March 2026, 09:00 UTC+01:00: Vote begins", UPDATES[0][2]),
    ("5 March 2026, 09:40 UTC+01:00: Vote ends", UPDATES[1][2]),
    ("5 March 2026, 10:15 UTC+01:00: Correction", UPDATES[2][2]),
]


def test_a_live_blog_is_its_updates_the_earliest_first() -> None:
    data = {
        "@type": "LiveBlogPosting",
        "headline": "Arden votes on its levy",
        "liveBlogUpdate": [
            {"@type": "BlogPosting", "headline": head, "articleBody": text, "datePublished": at}
            for at, head, text in reversed(UPDATES)
        ],
    }

    found = live(
        "<div id=x></div>", f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )

    assert found.source.title == "Arden votes on its levy"
    assert parts(found) == SHOWN


@pytest.mark.parametrize("tag", ["article", "div", "li", "section"])
def test_the_updates_of_a_live_blog_are_found_by_their_times(tag: str) -> None:
    told = "".join(
        f'<{tag} class="post"><time datetime="{at}">{at[11:16]}</time><h3>{head}</h3>'
        f"<p>{text}</p></{tag}>"
        for at, head, text in reversed(UPDATES)
    )

    found = live(
        f"<main class='live-blog'><h1>Arden votes</h1><p>{ONE}</p><div>{told}</div></main>"
    )

    assert found.text.startswith(ONE)
    assert parts(found) == SHOWN


def test_times_without_a_day_are_kept_as_printed() -> None:
    told = "".join(
        f"<article><time>{at[11:16]}</time><h3>{head}</h3><p>{text}</p></article>"
        for at, head, text in reversed(UPDATES)
    )

    assert [head for head, _ in parts(live(f"<div class=liveblog>{told}</div>"))] == [
        "09:00: Vote begins",
        "09:40: Vote ends",
        "10:15: Correction",
    ]
