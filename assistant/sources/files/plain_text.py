"""From a plain text file to an Article: its first line is the title when it reads like one."""

from __future__ import annotations

from assistant.records import Article
from assistant.sources.build_article import article, headline_of
from assistant.sources.character_encoding import decode
from assistant.sources.cleaning.clean_text import clean


def read(raw: bytes, where: str) -> Article:
    """Return the article in a text file's bytes; raises `BadArticle`."""
    title, text = headline_of(clean(decode(raw), where=where).text)
    return article(title=title, text=text, where=where)
