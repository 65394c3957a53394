"""From an HTML page to an Article. The only file that knows trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import article, headline_of, without_title
from assistant.sources.character_encoding import decode_page
from assistant.sources.cleaning.clean_text import clean, one_line

_NOTHING = (
    "no article text found in this page: it may need a browser to show its text; "
    "save the text as .txt"
)
_RULE = re.compile(r"[|\s:-]*-{3}[|\s:-]*")
_OPTIONS: dict[str, Any] = {
    "favor_precision": True,
    "include_tables": True,
    "include_comments": False,
    "with_metadata": True,
    "date_extraction_params": {"extensive_search": False, "original_date": True},
}
_NOISY = ("trafilatura", "htmldate", "courlan")


def read(raw: bytes, where: str, *, charset: str = "") -> Article:
    """Return the article in a page's bytes; raises `BadArticle`. Nothing is fetched.

    `charset` is what a server said of them.
    """
    import trafilatura  # slow to import

    for name in _NOISY:  # what matters of their warnings is in our reason
        logging.getLogger(name).setLevel(logging.CRITICAL)
    page = decode_page(raw, charset=charset)
    try:
        tree = trafilatura.load_html(page)
        dates = _dates(tree)
        found: Any = trafilatura.bare_extraction(tree, **_OPTIONS)
    except Exception as error:  # whatever a hostile page does to its reader, the batch goes on
        raise BadArticle(_NOTHING) from error
    text = clean(_paragraphs(found.text or ""), where=where).text if found else ""
    if not text:
        raise BadArticle(_NOTHING)
    title = one_line(found.title or "")
    title, text = (title, without_title(text, title)) if title else headline_of(text)
    return article(
        title=title,
        text=text,
        publisher=found.sitename or "",
        author=(found.author or "").replace("; ", ", "),
        url=found.url or "",
        published=dates.get("article:published_time") or found.date,
        updated=dates.get("article:modified_time"),
        where=where,
    )


def _dates(tree: Any) -> dict[str, str]:
    """What the page's head says of its dates, to the minute."""
    metas = tree.xpath("//meta[starts-with(@property, 'article:') and @content]")
    return {str(meta.get("property")): str(meta.get("content")) for meta in metas}


def _paragraphs(text: str) -> str:
    """Trafilatura's lines as paragraphs; items and table rows stay together, a line each."""
    paragraphs: list[str] = []
    together = False
    for line in text.split("\n"):
        row = line.strip()
        if _RULE.fullmatch(row):
            continue
        is_item = row.startswith(("- ", "|"))
        if row.startswith("- "):
            row = f"• {row[2:]}"
        paragraphs += ["" if together and is_item else "\n", row.strip("| "), "\n"]
        together = is_item
    return "".join(paragraphs)
