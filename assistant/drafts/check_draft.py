"""The whole journey of a draft: its quotations, its statements, a verdict on each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from assistant.drafts.draft_quotations import DraftQuotation, quotations
from assistant.drafts.quotation_verdict import checked
from assistant.drafts.read_draft import looked_at
from assistant.drafts.shelf import Shelf
from assistant.errors import BadArticle
from assistant.questions import asked_tags
from assistant.records import Filters, Report
from assistant.store.store import Store

CHARACTERS, QUOTATIONS = 200_000, 1_000  # of a draft; a book is checked chapter by chapter
Progress = Callable[[int, int], None]


def silent(done: int, of: int) -> None:
    """Tell nobody of progress."""


def check(draft: str, store: Store, filters: Filters, progress: Progress) -> Report:
    """What the articles that pass the filters make of a draft; `progress` hears "done, of".

    Raises `BadArticle` for a draft that is too long.
    """
    began = time.perf_counter()
    if len(draft) > CHARACTERS:
        raise BadArticle(
            f"The draft has {len(draft):,} characters; at most {CHARACTERS:,} are checked at once. "
            "Check it in parts."
        )
    filters = asked_tags.checked(filters, store)
    quoted = quotations(looked_at(draft))
    if len(quoted.found) > QUOTATIONS:
        raise BadArticle(
            f"The draft has {len(quoted.found):,} quotations; at most {QUOTATIONS:,} are checked "
            "at once. Check it in parts."
        )
    shelf = Shelf(store, filters)
    outlets = store.publishers()
    total = len(quoted.found)
    found = []
    for n, one in enumerate(quoted.found):
        progress(n, total)
        verdict = checked(one, shelf, _named(one, outlets))
        found.append(replace(verdict, text=draft[one.start : one.end]))
    progress(total, total)
    seconds = time.perf_counter() - began
    return Report(draft, tuple(found), (), len(quoted.short), seconds=seconds)


def _named(asked: DraftQuotation, outlets: list[str]) -> list[str]:
    """The outlets that the paragraph of a quotation names."""
    near = " ".join(asked.near.split()).casefold()
    return [one for one in outlets if one.casefold().removeprefix("the ") in near]
