"""From what happens to lines of JSON on standard error: no question, no key, no cookie in them.

Ours, since what strangers send ends up in an error's words: formatters of packages print these.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.permissions import STATE, Visit
from assistant.settings import Settings

log = logging.getLogger("assistant.requests")
# Not what is known to be secret alone: also what looks like it, in whatever a library says.
_SECRET = re.compile(
    r"(?i)(\bnewsroom_)[\w-]{8,}|(\bsk-)[\w-]{8,}|(\bbearer\s+)\S+|(\bbasic\s+)\S+"
    r"|(\$argon2)\S+|(://[^\s:/@]*:)[^\s@]+(?=@)"
    r"|(\b(?:password|passwd|api[_-]?key|token|cookie|secret)[\"']?\s*[=:]\s*[\"']?)[^\s\"',;&]+"
)


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Of an exception the kind and the places are told: its words may be a visitor's."""
        told: dict[str, object] = {
            "when": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": hidden(record.getMessage()),
        }
        for name, value in getattr(record, "fields", {}).items():
            told[name] = hidden(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            told["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(told, ensure_ascii=False, default=str)


def hidden(text: str) -> str:
    """The text without what looks like a key, a password or a token."""
    return _SECRET.sub(lambda found: f"{''.join(one or '' for one in found.groups())}…", text)


def begin(stream: TextIO | None = None) -> logging.Handler:
    """Have everything that this process logs written so; uvicorn's own lines of requests go."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("assistant").setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
    logging.getLogger("uvicorn").setLevel(logging.INFO)
    return handler


class Requests:
    """Logs each request: who, what, status, seconds; of its address the path alone."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell of it when its response has ended."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        # Mounted parts write into it.
        method, path = scope["method"], scope["path"]
        try:
            await self.app(scope, receive, noted)
        finally:
            found = scope.get("state", {}).get(STATE)
            visit = found if isinstance(found, Visit) else None
            log.info(
                "request",
                extra={
                    "fields": {
                        "method": method,
                        "path": path[:200],
                        "status": status,
                        "seconds": round(time.perf_counter() - began, 3),
                        "who": visit.who.name if visit else "",
                        "address": visit.address if visit else "",
                    }
                },
            )
