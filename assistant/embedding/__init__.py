"""Texts in; vectors out.

Knows the embedded model and what runs it, here, in other processes (`workers`) or on other machines
(`ray_cluster`); not what the texts are from. Begin with `embedder.py`.
"""
