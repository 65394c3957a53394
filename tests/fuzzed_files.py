"""What the fuzzer feeds to everything that reads bytes, and what must be true of what comes out."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
from hypothesis import strategies as st

from assistant import watchlist
from assistant.articles import Skipped, clean, markup, read
from assistant.errors import AssistantError
from assistant.fetching import bodies, feeds, opml, sitemaps
from assistant.fetching.robots import Robots
from assistant.fetching.wire import Reply
from tests import making
from tests.making import SECOND, STORY

MOST = 100_000  # bytes of an article
Case = tuple[str, bytes]
_TOKENS = [
    b"",
    b"\0",
    b"\n",
    b"\r",
    b'"',
    b"<",
    b"<!--",
    b"<![CDATA[",
    b"]]>",
    b"&#0;&#xd800;&#x110000;&amp;",
    b"\\ud800",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xe2\x80\xa8",
    b"{" * 40,
    b"[" * 2_000,
    b"9" * 400,
    b"1e999",
    b"-0001-01-01T00:00:00+99:99",
    b"9999-12-31T23:59:59-12:00",
    b"http://[::1",
    b"http://\xc3\xa9/\n<script>",
    b"../../etc/passwd",
    b"charset=utf-7",
    b"charset=idna",
    b"=?utf-8?q?=0A?=",
    b"--- \n? [a, b]\n---\n",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of bytes: a whole one, what fuzzed bytes are put into, and what reads and checks."""

    seed: bytes
    check: Callable[[bytes], None]


def _file(ending: str, wrap: Callable[[bytes], bytes] = bytes) -> Callable[[bytes], None]:
    """A check that writes the bytes to a file and reads that."""

    def check(raw: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a{ending}"
            path.write_bytes(wrap(raw))
            for found in read(path, most_bytes=MOST):
                _is_whole(found)

    return check


def _is_whole(found: object) -> None:
    if isinstance(found, Skipped):
        assert found.reason.strip(), found
        assert len((found.reason + found.where).splitlines()) == 1, found
        assert len(found.reason) < 2_000, found
        found.reason.encode()
        return
    assert isinstance(found, tuple)
    source, text = found[1].source, found[1].text
    assert text.strip()
    assert clean(text).text == text, "its text is not clean"
    for fact in (source.id, source.title):
        assert fact.strip()
    for fact in (source.id, source.title, source.publisher, source.author, source.url):
        assert len(fact.splitlines()) <= 1, fact
        fact.encode()
    assert source.url == "" or source.url.startswith(("http://", "https://"))
    for moment in (source.published, source.updated, source.fetched):
        assert moment is None or moment.utcoffset() is not None


def _inside(archive: bytes, name: str) -> Callable[[bytes], bytes]:
    """Puts fuzzed bytes in the place of one file of an archive, its sums right."""

    def wrap(raw: bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w") as new:
            for entry in old.namelist():
                new.writestr(entry, raw if entry == name else old.read(entry))
        return made.getvalue()

    return wrap


def _of(archive: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name)


def _told(parse: Callable[[bytes], object]) -> Callable[[bytes], None]:
    """A check that the bytes are understood, or refused in one line."""

    def check(raw: bytes) -> None:
        try:
            told = repr(parse(raw))
        except AssistantError as error:
            told = str(error)
        assert len(told.splitlines()) == 1, told
        told.encode()

    return check


def _robots(raw: bytes) -> object:
    """What a host's robots.txt says of three pages, and how long it asks to wait."""
    rules = Robots(lambda url: Reply(200, httpx.Headers(), raw), "newsroom-assistant/0.1")
    for path in ("", "a/b.html", "%E2%80%A8?x=*$"):
        url = httpx.URL(f"https://harbour.example/{path}")
        try:
            rules.check(url)
        finally:
            assert 0 <= rules.delay(url) <= 10
    return rules


def _feed(raw: bytes) -> object:
    found = feeds.parse(raw, "https://harbour.example/feed")
    for entry in found.entries:
        assert entry.url.startswith(("http://", "https://")), entry
        assert len(f"{entry.title}{entry.author}".splitlines()) <= 1, entry
    assert all(len(reason.splitlines()) == 1 for reason in found.skipped), found.skipped
    return found


def _sitemap(raw: bytes) -> object:
    found = sitemaps.parse(raw, "https://harbour.example/sitemap.xml")
    hosts = frozenset({"harbour.example"})
    for one in (*found.pages, *found.files):
        assert one.entry.url.startswith(("http://", "https://")), one
        sitemaps.same_site(one.entry.url, hosts)
        sitemaps.is_older(one, date(2022, 3, 8))
    assert len(found.broken.splitlines()) <= 1, found.broken
    return found


def _body(raw: bytes) -> object:
    for encoding in ("gzip", "deflate", "br"):
        with suppress(bodies.Damaged, bodies.TooLarge):
            assert len(bodies.unpacked([raw[:7], raw[7:]], encoding, MOST)) <= MOST
    return None


def _words(raw: bytes) -> None:
    heading, text = markup.words(raw)
    assert len(heading.splitlines()) <= 1
    (heading + text).encode("utf-8", "replace")


_DOCX = making.docx("Lamps", [SECOND, STORY])
_EPUB = making.epub({"The lamps": SECOND, "The bridge": STORY})
_WARC = making.warc(
    [("https://wire.example/a", "200 OK", "text/html", making.page_of(STORY).encode())],
    packed=False,
)
_HTML = making.page_of(
    STORY,
    head='<meta charset="utf-8"><meta property="article:published_time" content="2022-03-08">'
    '<link rel="canonical" href="https://wire.example/a">'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>',
).encode()
_MARKDOWN = (
    f"---\ntitle: Bridge shut\npublished: 2022-03-08\n---\n# Bridge\n\n{STORY}\n\n- a\n- b\n\n"
    f"| a | b |\n|---|---|\n| 1 | 2 |\n\n<p>{SECOND}</p>\n"
).encode()
_LINE = (
    f'{{"id": 7, "title": "Bridge", "text": "{STORY}", "author": ["A", "B"], '
    '"url": "https://wire.example/a", "published": "8 March 2022"}'
).encode()
_TABLE = f'title,body,date\nBridge,"{STORY}",2022-03-08\nLamps,"{SECOND}",8 March 2022\n'.encode()
_RSS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title><item>'
    b"<title>Bridge &amp; lamps</title><link>https://harbour.example/a</link>"
    b"<author>desk@harbour.example (Ida Holm)</author>"
    b"<pubDate>Tue, 08 Mar 2022 07:30:00 +0100</pubDate></item></channel></rss>"
)
_JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [{"url": '
    b'"/a", "title": "Bridge", "authors": [{"name": "Ida"}], "date_published": "2022-03-08"}]}'
)
_ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry><title>Bridge</title>'
    b'<link href="/a"/><author><name>Ida</name></author><updated>2022-03-08T07:30:00Z</updated>'
    b"</entry></feed>"
)
_SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/'
    b'schemas/sitemap-news/0.9"><url><loc>https://harbour.example/a</loc><lastmod>2022-03-08'
    b"</lastmod><n:news><n:title>Bridge</n:title><n:publication_date>2022-03-08</n:publication_date"
    b"></n:news></url></urlset>"
)
_OPML = b'<opml><body><outline text="x" xmlUrl="https://harbour.example/feed"/></body></opml>'
_SOURCES = (
    b'every = "15 minutes"\n[[feed]]\nurl = "https://harbour.example/feed"\noutlet = "Post"\n'
    b'[[sitemap]]\nurl = "https://harbour.example/s.xml"\nsince = "7 days"\n[[folder]]\n'
    b'path = "inbox"\n'
)
_ROBOTS = b"User-agent: *\nDisallow: /a*$\nAllow: /%E2\nCrawl-delay: 2\nSitemap: /s.xml\n"


def _packed(ending: str, seed: bytes) -> Kind:
    return Kind(seed, _file(f"{ending}.gz", gzip.compress))


FILES: Mapping[str, Kind] = {
    "txt": Kind(f"Bridge shut\n\n{STORY}".encode(), _file(".txt")),
    "md": Kind(_MARKDOWN, _file(".md")),
    "html": Kind(_HTML, _file(".html")),
    "jsonl": Kind(_LINE + b"\n" + _LINE, _file(".jsonl")),
    "json": Kind(b'{"n": 1, "articles": [' + _LINE + b"]}", _file(".json")),
    "csv": Kind(_TABLE, _file(".csv")),
    "tsv": Kind(_TABLE.replace(b",", b"\t"), _file(".tsv")),
    "eml": Kind(making.letter(plain=STORY, html=_HTML.decode()).as_bytes(), _file(".eml")),
    "docx": Kind(_DOCX, _file(".docx")),
    "docx: the document": Kind(
        _of(_DOCX, "word/document.xml"), _file(".docx", _inside(_DOCX, "word/document.xml"))
    ),
    "docx: its styles": Kind(
        _of(_DOCX, "docProps/core.xml"), _file(".docx", _inside(_DOCX, "docProps/core.xml"))
    ),
    "epub": Kind(_EPUB, _file(".epub")),
    "epub: the book": Kind(
        _of(_EPUB, "OEBPS/book.opf"), _file(".epub", _inside(_EPUB, "OEBPS/book.opf"))
    ),
    "epub: the contents": Kind(
        _of(_EPUB, "OEBPS/nav.xhtml"), _file(".epub", _inside(_EPUB, "OEBPS/nav.xhtml"))
    ),
    "epub: a chapter": Kind(
        _of(_EPUB, "OEBPS/text/ch1.xhtml"), _file(".epub", _inside(_EPUB, "OEBPS/text/ch1.xhtml"))
    ),
    "warc": Kind(_WARC, _file(".warc")),
    "warc.gz": Kind(_WARC, _file(".warc.gz", gzip.compress)),
    "zip": Kind(making.packed({"a.txt": STORY, "b/c.html": _HTML}), _file(".zip")),
    "jsonl.gz": _packed(".jsonl", _LINE),
    "csv.gz": _packed(".csv", _TABLE),
    "html.gz": _packed(".html", _HTML),
    "gz": Kind(gzip.compress(_LINE), _file(".jsonl.gz")),
}
PDF: Mapping[str, Kind] = {
    "pdf": Kind(
        making.pdf([["Bridge shut", STORY[:80]], [SECOND[:80]]], info="/Title (Bridge)"),
        _file(".pdf"),
    )
}
LISTS: Mapping[str, Kind] = {
    "rss": Kind(_RSS, _told(_feed)),
    "atom": Kind(_ATOM, _told(_feed)),
    "json feed": Kind(_JSON_FEED, _told(_feed)),
    "sitemap": Kind(_SITEMAP, _told(_sitemap)),
    "opml": Kind(_OPML, _told(lambda raw: list(opml.parse(raw, "list.opml")))),
    "sources": Kind(_SOURCES, _told(lambda raw: watchlist.parse(raw, Path("/news/sources.toml")))),
    "robots": Kind(_ROBOTS, _told(_robots)),
    "body": Kind(gzip.compress(_HTML), _told(_body)),
    "chapter": Kind(_HTML, _told(_words)),
}


@st.composite
def edited(draw: st.DrawFn, kinds: Mapping[str, Kind]) -> Case:
    """A whole one of some kind with a few wrong bytes; sometimes nothing but those."""
    name = draw(st.sampled_from(sorted(kinds)))
    raw = bytearray(draw(st.sampled_from([kinds[name].seed] * 9 + [b""])))
    for _ in range(draw(st.integers(1, 4))):
        at = int(draw(st.floats(0, 1)) * len(raw))
        more = draw(st.sampled_from(_TOKENS) | st.binary(max_size=12))
        raw[at : at + draw(st.sampled_from([0, 1, 4, 40, 100_000]))] = more
    return name, bytes(raw)


def from_bytes(kinds: Mapping[str, Kind]) -> Callable[[bytes], Case]:
    """How a fuzzer that only knows bytes says a case: the first one is the kind."""
    names = sorted(kinds)
    return lambda raw: (names[(raw[0] if raw else 0) % len(names)], raw[1:])


def seeds(kinds: Mapping[str, Kind]) -> list[bytes]:
    """The whole ones, as `from_bytes` takes them."""
    return [bytes([n]) + kinds[name].seed for n, name in enumerate(sorted(kinds))]
