"""The nouns every room shares. Knows nothing else of ours."""

from assistant.records.answers import (
    Answer,
    Difference,
    Form,
    Gloss,
    Quote,
    Rejected,
    Respelt,
    Section,
    Status,
    Turn,
)
from assistant.records.articles import (
    Article,
    Filters,
    Hit,
    Origin,
    Outcome,
    Passage,
    Sentence,
    Source,
    show_date,
    show_day,
)

__all__ = [
    "Answer",
    "Article",
    "Difference",
    "Filters",
    "Form",
    "Gloss",
    "Hit",
    "Origin",
    "Outcome",
    "Passage",
    "Quote",
    "Rejected",
    "Respelt",
    "Section",
    "Sentence",
    "Source",
    "Status",
    "Turn",
    "show_date",
    "show_day",
]
