"""/api/articles: listed, read, added and removed over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.ask import Assistant
from assistant.serve import article_routes
from assistant.serve.api_schema import ArticleShape, Listed, NewArticle, Outcomes, OutcomeShape
from assistant.serve.application import api
from tests.support.page_server import stocked
from tests.support.serving import client, running

ADDRESS = "https://gazette.example/news?id=7&kind=a/b#top"
NEW = {
    "title": "Mill to reopen",
    "text": "The old mill of Vellane will reopen in May, its owner Mara Quill said.",
    "url": ADDRESS,
    "published": "2022-04-01",
}


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    assistant = stocked(tmp_path_factory.mktemp("collection"))
    yield client(assistant)
    assistant.close()


@pytest.fixture
def empty(assistant: Assistant) -> TestClient:
    return client(assistant)


def path(id: str) -> str:
    return f"/api/articles/{quote(id, safe='')}"


def post(api: TestClient, articles: Any) -> Any:
    raw = json.dumps(articles).encode()  # a string of Python may hold what UTF-8 cannot
    return api.post("/api/articles", content=raw, headers={"Content-Type": "application/json"})


def outcomes(reply: Any) -> list[OutcomeShape]:
    assert reply.status_code == 200
    return Outcomes.model_validate(reply.json()).outcomes


def test_all_articles_are_listed_page_by_page(stored: TestClient) -> None:
    def listed(**asked: Any) -> Listed:
        return Listed.model_validate(stored.get("/api/articles", params=asked).json())

    whole = listed()
    pages = [listed(limit=2, offset=at).articles for at in (0, 2, 4)]
    assert whole.total == len(whole.articles) == 3
    assert [one for page in pages for one in page] == whole.articles
    assert listed(limit=2).total == 3


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"query": "HARBOUR close"}, ["Harbour to close"]),
        ({"query": "march 2022 violins"}, ["Library lends violins"]),
        ({"query": "nothing of the kind"}, []),
        ({"publisher": ["vellane gazette", "Harbour Wire"]}, ["Harbour to close", "Library lends"]),
        ({"since": "2022-03-09"}, []),
        ({"until": "2022-03-08", "query": "violins"}, ["Library lends violins"]),
    ],
)
def test_a_list_may_be_narrowed(stored: TestClient, asked: Any, titles: list[str]) -> None:
    found = stored.get("/api/articles", params=asked).json()
    assert found["total"] == len(titles)
    for one, title in zip(found["articles"], titles, strict=True):
        assert one["title"].startswith(title)


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"limit": 0}, 422), ({"offset": -1}, 422), ({"since": "soon"}, 400), ({"limit": "x"}, 422)],
)
def test_a_list_that_makes_no_sense_is_told_in_one_line(
    stored: TestClient, asked: Any, status: int
) -> None:
    reply = stored.get("/api/articles", params=asked)
    assert reply.status_code == status
    assert next(iter(asked)) in reply.json()["error"]


def test_what_is_added_can_be_read_asked_and_removed(empty: TestClient) -> None:
    (added,) = outcomes(post(empty, [NEW]))
    assert (added.status, added.title) == ("added", NEW["title"])
    found = ArticleShape.model_validate(empty.get(path(added.id)).json())
    assert found.text == NEW["text"]
    answer = empty.post("/api/answer", json={"question": "When will the old mill reopen?"}).json()
    assert answer["quotes"][0]["article_id"] == added.id

    (same,) = outcomes(post(empty, [NEW]))
    removed = empty.delete(path(added.id))
    assert same.status == "unchanged"
    assert OutcomeShape.model_validate(removed.json()).status == "removed"
    assert empty.get(path(added.id)).status_code == 404
    assert empty.delete(path(added.id)).status_code == 404


def test_an_article_is_found_whatever_its_id(assistant: Assistant) -> None:
    ids = [ADDRESS, "a//b/", "100 %", "ä ✓", "?x", "%2F", "list", "a\\b"]
    # Over a real connection: starlette's test client decodes a path twice.
    with running(api(assistant)) as address, httpx.Client(base_url=address, timeout=60) as asking:
        # Without their address, which would be one for all.
        added = asking.post("/api/articles", json=[{**NEW, "url": "", "id": id} for id in ids])
        assert [one.id for one in outcomes(added)] == ids
        assert [asking.get(path(id)).json()["id"] for id in ids] == ids
        assert [asking.delete(path(id)).json()["id"] for id in ids] == ids
        assert asking.get("/api/articles").json()["total"] == 0


def test_one_bad_article_spoils_no_other(empty: TestClient) -> None:
    bad: list[dict[str, Any]] = [
        {},
        {"title": "No words"},
        {"title": 7, "text": "Words."},
        {"title": "Empty", "text": "  "},
        {"title": "Long", "text": "x" * 5_000_001},
        {**NEW, "id": {"a": 1}},
    ]
    told = outcomes(post(empty, [*bad, NEW]))
    assert [one.status for one in told] == ["added", *["skipped"] * len(bad)]
    assert [one.where for one in told[1:]] == [f"article {n}" for n in range(1, len(bad) + 1)]
    assert all(one.reason for one in told[1:])


def test_an_article_may_have_a_number_for_its_id_and_several_authors(empty: TestClient) -> None:
    sent = {**NEW, "id": 7, "author": ["Mara Quill", "Ada Roe"]}
    NewArticle.model_validate(sent)
    (added,) = outcomes(post(empty, [sent]))
    assert (added.status, added.id) == ("added", "7")


def test_characters_that_no_store_takes_do_no_harm(empty: TestClient) -> None:
    odd = {
        "title": "Od\0d \ud800",
        "text": "Half a \udfff pair and a \0 were sent here.",
        "id": "\0o",
    }
    (added,) = outcomes(post(empty, [odd]))
    assert added.status == "added"
    assert empty.get(path(added.id)).json()["title"] == "Odd"
    assert empty.get("/api/articles/a%00b").status_code == 422


@pytest.mark.parametrize("sent", [NEW, [[NEW]], ["x"], 7, None, [{}] * (article_routes.MOST + 1)])
def test_what_is_no_list_of_articles_is_told_in_one_line(empty: TestClient, sent: Any) -> None:
    reply = post(empty, sent)
    assert reply.status_code == 422
    assert "\n" not in reply.json()["error"]


def test_an_article_that_is_not_there_is_told_with_the_way_to_the_ids(stored: TestClient) -> None:
    for reply in (stored.get(path("no")), stored.delete(path("no"))):
        assert reply.status_code == 404
        assert reply.json() == {
            "error": "No article has the id 'no'. The ids are in: GET /api/articles"
        }


def test_no_article_is_no_list_and_no_fault(empty: TestClient) -> None:
    assert empty.get("/api/articles").json()["articles"] == []


def test_what_is_no_address_of_ours_says_so(stored: TestClient) -> None:
    assert stored.get("/api/nothing").status_code == 404


@pytest.mark.parametrize("method", ["PATCH", "HEAD", "OPTIONS", "TRACE", "QUERY"])
def test_a_method_that_is_not_taken_is_told_which_are(stored: TestClient, method: str) -> None:
    for there, takes in (("/api/articles", "GET, POST"), ("/api/articles/a", "DELETE, GET")):
        wrong = stored.request(method, there)
        assert wrong.status_code == 405
        assert wrong.headers["Allow"] == takes
        told = f"{method} is not what this address takes. It takes {takes}."
        assert method == "HEAD" or wrong.json() == {"error": told}
    assert stored.request(method, "/api/nothing").status_code == 404
