"""What a bad server of a chat model does to a request, in OpenAI's shape as far as it gets."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

from tests.chat_models.test_providers import KEY, refuse, say

Handler = BaseHTTPRequestHandler
CLOSES = "The harbour will close on Monday for repairs [1]."
MADE_UP = "Jens Doe said “the harbour is lost for ever” [1]."


class Fault:
    """What a server of a chat model does to a request; it stops when its test is over."""

    def __init__(self, act: Callable[[Handler, Fault], None]) -> None:
        self.act = act
        self.asked, self.left, self.over = (threading.Event() for _ in range(3))

    def __call__(self, handler: Handler) -> None:
        self.asked.set()
        try:
            self.act(handler, self)
        except OSError:
            self.left.set()
        handler.close_connection = True


def send(handler: Handler, *pieces: bytes, status: int = 200, kind: str = "event-stream") -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", f"text/{kind}")
    handler.end_headers()
    for piece in pieces:
        handler.wfile.write(piece)


def silent(handler: Handler, fault: Fault) -> None:
    fault.over.wait(60)


def dripping_comments(handler: Handler, fault: Fault) -> None:
    send(handler)
    while not fault.over.wait(0.02):
        handler.wfile.write(b": still here\n\n")


def dripping_headers(handler: Handler, fault: Fault) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not fault.over.wait(0.02):
        handler.wfile.write(b"X-Still: here\r\n")


def chunk(words: str) -> bytes:
    return b"data: " + json.dumps({"choices": [{"delta": {"content": words}}]}).encode() + b"\n\n"


def endless(handler: Handler, fault: Fault) -> None:
    send(handler, chunk(CLOSES))
    while not fault.over.is_set():
        handler.wfile.write(chunk(" And so on and so forth" * 20))


def broken_off(handler: Handler, fault: Fault) -> None:
    """A sentence and a half, and then the connection is gone."""
    sent = chunk(f"{CLOSES} Two cra")
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    handler.wfile.write(head + f"{len(sent):x}\r\n".encode() + sent + b"\r\n")


def html(handler: Handler, fault: Fault) -> None:
    send(handler, b"<h1>/srv/secret is down</h1>", kind="html")


def bad_gateway(handler: Handler, fault: Fault) -> None:
    send(handler, b"<h1>/srv/secret is down</h1>", status=502, kind="html")


def half_json(handler: Handler, fault: Fault) -> None:
    send(handler, chunk("The harbour")[:-9] + b"\n\n")


def other_json(handler: Handler, fault: Fault) -> None:
    send(handler, b'data: ["/srv/secret"]\n\n')


def error_inside(handler: Handler, fault: Fault) -> None:
    send(handler, b'data: {"error": {"message": "/srv/secret lost %s"}}\n\n' % KEY.encode())


def hangs_up(handler: Handler, fault: Fault) -> None:
    """Nothing at all."""


def plainly(answer: Callable[[Handler], None]) -> Callable[[Handler, Fault], None]:
    return lambda handler, _: answer(handler)


UNREADABLE, UNREACHABLE = "sent what is no reply", "cannot be reached"
Act = Callable[[Handler, Fault], None]
FAULTS: dict[str, tuple[Act, str]] = {
    "error 500": (plainly(refuse(500)), "is failing (HTTP 500)"),
    "key refused": (plainly(refuse(401)), "refused the key"),
    "bad gateway": (bad_gateway, "is failing (HTTP 502)"),
    "html": (html, UNREADABLE),
    "half json": (half_json, UNREADABLE),
    "other json": (other_json, UNREADABLE),
    "error inside": (error_inside, "is failing. Try again"),
    "empty": (plainly(say()), UNREADABLE),
    "blank": (plainly(say(" ", "\n")), "does not stand in the articles"),
    "invented": (plainly(say(MADE_UP)), "does not stand in the articles"),
    "hangs up": (hangs_up, UNREACHABLE),
    "broken off": (broken_off, UNREACHABLE),
}
HANGING = {"silent": silent, "comments": dripping_comments, "headers": dripping_headers}
