"""The door: the chat page.

    python app.py            then open the address it prints

Its parts are in `assistant.page`; with an API beside it, it is served by `assistant.serve`.
"""

from __future__ import annotations

import argparse
import sys

from assistant.ask import Assistant
from assistant.errors import AssistantError, BadSetting
from assistant.page.front import build, launch
from assistant.page.ports import claim
from assistant.serve.door import require
from assistant.settings import Settings


def main() -> int:
    """Open the assistant, serve the page, wait for Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python app.py", description="The chat page.")
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port, 0 for any free one (default: 7860)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    given = parser.parse_args()
    chosen = {name: value for name, value in vars(given).items() if value is not None}
    browser = chosen.pop("open")
    try:
        settings = Settings.from_env(**chosen)
        require(settings)
        if settings.auth:
            raise BadSetting(
                "ASSISTANT_AUTH is set, and this command asks nobody who they are. "
                "Serve the page with: python -m assistant.serve"
            )
        port = claim(settings.host, settings.port)
        assistant = Assistant(settings)
        address = launch(blocks := build(assistant), settings, port, browser=browser)
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
