"""From an XML file to Articles: a site's export, or an agency's articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from assistant.errors import BadArticle
from assistant.sources import safe_xml
from assistant.sources.build_article import Found, Skipped
from assistant.sources.exports import agency_xml, wordpress_xml
from assistant.sources.exports.told import Told
from assistant.sources.files import build_told, html_page
from assistant.sources.files.build_told import Beside

_FEED = "a feed: add it with python -m assistant.index add --feed FILE"
_ADVICE = {
    "rss": _FEED,
    "feed": _FEED,
    "rdf": _FEED,
    "opml": "a list of feeds: add it with python -m assistant.index add --opml FILE",
    "urlset": "a sitemap: add its address with python -m assistant.index add --sitemap URL",
    "sitemapindex": "a sitemap: add its address with python -m assistant.index add --sitemap URL",
}
_KINDS: dict[str, Callable[[Any], Iterator[Told]]] = {
    "nitf": agency_xml.nitf,
    "newsml": agency_xml.newsml_1,
    "newsmessage": agency_xml.newsml_g2,
    "newsitem": agency_xml.newsml_g2,
}


def read(raw: bytes, where: str, beside: Beside) -> Iterator[Found]:
    """Yield each article of an XML file with its place ("file.xml, article 3")."""
    if not raw.strip():
        raise BadArticle("empty file: it has no words")
    tree = safe_xml.read(raw)
    kind = safe_xml.name(tree.root)
    if kind == "html":
        yield where, html_page.read(raw, where)
        return
    tell = _KINDS.get(kind)
    if kind == "rss" and wordpress_xml.is_wxr(tree.root):
        tell = wordpress_xml.told
    if tell is None:
        known = "WordPress's export, NITF and NewsML"
        raise BadArticle(
            _ADVICE.get(kind, f"XML of a kind not read (<{kind[:40]}>): it reads {known}")
        )
    told = list(tell(tree.root))
    several = len(told) > 1
    numbered = (
        (f"{where}, article {number}" if several else where, each)
        for number, each in enumerate(told, 1)
    )
    yield from build_told.read(numbered, where, beside)
    if not told:
        yield Skipped(where, "no articles in this file")
    if tree.broken:
        yield Skipped(where, f"damaged ({tree.broken[:200]}): what is not said above was not read")
