"""From the HTML of a chapter or a letter, which is text from end to end, to all its words."""

from __future__ import annotations

from typing import Any

from assistant.errors import BadArticle
from assistant.sources.character_encoding import decode_page
from assistant.sources.cleaning.clean_text import one_line

_UNREAD = frozenset("script style head template noscript svg math nav title".split())
_PARAGRAPHS = frozenset(
    "p div section article blockquote h1 h2 h3 h4 h5 h6 ul ol dl table figure hr aside header "
    "footer main pre center".split()
)
_LINES = frozenset("br li tr dt dd figcaption caption".split())
_HEADINGS = ("h1", "h2", "h3")


def words(raw: bytes) -> tuple[str, str]:
    """Return (first heading, text) of a page's bytes; raises `BadArticle` when it is not text."""
    import lxml.html  # slow to import

    text = decode_page(raw)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise BadArticle("no words found in this page") from error
    heading = next((found for found in map(_heading, tree.iter(*_HEADINGS)) if found), "")
    return heading, _text(tree)


def _heading(element: Any) -> str:
    return one_line(" ".join(element.itertext()))


def _text(tree: Any) -> str:
    """The words in order, paragraphs apart by blank lines; without recursion, however deep."""
    parts: list[str] = []
    waiting: list[Any] = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            parts.append(each)
            continue
        tag = each.tag if isinstance(each.tag, str) else "script"
        waiting.append(_one_space(each.tail))
        if tag in _UNREAD:
            continue
        apart = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES else ""
        apart = " | " if tag in ("td", "th") and each.getprevious() is not None else apart
        parts.append(apart)
        waiting.append("" if tag in ("td", "th") else apart if apart != "\n" or tag != "br" else "")
        waiting.extend(reversed(each))
        waiting.append(_one_space(each.text))
        if tag == "li":
            waiting.append("• ")
    return "".join(parts)


def _one_space(text: str | None) -> str:
    """White space in HTML is one space, whatever it is made of."""
    return " ".join(f"|{text or ''}|".split())[1:-1] if text else ""
