"""A real web server on loopback that does whatever a test wants it to, however bad."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from assistant.ask import Assistant
from assistant.indexing import adding
from assistant.indexing.reading import Named, read
from assistant.outcomes import Outcome
from assistant.sources.web import fetch_article
from assistant.sources.web.web_client import Web

Act = Callable[["Connection"], None]
FIRST = (
    "The council of Vellane closed the old bridge to lorries on Monday until the spring comes.\n"
    "Engineers had found cracks in two of its nine piers, said the head of the works office.\n"
    "Buses and cars may cross as before, one at a time and no faster than twenty."
)
SECOND = FIRST.replace("two of its nine", "three of its nine")


@dataclass
class Asked:
    """One request as it came in: its time, path and headers (names in lower case)."""

    at: float
    path: str
    headers: dict[str, str]


class Connection:
    """What an act sends its bytes through; it raises OSError once the server is closed."""

    def __init__(self, socket: socket.socket, server: Server) -> None:
        self.socket = socket
        self.server = server
        self.sent = 0

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.socket.sendall(piece)
            self.sent += len(piece)

    def pause(self, seconds: float) -> None:
        if self.server.closing.wait(seconds):
            raise OSError("closed")


@dataclass
class Server:
    """Answers each path with the acts given for it, one after another; the last one goes on."""

    acts: dict[str, list[Act | bytes]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.closing, self.hanging = threading.Event(), threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def says(self, path: str, *acts: Act | bytes) -> str:
        """Have this path answered so, and return its address."""
        self.acts[path] = list(acts)
        return self.url(path)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def close(self) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):  # closed before
            self._listening.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listening.close()

    def _listen(self) -> None:
        while not self.closing.is_set():
            with contextlib.suppress(OSError):  # shut down
                accepted, _ = self._listening.accept()
                thread = threading.Thread(target=self._serve, args=[accepted])
                self._threads.append(thread)
                thread.start()

    def _serve(self, accepted: socket.socket) -> None:
        connection, path = Connection(accepted, self), ""
        with accepted, contextlib.suppress(OSError):
            accepted.settimeout(5)
            path, headers = _request(accepted)
            self.asked.append(Asked(time.monotonic(), path, headers))
            acts = self.acts.get(path, [reply(status="404 Not Found")])
            act = acts.pop(0) if len(acts) > 1 else acts[0]
            if isinstance(act, bytes):
                connection.send(act)
            else:
                act(connection)
        self.sent[path] = connection.sent


def statuses(assistant: Assistant, *named: Named) -> list[str]:
    """What became of each, sorted."""
    return sorted(outcome.status for outcome in assistant.add(named))


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that is closed at the end."""
    made = Server()
    yield made
    made.close()


def _request(accepted: socket.socket) -> tuple[str, dict[str, str]]:
    read = b""
    while b"\r\n\r\n" not in read:
        piece = accepted.recv(4_096)
        if not piece:
            raise OSError("nothing asked")
        read += piece
    first, *lines = read.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs}


def reply(body: bytes = b"", *, status: str = "200 OK", **headers: object) -> bytes:
    """A well-formed answer; a header that is None is left out."""
    told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(body)}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}  # type: ignore[misc]
    lines = [f"{name}: {value}" for name, value in told.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1") + body


def redirect(target: str, status: str = "302 Found") -> bytes:
    return reply(status=status, Location=target)


def drop(connection: Connection) -> None:
    """Hang up without a word."""


def hang(connection: Connection) -> None:
    """Begin a page, and say nothing more."""
    connection.send(reply(b"<p>The", Content_Length=100))
    connection.server.hanging.set()
    connection.pause(60)


def drip(connection: Connection) -> None:
    """A byte of the page at a time, each well within the patience for one."""
    connection.send(reply(Content_Length=100_000))
    while True:
        connection.send(b"a")
        connection.pause(0.02)


def drip_headers(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.send(b"X-A: b\r\n")
        connection.pause(0.02)


def endless(connection: Connection) -> None:
    """A page without a length that does not end."""
    connection.send(reply(Content_Length=None, Connection="close"))
    while True:
        connection.send(b"<p>More and more.</p>" * 500)


def endless_headers(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.send(b"X-Long: " + b"a" * 1_000 + b"\r\n")


def bomb(megabytes: int) -> bytes:
    """Few bytes that unpack to many."""
    return reply(gzip.compress(bytes(1_000_000) * megabytes), Content_Encoding="gzip")


def page(text: str, *, title: str = "Bridge closed", head: str = "") -> bytes:
    """A page with an article of these words, in paragraphs, as an outlet prints it."""
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def visit(assistant: Assistant, *urls: str) -> list[Outcome]:
    """Add addresses as the command does, without waits; every name is a name of this machine."""
    limits = {"fetch_delay": 0.0, "fetch_seconds": 3.0}
    settings = assistant.settings.model_copy(update=limits)
    store = assistant._open(create=True)
    web = Web(
        settings,
        allow_private=True,
        resolve=lambda host, port: ["127.0.0.1"],
        sleep=lambda seconds: None,
    )
    found = read(urls, settings, store, web)
    done = adding.add(found, store, assistant.embedder, budget=220)
    return list(fetch_article.noting(web, store, done))


def said(outcomes: list[Outcome]) -> list[str]:
    """What became of each."""
    return [one.status for one in outcomes]
