"""From a live blog to its parts, each with its own time, the earliest first.

Updates are those that JSON-LD lists, else parts of one kind beside one another, each with a <time>.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.html.page_data import PageData

_FEWEST = 3
_MOST = 1_000
_LIVE = re.compile(
    r"live-?(?:blog|updates?|feed|ticker|coverage|stream)|(?:^|[ _-])live(?:$|[ _-])|ticker", re.I
)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_LONGEST_STAMP = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One update: the time it prints or tells, its heading, and the part of the page it is."""

    at: datetime | None
    stamp: str
    title: str
    text: str = ""
    element: Any = None


def parts(tree: Any, data: PageData) -> list[Part]:
    """The updates of a live blog, the earliest first; empty for any other page."""
    listed = [_listed(one.at, one.title, one.text) for one in data.updates[:_MOST]]
    if len(listed) >= 2:
        return _in_time(listed)
    body = tree.find("body")
    if body is None or not (data.is_live or _is_live(tree, body)):
        return []
    found = _printed(body)
    return _in_time(found) if len(found) >= _FEWEST else []


def told(found: Sequence[Part], words_of: Callable[[Part], str]) -> str:
    """The parts as text: a line with the time and heading of each, below it its words."""
    written = []
    for part in found:
        head = ": ".join(filter(None, (_shown(part), part.title)))
        words = words_of(part).strip()
        written.append("\n\n".join(filter(None, (head, words))))
    return "\n\n".join(written)


def _listed(at: str, title: str, text: str) -> Part:
    moment = _moment(at)
    return Part(moment, "" if moment else one_line(at), title, text)


def _is_live(tree: Any, body: Any) -> bool:
    kinds = tree.xpath("//*[contains(@itemtype, 'LiveBlogPosting')]")
    names = [body, *body.xpath(".//main | .//article")[:5], *list(body)[:20]]
    told = " ".join(f"{one.get('class', '')} {one.get('id', '')}"[:300] for one in names)
    title = " ".join(tree.xpath("//title/text()")[:1])[:300]
    divs = body.xpath(".//*[contains(@class, 'live') or contains(@id, 'live')]")[:20]
    named = " ".join(f"{one.get('class', '')} {one.get('id', '')}"[:300] for one in divs)
    return bool(
        kinds or _LIVE.search(told) or _LIVE.search(named) or re.search(r"\blive\b", title, re.I)
    )


def _printed(body: Any) -> list[Part]:
    """The parts of one kind beside one another that each hold a time of their own."""
    groups: dict[tuple[Any, Any, str], list[tuple[Any, Any]]] = defaultdict(list)
    for stamp in body.xpath(".//time")[: 3 * _MOST]:
        child = stamp
        for above in list(stamp.iterancestors())[:6]:
            if child.tag in ("article", "section", "div", "li"):
                groups[above, child.tag, _name(child)].append((child, stamp))
            if above is body:
                break
            child = above
    best: list[tuple[Any, Any]] = []
    for group in groups.values():
        firsts = list({id(child): (child, stamp) for child, stamp in reversed(group)}.values())
        if len(firsts) >= _FEWEST and _words(firsts) > _words(best):
            best = firsts[::-1]
    return [_part(child, stamp) for child, stamp in best[:_MOST]]


def _name(element: Any) -> str:
    return str(element.get("class", "").split(" ")[0][:60])


def _words(group: list[tuple[Any, Any]]) -> int:
    return sum(len(child.text_content().split()) for child, _ in group)


def _part(element: Any, stamp: Any) -> Part:
    heads = [one for one in element.iter("h1", "h2", "h3", "h4") if one.text_content().strip()]
    title = one_line(heads[0].text_content()) if heads else ""
    printed = one_line(stamp.text_content())[:_LONGEST_STAMP]
    moment = _moment(str(stamp.get("datetime") or ""))
    title = one_line(title.replace(printed, "")) if printed else title
    return Part(moment, "" if moment else printed, title, element=element)


def _moment(words: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words.strip())
    except ValueError:
        return None


def _in_time(found: list[Part]) -> list[Part]:
    """The earliest first, when every part knows its moment; else turned where the newest leads."""
    if all(part.at for part in found):
        return sorted(found, key=lambda part: _aware(part.at))
    clocks = [_CLOCK.search(part.stamp) for part in found]
    if all(clocks):
        times = [re.sub(r"\D", ":", one[0]).zfill(5) for one in clocks if one]
        if times == sorted(times, reverse=True):
            return found[::-1]
    return found


def _aware(at: datetime | None) -> datetime:
    moment = at or datetime.min.replace(tzinfo=UTC)
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=UTC)


def _shown(part: Part) -> str:
    if part.at is None:
        return part.stamp
    day = f"{part.at.day} {part.at:%B %Y}"
    hour = "" if part.at.time() == datetime.min.time() else f", {part.at:%H:%M}"
    zone = f" {part.at:%Z}" if hour and part.at.utcoffset() is not None else ""
    return day + hour + zone
