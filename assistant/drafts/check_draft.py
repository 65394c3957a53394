"""The whole journey of a draft: its quotations, its statements, a verdict on each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from assistant.drafts import quotation_verdict, statement_verdict
from assistant.drafts.draft_quotations import DraftQuotation, Quotations, quotations
from assistant.drafts.draft_statements import statements_of
from assistant.drafts.read_draft import looked_at
from assistant.drafts.shelf import Shelf
from assistant.drafts.statement_verdict import Statement
from assistant.errors import BadArticle
from assistant.evidence.ranker import Ranker
from assistant.questions import asked_tags
from assistant.records import Filters, Report
from assistant.store.store import Store

CHARACTERS, QUOTATIONS = 100_000, 1_000  # of a draft; a book is checked chapter by chapter
NEAR = 12  # articles that the draft quotes, in which its statements are looked for as well
Progress = Callable[[int, int], None]


def silent(done: int, of: int) -> None:
    """Tell nobody of progress."""


def check(
    draft: str, store: Store, ranker: Ranker, filters: Filters, progress: Progress = silent
) -> Report:
    """What the articles that pass the filters make of a draft; `progress` hears "done, of".

    Raises `BadArticle` for a draft that is too long.
    """
    began = time.perf_counter()
    filters = asked_tags.checked(filters, store)
    quoted, statements = _read(draft)
    shelf, outlets = Shelf(store, filters), store.publishers()
    total = len(quoted.found) + len(statements)
    found = []
    for n, one in enumerate(quoted.found):
        progress(n, total)
        verdict = quotation_verdict.checked(one, shelf, _named(one, outlets))
        found.append(replace(verdict, text=draft[one.start : one.end]))
    cited = {place.source.id for one in found for place in one.places}
    near = [shelf.text(id) for id in sorted(cited)[:NEAR]]
    stated = []
    for n, statement in enumerate(statements, len(found)):
        progress(n, total)
        told = statement_verdict.checked(statement, shelf, ranker, near)
        stated.append(replace(told, text=draft[statement.start : statement.end]))
    progress(total, total)
    seconds = time.perf_counter() - began
    return Report(draft, tuple(found), tuple(stated), len(quoted.short), seconds=seconds)


def _read(draft: str) -> tuple[Quotations, list[Statement]]:
    """The quotations and the statements of a draft."""
    if len(draft) > CHARACTERS:
        raise BadArticle(
            f"The draft has {len(draft):,} characters; at most {CHARACTERS:,} are checked at once. "
            "Check it in parts."
        )
    text = looked_at(draft)
    quoted = quotations(text)
    if len(quoted.found) > QUOTATIONS:
        raise BadArticle(
            f"The draft has {len(quoted.found):,} quotations; at most {QUOTATIONS:,} are checked "
            "at once. Check it in parts."
        )
    return quoted, statements_of(text)


def _named(asked: DraftQuotation, outlets: list[str]) -> list[str]:
    """The outlets that the paragraph of a quotation names."""
    near = " ".join(asked.near.split()).casefold()
    return [one for one in outlets if one.casefold().removeprefix("the ") in near]
