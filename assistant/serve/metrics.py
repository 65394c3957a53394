"""From answers to numbers that Prometheus reads. This is the only file that knows its client."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from typing import cast

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.ask import Assistant
from assistant.errors import AlteredQuote, AssistantError, NoIndex
from assistant.records import Answer
from assistant.serve.event_streams import Snapshots

TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30, 60)
REFUSED = frozenset({401, 403, 413, 429, 503})
STATUSES = ("answered", "partial", "not_found", "small_talk", "given_up", "failed")


class Metrics:
    """The numbers of one server. The assistant it is made with tells it of every answer."""

    def __init__(self, assistant: Assistant) -> None:
        own = self.registry = CollectorRegistry()
        ProcessCollector(registry=own)
        self.questions = Counter("newsroom_questions", "Questions asked.", registry=own)
        self.answers = Counter(
            "newsroom_answers",
            "Answers by status; not_found is a refusal, given_up: the reader left.",
            ["status"],
            registry=own,
        )
        for status in STATUSES:
            self.answers.labels(status)
        self.now = Gauge("newsroom_answers_now", "Answers being made.", registry=own)
        self.seconds = Histogram(
            "newsroom_step_seconds",
            "Seconds of an answer by step.",
            ["step"],
            buckets=SECONDS,
            registry=own,
        )
        self.failures = Counter(
            "newsroom_failures", "Answers that failed, by error.", ["error"], registry=own
        )
        self.altered = Counter(
            "newsroom_quote_checks_failed",
            "Quotations that were not what their article prints, and were held back.",
            registry=own,
        )
        self.rejected = Counter(
            "newsroom_rejected_sentences",
            "Sentences a chat model wrote without ground, and that were left out.",
            registry=own,
        )
        self.without_model = Counter(
            "newsroom_answers_without_model",
            "Answers that the chat model was to write and did not: it failed, or had no ground.",
            registry=own,
        )
        self.refused = Counter(
            "newsroom_requests_refused",
            "Requests that were turned away, by HTTP status.",
            ["status"],
            registry=own,
        )
        articles = Gauge("newsroom_articles", "Articles stored.", registry=own)
        articles.set_function(lambda: _stored(assistant))
        assistant.measured = self.measured

    def measured(self, snapshots: Iterator[Answer]) -> Snapshots:
        """The same snapshots, counted."""
        self.questions.inc()
        status = "given_up"
        with self.now.track_inprogress(), closing(cast(Snapshots, snapshots)) as growing:
            try:
                for answer in growing:
                    if answer.finished:
                        status = answer.status if answer.seconds else "small_talk"
                        self._note(answer)
                    yield answer
            except Exception as error:
                status = "failed"
                self.failures.labels(type(error).__name__).inc()
                self.altered.inc(isinstance(error, AlteredQuote))
                raise
            finally:
                self.answers.labels(status).inc()

    def _note(self, answer: Answer) -> None:
        self.rejected.inc(len(answer.rejected))
        self.without_model.inc(bool(answer.notice))
        for step, taken in answer.seconds.items():
            self.seconds.labels(step).observe(taken)

    def turned_away(self, status: int) -> None:
        """Count a request that ends with this status, if it is one of refusal."""
        if status in REFUSED:
            self.refused.labels(str(status)).inc()

    @property
    def in_hand(self) -> int:
        """How many answers are being made."""
        return int(self.registry.get_sample_value("newsroom_answers_now") or 0)

    def text(self) -> bytes:
        """All numbers, as Prometheus reads them."""
        return generate_latest(self.registry)


def _stored(assistant: Assistant) -> float:
    try:
        return assistant.store.size()
    except NoIndex:
        return 0
    except AssistantError:
        return math.nan


class Refusals:
    """Counts the requests that were turned away."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.metrics.turned_away(message["status"])
            await send(message)

        await self.app(scope, receive, counted)
