"""From a file, a folder or a line of JSON to an Article, cleaned to plain text.

files reads what is there; plain, markdown, page and lines know one kind of file each; building
makes every article, with cleaning (and furniture) for its text and fields for its dates and
address; recurring looks at a whole batch. Drops are logged on "assistant.articles".
"""

from assistant.articles.building import Gone, Same, Skipped, article
from assistant.articles.cleaning import Cleaned, clean
from assistant.articles.counting import count
from assistant.articles.files import READERS, read
from assistant.articles.recurring import drop_recurring

__all__ = [
    "READERS",
    "Cleaned",
    "Gone",
    "Same",
    "Skipped",
    "article",
    "clean",
    "count",
    "drop_recurring",
    "read",
]
