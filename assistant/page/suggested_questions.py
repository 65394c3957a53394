"""From an answer to further questions, each of which the articles do answer: it was asked first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from assistant.ask import Assistant
from assistant.evidence.finding import find, retrieve
from assistant.records import Answer, Filters
from assistant.text.attribution.attributions import attributions

MOST = 3
TRIED = 6  # questions asked to find them: each takes as long as an answer
_ABOUT = re.compile(r"\b(?:say|said|think|thought) about (?P<topic>[^?]+)\?*$", re.IGNORECASE)


def suggestions(assistant: Assistant, answer: Answer) -> list[str]:
    """What others in the same articles said, as questions; at most `MOST`."""
    shown = {(quote.source.id, quote.start) for quote in answer.quotes}
    found: list[str] = []
    for question in islice(_candidates(assistant, answer), TRIED):
        quotes = _quotes(assistant, question)
        if quotes and quotes[0] not in shown:
            found.append(question)
            shown.update(quotes)
        if len(found) == MOST:
            break
    return found


def _candidates(assistant: Assistant, answer: Answer) -> Iterator[str]:
    """Questions after the other speakers of the articles that were quoted or found."""
    known = {quote.speaker for quote in answer.quotes}
    about = _ABOUT.search(answer.question)
    topic = f" about {about['topic'].strip()}" if about else ""
    found = [quote.source.id for quote in answer.quotes]
    found += [hit.passage.source.id for hit in answer.hits]
    ids = list(dict.fromkeys(found))
    texts = assistant.store.texts(ids)
    for id in (id for id in ids if id in texts):
        for one in attributions(texts[id].text).all:
            name = one.speaker.name if one.speaker else ""
            if " " in name and name not in known and name[0].isupper():
                known.add(name)
                yield f"What did {name} say{topic}?"


def _quotes(assistant: Assistant, question: str) -> list[tuple[str, int]]:
    """Where the sentences that answer stand: chosen without a chat model, which costs time."""
    now, store, every = datetime.now(UTC), assistant.store, Filters()
    retrieved = retrieve(store, assistant.embedder, question, filters=every, today=now)
    found = find(retrieved, store=store, ranker=assistant.ranker, filters=every, today=now, limit=2)
    return [(quote.source.id, quote.start) for quote in found.quotes]
