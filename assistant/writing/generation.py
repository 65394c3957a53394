"""From the evidence to an answer in a chat model's words, growing: shown, written, checked.

The model sees numbered sentences and nothing else; what it writes without ground is left out, and
when nothing is left, or it fails, the answer is the quotations alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from assistant.chat_models import providers
from assistant.errors import ModelFailed
from assistant.evidence.differences import differences
from assistant.evidence.finding import proved
from assistant.records import Answer, Article, Filters, Quote
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.text.prompt_safety import tame
from assistant.timing import Timer
from assistant.wording import count, say
from assistant.writing import prompt_sentences, quotation_writer
from assistant.writing.checked_stream import Composer, Draft, cited_quotes, prose
from assistant.writing.prompt_sentences import Shown, order, slices

if TYPE_CHECKING:  # slow to import, and without a chat model not needed
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)
Connect: TypeAlias = "Callable[[], BaseChatModel]"


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer may rest on: the quotes chosen, the articles looked at, by id, and the store
    with its filters, for other texts of the same stories. At most `limit` quotes are cited.

    `sure`: the judge holds that they answer. Where it does not, the model only chooses: what it
    cites is quoted, if each of its sentences is borne out, and nothing that it writes is shown.
    """

    chosen: tuple[Quote, ...]
    articles: Mapping[str, Article]
    store: Store
    filters: Filters
    limit: int
    sure: bool = True


def answer(
    settings: Settings, connect: Connect, reply: Answer, ground: Ground, watch: Timer
) -> Generator[Answer, None, Answer]:
    """The answer growing, `finished` at the end.

    When the model fails, or writes nothing that can be proved, what is returned is the reply with
    a `notice`, not finished; nor is it where the ground is not `sure`, with what the model cites.
    """
    notice = say("model_unfounded")
    try:
        shown = evidence(reply, ground, settings.model_tokens)
        for written in write(reply, shown, ground, connect(), settings):
            if ground.sure:
                yield written
        if not ground.sure:
            cited = () if written.rejected else written.quotes
            return replace(reply, quotes=cited, rejected=written.rejected, steps=written.steps)
        if written.quotes:
            told = f"Checked {count(len(written.quotes), 'quotation')} against their articles"
            seconds, steps = watch.lap("write"), (*written.steps, told)
            done = replace(written, steps=steps, seconds=seconds, finished=True)
            yield done
            return done
        reply = replace(reply, rejected=written.rejected, steps=written.steps)
    except ModelFailed as error:
        log.info("%s", error)
        notice = say("model_failed", reason=str(error))
    return replace(reply, notice=notice)


def evidence(reply: Answer, ground: Ground, budget: int) -> Shown:
    """The numbered sentences of the passages found, those around the chosen quotes first."""
    found = list(slices(order(reply, ground.chosen), ground.articles))
    groups = [
        proved(group, ground.articles, store=ground.store, filters=ground.filters)
        for group in found[: len(ground.chosen) + prompt_sentences.MOST]
    ]
    shown = prompt_sentences.number(groups, budget)
    if not shown.quotes:
        raise ModelFailed(f"ASSISTANT_MODEL_TOKENS={budget} has no room for a passage; raise it.")
    return replace(shown, dropped=shown.dropped + len(found) - len(groups))


def write(
    reply: Answer, shown: Shown, ground: Ground, model: BaseChatModel, settings: Settings
) -> Iterator[Answer]:
    """The answer as the model writes it; the last one is whole, but not `finished`.

    Its `quotes` are empty when nothing that the model wrote could be proved. Raises `ModelFailed`.
    """
    from langchain_core.messages import HumanMessage, SystemMessage

    question = tame(reply.question)
    asked = [
        SystemMessage(say("answer")),
        HumanMessage(say("evidence", sentences=shown.text, question=question)),
    ]
    reply = replace(reply, writer=settings.model, steps=(*reply.steps, _told(shown)))
    draft = Draft()
    # A sentence may be quoted from another text of its story than the one that search found.
    ids = {quote.source.id for quote in shown.quotes} - set(ground.articles)
    articles = {**ground.articles, **ground.store.texts(ids)}
    composer = Composer(reply.question, shown, articles, ground.limit)
    for draft in composer.drafts(providers.replies(model, asked, settings)):
        yield _answer(reply, shown, draft)
    last = _answer(reply, shown, draft)
    yield replace(last, differences=differences(reply.question, last.quotes))


def _told(shown: Shown) -> str:
    told = f"Showed the model {count(len(shown.quotes), 'sentence')}"
    told += f" of {count(shown.passages, 'passage')}"
    if shown.dropped:
        told += f"; no room for {shown.dropped} more"
    return told


def _answer(reply: Answer, shown: Shown, draft: Draft) -> Answer:
    """The answer so far: the model's prose, then the quotations it rests on."""
    order, quotes = cited_quotes(draft.written, shown)
    parts = draft.missing if draft.written else ()
    missing = (*reply.missing, *(say("missing_part", part=part) for part in parts))
    steps = reply.steps
    if draft.rejected:
        left_out = count(len(draft.rejected), "sentence")
        steps = (*steps, f"Left out {left_out} of the model's that no cited sentence bears out")
    return replace(
        reply,
        status="not_found" if not quotes else "partial" if missing else "answered",
        text=quotation_writer.composed(prose(draft.written, order), quotes, missing),
        quotes=tuple(quotes),
        missing=missing,
        rejected=draft.rejected,
        steps=steps,
    )
