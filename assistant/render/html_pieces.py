"""The small things that messages, sources and lists are made of. What leaves here is escaped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, time
from html import escape

from assistant.records import Answer, Quote, Source, show_day
from assistant.writing import short_answer

# Blank lines, which end a paragraph; and every kind of line end, for words that share one block.
BLOCK_END = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029])\s*")


def key(answer: Answer) -> str:
    """A short name for the answer: begins its anchors, so that answers of one chat do not mix."""
    parts = [answer.asked, answer.status]
    for quote in (*answer.quotes, *answer.nearest):
        parts += [quote.source.id, quote.source.sha256, str(quote.start), str(quote.end)]
    return "a" + hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:10]


def anchor(answer: Answer) -> str:
    """What the anchors of the answer's quotes begin with; the number follows after a hyphen."""
    return f"{key(answer)}-{'quote' if answer.quotes else 'near'}"


def escaped(text: str) -> str:
    """Text for an attribute."""
    return escape(text)


def inline(text: str) -> str:
    """The text escaped, its line ends as `<br>`: HTML of one line."""
    return _LINE_END.sub("<br>", escape(text))


def quoted(quote: Quote) -> str:
    """The words of a quotation, in bold those that answer."""
    before, words, after = map(inline, quote.parts)
    return f"{before}<strong>{words}</strong>{after}" if words else before


def short(quotes: Sequence[Quote]) -> str:
    """The line of the short answer, its words in bold; ends with "[1]"."""
    words, told = short_answer.parts(quotes)
    return f"<strong>{escape(words)}</strong>{escape(told)}"


def when(moment: datetime | None, *, hour: bool = False) -> str:
    """A `<time>` of the day, with the `hour` where asked and known; nothing when nothing is."""
    if moment is None:
        return ""
    clock = f", {moment:%H:%M} ({moment:%Z})" if hour and moment.time() != time.min else ""
    return f'<time datetime="{moment.isoformat()}">{show_day(moment)}{clock}</time>'


def where(source: Source) -> str:
    """Outlet, or title where there is none, and day; not escaped."""
    parts = (source.publisher or source.title, show_day(source.published))
    return " ".join(", ".join(part for part in parts if part).split())
