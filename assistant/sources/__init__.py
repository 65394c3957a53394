"""Files, pages, feeds, letters and exports in; Articles out, cleaned to plain text.

Knows the shapes of what people have, and the manners of the web; not where articles are kept (of
a store it knows only `Stored`: what was read before). Every article is made by `build_article`.
Begin with `files/read_files.py` for files and `web/fetch_article.py` for pages.
"""
