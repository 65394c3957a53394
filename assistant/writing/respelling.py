"""From the misspelt words of a question to the lines that tell of them, above the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.questions import spelling
from assistant.questions.known_words import KnownWords
from assistant.records import Answer, Respelt
from assistant.store.store import Store
from assistant.wording import say


def mended(reply: Answer, store: Store) -> Answer:
    """The reply with the question as it is searched, what is misspelt in it put right."""
    respelt = spelling.respelt(reply.question, KnownWords(store))
    question = spelling.apply(respelt, reply.question)
    told = (*reply.steps, *steps(respelt))
    return replace(reply, question=question, respelt=respelt, steps=told)


def above(replies: Iterator[Answer]) -> Iterator[Answer]:
    """The answers, their text below what was searched instead of what was typed."""
    for reply in replies:
        told = "\n\n".join(lines(reply.respelt))
        yield replace(reply, text=f"{told}\n\n{reply.text}") if told and reply.text else reply


def lines(respelt: Sequence[Respelt]) -> Iterator[str]:
    """What was searched instead, names each on its own, and which names may be meant."""
    words = [changed(one) for one in respelt if one.sure and not one.name]
    if words:
        *first, last = words
        joined = f"{', '.join(first)} and {last}" if first else last
        yield say("respelt", changes=joined)
    for one in respelt:
        if one.name:
            which = "respelt_name" if one.sure else "did_you_mean"
            yield say(which, typed=one.typed, instead=one.instead)


def steps(respelt: Sequence[Respelt]) -> Iterator[str]:
    """What the answer's steps say of it."""
    if words := [changed(one) for one in respelt if one.sure]:
        yield f"Searched for {', '.join(words)}"


def changed(one: Respelt) -> str:
    """ "“say” instead of “sya”"."""
    return f"“{one.instead}” instead of “{one.typed}”"
