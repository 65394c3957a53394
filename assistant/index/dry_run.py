"""python -m assistant.index add --dry-run: what would be stored of what is named, and what not."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import typer
from rich.text import Text

from assistant.command_line import as_json, errors
from assistant.indexing.reading import Manner, Named, read
from assistant.records import Article
from assistant.records.articles import show_date
from assistant.settings import Settings
from assistant.sources.build_article import Item, Skipped
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.cleaning.repeated_lines import drop_recurring
from assistant.sources.stored import NothingStored
from assistant.sources.web.web_client import Web
from assistant.text.sentences import split

_BATCH = 1_000  # as many as are looked at together for lines that recur
_LONGEST = 300  # characters shown of a sentence or a line
_LINES = 5  # shown of those dropped of an article


class Dropped(logging.Handler):
    """Keeps the lines that reading drops, by where they stood, and shows its warnings."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: defaultdict[str, list[str]] = defaultdict(list)

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith("dropped") and isinstance(record.args, tuple):
            line, where = record.args
            self.lines[str(where)].append(one_line(str(line))[:_LONGEST])
        elif record.levelno >= logging.WARNING:
            errors.print(Text(record.getMessage()))

    def of(self, where: str, article: Article) -> list[str]:
        """The lines dropped of an article, each told once."""
        places = dict.fromkeys((where, article.source.id, article.source.url))
        return [line for place in places for line in self.lines.pop(place, [])]


def show(named: Iterable[Named], manner: Manner, settings: Settings, *, json_wanted: bool) -> bool:
    """Print what would be stored; return whether anything would be. Nothing is stored or noted."""
    dropped = Dropped()
    logger = logging.getLogger("assistant")
    logger.addHandler(dropped)
    logger.setLevel(logging.INFO)
    web = Web(settings, allow_private=manner.allow_private)
    kept: list[dict[str, Any]] = []
    skipped: list[dict[str, str]] = []
    count = left = 0
    try:
        for item in _tidied(read(named, settings, NothingStored(), web, manner.given)):
            if isinstance(item, tuple):
                count += 1
                told = _told(*item, dropped)
                kept += [told] if json_wanted else []
                _print(told, json_wanted)
            elif isinstance(item, Skipped):
                left += 1
                skipped += [{"where": item.where, "reason": item.reason}] if json_wanted else []
                errors.print(Text(f"skipped {one_line(item.where)}: {one_line(item.reason)}"))
    finally:
        web.close()
        logger.removeHandler(dropped)
    if json_wanted:
        typer.echo(as_json({"articles": kept, "skipped": skipped}))
    else:
        typer.echo(f"{count:,} would be stored, {left:,} skipped: nothing was stored")
    return count > 0


def _tidied(items: Iterable[Item]) -> Iterator[Item]:
    """The items, their articles without the lines that recur, as they are stored."""
    items = iter(items)
    while batch := list(islice(items, _BATCH)):
        kept = iter(drop_recurring([item[1] for item in batch if isinstance(item, tuple)]))
        yield from ((item[0], next(kept)) if isinstance(item, tuple) else item for item in batch)


def _told(where: str, article: Article, dropped: Dropped) -> dict[str, Any]:
    source, text = article.source, article.text
    spans = split(text)
    sentences = [one_line(text[start:end])[:_LONGEST] for start, end in (spans[:1] + spans[-1:])]
    return {
        "where": one_line(where),
        "title": source.title,
        "outlet": source.publisher,
        "author": source.author,
        "day": show_date(source.published) or "",
        "address": source.url,
        "tags": list(getattr(source, "tags", ())),
        "words": len(text.split()),
        "first": sentences[0] if sentences else "",
        "last": sentences[-1] if sentences else "",
        "dropped": dropped.of(where, article),
    }


def _print(told: dict[str, Any], json_wanted: bool) -> None:
    if json_wanted:
        return
    typer.echo(told["where"])
    lines = told["dropped"]
    more = [f"and {len(lines) - _LINES:,} lines more"] if len(lines) > _LINES else []
    shown = {**told, "tags": ", ".join(told["tags"]), "words": f"{told['words']:,}"}
    for name in ("title", "outlet", "author", "day", "address", "tags", "words", "first", "last"):
        typer.echo(f"    {name:8} {shown[name] or '-'}")
    for number, line in enumerate([*lines[:_LINES], *more]):
        typer.echo(f"    {'' if number else 'dropped':8} {line}")
