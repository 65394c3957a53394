"""From a Markdown file, with or without front matter, to an Article. Marks go, words stay."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator, Sequence
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.records import Article
from assistant.sources.build_article import article, headline_of, without_title
from assistant.sources.character_encoding import decode
from assistant.sources.cleaning.clean_text import clean, one_line
from assistant.sources.files import front_matter, obsidian

# Orders to Hugo and Jekyll; and the day in the name of a post of Jekyll's.
_ORDERS = re.compile(r"\{\{[<%][^{}]{0,1000}[>%]\}\}|\{%[^{}]{0,1000}%\}")
_NAMED_DAY = re.compile(r"(\d{4}-\d\d-\d\d)-\w")
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.I)
# Tags a reader sees as a break; the others stand inside words.
_BREAKS = re.compile(
    r"</?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|"
    r"header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|th|thead|tr|ul)\b[^<>]*>",
    re.I,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[!?][^<>]*>")


def read(raw: bytes, where: str) -> Article:
    """Return the article in a Markdown file's bytes; raises `BadArticle`."""
    text = decode(raw).replace("\r\n", "\n").replace("\r", "\n")
    fields, below = front_matter.split(text)
    if fields:
        below = _ORDERS.sub("", below)
        if day := _NAMED_DAY.match(os.path.basename(where)):
            fields.setdefault("published", day[1])
    tokens = _PARSER.parse(obsidian.plain(below))
    body = clean("".join(_words(tokens)), where=where).text
    title = fields.pop("title", "") or _first_heading(tokens)
    if title:
        body = without_title(body, title)
    else:
        title, body = headline_of(body)
    return article(title=title, text=body, where=where, **fields)


def _first_heading(tokens: Sequence[Token]) -> str:
    for token, following in itertools.pairwise(tokens):
        if token.type == "heading_open" and (title := one_line(_inline(following))):
            return title
    return ""


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the text of the blocks, with blank lines between paragraphs and one line an item."""
    lists: list[str] = []  # the open ones: what stands after their numbers, "" for bullets
    marker, in_row = "", False
    for token in tokens:
        if token.type in _LISTS:
            lists.append(token.markup if token.type.startswith("ordered") else "")
        elif token.type in _LISTS_ENDS:
            lists.pop()
            yield "" if lists else "\n"
        elif token.type == "list_item_open":
            marker = f"{token.info}{lists[-1]} " if lists[-1] else "• "
        elif token.type in ("th_open", "td_open"):
            marker, in_row = " | " if in_row else "", True
        elif token.type in _WORDS:
            yield marker + _WORDS[token.type](token)
            marker = ""
        elif token.type in ("tr_close", "table_close"):
            in_row = False
            yield "\n"
        elif token.type in ("paragraph_close", "heading_close"):
            yield "\n" if lists else "\n\n"
        elif token.type == "list_item_close":
            marker = ""


def _inline(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type == "hardbreak":
            parts.append("\n")
        elif child.type != "html_inline" or _BREAKS.match(child.content):
            parts.append(" " if child.type in _APART else "")
    return "".join(parts)


def _code(token: Token) -> str:
    return f"{token.content}\n"


def _html(token: Token) -> str:
    bare = _TAG.sub("", _BREAKS.sub("\n", _HIDDEN.sub(" ", token.content)))
    return f"{unescape(bare)}\n\n"


# What keeps the words on its two sides apart; marks of emphasis and links do not.
_APART = ("softbreak", "image", "html_inline")
_LISTS = ("bullet_list_open", "ordered_list_open")
_LISTS_ENDS = ("bullet_list_close", "ordered_list_close")
_WORDS = {"inline": _inline, "fence": _code, "code_block": _code, "html_block": _html}
