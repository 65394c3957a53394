"""From the nearest evidence to the answer that says that nothing answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.evidence import why_not
from assistant.records import Answer, Filters
from assistant.timing import Timer
from assistant.writing import generation, quotation_writer


def refused(
    reply: Answer, ground: generation.Ground, today: date, watch: Timer, *, asked: str
) -> Answer:
    """The finished answer when nothing answers: the nearest evidence, and why it is none.

    `asked`: the question without the outlet or author that it names.
    """
    why = why_not.each(asked, reply.nearest, ground.articles, store=ground.store, today=today)
    reply = replace(reply, notice="", steps=(*reply.steps, "No sentence answers the question"))
    # What filters leave out may be about it.
    about = bool(reply.nearest) or ground.filters != Filters()
    told = quotation_writer.not_found(reply.nearest, reply.missing, about=about)
    return replace(reply, text=told, why=why, seconds=watch.lap("write"), finished=True)
