"""What was typed, and the conversation before it, in; what is searched, with its filters, out.

Parts, names, days, follow-ups, small talk. It asks no store. Begin with `understanding.py`.
"""
