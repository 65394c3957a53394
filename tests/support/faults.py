"""What the tests of faults ask over HTTP, and what must hold of every response."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.serve.openai_schema import NAME
from tests.support.serving import HARBOUR

BODY = {"question": HARBOUR}
CHAT = {"model": NAME, "messages": [{"role": "user", "content": HARBOUR}]}
EVENTS = {"Accept": "text/event-stream"}
NEW = {
    "id": "mill",
    "title": "Mill to reopen",
    "text": "The old mill of Vellane will reopen in May, its owner Mara Quill said.",
}
# Every way to ask of the store: method, path as documented, path, body, headers.
WAYS: list[tuple[str, str, str, Any, dict[str, str]]] = [
    ("POST", "/api/answer", "/api/answer", BODY, {}),
    ("POST", "/api/answer", "/api/answer", BODY, EVENTS),
    ("POST", "/api/search", "/api/search", BODY, {}),
    ("POST", "/v1/chat/completions", "/v1/chat/completions", CHAT, {}),
    ("POST", "/v1/chat/completions", "/v1/chat/completions", {**CHAT, "stream": True}, {}),
    ("GET", "/api/articles", "/api/articles", None, {}),
    ("GET", "/api/articles/{id}", "/api/articles/mill", None, {}),
    ("DELETE", "/api/articles/{id}", "/api/articles/mill", None, {}),
    ("POST", "/api/articles", "/api/articles", [NEW], {}),
    ("GET", "/readyz", "/readyz", None, {}),
]


def sent(asked: TestClient, way: tuple[str, str, str, Any, dict[str, str]]) -> httpx.Response:
    """The response, whose status the OpenAPI document names."""
    method, documented, path, body, headers = way
    reply = asked.request(method, path, json=body, headers=headers)
    operation = cast(FastAPI, asked.app).openapi()["paths"][documented][method.lower()]
    assert str(reply.status_code) in operation["responses"]
    return reply


def line(reply: httpx.Response) -> str:
    """The one line of an error, that tells when to come again."""
    assert int(reply.headers["Retry-After"]) > 0
    told = reply.json()["error"]
    told = told["message"] if isinstance(told, dict) else told
    assert "\n" not in told
    return str(told)


def answered(asked: TestClient) -> dict[str, Any]:
    """The answer, of which each quotation is what the article prints, without its times."""
    reply = asked.post("/api/answer", json=BODY)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = {**reply.json(), "seconds": {}}
    assert found["quotes"]
    for one in found["quotes"]:
        article = asked.get(f"/api/articles/{one['article_id']}").json()
        assert article["text"][one["start"] : one["end"]] == one["text"]
    return found


def once(act: Callable[[], None], then: Callable[..., Any]) -> Callable[..., Any]:
    """The function `then`, before whose first call `act` happens."""
    left = [act]

    def call(*args: Any, **options: Any) -> Any:
        if left:
            left.pop()()
        return then(*args, **options)

    return call


@dataclass
class Disk:
    """A disk that can be filled; where none may be mounted, files that may not grow instead."""

    folder: Path
    mounted: bool
    before: tuple[int, int] = resource.getrlimit(resource.RLIMIT_FSIZE)

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self, left: int) -> None:
        """Leave so many bytes."""
        if self.mounted:
            found = os.statvfs(self.folder)
            self.ballast.write_bytes(bytes(max(0, found.f_bavail * found.f_frsize - left)))
        else:
            largest = max(path.stat().st_size for path in self.folder.rglob("*"))
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest + left, self.before[1]))

    def make_room(self) -> None:
        self.ballast.unlink(missing_ok=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, self.before)


@contextlib.contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    made = Disk(folder, mounted)
    try:
        yield made
    finally:
        made.make_room()
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
