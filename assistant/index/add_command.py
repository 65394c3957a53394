"""python -m assistant.index add: articles -> store, with progress and a sum."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from itertools import zip_longest
from typing import Any

import typer
from rich.text import Text
from typer.core import TyperCommand

from assistant.command_line import Json, as_json, bar, errors, opened, tidily
from assistant.embedding import ray_cluster
from assistant.embedding.embedder import Embedder
from assistant.embedding.ray_cluster import is_address
from assistant.embedding.workers import Pool, processes
from assistant.errors import BadSetting
from assistant.index import add_options as options
from assistant.index.commands import app
from assistant.index.dry_run import show
from assistant.indexing.reading import Manner, Named
from assistant.records import Outcome
from assistant.settings import Settings
from assistant.sources.build_article import tags_of
from assistant.sources.files.count_articles import count
from assistant.sources.listed_pages import Feed, Folder, Opml, Sitemap
from assistant.sources.supplied_metadata import Given, columns


class _Adding(TyperCommand):
    """The command, whose --ray may go without an address."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        words: list[str] = []
        for word, following in zip_longest(args, args[1:]):
            words.append(word)
            if word == "--ray" and "--" not in words and not is_address(following or ""):
                words.append(ray_cluster.LOCAL)
        return super().parse_args(ctx, words)


@app.command(cls=_Adding)
@tidily
def add(
    paths: options.Paths = None,
    feed: options.Feeds = None,
    sitemap: options.Sitemaps = None,
    since: options.Since = None,
    opml: options.Opmls = None,
    sync: options.Sync = None,
    json_wanted: Json = False,
    dry_run: options.DryRun = False,
    verbose: options.Verbose = False,
    allow_private: options.AllowPrivate = False,
    title: options.Title = "",
    publisher: options.Publisher = "",
    author: options.Author = "",
    published: options.Published = "",
    mapping: options.Columns = None,
    tag: options.Tags = None,
    tag_folders: options.TagFolders = False,
    workers: options.Workers = None,
    ray: options.Ray = None,
) -> None:
    """Add articles. What is stored already and has not changed is left alone.

    A JSON line is one article: {"title", "text", "id"?, "publisher"?, "author"?, "url"?,
    "published"?}. A web page is fetched at a polite pace, where its robots.txt allows it, and read
    when it has changed; one that is gone for good (410) is removed. What cannot be read is
    skipped, with its reason; the rest is added. Exits with 1 when nothing could be added.

    --dry-run stores nothing: it shows the title, outlet, day, first and last sentence of each.
    A file that changed is a new version of its article. A feed that has nothing new counts as one
    unchanged. Each option may be given several times.
    """
    named = [*(paths or ()), *_lists(feed or (), sitemap or (), since, opml or ())]
    named += [Folder(path) for path in sync or ()]
    if not named:
        raise typer.BadParameter("name a PATH_OR_URL, or a --feed, --sitemap, --opml or --sync")
    if ray is not None and not is_address(ray):
        raise typer.BadParameter(f"--ray {ray} is no address: write HOST:PORT, or auto")
    try:
        told = (title, publisher, author, published, columns(mapping or ()))
        given = Given(*told, tags_of(tag or ()), tag_folders)
    except BadSetting as error:
        errors.print(Text(f"Error: {error}", style="red"))
        raise typer.Exit(2) from error
    if dry_run:
        manner, settings = Manner(given, allow_private), Settings.from_env()
        raise typer.Exit(0 if show(named, manner, settings, json_wanted=json_wanted) else 1)
    total = count(paths or ()) if len(named) == len(paths or ()) else None
    with (
        opened() as assistant,
        _told(json_wanted, verbose) as tell,
        _elsewhere(assistant.embedder, workers, ray) as pool,
        bar("Adding", total) as advance,
    ):
        for outcome in assistant.adding(named, Manner(given, allow_private), pool):
            advance(1)
            tell(outcome)


def _lists(
    feeds: Sequence[str], sitemaps: Sequence[str], since: datetime | None, opmls: Sequence[str]
) -> list[Named]:
    """What lists pages, in the order of the options."""
    if since and not sitemaps:
        raise typer.BadParameter("--since goes with --sitemap")
    day = since.date() if since else None
    return [
        *(Feed(url) for url in feeds),
        *(Sitemap(url, day) for url in sitemaps),
        *(Opml(path) for path in opmls),
    ]


@contextmanager
def _told(json_wanted: bool, verbose: bool) -> Iterator[Callable[[Outcome], None]]:
    """What takes each outcome; the sum at the end, also of what was stopped.

    Exits with 1 when nothing could be added.
    """
    counts: Counter[str] = Counter()
    outcomes: list[Outcome] = []
    notes = Notes(verbose)
    logging.getLogger("assistant").addHandler(notes)
    logging.getLogger("assistant").setLevel(logging.INFO)

    def tell(outcome: Outcome) -> None:
        counts[outcome.status] += 1
        if json_wanted:
            outcomes.append(outcome)
        if outcome.status in ("skipped", "removed"):
            errors.print(Text(f"{outcome.status} {outcome.where}: {outcome.reason}"))

    try:
        yield tell
    finally:
        logging.getLogger("assistant").removeHandler(notes)
        if notes.dropped:
            hint = "" if verbose else " (--verbose shows them)"
            errors.print(f"{notes.dropped:,} lines of page furniture dropped{hint}")
        if counts["removed"]:
            errors.print("To bring removed articles back: python -m assistant.index undo ID")
        _sum(counts, outcomes, json_wanted)
    if counts["skipped"] and set(counts) <= {"skipped"}:
        raise typer.Exit(1)


def _elsewhere(
    embedder: Embedder, workers: int | None, ray: str | None
) -> AbstractContextManager[Pool | None]:
    """Where texts are embedded, unless in this process."""
    if ray is not None:
        return ray_cluster.pool(embedder, ray, workers)
    return processes(embedder, workers) if workers else nullcontext()


class Notes(logging.Handler):
    """Counts the lines dropped from articles, and shows what else a reader of them notes."""

    def __init__(self, verbose: bool) -> None:
        super().__init__(logging.INFO)
        self.verbose = verbose
        self.dropped = 0

    def emit(self, record: logging.LogRecord) -> None:
        is_dropped = record.levelno == logging.INFO and record.msg.startswith("dropped")
        self.dropped += is_dropped
        if record.levelno >= logging.WARNING or (is_dropped and self.verbose):
            errors.print(Text(record.getMessage()))


def _sum(counts: Counter[str], outcomes: list[Outcome], json_wanted: bool) -> None:
    kinds = ["added", "updated", "unchanged", "skipped"]
    kinds += ["removed"] if json_wanted or counts["removed"] else []
    if json_wanted:
        shown = [
            {name: getattr(outcome, name) for name in Outcome.__dataclass_fields__}
            for outcome in outcomes
        ]
        typer.echo(as_json({**{kind: counts[kind] for kind in kinds}, "articles": shown}))
    else:
        typer.echo(", ".join(f"{counts[kind]:,} {kind}" for kind in kinds))
