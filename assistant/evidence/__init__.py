"""Hits in; proved Quotes out, with who said them, when, and where sources differ.

The only room that makes a `Quote`, always a slice of a stored article. It writes no sentence. Begin
with `finding.py`; `ranker` is the small network that judges a sentence.
"""
