"""From quotes to quotes that tell who said them, and which days their words of time mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.records import Article, Quote
from assistant.text.attribution.attributions import attributions
from assistant.text.dates.resolve import glosses_of


def attribute(quotes: Sequence[Quote], articles: Mapping[str, Article]) -> tuple[Quote, ...]:
    """The quotes with speaker, role and glosses, where their article clearly tells."""
    known = {id: attributions(articles[id].text) for id in {quote.source.id for quote in quotes}}
    attributed = []
    for quote in quotes:
        who = known[quote.source.id].speaker_of(quote.start, quote.end)
        name, role = (who.name, who.role) if who else (None, None)
        glosses = glosses_of(quote.text, quote.source)
        attributed.append(replace(quote, speaker=name, role=role, glosses=glosses))
    return tuple(attributed)
