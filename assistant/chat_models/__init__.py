"""A provider string in; a LangChain chat model out, and its failures as one line each.

Knows nothing of articles and questions. Begin with `providers.py`.
"""
