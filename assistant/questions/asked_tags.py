"""From a request to the tags that it asks for: "in my Ukraine folder", "tagged ferry"."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.errors import BadSetting
from assistant.records import Filters
from assistant.store.store import Store

_FOLDER = r"(?:folders?|dossiers?|tags?|labels?|collections?|mailbox)"
_IN = r"(?:(?:only|just)\s+)?(?:in|from|within|inside|among|of|on|using|with|under)"
_MINE = r"(?:my|our|the|this|that)"
_OPEN, _CLOSE = r"[\"“„«'‘]?", r"[\"”“»'’]?"
_TAGGED = (
    r"(?:(?:that|which) (?:is|are)\s+|articles?\s+)*(?:tagged|labell?ed|filed)\s+"
    r"(?:(?:as|under|with|in)\s+)*"
)
# What is called a folder of one's own, though no tag may be called so.
_ANY = re.compile(
    rf"\b{_IN}\s+(?:my|our)\s+{_OPEN}(?P<name>[\w][\w &-]{{0,40}}?){_CLOSE}\s+"
    r"(?:folder|dossier|tag|label)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tags that a request asks for, and its words that say so."""

    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def without(self, request: str) -> str:
        """The request without these words."""
        for one in self.words:
            request = request.replace(one, " ")
        bare = re.sub(r"[\s,;:]+([?.!]|$)", r"\1", " ".join(request.split()))
        return re.sub(r"\s+([,;:])", r"\1", bare).strip(" ,;:")

    @property
    def called(self) -> str:
        """The articles asked for: "articles tagged “ukraine”"."""
        return f"articles tagged {' or '.join(f'“{one}”' for one in self.tags)}"


NO_TAG = Tagged()


def understand(request: str, tags: Collection[str]) -> Tagged:
    """What the request asks for by tag; raises `BadSetting` for a folder that nothing is in."""
    found: dict[str, str] = {}
    rest = request
    for tag in sorted(tags, key=len, reverse=True):
        for match in _pattern(tag).finditer(rest):
            found[tag] = match[0].strip()
        rest = _pattern(tag).sub(" ", rest)
    if not found and tags and (unknown := _ANY.search(request)):
        known((unknown["name"],), tags)
    return Tagged(tuple(found), tuple(found.values()))


def known(wanted: Collection[str], tags: Collection[str]) -> tuple[str, ...]:
    """The tags as articles have them; raises `BadSetting` for one that none has."""
    own = {one.casefold(): one for one in tags}
    for one in wanted:
        if one.casefold() not in own:
            raise BadSetting(f"No article has the tag {one[:80]!r}. {_instead(one, own)}")
    return tuple(own[one.casefold()] for one in wanted)


def checked(filters: Filters, store: Store) -> Filters:
    """The filters, whose tags are all known; raises `BadSetting` for one that no article has."""
    if filters.tags:
        known(filters.tags, store.tags.all())
    return filters


def _instead(tag: str, own: dict[str, str]) -> str:
    if not own:
        return "None has any: give tags with python -m assistant.index tag ID --add TAG"
    near = difflib.get_close_matches(tag.casefold(), own, n=1, cutoff=0.0)[0]
    return f"The nearest is {own[near]!r}; all are in: python -m assistant.index tags"


def _pattern(tag: str) -> re.Pattern[str]:
    """Where a request asks for what has the tag; "-" and "_" in it may be spaces."""
    name = r"[\s_-]+".join(map(re.escape, re.split(r"[\s_-]+", tag)))
    name = rf"{_OPEN}{name}{_CLOSE}"
    after = r"(?!\w)"
    return re.compile(
        rf"\b{_IN}\s+{_MINE}\s+{name}\s+{_FOLDER}\b"
        rf"|\b{_IN}\s+(?:{_MINE}\s+)?{_FOLDER}\s+(?:called\s+|named\s+)?{name}{after}"
        rf"|\b{_TAGGED}{name}{after}"
        rf"|(?<!\w)#{name}{after}",
        re.IGNORECASE,
    )
