"""From a Markdown file, with or without front matter, to an Article. Marks go, words stay."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import article, headline_of, joined, tags_of, without_title
from assistant.sources.character_encoding import decode
from assistant.sources.cleaning.clean_text import clean, one_line

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_LONGEST_FRONT = 20_000  # characters
_KEYS = ("title", "publisher", "author", "url", "published", "updated", "id")
_EMPTY = ("null", "Null", "NULL", "~")
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
    front = _FRONT.match(text)
    fields = _fields(front[1]) if front else {}
    tokens = _PARSER.parse(text[front.end() if front else 0 :])
    body = clean("".join(_words(tokens)), where=where).text
    title = fields.pop("title", "") or _first_heading(tokens)
    if title:
        body = without_title(body, title)
    else:
        title, body = headline_of(body)
    return article(title=title, text=body, where=where, **fields)


def _tags(found: dict[str, Any]) -> Any:
    """The tags and categories that a front matter gives; words with spaces are several in some."""
    several = [one for key in ("tags", "categories", "keywords") for one in tags_of(found.get(key))]
    return several


def _fields(front: str) -> dict[str, Any]:
    """The known keys of the front matter, each as a string."""
    if len(front) > _LONGEST_FRONT:
        raise BadArticle(f"front matter of more than {_LONGEST_FRONT:,} characters: shorten it")
    try:
        # BaseLoader makes strings of everything: a title may be "No", "1984" or "2022-03-06".
        found = yaml.load(front, Loader=yaml.BaseLoader) or {}  # nosec B506 # it makes no objects
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise BadArticle(
            f"front matter broken in line {line}: {error.problem}; put a value that holds a colon "
            "or begins with a mark in quotes"
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadArticle("front matter broken: it is not YAML") from None
    if not isinstance(found, dict):
        raise BadArticle("front matter broken: write one `key: value` a line")
    return {key: _as_text(key, found[key]) for key in _KEYS if key in found} | (
        {"tags": tags} if (tags := _tags(found)) else {}
    )


def _as_text(key: str, value: object) -> str:
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return joined(value)
    if not isinstance(value, str):
        raise BadArticle(f"front matter broken: {key} is not a word or a list of words")
    return "" if value in _EMPTY else value


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
