"""From the first row of a known program's table to what its rows say of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assistant.sources.exports.told import Told, day, listed

Row = Mapping[str, str]
# Lists of saved pages: where the address stands. Their texts are nowhere in them.
_LINKS = {
    "url": "url link address href",
    "text": "text content html note selection excerpt highlight",
    "title": "title name",
    "tags": "tags document_tags folder labels",
    "fetched": "time_added timestamp saved_date created",
}
_KNOWN_LISTS = (
    {"url", "title", "time_added", "status"},  # Pocket
    {"url", "title", "selection", "folder", "timestamp"},  # Instapaper
    {"title", "url", "document_tags", "saved_date"},  # Readwise Reader
    {"title", "note", "excerpt", "url", "folder"},  # Raindrop
)
_MOST = 1_000_000  # characters marked in one text
_HIGHLIGHTS = {"highlight", "book_title"}  # Readwise


def is_highlights(names: Iterable[str]) -> bool:
    """Is each row a passage that someone marked in a text?"""
    return set(map(_plain, names)) >= _HIGHLIGHTS


def is_list(names: Iterable[str]) -> bool:
    """Is each row a saved page, of which the table has the address and hardly ever a text?"""
    plain = set(map(_plain, names))
    return any(known <= plain for known in _KNOWN_LISTS)


def link(row: Row) -> Told:
    """A saved page; a text that was marked in it stands for its text."""
    fields = {_plain(name): value.strip() for name, value in row.items()}
    found = {
        field: next((fields[name] for name in names.split() if fields.get(name)), "")
        for field, names in _LINKS.items()
    }
    return Told(
        text=found["text"],
        title=found["title"],
        url=found["url"],
        fetched=day(found["fetched"]),
        tags=listed(found["tags"]),
    )


def marked(rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Told]]:
    """Yield the place and what was marked in each text: rows that follow each other are one's."""
    parts: list[str] = []
    place, told, size = "", Told(), 0
    for at, row in rows:
        fields = {_plain(name): value.strip() for name, value in row.items()}
        of = Told(
            title=fields.get("book_title", ""),
            author=fields.get("book_author", ""),
            tags=listed(fields.get("document_tags", "")),
            url=fields.get("source_url", "") or fields.get("url", ""),
        )
        is_same = (of.title, of.author) == (told.title, told.author) and size < _MOST
        if parts and not is_same:
            yield place, _with(told, parts)
            parts, size = [], 0
        if not parts:
            place, told = at, of
        parts.append(fields.get("highlight", ""))
        size += len(parts[-1])
    if parts:
        yield place, _with(told, parts)


def _with(told: Told, parts: list[str]) -> Told:
    return Told(
        text="\n\n".join(filter(None, parts)),
        title=told.title,
        author=told.author,
        tags=told.tags,
        url=told.url,
    )


def _plain(name: str) -> str:
    return "_".join(name.strip().casefold().replace("-", " ").replace("_", " ").split())
