"""What a page tells machines of its article: JSON-LD (schema.org), and how much of it is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html

from assistant.sources.cleaning.clean_text import one_line

_ARTICLES = ("article", "posting", "report", "review", "newsarticle", "claimreview")
_MOST_OBJECTS = 2_000
_MOST_SCRIPTS = 50
_MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Update:
    """One part of a live blog: when it was written, its heading and its words."""

    at: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PageData:
    """What the JSON-LD of a page says of its article; everything may be empty.

    `is_free` is None where nothing is said; `walled` are CSS selectors of the part to be paid for.
    """

    title: str = ""
    text: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    words: int = 0
    is_free: bool | None = None
    walled: tuple[str, ...] = ()
    is_live: bool = False
    updates: tuple[Update, ...] = field(default=())


def read(tree: Any) -> PageData:
    """What the page's JSON-LD says of the article: of several, the one that says the most."""
    found = [one for one in _objects(tree) if _is_article(one)]
    live = [one for one in found if "liveblogposting" in _types(one)]
    best = max(live or found, key=_weight, default=None)
    return _of(best) if best is not None else PageData()


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD, without recursion; parts of live blogs are left out."""
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]")[:_MOST_SCRIPTS]
    seen = 0
    for script in scripts:
        waiting = [_parsed(script.text or "")]
        while waiting and seen < _MOST_OBJECTS:
            one = waiting.pop()
            seen += 1
            if isinstance(one, list):
                waiting.extend(reversed(one[:_MOST_OBJECTS]))
            elif isinstance(one, dict):
                yield one
                waiting.extend(one.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _parsed(text: str) -> Any:
    words = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()
    for strict in (True, False):
        try:
            return json.loads(words.rstrip(";"), strict=strict)
        except (ValueError, RecursionError):
            continue
    return None


def _types(one: dict[str, Any]) -> str:
    kinds = one.get("@type")
    return " ".join(map(str, kinds if isinstance(kinds, list) else [kinds])).lower()


def _is_article(one: dict[str, Any]) -> bool:
    return any(kind.endswith(_ARTICLES) for kind in _types(one).split())


def _weight(one: dict[str, Any]) -> tuple[bool, int]:
    return bool(one.get("articleBody")), sum(bool(value) for value in one.values())


def _of(one: dict[str, Any]) -> PageData:
    parts = _listed(one.get("hasPart"))
    walls = [part for part in parts if isinstance(part, dict)]
    free = [_said(value.get("isAccessibleForFree")) for value in (one, *walls)]
    words = str(one.get("wordCount"))
    return PageData(
        title=one_line(_words(one.get("headline")) or _words(one.get("name"))),
        text=_body(one.get("articleBody") or one.get("text")),
        published=_words(one.get("datePublished")) or _words(one.get("dateCreated")),
        updated=_words(one.get("dateModified")),
        authors=tuple(_names(one.get("author")) or _names(one.get("creator"))),
        publisher=one_line(next(iter(_names(one.get("publisher"))), "")),
        url=_words(one.get("url")),
        words=int(words) if words.isdecimal() and len(words) < 9 else 0,
        is_free=False if False in free else free[0],
        walled=tuple(_words(wall.get("cssSelector")) for wall in walls if wall.get("cssSelector")),
        is_live="liveblogposting" in _types(one),
        updates=tuple(_updates(one.get("liveBlogUpdate"))),
    )


def _updates(value: Any) -> Iterator[Update]:
    for one in _listed(value):
        if isinstance(one, dict):
            text = _body(one.get("articleBody") or one.get("text") or one.get("description"))
            title = one_line(_words(one.get("headline")) or _words(one.get("name")))
            if text or title:
                yield Update(_words(one.get("datePublished")), title, text)


def _said(value: Any) -> bool | None:
    """A yes or no, also in words ("False", "http://schema.org/False"); None for neither."""
    told = str(value).rpartition("/")[2].strip().lower()
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(told)


def _body(value: Any) -> str:
    """The words of a body, which may be HTML, also escaped once."""
    text = _words(value)
    if "&lt;" in text and "<" not in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text


def _words(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    """The names in a person, an outlet, or a list of them."""
    found = []
    for one in _listed(value)[:_MOST_NAMES]:
        name = _words(one.get("name")) if isinstance(one, dict) else _words(one)
        if name and not name.startswith(("http://", "https://")):
            found.append(_unescaped(name))
    return found


def _unescaped(name: str) -> str:
    return lxml.html.fromstring(f"<i>{name[:500]}</i>").text_content() if "&" in name else name


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
