"""From what an office program notes of a file to a title and an author, when they are ones."""

from __future__ import annotations

import re

from assistant.sources.cleaning.clean_text import one_line

_FILE_NAME = re.compile(
    r"\.(?:docx?|rtf|odt|indd|qxp|qxd|pdf|pages|txt|html?|pptx?|xlsx?|tex)\Z", re.I
)
_NO_TITLE = re.compile(
    r"(?:untitled|document|dokument|title|presentation|slide|layout|doc|unknown|none|no title)"
    r"[\W\d]*|microsoft \w+ - .*|\(?anonymous\)?|powerpoint .*|print.*|[\W\d_]*",
    re.I,
)
_NO_AUTHOR = re.compile(
    r"(?:admin(?:istrator)?|user|owner|root|author|unknown|anonymous|guest|default|windows user|"
    r"microsoft.*|python-docx|.*\.(?:com|local)|[\W\d_]*)[\W\d]*",
    re.I,
)
_LONGEST_TITLE = 300
_LONGEST_AUTHOR = 120


def sensible_title(noted: str) -> str:
    """Return the noted title, "" for a file's name or a program's filler."""
    title = one_line(noted)
    is_name = _FILE_NAME.search(title) or (" " not in title and re.search(r"[_\d/\\]", title))
    too_long = len(title) > _LONGEST_TITLE
    return "" if too_long or is_name or _NO_TITLE.fullmatch(title) else title


def sensible_author(noted: str) -> str:
    """Return the noted author, "" for an account's or a program's name."""
    author = one_line(noted)
    return "" if len(author) > _LONGEST_AUTHOR or _NO_AUTHOR.fullmatch(author) else author
