"""What is known of pages that were fetched: what tells next time whether they have changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

import sqlalchemy as sa

from assistant.sources.stored import Visit
from assistant.store.tables import fetched, reading, writing


class PageVisits:
    """The visits, in the store's database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def get(self, address: str) -> Visit | None:
        """The last visit to this address, None when there was none."""
        query = sa.select(fetched).where(fetched.c.address == address)
        with reading(self.engine) as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else Visit(**row)

    def note(self, visit: Visit) -> None:
        """Remember a visit, now, in place of the one before it."""
        values = {**asdict(visit), "at": datetime.now(UTC).isoformat(timespec="seconds")}
        with writing(self.engine) as connection:
            connection.execute(sa.delete(fetched).where(fetched.c.address == visit.address))
            connection.execute(sa.insert(fetched).values(values))
