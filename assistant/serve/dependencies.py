"""What every route is given: the assistant that its server was made with."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from assistant.ask import Assistant


def _assistant(request: Request) -> Assistant:
    found: Assistant = request.app.state.assistant
    return found


Ours = Annotated[Assistant, Depends(_assistant)]
