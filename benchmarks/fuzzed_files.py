"""What the fuzzer feeds to all that reads articles, and what must be true of what comes out."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from assistant.sources.build_article import Skipped
from assistant.sources.cleaning.clean_text import clean
from assistant.sources.files.read_files import read
from tests.support import making
from tests.support.making import SECOND, STORY

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


_DOCX = making.docx("Lamps", [SECOND, STORY])
_EPUB = making.epub({"The lamps": SECOND, "The bridge": STORY})
_WARC = making.warc(
    [("https://wire.example/a", "200 OK", "text/html", making.page_of(STORY).encode())],
    packed=False,
)
HTML = making.page_of(
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


def _packed(ending: str, seed: bytes) -> Kind:
    return Kind(seed, _file(f"{ending}.gz", gzip.compress))


FILES: Mapping[str, Kind] = {
    "txt": Kind(f"Bridge shut\n\n{STORY}".encode(), _file(".txt")),
    "md": Kind(_MARKDOWN, _file(".md")),
    "html": Kind(HTML, _file(".html")),
    "jsonl": Kind(_LINE + b"\n" + _LINE, _file(".jsonl")),
    "json": Kind(b'{"n": 1, "articles": [' + _LINE + b"]}", _file(".json")),
    "csv": Kind(_TABLE, _file(".csv")),
    "tsv": Kind(_TABLE.replace(b",", b"\t"), _file(".tsv")),
    "eml": Kind(making.letter(plain=STORY, html=HTML.decode()).as_bytes(), _file(".eml")),
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
    "zip": Kind(making.packed({"a.txt": STORY, "b/c.html": HTML}), _file(".zip")),
    "jsonl.gz": _packed(".jsonl", _LINE),
    "csv.gz": _packed(".csv", _TABLE),
    "html.gz": _packed(".html", HTML),
    "gz": Kind(gzip.compress(_LINE), _file(".jsonl.gz")),
}
PDF: Mapping[str, Kind] = {
    "pdf": Kind(
        making.pdf([["Bridge shut", STORY[:80]], [SECOND[:80]]], info="/Title (Bridge)"),
        _file(".pdf"),
    )
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
