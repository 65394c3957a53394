"""From what was found to the finished answer: quotations, a count, or why nothing answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from assistant.evidence import arranging, why_not
from assistant.evidence.collection import Told, tell
from assistant.evidence.counting import Counted, count_articles
from assistant.evidence.differences import differences
from assistant.evidence.quotes import check
from assistant.evidence.speakers_and_days import attribute
from assistant.questions import kinds
from assistant.questions.languages import language
from assistant.records import Answer, Filters, Quote
from assistant.store.store import Store
from assistant.timing import Timer
from assistant.wording import count
from assistant.writing import generation, quotation_writer, short_answer


def answered(reply: Answer, chosen: tuple[Quote, ...], watch: Timer) -> Iterator[Answer]:
    """The answer growing quote by quote, and finished."""
    reply = replace(reply, status="partial" if reply.missing else "answered")
    reply = step(reply, f"Checked {count(len(chosen), 'quotation')} against their articles")
    differ = differences(reply.question, chosen)
    # Where sources differ, no one figure stands above the others.
    reply, first = short_answer.begin(reply, () if differ else chosen)
    sections = reply.sections
    first = [*first, *filter(None, [quotation_writer.scope(chosen, reply.form)])]
    growing = quotation_writer.answered(chosen, first, differ, sections, reply.form)
    for n, text in enumerate(growing, 1):
        some = chosen[:n]
        yield replace(reply, text=text, quotes=some, sections=arranging.within(sections, some))
    done = replace(reply, text=text, quotes=chosen, differences=differ, finished=True)
    yield replace(done, seconds=watch.lap("write"))


def of_all(
    reply: Answer,
    question: str,
    store: Store,
    only: Filters,
    now: datetime,
    limit: int,
    watch: Timer,
) -> Answer | None:
    """The finished answer to what is asked of all articles: a count, or of the collection.

    `question` is the reply's without the words that ask for a tag.
    """
    kind = kinds.kind(question)
    if kind == "count" and (number := count_articles(question, store, only, limit=limit)):
        return counted(reply, number, watch)
    if kind in ("count", "collection") and (told := tell(question, store, only, now)):
        return of_collection(reply, told, store, watch)
    return None


def counted(reply: Answer, found: Counted, watch: Timer) -> Answer:
    """The finished answer that gives a number, and a quotation of each article that was counted."""
    texts = {one.source.id: one for one in found.articles}
    chosen = attribute(found.quotes, texts)
    check(chosen, texts)
    *_, text = quotation_writer.answered(chosen, [found.told], form="count") if chosen else [""]
    return replace(
        step(reply, f"Counted what prints {found.words}, in all articles"),
        status="answered",
        form="count",
        count=found.number,
        text=text or found.told,
        quotes=chosen,
        seconds=watch.lap("write"),
        finished=True,
    )


def of_collection(reply: Answer, told: Told, store: Store, watch: Timer) -> Answer:
    """The finished answer about the collection itself, with a quotation of each article named."""
    texts = store.texts({one.source.id for one in told.quotes})
    chosen = attribute(told.quotes, texts)
    check(chosen, texts)
    *_, text = (
        quotation_writer.answered(chosen, [told.text], form="collection") if chosen else [told.text]
    )
    return replace(
        step(reply, "Looked at the list of all articles"),
        status="answered",
        form="collection",
        text=text,
        quotes=chosen,
        seconds=watch.lap("write"),
        finished=True,
    )


def refused(
    reply: Answer, ground: generation.Ground, asked: str, today: date, watch: Timer
) -> Answer:
    """The finished answer when nothing answers: the nearest evidence, and why it is none.

    `asked` is the question without the outlets and authors that it names as its source.
    """
    why = why_not.each(asked, reply.nearest, ground.articles, store=ground.store, today=today)
    reply = step(replace(reply, notice=""), "No sentence answers the question")
    # What filters leave out may be about it.
    about = bool(reply.nearest) or ground.filters != Filters()
    told = quotation_writer.not_found(
        reply.nearest, reply.missing, reply.verdict, about=about, language=language(reply.asked)
    )
    return replace(reply, text=told, why=why, seconds=watch.lap("write"), finished=True)


def step(reply: Answer, *done: str) -> Answer:
    """The reply with steps more that tell what was done."""
    return replace(reply, steps=(*reply.steps, *done))
