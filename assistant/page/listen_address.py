"""From --host and --port to a socket that listens there, or one line about why none can."""

from __future__ import annotations

import argparse
import socket

from assistant.errors import BadSetting
from assistant.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """What each command that serves the page can be told."""
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port, 0 for any free one (default: 7860)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")


def settings_from(given: argparse.Namespace) -> Settings:
    """The settings, where the command says so those of the command; raises `BadSetting`."""
    told = {"host": given.host, "port": given.port}
    return Settings.from_env(**{name: one for name, one in told.items() if one is not None})


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
