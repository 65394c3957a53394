"""From what sites' own programs give out as JSON to what it says of each article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from assistant.sources.exports.told import Told, day, first, line, names, words

Fields = Mapping[str, Any]

# [caption id="a"]...[/caption] and other orders to the site's program.
_CAPTION = re.compile(r"\[caption\b[^\]]{0,500}\].{0,2000}?\[/caption\]", re.S)
_ORDER = re.compile(
    r"\[/?(?:gallery|embed|audio|video|playlist|caption|toc|more|(?:vc|et|fusion)_\w+)\b[^\]]{0,500}\]"
    r"|\[[a-z][\w-]*(?:\s+[\w-]+=(?:\"[^\"\]]*\"|'[^'\]]*'))+\s*/?\]"
)
_PARAGRAPH = re.compile(r"<p\b", re.I)
_NOT_PUBLIC = ("publish", "published", "sent", "")


def is_wordpress(fields: Fields) -> bool:
    content = fields.get("content")
    return isinstance(content, dict) and "rendered" in content


def wordpress(fields: Fields) -> Told:
    """A post as a site's /wp-json/wp/v2/posts gives it; people are named with ?_embed alone."""
    told = fields.get("_embedded")
    within: Fields = told if isinstance(told, dict) else {}
    yoast = fields.get("yoast_head_json")
    head: Fields = yoast if isinstance(yoast, dict) else {}
    groups = within.get("wp:term")
    terms = [each for group in groups or () if isinstance(group, list) for each in group]
    is_locked = isinstance(fields["content"], dict) and fields["content"].get("protected") is True
    return Told(
        text=wordpress_text(first(fields, "content")),
        title=first(fields, "title"),
        publisher=first(head, "og_site_name"),
        author=line(names(within.get("author")) or names(head.get("author"))),
        url=first(fields, "link"),
        published=first(fields, "date_gmt", "date"),
        updated=first(fields, "modified_gmt", "modified"),
        tags=names(terms),
        left_out=unpublished(first(fields, "status")) or ("needs a password" if is_locked else ""),
    )


def wordpress_text(text: str) -> str:
    """A post without orders to the program; blank lines part paragraphs where no tag does."""
    text = _ORDER.sub("", _CAPTION.sub("", text))
    if _PARAGRAPH.search(text):
        return text
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))


def unpublished(status: str) -> str:
    """Why a post of this status is left out, "" for one that readers can see."""
    known = status.strip().casefold()
    return "" if known in _NOT_PUBLIC else f"not published: its status is “{known[:40]}”"


def is_ghost(fields: Fields) -> bool:
    if "html" not in fields:
        return False
    return bool({"uuid", "comment_id", "lexical", "mobiledoc", "primary_author"} & fields.keys())


def ghost(fields: Fields) -> Told:
    """A post of Ghost's Content API, or of its export once `ghost_posts` put it together."""
    return Told(
        text=first(fields, "html", "plaintext"),
        title=first(fields, "title"),
        id=first(fields, "uuid"),
        publisher=first(fields, "publisher"),
        author=line(names(fields.get("authors")) or names(fields.get("primary_author"))),
        url=first(fields, "canonical_url", "url"),
        published=day(fields.get("published_at")),
        updated=day(fields.get("updated_at")),
        tags=tuple(tag for tag in names(fields.get("tags")) if not tag.startswith("#")),
        left_out=unpublished(first(fields, "status")),
    )


def ghost_posts(value: object) -> list[dict[str, Any]] | None:
    """The posts of Ghost's export with their people and tags by name; None for other JSON."""
    tables = _ghost_tables(value)
    if tables is None:
        return None
    settings = {
        words(each.get("key")): words(each.get("value")) for each in _rows(tables, "settings")
    }
    authors = _joined(tables, "users", "posts_authors", "author_id")
    tags = _joined(tables, "tags", "posts_tags", "tag_id")
    users = {words(each.get("id")): words(each.get("name")) for each in _rows(tables, "users")}
    found = []
    for post in _rows(tables, "posts"):
        id = words(post.get("id"))
        known = authors[id] or [users.get(words(post.get("author_id")), "")]
        found.append(
            {
                "uuid": "",
                "html": "",
                **post,
                "authors": known,
                "tags": tags[id],
                "publisher": settings.get("title", ""),
            }
        )
    return found


def _ghost_tables(value: object) -> dict[str, Any] | None:
    if isinstance(value, dict) and isinstance(value.get("db"), list) and value["db"]:
        value = value["db"][0]
    tables = value.get("data") if isinstance(value, dict) else None
    return tables if isinstance(tables, dict) and isinstance(tables.get("posts"), list) else None


def _rows(tables: Fields, name: str) -> list[dict[str, Any]]:
    rows = tables.get(name)
    return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []


def _joined(tables: Fields, table: str, between: str, key: str) -> defaultdict[str, list[str]]:
    """{post: names} of a table that another one joins to the posts, in its order."""
    known = {words(each.get("id")): words(each.get("name")) for each in _rows(tables, table)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in sorted(_rows(tables, between), key=lambda row: words(row.get("sort_order"))):
        if name := known.get(words(each.get(key)), ""):
            found[words(each.get("post_id"))].append(name)
    return found


def is_json_feed(fields: Fields) -> bool:
    return "content_html" in fields or "content_text" in fields


def json_feed(fields: Fields) -> Told:
    """An item of a JSON Feed."""
    url = first(fields, "url", "external_url")
    return Told(
        text=first(fields, "content_html", "content_text"),
        title=first(fields, "title"),
        id="" if url else first(fields, "id"),
        author=line(names(fields.get("authors")) or names(fields.get("author"))),
        url=url,
        published=day(fields.get("date_published")),
        updated=day(fields.get("date_modified")),
        tags=names(fields.get("tags")),
    )
