"""What a request is about, without the words that only put it; and whether it asks for a whole."""

from __future__ import annotations

import pytest

from assistant.questions.overviews import asks_overview
from assistant.questions.request_words import weighty
from assistant.retrieval.search import expression


def test_words_that_put_a_request_tell_nothing_of_its_topic() -> None:
    assert weighty("Is there anything about Poland?") == {"poland"}
    assert weighty("please give me the story of the ferry") == {"ferri"}


def test_a_request_of_nothing_else_keeps_them() -> None:
    assert weighty("please tell me something") == weighty("tell me something please") != set()


def test_they_are_not_searched_for() -> None:
    assert expression("can you please tell me what caused the ferry accident") == (
        '"caused" OR "ferry" OR "accident"'
    )


@pytest.mark.parametrize(
    "request_",
    ["Tell me about the ferry accident", "timeline of the strike", "what happened at Low Quay"],
)
def test_a_whole_story_is_asked_for(request_: str) -> None:
    assert asks_overview(request_)


@pytest.mark.parametrize("request_", ["How many were hurt?", "Who is Tomas Brandt?", "ferry"])
def test_one_thing_is_asked_for(request_: str) -> None:
    assert not asks_overview(request_)
