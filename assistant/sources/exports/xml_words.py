"""From elements of XML, whatever namespace they are in, to words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.sources.safe_xml import name

_PARAGRAPHS = frozenset(
    "p hl2 h1 h2 h3 h4 h5 h6 div block section ul ol dl table blockquote bq pre media fig hr "
    "abstract lead".split()
)
_LINES = frozenset("br li dt dd tr credit".split())
_CELLS = frozenset("td th".split())
_UNREAD = frozenset("script style media media-caption media-reference nitf-table-metadata".split())


def inside(element: Any, path: str) -> Iterator[Any]:
    """Yield the elements at "a/b/c" within, in order."""
    first, _, rest = path.partition("/")
    for child in element:
        if name(child) == first:
            if rest:
                yield from inside(child, rest)
            else:
                yield child


def anywhere(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements of these names at any depth, in order."""
    return (each for each in element.iter() if name(each) in names)


def words(element: Any) -> str:
    """All words of an element on one line."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def at(element: Any, *paths: str) -> str:
    """The words of the first element at the first path that has any."""
    found = (words(each) for path in paths for each in inside(element, path))
    return next((told for told in found if told), "")


def attribute(element: Any, key: str) -> str:
    """An attribute, whatever its namespace."""
    return next(
        (str(value) for known, value in element.items() if known.rpartition("}")[2] == key), ""
    )


def paragraphs(element: Any) -> str:
    """The words in order with blank lines between paragraphs; without recursion, however deep."""
    parts: list[str] = []
    waiting: list[Any] = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            parts.append(each)
            continue
        tag = name(each)
        waiting.append(_one_space(each.tail) if each is not element else "")
        if tag in _UNREAD:
            continue
        apart = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES else ""
        parts.append(" | " if tag in _CELLS and each.getprevious() is not None else apart)
        waiting.append("" if tag == "br" else apart)
        waiting.extend(reversed(each))
        waiting.append(_one_space(each.text))
    return "".join(parts).strip()


def _one_space(text: str | None) -> str:
    """White space in XML is one space, whatever it is made of."""
    return " ".join(f"|{text or ''}|".split())[1:-1] if text else ""
