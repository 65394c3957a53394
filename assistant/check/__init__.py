"""python -m assistant.check DRAFT: a draft in, a report out. The work is done in `drafts`."""
