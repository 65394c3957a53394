"""What a web page holds: its story, and what it says of itself.

`page_tree` puts the tree in order, `story` finds the blocks of the article in it; `page_data`,
`page_days` and `page_authors` read title, days and authors. Only this room and `files` know lxml.
"""
