"""Text as it was extracted in; the article's words alone out, as printed.

White space in order, page furniture out; `repeated_lines` looks at a whole batch. Begin with
`clean_text.py`.
"""
