"""One server for many: the page, an API, OpenAI's shape and the tools over the same `ask`.

Requests come in through `middleware`; what they may do is `access`'s. Begin with `application.py`.
"""
