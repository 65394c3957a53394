"""From any JSON to what it says of its articles, where a known program made it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.sources.exports import agency_json, reading_lists, references, sites
from assistant.sources.exports.told import Told

Fields = Mapping[str, Any]
# The surest marks first.
_SHAPES: tuple[tuple[Callable[[Fields], bool], Callable[[Fields], Told]], ...] = (
    (sites.is_wordpress, sites.wordpress),
    (reading_lists.is_karakeep, reading_lists.karakeep),
    (reading_lists.is_wallabag, reading_lists.wallabag),
    (reading_lists.is_omnivore, reading_lists.omnivore),
    (reading_lists.is_readwise, reading_lists.readwise),
    (agency_json.is_ninjs, agency_json.ninjs),
    (sites.is_ghost, sites.ghost),
    (sites.is_json_feed, sites.json_feed),
    (references.is_csl, references.csl),
)


def told(fields: object) -> Told | None:
    """What an object says as the program has it that made it; None when none is known."""
    if not isinstance(fields, dict):
        return None
    return next((tell(fields) for fits, tell in _SHAPES if fits(fields)), None)


def is_known(fields: object) -> bool:
    """Would `told` know this object?"""
    return isinstance(fields, dict) and any(fits(fields) for fits, _ in _SHAPES)
