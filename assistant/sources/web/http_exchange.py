"""One question to one server, and its answer: the only file that knows httpcore.

A host's name is looked up once, every machine behind it is checked, and exactly a checked machine
is connected to, by its number; the TLS name and the Host header stay the host's. Proxies named in
the environment are not used: behind one, nobody could check whom the page comes from. By hand,
because no client of httpx bounds a whole exchange in time, whatever a hostile server trickles.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from assistant.errors import NotFetched
from assistant.sources.build_article import too_large
from assistant.sources.web import allowed_addresses, response_body
from assistant.sources.web.allowed_addresses import Resolve, shown

_CONNECT_SECONDS = 8.0  # to one machine; the next one may answer
_LOOK_UP_SECONDS = 0.5  # how often a wait looks whether it was ended
WITH_BODY = (200, 203)


class TryAgain(NotFetched):
    """What may well work in a moment; `after` is how many seconds the server asked to wait."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


@dataclass(slots=True)
class Budget:
    """The seconds that one page may still take on the network, and its attempts that failed."""

    left: float
    whole: float
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; the body is unpacked, and empty unless the status is one with it."""

    status: int
    headers: httpx.Headers
    body: bytes


class Wire:
    """Asks servers, each question on a connection of its own. Safe to share between threads."""

    def __init__(
        self, agent: str, *, allow_private: bool, resolve: Resolve, closed: threading.Event
    ) -> None:
        self.agent = agent
        self.closed = closed
        self.allow_private = allow_private
        self.resolve = resolve

    @functools.cached_property
    def _tls(self) -> ssl.SSLContext:
        """The certificates of certifi and of this machine; slow to read."""
        context = httpx.create_ssl_context(trust_env=False)
        context.load_default_certs()
        return context

    def ask(self, url: httpx.URL, headers: dict[str, str], most: int, budget: Budget) -> Reply:
        """GET `url`; raises `NotFetched`, and `TryAgain` where another attempt may help."""
        if budget.left <= 0:
            raise NotFetched(_too_slow(url, budget))
        began = time.monotonic()
        try:
            return self._asked(url, headers, most, began + budget.left)
        except httpcore.TimeoutException:
            raise NotFetched(_too_slow(url, budget)) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise _failed(url, error) from None
        except response_body.TooLarge:
            told = f"has more than the {most / 1e6:.1f} MB that are read (ASSISTANT_ARTICLE_BYTES)"
            raise NotFetched(f"{shown(str(url))} {told}") from None
        except response_body.Damaged as error:
            told = f"{shown(str(url))} came damaged: {error}; run the command again"
            raise TryAgain(told) from None
        finally:
            budget.left -= time.monotonic() - began

    def _asked(self, url: httpx.URL, headers: dict[str, str], most: int, until: float) -> Reply:
        backend = _Checked(self, until)
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        sent: dict[bytes | str, bytes | str] = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": self.agent,
            "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1",
            "Accept-Encoding": response_body.ACCEPTED,
            "Connection": "close",
        }
        sent.update({name: value for name, value in headers.items()})
        tls = self._tls if url.scheme == "https" else None
        with (
            httpcore.ConnectionPool(ssl_context=tls, network_backend=backend) as pool,
            pool.stream("GET", target, headers=sent) as answer,
        ):
            got = httpx.Headers(answer.headers)
            if answer.status not in WITH_BODY:
                return Reply(answer.status, got, b"")
            length = got.get("content-length", "")
            if length.isdecimal() and len(length) < 20 and int(length) > most:
                raise NotFetched(f"{shown(str(url))} is {too_large(int(length), most)}")
            pieces = backend.in_time(answer.iter_stream())
            body = response_body.unpacked(pieces, got.get("content-encoding", ""), most)
            return Reply(answer.status, got, body)


class _Checked(httpcore.NetworkBackend):
    """Connects to checked machines only, and to none for longer than until a moment."""

    def __init__(self, wire: Wire, until: float) -> None:
        self._wire = wire
        self._until = until
        self._plain = httpcore.SyncBackend()

    def left(self) -> float:
        """The seconds left; raises when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        if self._wire.closed.is_set():
            raise NotFetched("not fetched: stopped before it came")
        return left

    def in_time(self, pieces: Iterable[bytes]) -> Iterable[bytes]:
        """The pieces, while there is time."""
        for piece in pieces:
            self.left()
            yield piece

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        try:
            found = self._wire.resolve(host, port)
        except UnicodeError:
            raise NotFetched(f"{shown(host)} is not a host's name: check the address") from None
        machines = allowed_addresses.checked(found, host, allow_private=self._wire.allow_private)
        error: Exception = httpcore.ConnectError("it has no address")
        for machine in machines:
            try:
                stream = self._plain.connect_tcp(
                    machine, port, timeout=min(_CONNECT_SECONDS, self.left())
                )
                return _Timed(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error


class _Timed(httpcore.NetworkStream):
    """A connection on which each wait ends when the time of the whole page does."""

    def __init__(self, stream: httpcore.NetworkStream, backend: _Checked) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            with contextlib.suppress(httpcore.ReadTimeout):
                left = min(self._backend.left(), _LOOK_UP_SECONDS)
                return self._stream.read(max_bytes, left)
            self._backend.left()

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        safe = self._stream.start_tls(ssl_context, server_hostname, self._backend.left())
        return _Timed(safe, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _too_slow(url: httpx.URL, budget: Budget) -> str:
    return (
        f"{shown(str(url))} did not come whole within {budget.whole:g} seconds "
        "(ASSISTANT_FETCH_SECONDS): run the command again later"
    )


def _failed(url: httpx.URL, error: Exception) -> NotFetched:
    """What went wrong on the way, in words."""
    # httpcore keeps what it was only as the message's first argument.
    first = error.args[0] if error.args else None
    cause = first if isinstance(first, Exception) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return NotFetched(
            f"the certificate of {url.host} is not valid ({cause.verify_message}): "
            "check the address; it is not fetched unprotected"
        )
    if isinstance(cause, socket.gaierror) and cause.errno != socket.EAI_AGAIN:
        return NotFetched(f"there is no host {shown(url.host)}: check the address")
    words = str(getattr(cause, "strerror", None) or cause or type(cause).__name__)
    place = shown(str(url))
    if isinstance(error, httpcore.RemoteProtocolError):
        return TryAgain(
            f"{place} did not come whole ({shown(words)}): nothing was stored; try again"
        )
    return TryAgain(f"{place} cannot be reached ({shown(words)}): run the command again later")
