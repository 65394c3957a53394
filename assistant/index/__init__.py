"""python -m assistant.index: what is typed in a shell in; calls of `indexing` and `store` out.

A file for each family of commands; `commands` is the program they belong to.
"""
