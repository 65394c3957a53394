"""From a question to hits: fetch by meaning and by words, then fuse the two rankings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from assistant.embedding.embedder import Embedder
from assistant.questions.request_words import PUT
from assistant.records import Filters, Hit
from assistant.retrieval.deduplicate import allowed, one_a_story
from assistant.store.chroma import Near
from assistant.store.store import Store
from assistant.text import terms

# These five were chosen together on the 149 questions of June to September 2022 in news2022 that
# name their article (docs/quality.md): hit@4 .70 without NEW, .83 with it; the better of the two
# searches alone had .66.
FETCH = 100  # passages asked of each way of searching
TITLE = 2.0  # how much a word in the title counts against one in the passage, for BM25
MEANING = 0.4  # what nearness in meaning counts; words count the rest
NEW = 0.5  # what being new counts when the question asks for what is new
# What having been cited just before counts, in a follow-up. On tests/data/conversations.jsonl 0 to
# 0.4 gave the same places: it settles ties, and is too small to keep a better article out.
CITED = 0.1
DAYS = 10  # how long an article is new
_COMPOUND = re.compile(r"\w+(?:[-‐‑/.]\w+)+")
_NEW = re.compile(
    r"\b(?:this (?:week|month|weekend)|recent(?:ly)?|new(?:est|ly)?|latest|now|current(?:ly)?|today"
    r"|yesterday|soon|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)


def search(
    store: Store,
    embedder: Embedder,
    question: str,
    *,
    filters: Filters,
    limit: int,
    today: datetime | None = None,
    cited: Collection[str] = (),
) -> list[Hit]:
    """The passages most likely to answer, best first, at most `limit`.

    Of a story that several outlets print only one text is found. A question that asks for what is
    new ("this week") prefers articles of the days before `today`; `cited` are the ids of articles
    that were cited just before, which weigh a little more.
    """
    rankings = {
        "words": store.by_words(expression(question), FETCH, filters, title=TITLE),
        "meaning": store.by_meaning(embedder.embed_question(question), FETCH, filters),
    }
    ranks: dict[int, dict[str, int]] = defaultdict(dict)
    scores: dict[int, float] = defaultdict(float)
    for way, weight in (("words", 1 - MEANING), ("meaning", MEANING)):
        for rank, (key, share) in enumerate(_shares(rankings[way]), 1):
            ranks[key][way] = rank
            scores[key] += weight * share
    passages = store.passages(scores)
    if today is not None and asks_for_news(question):
        for key, passage in passages.items():
            scores[key] += NEW * is_new(passage.source.published, today)
    for key, passage in passages.items():
        scores[key] += CITED * (passage.source.id in cited)
    best = sorted(passages, key=lambda key: (-scores[key], key))
    hits = [Hit(passages[key], scores[key], ranks[key]) for key in best]
    hits = hits[: 3 * limit]  # enough to fill the slots that copies leave
    families = store.families({hit.passage.source.id for hit in hits})
    return one_a_story(hits, allowed(families, filters))[:limit]


def _shares(found: Near) -> list[tuple[int, float]]:
    """Scores between the list's last (0) and first (1): two searches do not share a scale."""
    if not found:
        return []
    first, last = found[0][1], found[-1][1]
    return [(key, (score - last) / (first - last) if first > last else 1.0) for key, score in found]


def asks_for_news(question: str) -> re.Match[str] | None:
    """The words by which a question asks for what is new."""
    return _NEW.search(question)


def is_new(published: datetime | None, today: datetime) -> bool:
    """Whether an article is of the `DAYS` days before `today`."""
    # A day of grace: an article's zone may be ahead of the question's.
    age = today - published if published else None
    return age is not None and timedelta(days=-1) <= age <= timedelta(days=DAYS)


def expression(question: str) -> str:
    """The question as an FTS5 expression: any of its words; a compound ("no-fly") as a phrase.

    Each word is quoted: nothing in a question is an operator.
    """
    compounds = [" ".join(terms.words(match)) for match in _COMPOUND.findall(question)]
    found = terms.words(question)
    chosen = [word for word in found if word.casefold() not in terms.STOP] or found
    chosen = [word for word in chosen if terms.stem(word) not in PUT] or chosen
    wanted = dict.fromkeys([*chosen, *compounds])
    return " OR ".join(f'"{word}"' for word in wanted) or '""'
