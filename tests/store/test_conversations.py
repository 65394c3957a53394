"""Conversations and votes in the store: whole, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from assistant.index.__main__ import app
from assistant.records import Answer, Gloss, Hit, Passage, Quote, Source
from assistant.settings import Settings
from assistant.store.conversations import LONGEST, Conversations
from assistant.store.locations import Place
from assistant.store.tables import conversations
from tests.support.servers import backend

SOURCE = Source(
    "mole", "Mole painted red", "Harbour Wire", published=datetime(2022, 3, 8, tzinfo=UTC)
)
QUOTE = Quote("It is red.", 0, 10, SOURCE, "Jo Roe", glosses=(Gloss("is", 3, 5, "8 March"),))
HIT = Hit(Passage(SOURCE, 0, 10, "It is red.", 0), 0.5, MappingProxyType({"words": 1}))
RED = Answer(
    "What colour is the mole?",
    "What colour is it?",
    status="answered",
    text="> It is red. [1]",
    quotes=(QUOTE,),
    hits=(HIT,),
    seconds=MappingProxyType({"total": 0.1}),
    finished=True,
)
SLIM = replace(
    RED,
    hits=(replace(HIT, passage=replace(HIT.passage, text=""), ranks={"words": 1}),),
    seconds={"total": 0.1},
)
FERRY = replace(SLIM, asked="When did the ferry sail?", quotes=(), nearest=(QUOTE,))


@pytest.fixture(params=["folder", "postgres"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(store=tmp_path, **backend(request.param, request))  # type: ignore[arg-type]


@pytest.fixture
def kept(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Conversations]:
    address = settings.database_url.get_secret_value()
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", address)
    engine = Place(settings.store, address).database(create=True)
    yield Conversations(engine)
    engine.dispose()


def names(kept: Conversations, visitor: str = "ann", words: str = "") -> list[str]:
    return [one.name for one in kept.listed(visitor, words)]


def test_a_conversation_comes_back_whole_but_for_the_words_of_its_hits(kept: Conversations) -> None:
    kept.save("ann", "c1", [RED, FERRY])
    assert kept.answers("ann", "c1") == (SLIM, FERRY)
    assert names(kept) == ["What colour is it?"]


def test_the_words_that_answer_are_kept_and_what_was_kept_without_them_is_read(
    kept: Conversations,
) -> None:
    marked = replace(SLIM, quotes=(replace(QUOTE, answer=(6, 9)),), short="red")
    kept.save("ann", "c1", [marked])
    assert kept.answers("ann", "c1") == (marked,)

    with kept.engine.begin() as connection:
        kept.save("ann", "c2", [SLIM])
        older = json.loads(connection.scalar(sa.select(conversations.c.answers)) or "")
        del older[0]["short"], older[0]["quotes"][0]["answer"]
        connection.execute(sa.update(conversations).values(answers=json.dumps(older)))
    assert kept.answers("ann", "c1") == (SLIM,)


def test_one_visitor_sees_and_changes_nothing_of_anothers(kept: Conversations) -> None:
    kept.save("ann", "c1", [RED])
    kept.save("bob", "c1", [FERRY])
    assert names(kept, "bob") == []
    assert kept.answers("bob", "c1") == ()
    assert not kept.rename("bob", "c1", "mine")
    assert not kept.remove("bob", "c1")
    kept.forget("bob")
    assert kept.answers("ann", "c1")[0].asked == RED.asked


def test_nothing_is_kept_of_nobody(kept: Conversations) -> None:
    kept.save("", "c1", [RED])
    kept.vote("", "a1", "Helpful", RED)
    assert (names(kept, ""), kept.votes()) == ([], [])


def test_the_latest_is_listed_first(kept: Conversations) -> None:
    kept.save("ann", "c1", [RED])
    kept.save("ann", "c2", [FERRY])
    kept.save("ann", "c1", [RED, FERRY])
    assert names(kept) == [RED.asked, FERRY.asked]


def test_a_conversation_is_found_by_its_name_and_its_words(kept: Conversations) -> None:
    kept.save("ann", "c1", [RED])
    kept.save("ann", "c2", [FERRY])
    assert kept.rename("ann", "c2", "  A journey \n by sea ")
    assert names(kept, words="journey BY") == ["A journey by sea"]
    assert names(kept, words="the ferry") == ["A journey by sea"]
    assert len(names(kept, words="painted red")) == 2
    assert names(kept, words="100%") == []


def test_a_name_stays_when_the_conversation_goes_on(kept: Conversations) -> None:
    kept.save("ann", "c1", [RED])
    kept.rename("ann", "c1", "Moles")
    kept.save("ann", "c1", [RED, FERRY])
    assert names(kept) == ["Moles"]
    assert not kept.rename("ann", "c1", "  ")


def test_a_long_question_is_cut_to_a_name(kept: Conversations) -> None:
    kept.save("ann", "c1", [replace(RED, asked="why " * 100)])
    assert len(names(kept)[0]) <= LONGEST
    assert names(kept)[0].endswith("…")


def test_what_is_removed_is_gone(kept: Conversations) -> None:
    kept.save("ann", "c1", [RED])
    kept.save("ann", "c2", [FERRY])
    assert kept.remove("ann", "c1")
    kept.save("ann", "c2", [])
    assert names(kept) == []


def test_a_vote_counts_once_and_can_be_taken_back(kept: Conversations) -> None:
    kept.vote("ann", "a1", "Helpful", RED)
    kept.vote("ann", "a1", "Wrong source", RED)
    kept.vote("bob", "a1", "Helpful", RED)
    assert [(one.vote, one.answer) for one in kept.votes()] == [
        ("Wrong source", SLIM),
        ("Helpful", SLIM),
    ]
    kept.vote("bob", "a1", "", RED)
    assert len(kept.votes()) == 1


def test_all_of_a_visitor_can_be_forgotten(kept: Conversations) -> None:
    kept.save("ann", "c1", [RED])
    kept.vote("ann", "a1", "Helpful", RED)
    kept.save("bob", "c2", [RED])
    kept.forget("ann")
    assert (names(kept), kept.votes()) == ([], [])
    assert names(kept, "bob") == [RED.asked]


def test_the_command_prints_votes_with_answer_and_hits(
    kept: Conversations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path))
    kept.vote("ann", "a1", "Helpful", RED)
    done = CliRunner().invoke(app, ["votes"])
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["vote"], told["answer"]["asked"]) == ("Helpful", RED.asked)
    assert told["hits"] == [{"article_id": "mole", "start": 0, "end": 10, "score": 0.5}]
    assert "ann" not in done.stdout
