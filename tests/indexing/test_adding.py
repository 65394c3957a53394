"""Adding: each article once, in order, and no more in memory than is on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice

import pytest

from assistant.ask import Assistant
from assistant.indexing import adding
from assistant.records import Article
from assistant.sources.build_article import Gone, Item, Same, article
from assistant.store import maintenance
from tests.conftest import HashingEmbeddings

Write = Callable[..., Article]


def add(assistant: Assistant, items: Iterator[Item]) -> Iterator[tuple[str, str]]:
    store = assistant._open(create=True)
    for outcome in adding.add(items, store, assistant.embedder, budget=220):
        yield outcome.id, outcome.status


def test_an_article_named_twice_is_stored_once(assistant: Assistant, write: Write) -> None:
    outcomes = assistant.add([write("The mole is red."), write("The mole is red.")])
    assert [one.status for one in outcomes] == ["added", "unchanged"]


def test_of_several_texts_with_one_id_the_last_one_stays(
    assistant: Assistant, write: Write
) -> None:
    red, green = write("The mole is red and long."), write("The mole is green and long.")
    others = [write(f"Quay {i} is wet.", id=f"quay {i}") for i in range(adding.GROUP)]
    assistant.add([red])
    outcomes = assistant.add([green, *others, red])
    assert (outcomes[0].status, outcomes[-1].status) == ("updated", "updated")
    assert assistant.article("a").text == red.text
    assert maintenance.verify(assistant.store) == []


def test_no_more_is_read_than_a_batch_ahead(assistant: Assistant, write: Write) -> None:
    read = count()
    endless = ((f"{i}", write(f"Quay {i} is wet.", id=f"{i}")) for i in read)
    outcomes = list(islice(add(assistant, endless), 100))
    assert outcomes[-1] == ("99", "added")
    assert next(read) <= adding.BATCH + 1


def test_long_articles_are_not_kept_waiting_by_the_thousand(
    assistant: Assistant, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "CHARACTERS", 1_000)
    read = count()
    endless = ((f"{i}", write(f"Quay {i} is wet. " * 20, id=f"{i}")) for i in read)
    next(add(assistant, endless))
    assert next(read) < 20


def test_a_page_is_acknowledged_before_the_next_ones_are_fetched(
    assistant: Assistant, write: Write
) -> None:
    read = count()
    endless = ((f"https://a.example/{i}", write("A quay.", id=f"{i}")) for i in read)
    outcomes = list(islice(add(assistant, endless), adding.PAGES))
    assert outcomes[-1] == (str(adding.PAGES - 1), "added")
    assert next(read) == adding.PAGES


def test_stopping_keeps_what_was_acknowledged_and_no_half(
    assistant: Assistant, write: Write
) -> None:
    many = ((f"{i}", write(f"Quay {i} is wet.", id=f"{i}")) for i in range(200))
    adder = add(assistant, many)
    kept = {id for id, _ in islice(adder, 70)}
    adder.close()
    assert kept <= {source.id for source in assistant.sources()}
    assert maintenance.verify(assistant.store) == []


def test_what_is_unchanged_is_not_embedded(
    assistant: Assistant, hashing: HashingEmbeddings
) -> None:
    texts = [article(title=f"Quay {i}", text=f"Quay {i} is wet.") for i in range(50)]
    assistant.add(texts)
    before = hashing.embedded
    assert {one.status for one in assistant.add(texts)} == {"unchanged"}
    assert hashing.embedded == before


def test_a_page_that_is_the_same_or_gone_says_so(assistant: Assistant, write: Write) -> None:
    assistant.add([write("The mole is red."), write("The quay is wet.", id="b")])
    told = [Same("https://a.example/a", "a"), Gone("https://a.example/b", "b")]
    assert list(add(assistant, iter(told))) == [("a", "unchanged"), ("b", "removed")]
    assert [source.id for source in assistant.sources()] == ["a"]
    assert list(add(assistant, iter(told[1:]))) == [("", "skipped")]
