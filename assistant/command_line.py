"""What every command of ours shares: its start and end, one line for an error, a bar, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from assistant.ask import Assistant
from assistant.errors import AssistantError
from assistant.malloc import few_arenas
from assistant.settings import Settings

errors = Console(stderr=True, soft_wrap=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def tidily(command: Callable[..., None], code: int = 1) -> Callable[..., None]:
    """Turn what a person can act on into one clean line on standard error, and an exit code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except AssistantError as error:
            errors.print(Text(f"Error: {error}", style="red"))
            raise typer.Exit(code) from error
        except KeyboardInterrupt:
            errors.print("Stopped. What was stored stays; run the same command to go on.")
            raise typer.Exit(130) from None
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output left: no complaint at exit either
            raise typer.Exit(1) from None

    return run


@contextmanager
def opened(*, once: bool = False) -> Iterator[Assistant]:
    """The assistant of this environment, closed at the end; `once` as for it."""
    few_arenas()
    assistant = Assistant(Settings.from_env(), once=once)
    try:
        yield assistant
    finally:
        assistant.close()


@contextmanager
def bar(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar with count, rate and time left on standard error; nothing where no one looks."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as progress:
        task = progress.add_task(what, total=total, rate="")

        def advance(count: int) -> None:
            speed = progress.tasks[task].speed
            progress.update(task, advance=count, rate=f"{speed:.1f} a second" if speed else "")

        yield advance


def as_json(value: Any) -> str:
    """JSON as a person may read it too."""
    return json.dumps(value, ensure_ascii=False, indent=2)
