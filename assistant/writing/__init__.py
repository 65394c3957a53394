"""Quotes in; the answer's text out.

`quotation_writer` sets quotations out without a model; `generation` has a chat model write,
sentence by sentence, and shows what its cited sentences bear out. Begin with either.
"""
