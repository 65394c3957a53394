"""The whole journey of a question: rewrite, retrieve, judge, choose, check, write."""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.chat_models import providers
from assistant.embedding.embedder import Embedder
from assistant.embedding.workers import Pool
from assistant.errors import NoIndex
from assistant.evidence import why_not
from assistant.evidence.arranging import compare
from assistant.evidence.finding import FULL, NEAREST, retrieve, together
from assistant.evidence.looking import Looked, look, usual
from assistant.evidence.ranker import Ranker
from assistant.indexing import adding
from assistant.indexing.reading import NOTHING, Manner, Named, through
from assistant.questions import small_talk, spelling
from assistant.questions.asked_filters import narrowed
from assistant.questions.compared import ways
from assistant.questions.follow_ups import standalone
from assistant.questions.parts import as_asked
from assistant.questions.understanding import Day, cited_before, day, make_filters
from assistant.records import Answer, Article, Hit, Outcome, Report, Source, Turn
from assistant.retrieval.search import search
from assistant.settings import Settings
from assistant.sources.supplied_metadata import Given
from assistant.store.store import Store
from assistant.timing import Timer
from assistant.wording import count, texts
from assistant.writing import finishing, generation, respelling, search_steps
from assistant.writing.finishing import step

if TYPE_CHECKING:  # slow to import: only who uses it waits for it
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

    from assistant.drafts.check_draft import Progress
    from assistant.retrieval.langchain_retriever import NewsRetriever


class Assistant:
    """Answers questions from the articles of one store. Safe to share between threads.

    `once`: for a process that asks once and ends, and would wait for Chroma's import. Raises
    `NoIndex`, when first asked, if nothing has been indexed in `settings.store`.
    """

    def __init__(self, settings: Settings | None = None, *, once: bool = False) -> None:
        self.settings = settings or Settings.from_env()
        self.once = once
        texts()
        self.embedder = Embedder(self.settings)
        self._store: Store | None = None
        self._opening = threading.Lock()
        # What every stream of snapshots goes through: a server counts them here.
        self.measured: Callable[[Iterator[Answer]], Iterator[Answer]] = iter

    @functools.cached_property
    def ranker(self) -> Ranker:
        """The sentence ranker, read when first needed."""
        return Ranker()

    @functools.cached_property
    def model(self) -> BaseChatModel:
        """The chat model, made when first needed; raises `ModelFailed`."""
        return providers.connect(self.settings)

    @property
    def store(self) -> Store:
        """The store, opened when first needed."""
        return self._open(create=False)

    def _open(self, *, create: bool) -> Store:
        with self._opening:
            if self._store is None:
                servers = self.settings.servers
                self._store = Store(self.settings.store, create=create, once=self.once, **servers)
            return self._store

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def stream(self, question: str, **options: Any) -> Iterator[Answer]:
        """Growing snapshots of the answer; the last one is `finished`. Options as for `answer`."""
        return self.measured(respelling.above(ask(self, question, **options)))

    def answer(self, question: str, **options: Any) -> Answer:
        """The finished answer.

        `history`: the conversation so far, as `Turn`s. `today`: the day that "yesterday" in the
        question counts from (default: now). `as_of`: use nothing published later. `since`,
        `until`: days of publication, both included. `any_time`: do not filter by the days,
        outlets, authors and headlines that the question names. `as_typed`: change no word of it,
        misspelt or not. `publishers`, `authors`, `tags`: only these outlets, only these bylines,
        only what has one of these tags. `limit`: most quotes. Days are ISO strings, dates or aware
        datetimes. Raises `NoIndex`, `StaleIndex`, `StoreFailed`, `ModelFailed`, and `BadSetting`
        for an option that makes no sense or a tag that no article has.
        """
        *_, last = self.stream(question, **options)
        return last

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        today: Day = None,
        any_time: bool = False,
        **filters: Any,
    ) -> list[Hit]:
        """The passages most likely to answer, best first. `today` and filters as for `answer`."""
        self.store.fit(self.embedder.fingerprint)
        now = day(today, "today") or datetime.now(UTC)
        given = make_filters(**filters)
        only, *_ = narrowed(question, given, self.store, now, any_time=any_time).tries
        return search(self.store, self.embedder, question, filters=only, limit=limit, today=now)

    def add(
        self, items: Iterable[Named] | Named, *, given: Given = NOTHING, allow_private: bool = False
    ) -> list[Outcome]:
        """Add files, folders, pages, feeds and `Article`s to the store; what became of each.

        `given`: what is true of all that do not say so themselves. `allow_private`: fetch also
        from addresses on one's own network.
        """
        named = [items] if isinstance(items, Named) else items
        return list(self.adding(named, Manner(given, allow_private)))

    def adding(
        self, items: Iterable[Named], manner: Manner | None = None, pool: Pool | None = None
    ) -> Iterator[Outcome]:
        """As `add`, each outcome once it is certain; `manner`: how to read; `pool` embeds."""
        store = self._open(create=True)
        add = functools.partial(adding.add, store=store, embedder=self.embedder, pool=pool)
        each = functools.partial(add, budget=self.settings.passage_tokens)
        return through(items, self.settings, store, manner or Manner(), each)

    def check(self, draft: str, *, progress: Progress | None = None, **filters: Any) -> Report:
        """Whether a draft's quotations are printed and its statements hold; filters as above."""
        from assistant.drafts.check_draft import check, silent

        return check(draft, ready(self), self.ranker, make_filters(**filters), progress or silent)

    def article(self, id: str) -> Article:
        """A stored article; raises `NoIndex` when there is none with this id."""
        return self.store.article(id)

    def sources(self) -> list[Source]:
        """What is indexed, the newest first; empty when there is no store yet."""
        try:
            return self.store.sources()
        except NoIndex:
            return []

    def runnable(self) -> Runnable[Any, Answer]:
        """A LangChain Runnable of a question, or of a mapping of it and options of `answer`."""
        from assistant.retrieval.langchain_runnable import runnable

        return runnable(self.stream)

    def retriever(self, *, limit: int = 10) -> NewsRetriever:
        """The search as a LangChain retriever."""
        from assistant.retrieval.langchain_retriever import NewsRetriever

        self.store.fit(self.embedder.fingerprint)
        return NewsRetriever(store=self.store, embedder=self.embedder, limit=limit)


def ask(
    assistant: Assistant,
    question: str,
    *,
    history: Sequence[Turn] = (),
    limit: int | None = None,
    today: Day = None,
    any_time: bool = False,
    as_typed: bool = False,
    **filters: Any,
) -> Iterator[Answer]:
    """The journey of one question; options as for `Assistant.answer`."""
    only, now = make_filters(**filters), day(today, "today") or datetime.now(UTC)
    settings, connect = assistant.settings, lambda: assistant.model
    settings.quotes(limit)  # what makes no sense is said at once
    watch, asked = Timer(), question
    question = standalone(" ".join(question.split()), history, settings, connect)
    reply = Answer(question, asked, steps=search_steps.opening(question, asked, only, now))
    if told := small_talk.reply(question):
        yield replace(reply, text=told, finished=True)
        return
    yield reply

    store = ready(assistant)
    reply = reply if as_typed else respelling.mended(reply, store)
    question, asked = reply.question, spelling.apply(reply.respelt, asked)
    # Words in brackets at the end are a topic that was taken up: they filter nothing.
    own = as_asked(question) if history else asked
    wanted = narrowed(own, only, store, now, any_time=any_time)
    reply, only = step(reply, *wanted.steps), wanted.tries[0]
    most = settings.quotes(limit, FULL)
    bare = wanted.tagged.without(question)
    if done := finishing.of_all(reply, bare, store, only, now, most, watch):
        yield done
        return
    cited = cited_before(asked, history)
    fetch = functools.partial(retrieve, store, assistant.embedder, today=now, cited=cited)
    for only, way in itertools.product(wanted.tries, ways(question, wanted.outlets)):
        read = [
            fetch(wanted.bare(part, only), filters=its, **wanted.named(part, only))
            for part, its in way.within(only)
        ]
        hits = tuple({hit.passage: hit for one in read for hit in one.hits}.values())
        of = count(len({hit.passage.source.id for hit in hits}), "article")
        reply = replace(reply, hits=hits, seconds=watch.lap("search"))
        reply = step(reply, f"Looked at {count(len(hits), 'passage')} of {of}")
        yield reply
        most = settings.quotes(limit, usual(read))
        looked = look(read, store=store, ranker=assistant.ranker, filters=only, now=now, most=most)
        if looked.answers(each=bool(way.sides)):
            reply = replace(reply, missing=wanted.missing(only))
            break
        if not way.sides:
            reply = step(reply, *wanted.steps_after(only))
    lacking = why_not.missing(bare or question, looked.found, looked.filters, store)
    reply = replace(reply, missing=(*reply.missing, *lacking))
    yield from _told(assistant, reply, looked, wanted.bare(question), now, watch, way.sides)


def _told(
    assistant: Assistant,
    reply: Answer,
    looked: Looked,
    asked: str,
    now: datetime,
    watch: Timer,
    sides: Sequence[str] = (),
) -> Iterator[Answer]:
    """The journey from what was found to the finished answer; `asked` names no outlet.

    `sides`: what each part is called, where one stands beside the other.
    """
    store, settings, found = assistant.store, assistant.settings, looked.found
    reply = replace(reply, seconds=watch.lap("choose"), form=found[0].form)
    reply = replace(reply, verdict=found[0].verdict)
    ground = generation.Ground(
        together([one.quotes for one in found], looked.most),
        looked.articles,
        store,
        looked.filters,
        looked.most,
    )
    near = together([one.nearest for one in found], NEAREST)
    if settings.model and reply.hits and not reply.verdict:
        # The model sees the best passages whatever the judge thinks of them.
        shown = replace(ground, chosen=ground.chosen or near, sure=bool(ground.chosen))
        reply = yield from generation.answer(settings, lambda: assistant.model, reply, shown, watch)
    chosen = ground.chosen or reply.quotes  # the judge's choice, else the model's
    if not reply.finished and chosen:
        sections = found[0].sections if len(found) == 1 and ground.chosen else ()
        if sides and ground.chosen:
            chosen, sections = compare(sides, [one.quotes for one in found], chosen)
            reply = replace(reply, form="comparison")
        yield from finishing.answered(replace(reply, quotes=(), sections=sections), chosen, watch)
    elif not reply.finished:
        reply = replace(reply, nearest=near if any(one.about for one in found) else ())
        yield finishing.refused(reply, ground, asked, now.date(), watch)


def ready(assistant: Assistant) -> Store:
    """The store, when something can be asked of it."""
    store = assistant.store
    if store.is_empty():
        told = f"No article is stored in {store.where}."
        raise NoIndex(f"{told} Add some with: python -m assistant.index add PATH")
    store.fit(assistant.embedder.fingerprint)
    return store


@functools.cache
def _default() -> Assistant:
    return Assistant()


def answer(question: str, **options: Any) -> Answer:
    """Answer from the default store, opened once a process; options as `Assistant.answer`."""
    return _default().answer(question, **options)


def stream(question: str, **options: Any) -> Iterator[Answer]:
    """Growing snapshots of `answer`."""
    return _default().stream(question, **options)
