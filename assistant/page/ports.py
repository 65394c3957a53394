"""From a host and a port to a socket that listens there, or one line about why none can."""

from __future__ import annotations

import socket

from assistant.errors import BadSetting


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the port, or to any free one for 0; raises `BadSetting`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        opened = socket.socket(family)
        try:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind((host, port))
        except OSError:
            opened.close()
            raise
    except OSError as error:
        raise BadSetting(
            f"Port {port} of {host} cannot be used: {error.strerror}. "
            "Choose another with --port, or any free one with --port 0."
        ) from error
    return opened


def claim(host: str, port: int) -> int:
    """The port, or any free one for 0; raises `BadSetting` when it cannot be had."""
    with listen(host, port) as trial:
        return int(trial.getsockname()[1])
