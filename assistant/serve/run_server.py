"""From an application and a socket to a server that ends when it is told to, answers first.

This is the only file that knows uvicorn.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

GRACE = 8  # seconds that answers in hand have to be finished, once the server is told to end
LAST = 9.5  # seconds after which it ends whatever still runs: a model may not answer for a minute


class Server(uvicorn.Server):
    """Serves `app` on a socket that is bound already; tells `started` once it answers there."""

    def __init__(
        self, app: FastAPI, listening: socket.socket, started: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                access_log=False,
                proxy_headers=False,  # the middleware follows proxies, and believes not all of them
                server_header=False,
                timeout_graceful_shutdown=GRACE,
            )
        )
        self.listening = listening
        self.tell = started

    def serve_on(self) -> None:
        """Serve until SIGTERM or Ctrl-C, or until `should_exit` is set."""
        before = signal.getsignal(signal.SIGTERM)
        try:
            if threading.current_thread() is threading.main_thread():
                # uvicorn raises the signal anew when all is done: then this ends the program.
                signal.signal(signal.SIGTERM, _end)
            self.run(sockets=[self.listening])
        except (KeyboardInterrupt, SystemExit) as ended:
            if isinstance(ended, SystemExit) and ended.code:
                raise
        finally:
            self.listening.close()
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGTERM, before)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's."""
        await super().startup(sockets)
        self.tell()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, which waits for open connections: those of pages end when no answer is
        in hand any more."""
        letting_go = asyncio.create_task(self._let_go())
        await super().shutdown(sockets)
        letting_go.cancel()

    async def _let_go(self) -> None:
        state = self.config.app.state  # type: ignore[union-attr]  # it is a FastAPI
        while state.metrics.in_hand:
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)  # the last words are on their way
        state.let_go()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """As uvicorn's; and see to it that the end comes."""
        if not self.should_exit:
            timer = threading.Timer(LAST, os._exit, [1])
            timer.daemon = True
            timer.start()
        super().handle_exit(sig, frame)


def _end(*_: object) -> None:
    raise SystemExit(0)
