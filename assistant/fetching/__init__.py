"""From an address to the page behind it, and on to an Article.

addresses says which addresses may be asked at all; wire asks one server once, bodies unpacks what
it sends; robots and pace are our manners; web puts them together, with redirects and second
attempts; pages makes the article; together does so for many addresses at once. feeds, sitemaps and
opml say which pages there are (listings has their records, trees reads their XML).
"""

from assistant.errors import NotFetched
from assistant.fetching.listings import Entry, Feed, Opml, Sitemap
from assistant.fetching.web import Page, Web

__all__ = ["Entry", "Feed", "NotFetched", "Opml", "Page", "Sitemap", "Web"]
