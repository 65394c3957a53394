"""From the report of a draft and an earlier one to what changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import BadSetting
from assistant.records import CheckedQuotation, CheckedStatement, Report

SHOWN = 80  # characters of a quotation or statement in a line


def earlier(path: Path) -> dict[str, Any]:
    """An earlier report, as --json printed it; raises `BadSetting`."""
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
        if all(isinstance(one["text"] + one["verdict"], str) for one in _all(made)):
            return dict(made)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass
    raise BadSetting(f"{path} is no report. Make one with: python -m assistant.check DRAFT --json")


def changed(report: Report, before: dict[str, Any]) -> tuple[str, ...]:
    """What changed since an earlier report, a line each."""
    return tuple(_changed(report, before)) or ("Nothing changed since the earlier report.",)


def _changed(report: Report, before: dict[str, Any]) -> Iterator[str]:
    known = {_key(one["text"]): one for one in _all(before)}
    found: list[CheckedQuotation | CheckedStatement] = [*report.quotations, *report.statements]
    for one in found:
        old = known.pop(_key(one.text), None)
        if old is None:
            yield f"New in the draft: {_shown(one.text)} - {_words(one.verdict)}."
        elif old["verdict"] != one.verdict:
            was, now = _words(old["verdict"]), _words(one.verdict)
            yield f"{_shown(one.text)} was {was}, now {now}. {one.because}"
        else:
            yield from _moved(one, old)
    for old in known.values():
        yield f"No longer in the draft: {_shown(old['text'])} ({_words(old['verdict'])})."


def _moved(one: CheckedQuotation | CheckedStatement, old: dict[str, Any]) -> Iterator[str]:
    """Where the same verdict rests on other articles than before."""
    places = [place for place in old.get("places") or () if isinstance(place, dict)]
    had = {place.get("article_id") for place in places}
    for quote in one.places:
        outlet = quote.source.publisher or quote.source.title
        if quote.source.id not in had:
            yield f"{_shown(one.text)} is printed in {outlet} as well."
    gone = {place.get("article_id") for place in places if place.get("gone")}
    for quote in one.places:
        if quote.gone and quote.source.id in had - gone:
            outlet = quote.source.publisher or quote.source.title
            yield f"{_shown(one.text)} is no longer in the article of {outlet}."


def _all(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [*made["quotations"], *made["statements"]]


def _key(text: str) -> str:
    return " ".join(text.split())


def _shown(text: str) -> str:
    words = _key(text)
    return f"“{words if len(words) <= SHOWN else words[: SHOWN - 1] + '…'}”"


def _words(verdict: str) -> str:
    return verdict.replace("_", " ")
