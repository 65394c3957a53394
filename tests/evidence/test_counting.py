"""Counts are exact, in any words, and what is asked of the collection is told from its list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assistant.ask import Assistant
from assistant.questions.counted_words import LONGEST, MOST, phrases, unit
from assistant.records import Article

Write = Callable[..., Article]
MAY = datetime(2023, 5, 2, tzinfo=UTC)


@pytest.fixture
def archive(assistant: Assistant, write: Write) -> Assistant:
    texts = [
        ("Mayor Tom Kivela opened the malt works. The works are old.", "Harbour Wire"),
        ("“It is late,” said Kivela. Nobody else spoke at the malt works.", "Evening Post"),
        ("Tom Kivela and Ann Kivelahti met. Tom Kivela left first.", "Harbour Wire"),
        ("The brass band of Orbeck played for Bo Tarn.", "Courier"),
        ("Ann Tarn sold the bakery. Tarn is no baker.", "Courier"),
    ]
    for n, (text, outlet) in enumerate(texts):
        article = write(
            text,
            id=f"a{n}",
            title=f"Report {n}",
            publisher=outlet,
            published=MAY.replace(day=n + 2),
        )
        assistant.add(article)
    return assistant


@pytest.mark.parametrize(
    ("request_", "number"),
    [
        ("How many articles mention Tom Kivela?", 3),
        ("tom kivela, number of articles", 3),
        ("count the stories with kivela's name in them", 3),
        ("How many outlets mention Tom Kivela?", 2),
        ("In how many reports do the malt works come up?", 2),
        ("how many articles mention Bo Tarn", 1),
        ("In how many articles does “brass band” appear?", 1),
        ("How many articles mention Karin Brandt?", 0),
    ],
)
def test_a_count_is_exact(archive: Assistant, request_: str, number: int) -> None:
    reply = archive.answer(request_)
    assert (reply.form, reply.count) == ("count", number)
    assert reply.to_dict()["count"] == number
    assert len(reply.quotes) == number or "outlets" in request_


def test_a_surname_alone_counts_where_nobody_else_has_it(archive: Assistant) -> None:
    reply = archive.answer("How many articles mention Tom Kivela?")
    assert reply.text.startswith("3 articles print “Tom Kivela” or “Kivela”.")
    assert [quote.source.id for quote in reply.quotes] == ["a2", "a1", "a0"]
    assert reply.quotes[1].text == "“It is late,” said Kivela."


def test_a_surname_that_stands_in_another_name_counts_only_in_full(
    archive: Assistant, write: Write
) -> None:
    archive.add(write("The mill stands in Kivela Street.", id="s", title="A mill", published=MAY))
    assert archive.answer("How many articles mention Tom Kivela?").count == 2


def test_of_a_rambling_only_so_many_runs_of_words_are_looked_up() -> None:
    rambling = "how many articles mention " + " ".join(f"word{n}" for n in range(5_000))
    assert len(phrases(rambling)) <= MOST * LONGEST


def test_what_is_counted() -> None:
    assert unit("how many outlets mention Roe") == "outlet"
    assert unit("how often is Roe named") == "time"
    assert unit("how often do articles name Roe") == "article"


def test_a_filter_holds_for_a_count_too(archive: Assistant) -> None:
    assert archive.answer("How many articles mention Tom Kivela?", until="2023-05-03").count == 2


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ("Which outlets do you have?", ["3 outlets", "Harbour Wire: 2 articles"]),
        ("How many articles are there?", ["5 articles from 3 outlets", "2 May 2023"]),
        ("What is the newest article?", ["“Report 4”, Courier, 6 May 2023"]),
        ("What is the oldest article?", ["“Report 0”, Harbour Wire, 2 May 2023"]),
        ("which authors write here", ["0 authors"]),
    ],
)
def test_the_collection_tells_what_it_holds(
    archive: Assistant, request_: str, words: list[str]
) -> None:
    reply = archive.answer(request_)
    assert (reply.form, reply.status) == ("collection", "answered")
    assert all(one in reply.text for one in words), reply.text


def test_what_is_still_to_come_is_not_the_newest(archive: Assistant, write: Write) -> None:
    archive.add(write("The band plays.", id="x", title="Soon", published=MAY.replace(year=2999)))
    archive.add(write("The band played.", id="y", title="Undated", published=None))
    reply = archive.answer("show me the newest articles", today="2023-06-01")
    assert "Soon" not in reply.text
    assert "left out: 2 articles" in reply.text
