"""From a field of a table, a JSON file or an export, which may be HTML, to plain words."""

from __future__ import annotations

import html
import re

from assistant.errors import BadArticle
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.files import html_text

_BEGINNING = 20_000  # characters in which a text of markup shows that it is
_OPENED = re.compile(
    r"<(p|div|h[1-6]|ul|ol|li|blockquote|table|section|article|figure|span|a|em|strong|b|i)"
    r"(?:\s[^<>]*)?>",
    re.I,
)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10}\d{0,2});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def is_html(text: str) -> bool:
    """Is this markup, and not words about it: is a tag opened and closed, or a line broken?"""
    start = text[:_BEGINNING]
    if _BREAK.search(start):
        return True
    opened = {name.lower() for name in _OPENED.findall(start)}
    closed = text.lower() if opened else ""
    return any(f"</{name}>" in closed for name in opened)


def words(text: str) -> str:
    """The words of a text, with blank lines between the paragraphs of markup."""
    if "<" in text and _REFERENCE.sub("", text[:40]).lstrip().startswith("<![CDATA["):
        text = text.replace("<![CDATA[", "", 1).replace("]]>", "")
    if "&lt;" in text and "<" not in text and is_html(html.unescape(text)):
        text = html.unescape(text)  # escaped once too often
    if is_html(text):
        try:
            return html_text.words(text.encode("utf-8", "replace"))[1]
        except BadArticle:  # nothing but tags
            return ""
    return html.unescape(text) if _REFERENCE.search(text) else text


def title(text: str) -> str:
    """A headline without tags, its references as the characters they stand for."""
    if not _REFERENCE.search(text) and not _TAG.search(text):
        return one_line(text)
    return one_line(html.unescape(_TAG.sub("", html.unescape(text[:5_000]))))
