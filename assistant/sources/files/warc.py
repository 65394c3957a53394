"""From a web archive (WARC) to Articles: its pages. The only file that knows warcio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import Found, Skipped, too_large
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.files import bounded_unpacking, html_page
from assistant.sources.metadata import canonical, moment

_PIECE = 1 << 16
_MOST_HEADERS = 1_000_000  # bytes between two records: warcio holds a line whole, however long
_HTML = ("text/html", "application/xhtml+xml")


def read(stream: Any, where: str, *, most_bytes: int) -> Iterator[Found]:
    """Yield each page's place (file and address) and article, or why it was skipped.

    Pages are HTML responses with status 200; what else was stored is summed up in one line. What
    comes before the place where a file is cut off is read.
    """
    bounded_unpacking.need("warcio", "warc")
    passed: Counter[str] = Counter()
    found = damaged = False
    try:
        for record in _records(_Bounded(stream)):
            found = True
            if reason := _no_page(record):
                passed[reason] += 1
                continue
            yield _page(record, where, most_bytes)
    except _Damaged as error:
        damaged = True
        yield Skipped(where, f"cannot be read beyond this: {error}; the file is damaged or cut off")
    passed.pop("request", 0)
    if passed:
        told = ", ".join(f"{count:,} {reason}" for reason, count in passed.most_common(6))
        yield Skipped(where, f"{passed.total():,} records are no pages to read: {told}")
    elif not (found or damaged):
        yield Skipped(where, "no records in this file: is it a WARC?")


class _Damaged(Exception):
    """The file cannot be read on."""


def _records(stream: _Bounded) -> Iterator[Any]:
    """Yield the records; each is read to its end before the next is looked for."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(stream)
    records.INC_RECORD = ""  # what it would print of damage
    while True:
        stream.left = _MOST_HEADERS
        try:
            record = next(records, None)
        except (
            ArchiveLoadFailed,
            *bounded_unpacking.BROKEN,
            BadArticle,
            AttributeError,
            TypeError,
        ) as error:
            words = one_line(str(error)) or type(error).__name__
            raise _Damaged(words[:200]) from error
        if record is None:
            return
        stream.left = None
        yield record
        try:
            while record.raw_stream.read(_PIECE):
                pass
        except bounded_unpacking.BROKEN as error:
            raise _Damaged(one_line(str(error))[:200] or type(error).__name__) from error


def _no_page(record: Any) -> str:
    """Why a record is no page to read, "" for one; "request" for what goes with a page."""
    if record.rec_type != "response":
        return record.rec_type if record.rec_type in ("resource", "conversion") else "request"
    status = record.http_headers.get_statuscode() if record.http_headers else ""
    if status != "200":
        return f"with status {one_line(status)[:20] or 'none'}"
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return "" if kind in _HTML else f"of type {one_line(kind)[:40] or 'none'}"


def _page(record: Any, where: str, most_bytes: int) -> Found:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    place = f"{where}, {one_line(address)[:300]}"
    try:
        raw = _body(record, most_bytes)
        if len(raw) > most_bytes:
            return Skipped(place, too_large(len(raw), most_bytes))
        return place, _of_address(html_page.read(raw, place), address, record)
    except BadArticle as error:
        return Skipped(place, str(error))
    except Exception as error:  # warcio unpacks bodies as they declare themselves, true or not
        reason = one_line(str(error))[:200] or type(error).__name__
        return Skipped(place, f"cannot be unpacked: {reason}; the record is damaged")


def _body(record: Any, most_bytes: int) -> bytes:
    """The body, unpacked, at most a byte more than is read; raises `BadArticle` when cut off."""
    stream, pieces, size = record.content_stream(), [], 0
    while size <= most_bytes and (piece := stream.read(min(_PIECE, most_bytes + 1 - size))):
        pieces.append(piece)
        size += len(piece)
    if size <= most_bytes and hasattr(record.raw_stream, "limit"):
        while record.raw_stream.read(_PIECE):
            pass
        if record.raw_stream.limit:
            raise BadArticle("the record is cut off: not read")
    return b"".join(pieces)


def _of_address(article: Article, address: str, record: Any) -> Article:
    """The article as what stood at its address when it was fetched."""
    source = article.source
    url = canonical(address.strip("<>"))
    fetched = moment(record.rec_headers.get_header("WARC-Date"))
    if url:
        source = replace(source, id=url, url=url)
    return replace(article, source=replace(source, fetched=fetched))


class _Bounded:
    """The file's bytes, unpacked when they are packed; no more than `left` for headers."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._at = 0
        self.left: int | None = None

    def read(self, most: int) -> bytes:
        piece: bytes = self._stream.read(most)
        self._at += len(piece)
        if self.left is not None:
            self.left -= len(piece)
            if self.left < 0:
                raise BadArticle("a record's headers are of more than 1 MB")
        return piece

    def tell(self) -> int:
        return self._at
