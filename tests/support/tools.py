"""A client of the assistant's tools, as tests call it: the official one, each call in one line."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import anyio
import httpx2
import uvicorn
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.server import Server
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, Tool

from assistant.ask import Assistant
from assistant.mcp.mcp_server import create

# A client's first words, and the headers it sends with all of them.
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "t", "version": "1"},
    },
}
SPEAKS = {"Accept": "application/json, text/event-stream"}
Served = Server[Any] | StdioServerParameters | str


def call(served: Served | Assistant, name: str, **arguments: object) -> CallToolResult:
    """What one call gives; of an assistant, in memory, with all tools."""
    target = create(served, writable=True) if isinstance(served, Assistant) else served

    async def ask() -> CallToolResult:
        async with Client(target) as client:
            try:
                return await client.call_tool(name, arguments)
            except MCPError as error:
                refused = error
        raise refused  # out here it comes alone, not in a group

    return anyio.run(ask)


@asynccontextmanager
async def client_at(address: str, token: str = "", mode: str = "auto") -> AsyncIterator[Client]:
    """A client of a server over HTTP, who shows this token."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
        transport = streamable_http_client(f"{address}/mcp", http_client=http)
        async with Client(transport, mode=mode) as client:
            yield client


def call_at(
    address: str, token: str, name: str, mode: str = "auto", **given: Any
) -> CallToolResult:
    """What one call gives who shows this token."""

    async def ask() -> CallToolResult:
        async with client_at(address, token, mode) as client:
            return await client.call_tool(name, given)

    return anyio.run(ask)


def offered(served: Served) -> dict[str, Tool]:
    """The tools, by name."""

    async def ask() -> list[Tool]:
        async with Client(served) as client:
            return list((await client.list_tools()).tools)

    return {tool.name: tool for tool in anyio.run(ask)}


def text(result: CallToolResult) -> str:
    """The text that a model reads."""
    (content,) = result.content
    return str(content.text)  # type: ignore[union-attr]


def complaint(result: CallToolResult) -> str:
    """The one line of a call that could not."""
    assert result.is_error
    assert result.structured_content is None
    assert len(text(result).splitlines()) == 1
    return text(result)


@contextmanager
def running(server: uvicorn.Server, *sockets: Any) -> Iterator[None]:
    """The HTTP server, answering in a thread of its own, until the end."""
    thread = threading.Thread(target=server.run, kwargs={"sockets": list(sockets)})
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(30)
