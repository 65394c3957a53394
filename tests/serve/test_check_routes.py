"""/api/check: a report on a draft, and what is refused in one line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.drafts.check_draft import CHARACTERS
from assistant.serve.check_routes import ReportShape
from tests.support.serving import client
from tests.support.verdict_articles import desk_of

BAD = "“A wheel without wind is a table,” said Nell Osk."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    assistant = desk_of(tmp_path_factory.mktemp("checks"))
    yield client(assistant)
    assistant.close()


def test_a_draft_gets_a_report_of_the_documented_shape(desk: TestClient) -> None:
    told = desk.post("/api/check", json={"draft": BAD}).json()
    ReportShape.model_validate(told)
    assert told["counts"]["altered"] == 1
    assert told["quotations"][0]["difference"][0]["printed"] == "water"


def test_filters_hold(desk: TestClient) -> None:
    told = desk.post("/api/check", json={"draft": BAD, "publishers": ["Sund Post"]}).json()
    assert told["counts"] == {"not_printed": 1}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"draft": "x" * (CHARACTERS + 1)}, 422),
        ({"draft": '"' * 1_000_000}, 422),
        ({"draft": BAD, "as_of": "soon"}, 400),
        ({"draft": BAD, "tags": ["bread"]}, 400),
        ({"draft": 7}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_checked_is_one_line(
    desk: TestClient, given: dict[str, object], status: int
) -> None:
    refused = desk.post("/api/check", json=given)
    assert refused.status_code == status
    assert "\n" not in refused.json()["error"]
