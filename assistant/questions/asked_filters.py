"""From a request to the filters that its words ask for: days, outlets, authors, headlines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.questions import asked_days, asked_sources, asked_tags
from assistant.questions.asked_tags import NO_TAG, Tagged
from assistant.questions.frame_words import asks_topic
from assistant.records import Filters
from assistant.store.store import Store
from assistant.wording import say

AGAIN = "Nothing there answers: searched again in all articles"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a request filters; `steps` say so.

    `tries` are the filters to search with, in turn, until something answers: the last is without
    the outlets, authors and headlines, which are called `source`. `words` name the outlets and
    authors, which the articles do not hold; `whole`: nothing else is asked for.
    """

    tries: tuple[Filters, ...]
    steps: tuple[str, ...] = ()
    source: str = ""
    words: tuple[str, ...] = ()
    whole: bool = False
    tagged: Tagged = NO_TAG

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that the request names as its source."""
        return self.tries[0].publishers if self.source else ()

    def bare(self, request: str, filters: Filters | None = None) -> str:
        """The request as these are searched: in its source without the outlets and authors.

        The words that ask for a tag are in no article.
        """
        request = self.tagged.without(request) or request
        first = filters is None or self._is_first(filters)
        return asked_sources.without(request, self.words) if first else request

    def named(self, request: str, filters: Filters) -> dict[str, Any]:
        """What a search with these is told, where the request names a source."""
        named = self.source and self._is_first(filters)
        return {"named": request, "whole": self.whole} if named else {}

    def _is_first(self, filters: Filters) -> bool:
        return filters == self.tries[0]

    def steps_after(self, filters: Filters) -> tuple[str, ...]:
        """What the steps say when these, one of `tries`, have found nothing."""
        return () if filters == self.tries[-1] else (AGAIN,)

    def missing(self, filters: Filters) -> tuple[str, ...]:
        """What is missing in an answer that these have found, one of `tries`."""
        return () if self._is_first(filters) else (say("other_sources", source=self.source),)


def narrowed(
    request: str, given: Filters, store: Store, now: datetime, *, any_time: bool
) -> Narrowed:
    """The filters given and those of the request's words, unless `any_time`.

    Raises `BadSetting` for a tag that no article has.
    """
    asked_tags.checked(given, store)
    if any_time:
        return Narrowed((given,))
    tagged = asked_tags.understand(request, store.tags.all())
    if not tagged.tags:
        return _narrowed(request, given, store, now)
    both = tuple(one for one in tagged.tags if one.casefold() in map(str.casefold, given.tags))
    bare = tagged.without(request)
    found = _narrowed(bare, replace(given, tags=both or given.tags or tagged.tags), store, now)
    step = f"Only {tagged.called}, for the words {', '.join(f'“{one}”' for one in tagged.words)}"
    if not asks_topic(bare) and not found.source:  # all of them are asked for
        found = replace(found, source=tagged.called, whole=True)
    return replace(found, steps=(step, *found.steps), tagged=tagged)


def _narrowed(request: str, given: Filters, store: Store, now: datetime) -> Narrowed:
    times = asked_days.understand(request, now, earliest=store.earliest())
    dated = asked_days.narrow(given, times)
    named = asked_sources.understand(request, store, now)
    # Of articles that are named the day is that of their print, by their own clock.
    base = given if named.articles else dated
    only = asked_sources.narrow(base, named)
    days = tuple(asked_days.steps(times))
    if only == base or not store.allowed(only):
        return Narrowed((dated,), days)
    steps = () if named.articles else days
    rest = asked_sources.without(request, (*named.words, *filter(None, [named.headline])))
    return Narrowed(
        (only, dated),
        (*steps, *asked_sources.steps(named)),
        asked_sources.called(named),
        named.words,
        whole=rest == request or not asks_topic(rest),
    )
