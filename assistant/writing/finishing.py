"""From what was found to the finished answer: quotations, a count, or why nothing answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistant.evidence import arranging, why_not
from assistant.evidence.counting import Counted
from assistant.evidence.differences import differences
from assistant.evidence.finding import proved
from assistant.questions.languages import language
from assistant.records import Answer, Article, Filters, Quote
from assistant.store.store import Store
from assistant.timing import Timer
from assistant.wording import count
from assistant.writing import quotation_writer, short_answer


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


def counted(
    reply: Answer, found: Counted, *, store: Store, filters: Filters, watch: Timer
) -> Answer:
    """The finished answer that gives a number, and a quotation of each article that was counted."""
    texts = {one.source.id: one for one in found.articles}
    chosen = proved(found.quotes, texts, store=store, filters=filters)
    *_, text = quotation_writer.answered(chosen, [found.told], form="count") if chosen else [""]
    return replace(
        step(reply, f"Counted what prints “{found.words}”, in all articles"),
        status="answered",
        form="count",
        count=found.number,
        text=text or found.told,
        quotes=chosen,
        seconds=watch.lap("write"),
        finished=True,
    )


def refused(
    reply: Answer,
    *,
    articles: Mapping[str, Article],
    store: Store,
    filters: Filters,
    today: date,
    watch: Timer,
) -> Answer:
    """The finished answer when nothing answers: the nearest evidence, and why it is none."""
    why = why_not.each(reply.question, reply.nearest, articles, store=store, today=today)
    reply = step(replace(reply, notice=""), "No sentence answers the question")
    # What filters leave out may be about it.
    about = bool(reply.nearest) or filters != Filters()
    told = quotation_writer.not_found(
        reply.nearest, reply.missing, about=about, language=language(reply.asked)
    )
    return replace(reply, text=told, why=why, seconds=watch.lap("write"), finished=True)


def step(reply: Answer, *done: str) -> Answer:
    """The reply with steps more that tell what was done."""
    return replace(reply, steps=(*reply.steps, *done))
