"""Which tags a question asks for, and what becomes of one that nobody has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.ask import Assistant
from assistant.errors import BadSetting
from assistant.questions.asked_tags import understand
from assistant.records import Article

Write = Callable[..., Article]
TAGS = ("Ferry", "old town", "Court-2026", "council")


@pytest.mark.parametrize(
    ("request_", "tags", "rest"),
    [
        ("Who was hurt in my Ferry folder?", ("Ferry",), "Who was hurt?"),
        ("In my ferry folder, who was hurt?", ("Ferry",), "who was hurt?"),
        ("Who spoke, from the folder “Old Town”?", ("old town",), "Who spoke?"),
        ("Who spoke in the dossier called old-town?", ("old town",), "Who spoke?"),
        ("What is said in articles tagged court 2026?", ("Court-2026",), "What is said in?"),
        ("Who was hurt? #ferry", ("Ferry",), "Who was hurt?"),
        ("Who sank the ferry?", (), "Who sank the ferry?"),
        ("Who spoke in the old town?", (), "Who spoke in the old town?"),
        ("What did the council say in its folder of plans?", (), None),
    ],
)
def test_words_that_ask_for_a_tag(request_: str, tags: tuple[str, ...], rest: str | None) -> None:
    found = understand(request_, TAGS)
    assert found.tags == tags
    assert found.without(request_) == (rest or request_)


def test_a_folder_that_nothing_is_in_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(BadSetting, match=r"No article has the tag 'Fery'. The nearest is 'Ferry'"):
        understand("Who was hurt in my Fery folder?", TAGS)
    assert understand("Who was hurt in my Fery folder?", ()).tags == ()


@pytest.fixture
def tagged(assistant: Assistant, write: Write) -> Assistant:
    for id, tag, ferry in (("a", "North", "Anselm"), ("b", "South", "Marguerite")):
        text = f"The ferry {ferry} ran into the pier, and the pilot blamed the wind that blew."
        one = write(text, id=id, title=f"The {ferry} hits a pier")
        assistant.add(replace(one, source=replace(one.source, tags=(tag,))))
    return assistant


def test_a_question_is_asked_of_what_has_the_tag(tagged: Assistant) -> None:
    reply = tagged.answer("Which ferry ran into the pier?", tags=["north"])
    assert {quote.source.id for quote in reply.quotes} == {"a"}
    assert "Only tagged north" in reply.steps
    reply = tagged.answer("Which ferry ran into the pier, in my south folder?")
    assert {quote.source.id for quote in reply.quotes} == {"b"}
    assert any("tagged “South”" in step for step in reply.steps)
    assert reply.missing == ()
    assert {hit.passage.source.id for hit in tagged.search("ferry", tags=["SOUTH"])} == {"b"}


def test_what_the_folder_does_not_say_is_not_taken_from_elsewhere(tagged: Assistant) -> None:
    reply = tagged.answer("What happened to the Anselm, in my south folder?")
    assert "a" not in {quote.source.id for quote in reply.quotes}


def test_how_many_articles_a_folder_has_is_counted(tagged: Assistant) -> None:
    assert "1 article" in tagged.answer("How many articles are there in my North folder?").text


def test_an_unknown_tag_is_an_error_that_names_the_nearest(tagged: Assistant) -> None:
    for ask in (tagged.answer, tagged.search):
        with pytest.raises(BadSetting, match="nearest is 'South'"):
            ask("Which ferry?", tags=["sout"])
