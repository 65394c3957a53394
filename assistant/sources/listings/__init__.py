"""A feed, a sitemap or a list of feeds in; the pages they list out (`Entry`).

Knows nothing of what is on those pages. What XML declares is never believed: `sources/safe_xml.py`.
"""
