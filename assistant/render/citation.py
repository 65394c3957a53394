"""From a quotation to what a reader takes away: its words with their source, and links to both.

Not escaped: what leaves here is text or an address, and goes through `escape` where it is shown.
"""

from __future__ import annotations

import itertools
import re
from urllib.parse import quote as percent
from urllib.parse import urlencode, urlsplit

from assistant.records import Quote, Source, show_day
from assistant.writing.quotation_writer import bold, who

ENDS = 5  # words at either end of a long quotation that a browser looks for
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$&]|(?<=\d)\.(?= ))")


def as_text(quote: Quote) -> str:
    """“The words” (speaker, role; Outlet, “Title”, 8 March 2022, address)."""
    return f"“{_line(quote.text)}” ({told_by(quote)})"


def told_by(quote: Quote) -> str:
    """Speaker, role; Outlet, “Title”, 8 March 2022, address."""
    return "; ".join(part for part in (who(quote), ", ".join(_facts(quote.source))) if part)


def as_markdown(quote: Quote, *, marked: bool = False) -> str:
    """A block quote, and below it who and where, with a link; nothing in it is a command.

    `marked`: the words that answer are bold.
    """
    source, url = quote.source, web_page(quote.source.url)
    title = literal(source.title)
    if url:
        title = f"[{title}](<{url.replace('<', '%3C').replace('>', '%3E')}>)"
    facts = (literal(who(quote)), title, literal(source.publisher), show_day(source.published))
    words = _line(bold(*_escaped(*quote.parts))) if marked else literal(quote.text)
    return f"> {words}\n>\n> — {', '.join(fact for fact in facts if fact)}"


def as_citation(source: Source) -> str:
    """The article as the Chicago Manual of Style (17th ed., 14.191) has notes name it."""
    facts = (source.author, f"“{_line(source.title)},” {source.publisher}".strip())
    when = (show_day(source.published), web_page(source.url))
    return ", ".join(_line(part) for part in (*facts, *when) if part) + "."


def original(quote: Quote) -> str:
    """The address of the article's page, at the words quoted; "" when it has none.

    A text fragment (WICG, "URL Fragment Text Directives"); a browser without them opens the top.
    """
    url = web_page(quote.source.url)
    if not url:
        return ""
    lines = quote.text.splitlines()
    first, last = lines[0].split(), lines[-1].split()
    if len(lines) == 1 and len(first) <= 2 * ENDS:
        ends = [" ".join(first)]
    else:
        ends = [" ".join(first[:ENDS]), " ".join(last[-ENDS:])]
    # A hyphen or comma of the words would be read as part of the directive.
    directive = ",".join(percent(end, safe="").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def permalink(quote: Quote) -> str:
    """The address, within the page, of the article with these words marked."""
    place = {"article": quote.source.id, "start": quote.start, "end": quote.end}
    return f"?{urlencode(place)}"


def web_page(url: str) -> str:
    """The URL when it is a web page's, else "": `javascript:` and friends are no links."""
    if _CONTROL.search(url.strip()):
        return ""  # urlsplit passes over these, and a browser may read another address
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def _facts(source: Source) -> list[str]:
    title = f"“{_line(source.title)}”"
    facts = (source.publisher, title, show_day(source.published), web_page(source.url))
    return [_line(fact) for fact in facts if fact]


def _line(text: str) -> str:
    return " ".join(text.split())


def literal(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return _SPECIAL.sub(r"\\\1", _line(text))


def _escaped(*parts: str) -> list[str]:
    """The parts of one text as `literal` shows the whole, space at their ends kept."""
    even = [re.sub(r"\s+", " ", part) for part in parts]
    whole = "".join(even)
    special = {match.start() for match in _SPECIAL.finditer(whole)}
    shown = [f"\\{letter}" if at in special else letter for at, letter in enumerate(whole)]
    ends = [0, *itertools.accumulate(map(len, even))]
    return ["".join(shown[start:end]) for start, end in itertools.pairwise(ends)]
