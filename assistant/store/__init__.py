"""Articles, passages and vectors in; hits, articles and conversations out.

The only room that knows SQL and Chroma. SQL (`tables`; SQLite or PostgreSQL) is the truth; Chroma
(`chroma`; a folder or a server) is a copy of its vectors that may be lost at any time. It does not
know how an article was read, nor what a question means. Begin with `store.py`.
"""
