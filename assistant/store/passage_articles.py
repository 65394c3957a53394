"""Which article a passage is of, without its text."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from assistant.store.tables import articles, passages, reading


def article_ids(engine: sa.Engine, keys: Sequence[int]) -> list[str]:
    """The ids of the articles that the passages with these keys are of, in order, each once."""
    query = (
        sa.select(passages.c.key, articles.c.id)
        .join(articles, articles.c.key == passages.c.article)
        .where(passages.c.key.in_(list(keys)))
    )
    with reading(engine) as connection:
        held = {row.key: row.id for row in connection.execute(query)}
    return list(dict.fromkeys(held[key] for key in keys if key in held))
