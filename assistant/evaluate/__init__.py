"""Questions with known answers in; figures out: finding, quoting, refusing, exactness, seconds.

`exam_questions` reads what is asked, `build_store` indexes once, `ask_all` keeps each result,
`figures` counts with intervals, `comparing` pairs two runs. Begin with `__main__.py`.
"""
