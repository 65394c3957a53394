"""Text in; sentences, terms, quantities, passages, days and speakers out: what words mean.

Pure: no store, no model, no network. Begin with `sentences.py`; `dates/` reads words of time,
`attribution/` who said what.
"""
