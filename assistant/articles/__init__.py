"""From a file, a folder or a line of JSON to an Article, cleaned to plain text.

files reads what is there. One kind of file each: plain, markdown, page (HTML), lines (JSON lines),
arrays (JSON), tables (CSV), letters (e-mail), pdf, word, book (EPUB), crawls (WARC) and archives
(zip). building makes every article, with cleaning (and furniture) for its text and fields for its
dates and address; given is what the files leave open; recurring looks at a whole batch. Drops are
logged on "assistant.articles".
"""

from assistant.articles.building import Gone, Same, Skipped, article
from assistant.articles.cleaning import Cleaned, clean
from assistant.articles.counting import count
from assistant.articles.files import READERS, read
from assistant.articles.given import FIELDS, Given, columns, complete
from assistant.articles.recurring import drop_recurring

__all__ = [
    "FIELDS",
    "READERS",
    "Cleaned",
    "Given",
    "Gone",
    "Same",
    "Skipped",
    "article",
    "clean",
    "columns",
    "complete",
    "count",
    "drop_recurring",
    "read",
]
