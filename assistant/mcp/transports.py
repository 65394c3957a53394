"""A server on standard input and output, or over HTTP on this machine's loopback address."""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import Any

import anyio
import uvicorn
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings

from assistant.errors import BadSetting

PATH = "/mcp"
LEAVING = 8  # seconds that calls in hand are given when the server is told to end
_PLACE = re.compile(r"(?:(\[[0-9A-Fa-f:.]+\]|[\w.-]+):)?(\d{1,5})")


def on_standard_streams(server: Server[Any]) -> None:
    """Serve the one client at the other end of the pipe, until it closes it.

    What anything else prints meanwhile goes to standard error.
    """

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)


def listen(place: str) -> socket.socket:
    """A listening socket at HOST:PORT, or PORT; raises `BadSetting` for all but loopback."""
    found = _PLACE.fullmatch(place)
    if not found or int(found[2]) > 65535:
        raise BadSetting(f"--http {place} is no place to listen. Write it as 127.0.0.1:8765.")
    host = (found[1] or "127.0.0.1").strip("[]")
    host = "127.0.0.1" if host == "localhost" else host
    if not _is_loopback(host):
        raise BadSetting(
            f"--http {place} is refused: this server asks nobody who they are. Keep it on "
            "127.0.0.1, or let others call by the server that asks: python -m assistant.serve --mcp"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, int(found[2])))
        made.listen()
    except OSError as error:
        made.close()
        raise BadSetting(
            f"--http {place} cannot be used: {error.strerror}. Choose another port, or 0 for any."
        ) from error
    return made


def address(listening: socket.socket) -> str:
    """The address a client is given."""
    return f"http://{_place(listening)}{PATH}"


def over_http(server: Server[Any], listening: socket.socket) -> uvicorn.Server:
    """What serves streamable HTTP when it is run with `sockets=[listening]`.

    A web page that got its own name to mean this machine (DNS rebinding) is refused by the Host
    header, one of any other site by its Origin.
    """
    place = _place(listening)
    own = [place, f"localhost:{place.rpartition(':')[2]}"]
    guarded = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=own,
        allowed_origins=[f"http://{one}" for one in own],
    )
    app = server.streamable_http_app(streamable_http_path=PATH, transport_security=guarded)
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=LEAVING,
        )
    )


def _place(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False  # a name may mean one thing today and another tomorrow
