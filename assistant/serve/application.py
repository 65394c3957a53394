"""The server's whole: the API, OpenAI's shape, health and numbers, and the page for all else."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Route

from assistant.ask import Assistant
from assistant.errors import AssistantError
from assistant.page import layout
from assistant.serve import (
    answer_routes,
    article_routes,
    chat_routes,
    check_routes,
    error_responses,
    health_routes,
)
from assistant.serve.metrics import Metrics, Refusals
from assistant.serve.middleware import middleware
from assistant.serve.openai_schema import Chunk

if TYPE_CHECKING:  # an extra
    from assistant.mcp.mounted import Tools

ABOUT = """
Answers questions about news articles with quotations that are really printed in them:
of every quotation, the article's `text[start:end]` is its `text`.

Every error is one line that says what happened and what to do: `{"error": "..."}`, under `/v1` in
OpenAI's shape. A status of 503 says with `Retry-After` after how many seconds to try again.
"""


def create(assistant: Assistant, *, mcp: bool = False) -> FastAPI:
    """The server, page and all; raises `AssistantError` when the store cannot be used.

    `mcp`: with the tools of the Model Context Protocol. Whoever gives the assistant closes it.
    """
    app = api(assistant, mcp=mcp)
    app.state.let_go = layout.mount(app, assistant)
    return app


def api(assistant: Assistant, *, mcp: bool = False) -> FastAPI:
    """The server without the page."""
    metrics = Metrics(assistant)
    tools = _tools(assistant, metrics) if mcp else None
    app = FastAPI(
        title="Newsroom assistant",
        version=_version(),
        description=ABOUT,
        docs_url=None,  # those pages load their scripts from elsewhere
        redoc_url=None,
        lifespan=tools.running if tools else None,
        middleware=[Middleware(Refusals, metrics), *middleware(assistant.settings)],
    )
    app.state.assistant = assistant
    app.state.metrics = metrics
    app.state.let_go = lambda: None
    rooms = (answer_routes, check_routes, article_routes, chat_routes, health_routes)
    for room in rooms:
        app.include_router(room.router)
    error_responses.handle(app, [route for room in rooms for route in room.router.routes])
    if tools:
        app.router.routes.append(Route("/mcp", tools))
    _document(app)
    return app


def _tools(assistant: Assistant, metrics: Metrics) -> Tools:
    from assistant.mcp.mounted import Tools

    def tell(error: AssistantError) -> str:
        """As the API tells it; a call that is turned away is counted like a request."""
        status, told = error_responses.kind(error)
        metrics.turned_away(status)
        return told

    return Tools(assistant, tell)


def _document(app: FastAPI) -> None:
    """Make the OpenAPI document, once all routes are there: what FastAPI takes for granted, an
    error of its own shape wherever something is checked, is not what `error_responses` gives."""
    made = app.openapi()
    for operations in made["paths"].values():
        for operation in operations.values():
            shape = str(operation["responses"].get("422", ""))
            if "HTTPValidationError" in shape:
                del operation["responses"]["422"]
    shapes = made["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        shapes.pop(name, None)
    # What only streams give: FastAPI does not look there.
    chunk = Chunk.model_json_schema(ref_template="#/components/schemas/{model}")
    made["components"]["schemas"] = {**chunk.pop("$defs"), **shapes, "Chunk": chunk}


def _version() -> str:
    try:
        return version("newsroom-assistant")
    except PackageNotFoundError:  # a clone that is not installed
        return "0"
