"""A small server behind the door, and accounts whose hashes cost nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from argon2 import PasswordHasher
from fastapi import Depends, FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from assistant.access.accounts_file import Accounts
from assistant.access.identity import ByFile
from assistant.access.permissions import Who, editor, reader
from assistant.serve import middleware
from assistant.settings import Settings

HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "four random words"
ADDRESS = "http://127.0.0.1:7860"


def accounts_in(folder: Path) -> Accounts:
    """Ann edits, Bob reads."""
    made = Accounts(folder / "accounts.json", HASHER)
    made.add_user("ann", PASSWORD, "editor")
    made.add_user("bob", PASSWORD, "reader")
    return made


def served(settings: Settings, accounts: Accounts | None = None) -> FastAPI:
    """An application with a page, an API and the door."""
    layers = middleware.middleware(settings)
    for layer in layers:
        identifies = layer.kwargs.get("identifies")
        if accounts and isinstance(identifies, ByFile):
            identifies.accounts = accounts
    app = FastAPI(middleware=layers)

    @app.get("/")
    def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse("the page", headers={"Access-Control-Allow-Origin": "*"})

    @app.get("/healthz")
    def health() -> str:
        return "alive"

    @app.post("/api/answer")
    def answer(who: Annotated[Who, Depends(reader)]) -> str:
        return who.name

    @app.post("/v1/chat/completions")
    def chat(who: Annotated[Who, Depends(reader)]) -> str:
        return who.name

    @app.post("/api/articles")
    async def add(request: Request, who: Annotated[Who, Depends(editor)]) -> int:
        return len(await request.body())

    @app.post("/gradio_api/upload")
    def upload() -> str:
        return "kept"

    return app


def behind(folder: Path, **given: object) -> tuple[TestClient, Accounts]:
    """A client of a server whose users are in a file."""
    accounts = accounts_in(folder)
    settings = Settings(store=folder / "store", auth=f"file:{accounts.path}", **given)  # type: ignore[arg-type]
    return client_of(served(settings, accounts)), accounts


def client_of(app: FastAPI, address: str = ADDRESS, peer: str = "127.0.0.1") -> TestClient:
    """A browser that is at another address than its server, if need be."""
    return TestClient(app, address, follow_redirects=False, client=(peer, 50_000))


def bearer(told: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {told}"}
