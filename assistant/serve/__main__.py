"""python -m assistant.serve: the page, an API and OpenAI's shape on one port."""

from __future__ import annotations

import argparse
import sys
import webbrowser

from assistant.ask import Assistant
from assistant.errors import AssistantError, BadSetting
from assistant.malloc import few_arenas
from assistant.mcp import optional_extra
from assistant.page.listen_address import add_options, listen, settings_from
from assistant.serve import account_commands
from assistant.serve.middleware import require
from assistant.settings import Settings

ABOUT = """\
Serve the page and an API over the same answers, until Ctrl-C or SIGTERM: then no new question is
taken, answers in hand are finished, and the server ends within 10 seconds.
"""
MORE = """\
what it serves:
  /                         the page
  POST /api/answer          a question -> an answer with its quotations; as it grows with
                            "Accept: text/event-stream"
  POST /api/search          a question -> the passages most likely to answer
  /api/articles             list, add; /api/articles/ID: one, remove
  /v1/chat/completions      the same answers for whatever talks to OpenAI: set its base URL to
                            http://127.0.0.1:7860/v1 and its model to newsroom-assistant
  /mcp                      with --mcp: the tools of the Model Context Protocol, for chat programs;
                            the same accounts, tokens and limits as /api (pip install
                            'newsroom-assistant[mcp]')
  /healthz /readyz          whether it is alive, whether it can answer
  /metrics                  its numbers, for Prometheus
  /openapi.json             all of this in full, with examples

who may use it, elsewhere than on this computer (see "Who may do what" in docs/serving.md):
  python -m assistant.serve user add NAME [--editor]       user remove NAME, user list
  python -m assistant.serve token add NAME --scope read    token remove NAME, token list

try it:
  curl -H 'Content-Type: application/json' http://127.0.0.1:7860/api/answer \\
       -d '{"question": "what did NATO say about a no-fly zone?"}'

Every setting is a variable ASSISTANT_NAME: see docs/settings.md.
"""


def main() -> int:
    """Open the assistant, serve it, wait for the end."""
    if sys.argv[1:2] in (["user"], ["token"]):
        return account_commands.command(sys.argv[1:])
    parser = argparse.ArgumentParser(
        prog="python -m assistant.serve",
        description=ABOUT,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_options(parser)
    parser.add_argument(
        "--mcp", action="store_true", help="serve the tools for chat programs too, at /mcp"
    )
    given = parser.parse_args()
    try:
        serve(settings_from(given), browser=given.open, mcp=given.mcp)
    except AssistantError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the one line of a command that could not
        return 1
    return 0


def serve(settings: Settings, *, browser: bool = False, mcp: bool = False) -> None:
    """Serve until the end; raises `AssistantError` when that cannot begin."""
    require(settings)
    if mcp:
        optional_extra.require()
    with listen(settings.host, settings.port) as listening:
        try:
            from assistant.serve import request_log
            from assistant.serve.application import create
            from assistant.serve.run_server import Server
        except ModuleNotFoundError as error:
            raise BadSetting(
                f"The server needs {error.name}. Run: pip install 'newsroom-assistant[serve]'"
            ) from error
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        address = f"http://{host}:{listening.getsockname()[1]}"

        def started() -> None:
            told = f"The newsroom assistant is at {address} (Ctrl-C ends it)"
            print(told, flush=True)  # noqa: T201 - the command's output
            if browser:
                webbrowser.open(address)

        request_log.begin()
        few_arenas()
        assistant = Assistant(settings)
        try:
            Server(create(assistant, mcp=mcp), listening, started).serve_on()
        finally:
            assistant.close()


if __name__ == "__main__":
    sys.exit(main())
