from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.files.read_files import read
from assistant.sources.metadata import canonical

MOST = 5_000_000
STORY = "The council voted on Monday to close the old bridge to lorries until the spring comes."


def markdown(folder: Path, text: str) -> Article:
    path = folder / "a.md"
    path.write_text(text)
    [(_, found)] = read(path, most_bytes=MOST)  # type: ignore[misc]
    return found


def refused(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text)
    [found] = read(path, most_bytes=MOST)
    assert isinstance(found, Skipped)
    return found.reason


def test_front_matter_says_what_the_article_is(tmp_path: Path) -> None:
    front = (
        "title: 'Bridge: shut'\npublisher: The Arden Post\nauthor: [Ann Poe, Bo Lim]\nmood: grim\n"
        "url: https://post.example/a/?utm_source=x\npublished: 2022-03-06\nupdated: null"
    )

    source = markdown(tmp_path, f"---\n{front}\n---\n\n{STORY}").source

    assert (source.title, source.publisher) == ("Bridge: shut", "The Arden Post")
    assert (source.author, source.url) == ("Ann Poe, Bo Lim", "https://post.example/a")
    assert (source.published, source.updated) == (datetime(2022, 3, 6, tzinfo=UTC), None)


def test_front_matter_values_stay_the_words_they_are(tmp_path: Path) -> None:
    source = markdown(tmp_path, f"---\ntitle: No\nid: 007\n---\n{STORY}").source

    assert (source.title, source.id) == ("No", "007")


def test_front_matter_is_never_run(tmp_path: Path) -> None:
    front = "title: !!python/object/apply:os.system [touch hacked]"

    assert markdown(tmp_path, f"---\n{front}\n---\n{STORY}").source.title == "touch hacked"


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: a\nauthor: b: c", "front matter broken in line 3: mapping values"),
        ("title: [a", "front matter broken in line 3"),
        ("- a\n- b", "front matter broken: write one `key: value` a line"),
        ("title: {a: b}", "front matter broken: title is not a word"),
        ("a: &a [b, b]\nc: &c [*a, *a]\ntitle: [*c, *c]", "front matter broken: title is not"),
        ("title: " + "[" * 19_000, "front matter broken"),
        ("title: " + "a" * 30_000, "front matter of more than 20,000 characters"),
    ],
)
def test_broken_front_matter_is_told_with_its_line(tmp_path: Path, front: str, reason: str) -> None:
    assert refused(tmp_path, "a.md", f"---\n{front}\n---\n{STORY}").startswith(reason)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "Some *soft* and **hard** words, un**believ**able.",
            "Some soft and hard words, unbelievable.",
        ),
        ("A [link](https://a.example) and <https://b.example>.", "A link and https://b.example."),
        ("One![map](m.png)two ![x](y) three", "One two three"),
        ("One<br>two <b>bo</b>ld &amp; `code`\\*", "One two bold & code*"),
        ("soft\nbreak and hard  \nbreak", "soft break and hard\nbreak"),
        ("* one\n* two\n  * inner\n\nafter", "• one\n• two\n• inner\n\nafter"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("- one\n\n  more\n\n- two", "• one\nmore\n• two"),
        ("| City | Cost |\n|---|---:|\n| Arden | 3.5 |\n\nend", "City | Cost\nArden | 3.5\n\nend"),
        ("> quoted\n> words\n\n## Part\n\n---\n\nend", "quoted words\n\nPart\n\nend"),
        ("```\na  b\n```\n\nc", "a b\n\nc"),
        (
            "<div>one</div><p>two</p>\n<script>bad()</script><!-- x -->\n\nthree",
            "one\n\ntwo\n\nthree",
        ),
    ],
)
def test_markdown_becomes_plain_text(tmp_path: Path, written: str, shown: str) -> None:
    assert markdown(tmp_path, f"---\ntitle: a\n---\n{written}").text == shown


def test_the_first_heading_is_the_title_and_not_the_text(tmp_path: Path) -> None:
    found = markdown(tmp_path, f"# Bridge *shut*\n\n{STORY}")

    assert (found.source.title, found.text) == ("Bridge shut", STORY)


def test_markdown_without_a_heading_is_titled_like_a_text(tmp_path: Path) -> None:
    assert markdown(tmp_path, f"Bridge shut\n\n{STORY}").source.title == "Bridge shut"


def test_a_rule_at_the_top_is_not_front_matter(tmp_path: Path) -> None:
    assert markdown(tmp_path, f"---\n\n# Bridge\n\n{STORY}").text == STORY


@pytest.mark.parametrize(
    "piece", ["[", "*a ", "> ", "`a``", "<a ", "![", "[a](", "<!--", "<div ", "- - ", "&#"]
)
def test_hostile_markdown_is_read_or_refused(tmp_path: Path, piece: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"{STORY}\n\n{piece * 20_000}")

    assert len(list(read(path, most_bytes=MOST))) == 1


PAGE = f"""<html><head><title>Bridge shut - The Arden Post</title>
<meta property="og:site_name" content="The Arden Post"><meta name="author" content="Ann Poe">
<link rel="canonical" href="https://post.example/a/bridge?utm_source=x">
<meta property="article:published_time" content="2022-03-06T10:30:00+01:00">
<meta property="article:modified_time" content="2022-03-07T08:00:00Z"></head>
<body><nav>Home News Sport</nav><article><h1>Bridge shut</h1><p>{STORY}</p>
<p>“We can’t wait,” said un<b>believ</b>ing José, a <a href="x">baker</a> on the quay of Arden.</p>
<ul><li>The bridge is 90 years old</li><li>It carries 900 lorries</li></ul>
<table><tr><th>Year</th><th>Lorries</th></tr><tr><td>2020</td><td>800</td></tr></table>
<p>And the mayor, who had asked for the vote in the autumn, said it was late.</p></article>
<section class="comments"><p>Be the first to comment</p></section></body></html>"""


def test_a_page_says_what_its_article_is(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE)

    [(_, found)] = read(path, most_bytes=MOST)  # type: ignore[misc]

    source, cet = found.source, timezone(timedelta(hours=1))
    assert (source.title, source.publisher) == ("Bridge shut", "The Arden Post")
    assert (source.author, source.url) == ("Ann Poe", "https://post.example/a/bridge")
    assert source.published == datetime(2022, 3, 6, 10, 30, tzinfo=cet)
    assert source.updated == datetime(2022, 3, 7, 8, tzinfo=UTC)


def test_a_page_becomes_plain_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text(PAGE)

    [(_, found)] = read(path, most_bytes=MOST)  # type: ignore[misc]

    assert found.text == (
        f"{STORY}\n\n“We can’t wait,” said unbelieving José, a baker on the quay of Arden.\n\n"
        "• The bridge is 90 years old\n• It carries 900 lorries\nYear | Lorries\n2020 | 800\n\n"
        "And the mayor, who had asked for the vote in the autumn, said it was late."
    )


def test_a_page_without_a_date_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><body><article><p>{STORY}</p><p>{STORY[::-1]}</p></article></body></html>"
    )

    [(_, found)] = read(path, most_bytes=MOST)  # type: ignore[misc]

    assert (found.source.published, found.source.updated) == (None, None)


def test_a_page_in_a_declared_encoding_is_read(tmp_path: Path) -> None:
    text = f"{STORY} Мост закрыт до весны, сказал мэр."
    page = f"<html><head><meta charset='windows-1251'></head><body><p>{text}</p></body></html>"
    path = tmp_path / "a.html"
    path.write_bytes(page.encode("cp1251"))

    [(_, found)] = read(path, most_bytes=MOST)  # type: ignore[misc]

    assert "Мост закрыт до весны" in found.text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><body>" + "<div>" * 100_000,
        "<" * 100_000,
        "<html><body><script>var a = 1;</script></body></html>",
        "<?xml version='1.0' encoding='x'?><a>&b;</a>",
    ],
)
def test_a_page_without_an_article_says_so_quietly(
    tmp_path: Path, page: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)

    assert refused(tmp_path, "a.html", page).startswith("no article text found in this page")
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (
            "HTTPS://User:pw@Post.Example:443/A/b/?utm_source=x&id=2&fbclid=y#top",
            "https://post.example/A/b?id=2",
        ),
        ("http://post.example:8080", "http://post.example:8080"),
        (' https://post.example/a b"<c> ', "https://post.example/a%20b%22%3Cc%3E"),
        ("javascript:alert(1)", ""),
        ("ftp://post.example/a", ""),
        ("//post.example/a", ""),
        ("https://", ""),
        ("https://[::1/a", ""),
        ("https://post.example:port/", ""),
        ("https://" + "a" * 3_000, ""),
        ("post.example/a", ""),
    ],
)
def test_an_address_has_one_form(address: str, kept: str) -> None:
    assert canonical(address) == kept


@given(st.text(max_size=40), st.sampled_from(["https://a.example", "http://B.example/c", ""]))
def test_the_one_form_of_an_address_is_stable(tail: str, start: str) -> None:
    once = canonical(start + tail)

    assert canonical(once) == once
