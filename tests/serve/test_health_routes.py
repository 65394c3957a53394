"""/healthz, /readyz, /metrics, and the OpenAPI document of everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.errors import AlteredQuote, StoreFailed
from assistant.records import Answer, Article
from assistant.serve import openapi_examples
from assistant.serve.api_schema import AnswerShape, ArticleShape, Hits, Listed, Looking, Outcomes
from assistant.serve.application import api
from assistant.serve.openai_schema import Completion
from assistant.settings import Settings
from tests.support.page_server import stocked
from tests.support.serving import HARBOUR, OPERATIONS, UNKNOWN, client

Write = Callable[..., Article]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    made = Assistant(Settings(store=tmp_path_factory.mktemp("document")))
    found: dict[str, Any] = TestClient(api(made), "http://127.0.0.1").get("/openapi.json").json()
    return found


def numbers(asked: TestClient) -> dict[str, float]:
    lines = asked.get("/metrics").text.splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if line.startswith("newsroom_"))
    return {name: float(number) for name, number in pairs}


def test_a_server_is_alive_even_when_it_cannot_answer(assistant: Assistant) -> None:
    asked = client(assistant)
    assert asked.get("/healthz").json() == {"status": "alive"}
    assert asked.get("/readyz").status_code == 503
    assert asked.get("/readyz").json()["error"].startswith("There are no articles yet.")


def test_a_server_with_an_article_is_ready(assistant: Assistant, write: Write) -> None:
    assistant.add(write("The bridge was closed on Friday, the mayor said."))
    assert client(assistant).get("/readyz").json() == {"status": "ready"}


def test_a_server_whose_embedding_does_not_load_is_not_ready(
    assistant: Assistant, write: Write
) -> None:
    assistant.add(write("The bridge was closed on Friday, the mayor said."))
    assistant.embedder = Embedder(Settings(embedding="nobody:nothing"))
    reply = client(assistant).get("/readyz")
    assert reply.status_code == 503
    assert reply.json()["error"].startswith("A model does not answer now.")


def test_a_server_whose_store_is_damaged_is_not_ready(
    assistant: Assistant, write: Write, tmp_path: Path
) -> None:
    assistant.add(write("The bridge was closed on Friday, the mayor said."))
    asked = client(assistant)
    assistant.close()
    (tmp_path / "store" / "articles.sqlite").write_bytes(b"no database at all" * 1_000)
    reply = asked.get("/readyz")
    assert reply.status_code == 503
    assert str(tmp_path) not in reply.text
    assert numbers(asked)["newsroom_articles"] != 1


def test_the_numbers_tell_what_was_asked_and_what_became_of_it(tmp_path: Path) -> None:
    assistant = stocked(tmp_path)
    asked = client(assistant)
    for question in (HARBOUR, HARBOUR, UNKNOWN, "hello"):
        asked.post("/api/answer", json={"question": question})
    next(assistant.stream(HARBOUR)).finished  # noqa: B018  # and nobody reads on
    found = numbers(asked)
    assert found["newsroom_questions_total"] == 5
    by_status = {"answered": 2, "not_found": 1, "small_talk": 1, "given_up": 1, "failed": 0}
    for status, count in by_status.items():
        assert found[f'newsroom_answers_total{{status="{status}"}}'] == count
    for step in ("search", "choose", "write", "total"):
        assert found[f'newsroom_step_seconds_count{{step="{step}"}}'] == 3
    assert found["newsroom_articles"] == 3
    assert found["newsroom_answers_now"] == 0
    assistant.close()


@pytest.mark.parametrize(("error", "altered"), [(AlteredQuote("held"), 1), (StoreFailed("x"), 0)])
def test_a_quotation_that_fails_its_check_is_counted(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, error: Exception, altered: int
) -> None:
    def fail(*_: object, **__: object) -> Iterator[Answer]:
        yield Answer("", "")
        raise error

    monkeypatch.setattr("assistant.ask.ask", fail)
    asked = client(assistant)
    assert asked.post("/api/answer", json={"question": HARBOUR}).status_code == 503
    found = numbers(asked)
    assert found["newsroom_quote_checks_failed_total"] == altered
    assert found[f'newsroom_failures_total{{error="{type(error).__name__}"}}'] == 1
    assert found['newsroom_answers_total{status="failed"}'] == 1


def test_requests_that_are_turned_away_are_counted(assistant: Assistant) -> None:
    asked = client(assistant)
    asked.post("/api/answer", content=b"x" * 10_000_001)
    asked.post("/api/answer", json={"question": HARBOUR})
    found = numbers(asked)
    assert found['newsroom_requests_refused_total{status="413"}'] == 1
    assert found['newsroom_requests_refused_total{status="503"}'] == 1


def test_each_server_has_numbers_of_its_own(assistant: Assistant) -> None:
    one, other = client(assistant), client(assistant)
    other.post("/api/answer", json={"question": "hello"})
    assert numbers(one)["newsroom_questions_total"] == 0
    assert numbers(other)["newsroom_questions_total"] == 1


def test_every_response_has_the_headers_of_the_page(assistant: Assistant) -> None:
    asked = client(assistant)
    for path in ("/healthz", "/api/articles", "/v1/models", "/api/nothing"):
        assert asked.get(path).headers["X-Content-Type-Options"] == "nosniff"


# --- the OpenAPI document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def has_example(content: dict[str, Any], document: dict[str, Any]) -> bool:
    schema = content.get("schema", {})
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return "example" in content or "example" in schema


def test_every_route_is_documented(document: dict[str, Any]) -> None:
    assert {name for name, _ in operations(document)} == set(OPERATIONS)
    assert all(told["summary"] and told["description"] for _, told in operations(document))


def test_every_response_and_every_error_has_an_example(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        assert {"200", "413", "429", "500", "503"} <= set(operation["responses"]), name
        for status, response in operation["responses"].items():
            for content in response["content"].values():
                assert has_example(content, document), (name, status)


def test_what_needs_a_token_and_what_may_be_tried_again_is_documented(
    document: dict[str, Any],
) -> None:
    for name, operation in operations(document):
        assert ("security" in operation) == (name not in ("GET /healthz", "GET /readyz")), name
        for status in ("429", "503"):
            assert operation["responses"][status]["headers"]["Retry-After"]["required"]


def test_the_events_of_a_stream_are_documented(document: dict[str, Any]) -> None:
    shapes = document["components"]["schemas"]
    for path, kinds in (("/api/answer", 3), ("/v1/chat/completions", 2)):
        told = document["paths"][path]["post"]["responses"]["200"]["content"]["text/event-stream"]
        references = re.findall(r"#/components/schemas/(\w+)", str(told))
        assert len(told["itemSchema"]["oneOf"]) == len(references) == kinds
        assert set(references) <= shapes.keys()


def test_every_body_has_an_example_that_is_taken(
    document: dict[str, Any], assistant: Assistant
) -> None:
    asked = client(assistant)
    sent = 0
    for name, operation in sorted(operations(document), key=lambda one: "articles" not in one[0]):
        if "requestBody" not in operation:
            continue
        content = operation["requestBody"]["content"]["application/json"]
        assert has_example(content, document), name
        schema = document["components"]["schemas"]
        reference = content["schema"].get("$ref", "/").rsplit("/", 1)[1]
        body = content.get("example") or schema[reference]["example"]
        assert asked.post(name.split(" ")[1], json=body).status_code == 200
        sent += 1
    assert sent == 5


def test_the_examples_are_what_they_are_examples_of() -> None:
    Looking.model_validate(openapi_examples.LOOKING)
    AnswerShape.model_validate(openapi_examples.ANSWER)
    ArticleShape.model_validate(openapi_examples.ARTICLE)
    Completion.model_validate(openapi_examples.COMPLETION)
    Hits.model_validate(openapi_examples.HITS)
    Listed.model_validate(openapi_examples.LISTED)
    Outcomes.model_validate(openapi_examples.OUTCOMES)
    quote, cited = openapi_examples.QUOTE, openapi_examples.ANNOTATION["url_citation"]
    assert openapi_examples.ARTICLE["text"][quote["start"] : quote["end"]] == quote["text"]
    content = openapi_examples.COMPLETION["choices"][0]["message"]["content"]
    assert content[cited["start_index"] : cited["end_index"]] == "[1]"
