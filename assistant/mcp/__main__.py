"""python -m assistant.mcp: the tools, on standard input and output or over HTTP."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from assistant.ask import Assistant
from assistant.errors import AssistantError
from assistant.mcp.optional_extra import require
from assistant.settings import Settings

PLACE = "127.0.0.1:8765"


def main(words: Sequence[str] | None = None) -> int:
    """Serve until the client leaves, or Ctrl-C. Standard output is the protocol's alone."""
    given = _parser().parse_args(words)
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )
    try:
        _serve(given.http, writable=given.writable)
    except AssistantError as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201 - the one line of a command
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant.mcp",
        description="Tools of the Model Context Protocol over the stored articles: ask_news, "
        "search_articles, check_quotations, read_article, list_articles. On standard input and "
        "output, for a program that starts this one; messages go to standard error.",
    )
    parser.add_argument(
        "--http",
        nargs="?",
        const=PLACE,
        metavar="HOST:PORT",
        help=f"serve streamable HTTP on this machine instead (default place: {PLACE})",
    )
    parser.add_argument(
        "--writable", action="store_true", help="offer add_article too, which stores an article"
    )
    return parser


def _serve(place: str | None, *, writable: bool) -> None:
    require()
    from assistant.mcp import transports
    from assistant.mcp.mcp_server import create

    assistant = Assistant(Settings.from_env())
    server = create(assistant, writable=writable)
    try:
        if place is None:
            transports.on_standard_streams(server)
            return
        with transports.listen(place) as listening:
            told = f"MCP server at {transports.address(listening)} (Ctrl-C ends it)"
            print(told, file=sys.stderr, flush=True)  # noqa: T201 - where it is
            transports.over_http(server, listening).run(sockets=[listening])
    finally:
        assistant.close()


if __name__ == "__main__":
    sys.exit(main())
