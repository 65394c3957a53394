"""What a request is about, without the words that only put it; and whether it asks for a whole."""

from __future__ import annotations

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
