"""From what programs for reading later export as JSON to what it says of each article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.sources.exports.told import Told, day, first, line, names, words

Fields = Mapping[str, Any]


def is_karakeep(fields: Fields) -> bool:
    content = fields.get("content")
    is_known = isinstance(content, dict) and content.get("type") in ("link", "text", "asset")
    return is_known and ("createdAt" in fields or "tags" in fields)


def karakeep(fields: Fields) -> Told:
    """A bookmark; what was saved of its page is in `htmlContent`, a note of one's own in `text`."""
    content: Fields = fields["content"]
    return Told(
        text=first(content, "htmlContent", "text", "description"),
        title=first(content, "title") or first(fields, "title"),
        id="" if content.get("url") else first(fields, "id"),
        publisher=first(content, "publisher"),
        author=line(names(content.get("author"))),
        url=first(content, "url", "sourceUrl"),
        published=day(content.get("datePublished")),
        updated=day(content.get("dateModified")),
        fetched=day(content.get("crawledAt") or fields.get("createdAt")),
        tags=names(fields.get("tags")),
    )


def is_wallabag(fields: Fields) -> bool:
    return "content" in fields and ("is_archived" in fields or "domain_name" in fields)


def wallabag(fields: Fields) -> Told:
    return Told(
        text=first(fields, "content"),
        title=first(fields, "title"),
        publisher=first(fields, "domain_name").removeprefix("www."),
        author=line(names(fields.get("published_by"))),
        url=first(fields, "origin_url", "url"),
        published=day(fields.get("published_at")),
        fetched=day(fields.get("created_at")),
        tags=names(fields.get("tags")),
    )


def is_omnivore(fields: Fields) -> bool:
    return {"slug", "url", "savedAt"} <= fields.keys()


def omnivore(fields: Fields) -> Told:
    """An entry of metadata_0_to_20.json; its text is a file beside it."""
    slug = first(fields, "slug")
    return Told(
        text=first(fields, "content"),
        title=first(fields, "title"),
        publisher=first(fields, "siteName"),
        author=first(fields, "author"),
        url=first(fields, "url", "originalArticleUrl"),
        published=day(fields.get("publishedAt")),
        fetched=day(fields.get("savedAt")),
        tags=names(fields.get("labels")),
        attached=(f"content/{slug}.html", f"content/{slug}.pdf") if slug else (),
    )


def is_readwise(fields: Fields) -> bool:
    is_reader = "html_content" in fields or {"source_url", "site_name"} <= fields.keys()
    return is_reader or ("highlights" in fields and "user_book_id" in fields)


def readwise(fields: Fields) -> Told:
    """A document of Reader, or a book of Readwise, whose text is what was marked in it."""
    marked = fields.get("highlights")
    texts = (words(each.get("text")) for each in marked or () if isinstance(each, dict))
    return Told(
        text=first(fields, "html_content", "content") or "\n\n".join(filter(None, texts)),
        title=first(fields, "title", "readable_title"),
        publisher=first(fields, "site_name"),
        author=first(fields, "author"),
        url=first(fields, "source_url", "url"),
        published=day(fields.get("published_date")),
        fetched=day(fields.get("saved_at") or fields.get("created_at")),
        tags=names(fields.get("tags") or fields.get("book_tags")),
    )
