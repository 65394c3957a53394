"""From an agency's article in JSON (IPTC ninjs 1 to 3) to what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.sources.exports.told import Told, first, is_address, line, names

Fields = Mapping[str, Any]
_BODIES = ("body_xhtml", "body_html", "body_text")
_WITHDRAWN = ("canceled", "cancelled", "withheld", "withdrawn")


def is_ninjs(fields: Fields) -> bool:
    has_body = any(isinstance(fields.get(key), str) for key in _BODIES)
    has_bodies = isinstance(fields.get("bodies"), list)
    return (has_body or has_bodies) and bool({"uri", "headline", "headlines"} & fields.keys())


def ninjs(fields: Fields) -> Told:
    """An article whose parts may be fields of their own (1.x) or lists of them by role (2, 3)."""
    uri = first(fields, "uri")
    status = first(fields, "pubstatus").casefold()
    return Told(
        text=_text(fields),
        title=_of_role(fields.get("headlines"), ("main", "headline", ""))
        or first(fields, "headline", "title", "slugline"),
        id="" if is_address(uri) else uri,
        publisher=_outlet(fields),
        author=first(fields, "byline", "by") or line(names(_people(fields))),
        url=first(fields, "url") or (uri if is_address(uri) else ""),
        published=first(fields, "firstpublished", "contentcreated", "firstcreated")
        or first(fields, "versioncreated"),
        updated=first(fields, "versioncreated"),
        tags=tuple(
            dict.fromkeys(
                each
                for key in ("keywords", "subject", "subjects")
                for each in names(fields.get(key))
            )
        ),
        left_out=f"withdrawn by its agency ({status})" if status in _WITHDRAWN else "",
    )


def _text(fields: Fields) -> str:
    bodies = fields.get("bodies")
    if isinstance(bodies, list):
        known = [each for each in bodies if isinstance(each, dict) and first(each, "value")]
        # Without a role, or the main one, comes before summaries; markup before plain text.
        known.sort(
            key=lambda each: (
                first(each, "role") not in ("", "main"),
                "html" not in first(each, "contenttype", "contentType"),
            )
        )
        return first(known[0], "value") if known else ""
    return first(fields, *_BODIES)


def _of_role(parts: object, roles: tuple[str, ...]) -> str:
    """The value of the first part with one of the roles, the likeliest first."""
    known = [each for each in parts if isinstance(each, dict)] if isinstance(parts, list) else []
    ranked = [each for role in roles for each in known if first(each, "role") == role]
    return next((found for each in (*ranked, *known) if (found := first(each, "value"))), "")


def _people(fields: Fields) -> object:
    for key in ("authors", "people_authors", "infosources"):
        if isinstance(fields.get(key), list) and key != "infosources":
            return fields[key]
    return [
        each
        for each in fields.get("infosources") or ()
        if isinstance(each, dict) and first(each, "role") in ("author", "byline", "cRole:reporter")
    ]


def _outlet(fields: Fields) -> str:
    return first(fields, "source", "provider", "copyrightholder", "copyrightHolder")
