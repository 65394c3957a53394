"""What a person names in; stored articles out, and what became of each (`Outcome`).

Puts `sources`, `embedding` and `store` together; `watching` does so again and again. Begin with
`adding.py`.
"""
