"""A request over HTTP in; who sent it, and what they may do and how often, out.

Needed by the page, the tools and the server alike; knows nothing of what they show. Begin with
`permissions.py`.
"""
