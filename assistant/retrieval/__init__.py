"""A question that stands alone in; Hits out, best first, one text a story.

By words and by meaning, then fused. It does not judge whether a passage answers. Begin with
`search.py`.
"""
