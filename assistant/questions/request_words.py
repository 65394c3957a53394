"""Words that put a request and tell nothing of its topic: "please", "anything", "article"."""

from __future__ import annotations

from assistant.text import terms

# From the requests of our training stories: of the stems asked in eight stories or more, those that
# one answer in twenty or fewer holds; then by eye, without what may be a topic ("dispute", "job",
# "record"), and with their like ("timeline", "overview").
_PUT = """please kindly pls give tell show find know check confirm explain mention write compare
    comment quote story stories article articles piece summary summarise summarize sum brief
    overview timeline background response responses reaction reactions source sources something
    someone somebody everything everyone anything anyone anybody whatever yes ok okay sorry really
    actually true let i'm i'd i've i'll what's who's where's lot affair news information details"""
PUT_WORDS = frozenset(_PUT.split())
PUT = frozenset(map(terms.stem, PUT_WORDS))


def weighty(request: str) -> set[str]:
    """The stems of a request that tell what it is about; all its stems when none does."""
    found = set(terms.terms(request))
    return found - PUT or found
