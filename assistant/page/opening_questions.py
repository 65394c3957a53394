"""From a collection to what an empty page shows: how much there is, and questions to begin with."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Sequence

from assistant.ask import Assistant
from assistant.errors import AssistantError
from assistant.records import Article, Source, show_day
from assistant.text.attribution.attributions import attributions

NEWEST = 60  # articles whose speakers are looked at
MOST = 6


def summary(sources: Sequence[Source]) -> str:
    """How many articles, of how many outlets and which days; "" without articles."""
    if not sources:
        return ""
    outlets = len({one.publisher for one in sources if one.publisher})
    days = sorted(one.published for one in sources if one.published)
    told = [f"{len(sources):,} article{'s' * (len(sources) > 1)}"]
    if outlets:
        told.append(f"{outlets:,} outlet{'s' * (outlets > 1)}")
    if days:
        first, last = show_day(days[0]), show_day(days[-1])
        told.append(first if first == last else f"{first} to {last}")
    return " · ".join(told)


def opening_questions(assistant: Assistant) -> list[str]:
    """At most `MOST` questions, each after another form of answer, that the newest articles
    suggest; none when there is nothing to ask."""
    try:
        sources = assistant.sources()
        dated = [(one.published, one.id, one) for one in sources if one.published]
        newest = [one for *_, one in heapq.nlargest(NEWEST, dated)]
        texts = assistant.store.texts([one.id for one in newest])
    except AssistantError:
        return []
    quoted = speakers([texts[one.id] for one in newest if one.id in texts])
    found = []
    for name, said in quoted[:1]:
        found.append(f"What did {name} say?")
        found.append(f"How many articles mention {name}?")
        if len(said) > 1:
            found.append(f"Compare what {said[0]} and {said[1]} print about {name}")
    found += [f"Who is {name}?" for name, _ in quoted[1:2]]
    for source in newest[:1]:
        found.append(f"Summarise “{source.title}”")
    for source in newest[1:2]:
        found.append(f"Timeline: {source.title}")
    if sources:
        found.append("Which outlets are there, and from when to when?")
    return found[:MOST]


def speakers(articles: Sequence[Article]) -> list[tuple[str, list[str]]]:
    """Who speaks under a full name, the one in most articles first; and the outlets that quote."""
    often: Counter[str] = Counter()
    outlets: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        told = attributions(article.text).all
        for name in dict.fromkeys(one.speaker.name for one in told if one.speaker):
            if " " in name and name[0].isupper() and name.istitle():
                often[name] += 1
                outlet = article.source.publisher
                if outlet and outlet not in outlets[name]:
                    outlets[name].append(outlet)
    return [(name, outlets[name]) for name, _ in often.most_common()]
