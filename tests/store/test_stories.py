"""The first article of each story is noted, whatever the order in which articles come and go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask import Assistant
from assistant.records import Article
from assistant.sources.build_article import article
from assistant.store import copy_pairs, maintenance, stories
from assistant.store.tables import articles, bands, copies, metadata, reading, signatures, writing
from benchmarks.kills import edition

Change = tuple[int, int | None, frozenset[int]]  # which one; its day, or none; whose copy it is
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.none() | st.integers(0, 4),
        st.frozensets(st.integers(0, 9), max_size=5),
    ),
    max_size=25,
)
FORM = (
    "The harbour of {0} counted its lanterns this morning. Keeper Nora Vance of {0} found all of "
    "them lit, as the form of the harbour office asks her to write down, and went home to {0}."
)


def _row(key: int, day: int | None) -> dict[str, object]:
    texts = ("id", "title", "publisher", "author", "url", "sha256", "text", "text_sha256")
    return {**dict.fromkeys(texts, f"{key}"), "key": key, "published_at": day}


@given(CHANGES)
def test_the_stories_are_those_of_all_articles_at_once(changes: list[Change]) -> None:
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    stored: set[int] = set()
    with engine.begin() as connection:
        for key, day, of in changes:
            if key in stored:
                copy_pairs.remove(connection, key)
                connection.execute(sa.delete(articles).where(articles.c.key == key))
                stored.remove(key)
            else:
                connection.execute(sa.insert(articles).values(_row(key, day)))
                for other in of & stored:
                    pairs = [{"one": key, "other": other}, {"one": other, "other": key}]
                    connection.execute(sa.insert(copies), pairs)
                stories.settle(connection, articles.c.key == key)
                stored.add(key)
            assert list(stories.amiss(connection)) == []


def _told_from_a_form(count: int) -> list[Article]:
    return [
        article(
            id=f"{n}",
            title=f"Lanterns {n}",
            text=FORM.format(f"Quay {n}"),
            publisher=f"Harbour {n % 7}",
            published=datetime(2022, 1, 1 + n, tzinfo=UTC),
        )
        for n in range(count)
    ]


def test_of_a_very_long_story_the_earliest_are_read_and_those_asked_for(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "TEXTS", 4)
    assistant.add(_told_from_a_form(20))
    (family,) = assistant.store.families({"16"}).values()
    told = [source.id for source in family]
    assert told[:4] == ["0", "1", "2", "3"]
    assert "16" in told
    assert {source.publisher for source in family[4:]} == {"Harbour 2"}


def test_an_article_is_compared_with_so_many_others_and_no_more(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_pairs, "COMPARED", 3)
    assistant.add(_told_from_a_form(20))
    with assistant.store.engine.connect() as connection:
        pairs = connection.scalar(sa.select(sa.func.count()).select_from(copies))
    assert pairs is not None
    assert 2 * 17 * 3 <= pairs <= 2 * 20 * 3
    assert maintenance.verify(assistant.store) == []


def test_nothing_of_an_article_whose_signature_is_damaged_stays_when_it_is_removed(
    assistant: Assistant,
) -> None:
    (one,) = edition(0, 1)
    assistant.add([one])
    with writing(assistant.store.engine) as connection:
        damaged = bytes(len(connection.scalar(sa.select(signatures.c.signature)) or b""))
        connection.execute(sa.update(signatures).values(signature=damaged))
    assert assistant.store.remove(one.source.id)
    with reading(assistant.store.engine) as connection:
        assert connection.execute(sa.select(bands)).all() == []
    assert [outcome.status for outcome in assistant.add([one])] == ["added"]
