"""python -m assistant.index watch: keeps the store up to date from a list of sources."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from assistant.command_line import Json, errors, opened, tidily
from assistant.index.commands import app
from assistant.indexing.watching import Round, Watcher
from assistant.sources.web.web_client import Web

_SIGNALS = {signal.SIGTERM, signal.SIGINT}
_ENOUGH = b"\0"  # no signal has this number


@app.command()
@tidily
def watch(
    sources: Annotated[
        Path, typer.Argument(metavar="SOURCES.toml", help="The list of sources, in TOML.")
    ],
    once: Annotated[
        bool, typer.Option("--once", help="One round, then end: for cron. 1 when all failed.")
    ] = False,
    json_wanted: Json = False,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch also from this computer and its own networks."),
    ] = False,
) -> None:
    """Keep the store up to date from feeds, sitemaps, pages and folders, until stopped.

    The list: every = "15 minutes" at the top; then, each name in double brackets, feed, sitemap
    and page with url, and folder with path; each may have its own every, all but folders an
    outlet, a sitemap since (a day, or "7 days"). It is read again when it changes. What fails
    never stops the others; what keeps failing is tried less often. --json prints a line of JSON a
    round. There is an example in docs/adding.md.
    """
    with stoppable() as stopped, opened() as assistant, saying_once():
        web = Web(assistant.settings, allow_private=allow_private)
        stopped.web = web
        watcher = Watcher(assistant.adding, sources, web, stopped.event.wait, _say)
        try:
            worked = watcher.run(lambda done: _tell(done, json_wanted), once=once)
        finally:
            web.close()
    if stopped.event.is_set():
        errors.print("Stopped. What was stored stays.")
    elif not worked:
        raise typer.Exit(1)


class Stopped:
    """Whether the command was told to stop; then the waits of `web` end as well."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.web: Web | None = None

    def listen(self, signals: socket.socket) -> None:
        """Stop at the first signal: from a thread, so that nothing is broken off in the middle."""
        while (number := signals.recv(1)) != _ENOUGH:
            if number[0] not in _SIGNALS:
                continue
            if self.event.is_set():  # told twice: at once; the store bears it
                os._exit(0)
            self.event.set()
            if self.web is not None:
                self.web.close()
            errors.print("Stopping: the article in hand is finished first.")


@contextmanager
def stoppable() -> Iterator[Stopped]:
    """Ctrl-C and SIGTERM end the command between two articles, whatever it is waiting for."""
    stopped = Stopped()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        listener = threading.Thread(target=stopped.listen, args=[ours], daemon=True)
        listener.start()
        # Python writes each signal's number there; its own handlers have nothing left to do.
        woken = signal.set_wakeup_fd(theirs.fileno())
        before = {each: signal.signal(each, lambda *_: None) for each in _SIGNALS}
        try:
            yield stopped
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
            signal.set_wakeup_fd(woken)
            theirs.send(_ENOUGH)
            listener.join()


class Once(logging.Handler):
    """Prints each warning once, however many rounds repeat it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if line not in self.said and len(self.said) < 10_000:
            self.said.add(line)
            _say(line)


@contextmanager
def saying_once() -> Iterator[None]:
    """What the readers of articles note is printed, once each."""
    handler = Once()
    logging.getLogger("assistant").addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger("assistant").removeHandler(handler)


def _say(line: str) -> None:
    errors.print(Text(line))


def _tell(done: Round, json_wanted: bool) -> None:
    typer.echo(json.dumps(done.to_dict()) if json_wanted else str(done))
