"""From a list of subscriptions (OPML), as feed readers export it, to feeds. Nothing is fetched.

By hand, because a list from elsewhere is not trusted: listparser passes on file:// and half a list
without a word, and spoils what is not in UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.errors import BadArticle
from assistant.sources import safe_xml
from assistant.sources.build_article import Skipped
from assistant.sources.listed_pages import Feed
from assistant.sources.metadata import canonical

_MOST_BYTES = 5_000_000  # twenty thousand feeds


def read(path: Path) -> Iterator[Feed | Skipped]:
    """Yield each feed of the file once, however deep it is nested; never raises.

    Only addresses of the web are followed: a list from elsewhere may not name files of ours.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
        if len(raw) > _MOST_BYTES:
            raise BadArticle(f"more than {_MOST_BYTES / 1e6:.0f} MB: split it")
        yield from parse(raw, str(path))
    except OSError as error:
        yield Skipped(str(path), f"cannot be read: {(error.strerror or str(error)).lower()}")
    except BadArticle as error:
        yield Skipped(str(path), f"no list of feeds (OPML): {error}")


def parse(raw: bytes, where: str) -> Iterator[Feed | Skipped]:
    """Yield the feeds in an OPML document's bytes; raises `BadArticle` when it is none."""
    tree = safe_xml.read(raw)
    if safe_xml.name(tree.root) != "opml":
        raise BadArticle(f"its first element is <{safe_xml.name(tree.root)[:40]}>, not <opml>")
    if tree.broken:
        yield Skipped(where, f"broken XML, read as far as it goes ({tree.broken})")
    seen: set[str] = set()
    for outline in tree.root.iter("{*}outline"):
        given = {key.lower(): value for key, value in outline.attrib.items()}
        link = given.get("xmlurl", "").strip()
        if link.startswith("feed:"):
            link = "http:" + link.removeprefix("feed:").removeprefix("http:")
        if link and not canonical(link):
            yield Skipped(where, f"{link[:80]!r} is no address (http or https)")
        elif link and canonical(link) not in seen:
            seen.add(canonical(link))
            yield Feed(link)
    if not seen:
        yield Skipped(where, "no feed in this list: an outline names its feed in xmlUrl")
