"""The door: the chat page.

    python app.py            then open the address it prints

Its parts are in `assistant.page`; with an API beside it, it is served by `assistant.serve`.
"""

from __future__ import annotations

import argparse
import sys

from assistant.ask import Assistant
from assistant.errors import AssistantError, BadSetting
from assistant.malloc import few_arenas
from assistant.page import listen_address
from assistant.page.layout import build, launch
from assistant.serve.middleware import middleware, require


def main() -> int:
    """Open the assistant, serve the page, wait for Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python app.py", description="The chat page.")
    listen_address.add_options(parser)
    given = parser.parse_args()
    try:
        settings = listen_address.settings_from(given)
        require(settings)
        if settings.auth:
            raise BadSetting(
                "ASSISTANT_AUTH is set, and this command asks nobody who they are. "
                "Serve the page with: python -m assistant.serve"
            )
        port = listen_address.claim(settings.host, settings.port)
        few_arenas()
        assistant = Assistant(settings)
        address = launch(
            blocks := build(assistant), settings, port, middleware(settings), browser=given.open
        )
    except AssistantError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the one line of a command that could not
        return 1
    print(f"The chat page is at {address} (Ctrl-C ends it)", flush=True)  # noqa: T201 - its output
    try:
        blocks.block_thread()
    finally:
        assistant.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
