"""From WordPress's export (WXR) to what it says of its posts and pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.sources.exports.sites import unpublished, wordpress_text
from assistant.sources.exports.told import Told
from assistant.sources.exports.xml_words import at, attribute, inside, words

_KINDS = ("post", "page", "")
_NEVER = "0000-00-00 00:00:00"


def is_wxr(root: Any) -> bool:
    """Is this RSS an export, and not a feed?"""
    return any(True for _ in inside(root, "channel/wxr_version")) or any(
        True for _ in inside(root, "channel/item/post_type")
    )


def told(root: Any) -> Iterator[Told]:
    """Yield what the export says of each post and page; pictures and menus are passed over."""
    for channel in inside(root, "channel"):
        outlet = at(channel, "title")
        people = {
            at(each, "author_login"): at(each, "author_display_name")
            for each in inside(channel, "author")
        }
        for item in inside(channel, "item"):
            if at(item, "post_type") in _KINDS:
                yield _post(item, outlet, people)


def _post(item: Any, outlet: str, people: dict[str, str]) -> Told:
    login = at(item, "creator")
    tags = (
        words(each)
        for each in inside(item, "category")
        if attribute(each, "domain") in ("post_tag", "category")
    )
    written = next((_whole(each) for each in inside(item, "encoded") if _whole(each).strip()), "")
    return Told(
        text=wordpress_text(written),
        title=at(item, "title"),
        id="" if at(item, "link") else at(item, "guid"),
        publisher=outlet,
        author=people.get(login) or login,
        url=at(item, "link"),
        published=_day(item, "post_date_gmt") or _day(item, "post_date") or at(item, "pubdate"),
        updated=_day(item, "post_modified_gmt"),
        tags=tuple(tag for tag in tags if tag != "Uncategorized"),
        left_out=unpublished(at(item, "status"))
        or ("needs a password" if at(item, "post_password") else ""),
    )


def _whole(element: Any) -> str:
    return "".join(map(str, element.itertext()))


def _day(item: Any, path: str) -> str:
    found = at(item, path)
    return "" if found == _NEVER else found
