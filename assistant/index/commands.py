"""The program that the commands of python -m assistant.index belong to."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="Add articles to the store that questions are answered from, and look after it. "
    "The store is the folder ASSISTANT_STORE, by default index/store.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
