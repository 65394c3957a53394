"""An address in; the article on its page out, or why there is none.

`allowed_addresses` says what may be asked at all, `http_exchange` asks one server once, `robots`
and `crawl_delay` are our manners, `web_client` puts them together. Begin with `fetch_article.py`.
"""
