"""What visitors keep: their conversations and votes, each seen by nobody else.

A visitor is a text that only they can give (see `access/visitor_cookie.py`); "" is nobody, for
whom nothing is kept.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from pydantic import TypeAdapter

from assistant.records import Answer
from assistant.store.tables import conversations, reading, votes, writing

LONGEST = 120  # characters of a name
_ANSWERS = TypeAdapter(tuple[Answer, ...])


@dataclass(frozen=True, slots=True)
class Heading:
    """A conversation as it is listed; `touched` in seconds since 1970."""

    id: str
    name: str
    touched: float


@dataclass(frozen=True, slots=True)
class Vote:
    """What a visitor thought of an answer; `at` in seconds since 1970."""

    vote: str
    answer: Answer
    at: float


class Conversations:
    """Conversations and votes in the store's database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def save(self, visitor: str, id: str, answers: Sequence[Answer]) -> None:
        """Keep a conversation as it now stands, named by its first question until it is renamed.

        Without answers it is removed. One with this id that is another visitor's stays theirs.
        """
        if not answers:
            self.remove(visitor, id)
            return
        if not visitor:
            return
        slim = tuple(_slim(one) for one in answers)
        values = {
            "touched": time.time(),
            "words": "\n".join(_words(one) for one in slim).casefold(),
            "answers": _ANSWERS.dump_json(slim).decode(),
        }
        with writing(self.engine) as connection:
            own = _own(visitor, id)
            if not connection.execute(sa.update(conversations).where(own).values(values)).rowcount:
                named = {"id": id, "visitor": visitor, "name": _name(answers[0].asked)}
                taken = sa.select(conversations.c.key).where(conversations.c.id == id)
                if connection.execute(taken).first() is None:
                    connection.execute(sa.insert(conversations).values({**named, **values}))

    def listed(self, visitor: str, words: str = "") -> list[Heading]:
        """The visitor's conversations whose name or text holds `words`, the latest first."""
        wanted = " ".join(words.casefold().split())
        held = conversations.c.words.contains(wanted, autoescape=True)
        columns = (conversations.c.id, conversations.c.name, conversations.c.touched, held)
        query = sa.select(*columns).where(conversations.c.visitor == visitor)
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(conversations.c.touched.desc())).all()
        return [Heading(*row[:3]) for row in rows if row[3] or wanted in row.name.casefold()]

    def answers(self, visitor: str, id: str) -> tuple[Answer, ...]:
        """The answers of the visitor's conversation; empty when there is none.

        Their hits have lost the words of their passages, which articles still print.
        """
        query = sa.select(conversations.c.answers).where(_own(visitor, id))
        with reading(self.engine) as connection:
            kept = connection.scalar(query)
        return _ANSWERS.validate_json(kept) if kept else ()

    def rename(self, visitor: str, id: str, name: str) -> bool:
        """Name the visitor's conversation; says whether there is one, and `name` is not empty."""
        if not (short := _name(name)):
            return False
        change = sa.update(conversations).where(_own(visitor, id)).values(name=short)
        with writing(self.engine) as connection:
            return bool(connection.execute(change).rowcount)

    def remove(self, visitor: str, id: str) -> bool:
        """Remove the visitor's conversation; says whether there was one."""
        with writing(self.engine) as connection:
            gone = connection.execute(sa.delete(conversations).where(_own(visitor, id)))
            return bool(gone.rowcount)

    def forget(self, visitor: str) -> None:
        """Remove all that is kept of a visitor."""
        with writing(self.engine) as connection:
            for table in (conversations, votes):
                connection.execute(sa.delete(table).where(table.c.visitor == visitor))

    def vote(self, visitor: str, key: str, vote: str, answer: Answer) -> bool:
        """Keep what a visitor thinks of an answer, in place of what they thought before.

        An empty `vote` takes it back. Says whether that is anything new.
        """
        own = (votes.c.visitor == visitor) & (votes.c.answer == key)
        with writing(self.engine) as connection:
            before = connection.scalar(sa.select(votes.c.vote).where(own)) or ""
            if before == vote:
                return False
            connection.execute(sa.delete(votes).where(own))
            if vote and visitor:
                kept = _ANSWERS.dump_json((_slim(answer),)).decode()
                named = {"visitor": visitor, "answer": key, "vote": vote}
                connection.execute(sa.insert(votes).values(**named, at=time.time(), kept=kept))
        return True

    def votes(self) -> list[Vote]:
        """All votes of all visitors, oldest first, without who gave them."""
        query = sa.select(votes.c.vote, votes.c.kept, votes.c.at).order_by(votes.c.at)
        with reading(self.engine) as connection:
            rows = connection.execute(query).all()
        return [Vote(row.vote, _ANSWERS.validate_json(row.kept)[0], row.at) for row in rows]


def _slim(answer: Answer) -> Answer:
    """The answer without the words of its passages, and as JSON can hold it."""
    hits = (
        replace(hit, passage=replace(hit.passage, text=""), ranks=dict(hit.ranks))
        for hit in answer.hits
    )
    return replace(answer, hits=tuple(hits), seconds=dict(answer.seconds))


def _own(visitor: str, id: str) -> sa.ColumnElement[bool]:
    return (conversations.c.visitor == visitor) & (conversations.c.id == id)


def _name(text: str) -> str:
    """One line, not too long."""
    name = _storable(" ".join(text.split()))
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _words(answer: Answer) -> str:
    quoted = [f"{quote.text} {quote.source.title}" for quote in (*answer.quotes, *answer.nearest)]
    return _storable(" ".join(" ".join([answer.asked, *quoted]).split()))


def _storable(text: str) -> str:
    """Without the one character that PostgreSQL's texts cannot hold."""
    return text.replace("\0", "")
