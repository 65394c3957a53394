"""Invented articles from a seed: words for pages in any layout, and what stands around them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

_FIRST = "Ilse Bram Fenna Joris Marga Tove Anselm Petra Niels Odile Ruben Karin Sanne Ivo".split()
_LAST = "Tamm Oster Brisco Lindholt Verhage Rook Embry Aldous Pellow Dornek Harbo Omby".split()
_TOWNS = "Porthwick Dunmere Ashby Tarrow Lunmark Gullsand Brenaz Oakmouth Felling Marrow".split()
_THINGS = (
    "harbour levy|night train|town library|fish market|paper mill|river lock|swimming hall"
    "|tram line|grain silo|weather station|school kitchen|ferry pier|old theatre|water tower"
    "|bus depot"
).split("|")
_DEEDS = (
    "will close for repairs until the end of {month}|is to reopen in {month} after {n} months"
    "|has cost {n},{m}00 crowns more than was planned|was sold to a cooperative of {n} families"
    "|lost its roof in the storm of {month}|had {n} visitors a day last year"
    "|stands empty since the fire in {month}|gets {n} new lamps and a second door"
).split("|")
_MONTHS = "January February March April May June July August September October".split()
_SAID = (
    "We counted every stone and found {n} that were cracked|Nobody asked the people who live here"
    "|It will be ready before the first snow, or I shall eat my hat"
    "|The {thing} belongs to the whole town and not to one office"
    "|We have waited {n} years and can wait one more winter"
).split("|")
_ROLES = "the mayor|the engineer|head of the works council|a baker|the harbour master".split("|")
_WHERE = "on the north bank|behind the station|beside the old quay|at the edge of the moor".split(
    "|"
)
_MORE = (
    "Work began in {month} and stopped when the water rose|Buses go round by {town} meanwhile"
    "|The state pays {n} per cent of it and the county the rest"
    "|A first plan was voted down by {n} votes to {m}|The inspectors come again in {month}"
    "|Shops nearby say that they sell less since then"
).split("|")


@dataclass(frozen=True)
class Story:
    """An invented article: what a reader of the page should be left with."""

    title: str
    author: str
    published: datetime
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    items: tuple[str, ...] = ()
    around: tuple[str, ...] = field(default=())  # sentences of other articles, for boxes and lists


class Maker:
    """Makes sentences, names and articles, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, *choices: str) -> str:
        """One of several."""
        return self.random.choice(choices)

    def name(self) -> str:
        """A person's name."""
        return f"{self.pick(*_FIRST)} {self.pick(*_LAST)}"

    def fill(self, words: str) -> str:
        """The words with months, towns, things and numbers in them."""
        return words.format(
            month=self.pick(*_MONTHS),
            town=self.pick(*_TOWNS),
            thing=self.pick(*_THINGS),
            n=self.random.randrange(3, 98),
            m=self.random.randrange(1, 9),
        )

    def sentence(self) -> str:
        """A sentence as news has them."""
        kind = self.random.randrange(3)
        if kind == 0:
            subject = f"The {self.pick(*_THINGS)} of {self.pick(*_TOWNS)}"
            return f"{subject} {self.fill(self.pick(*_DEEDS))}, {self.pick(*_WHERE)}."
        if kind == 1:
            said = self.fill(self.pick(*_SAID))
            return f"“{said},” said {self.name()}, {self.pick(*_ROLES)}."
        return self.fill(self.pick(*_MORE)) + "."

    def paragraph(self) -> str:
        """One to three sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randrange(1, 4)))

    def title(self) -> str:
        """A headline."""
        does = self.pick("argues", "votes", "waits")
        return f"{self.pick(*_TOWNS)} {does} over its {self.pick(*_THINGS)}"

    def story(self) -> Story:
        """An article with a table, a list and the sentences of others beside it."""
        day = datetime(2026, 1, 5, 7, 30, tzinfo=UTC) + timedelta(
            days=self.random.randrange(300), minutes=self.random.randrange(600)
        )
        rows = [("District", "Votes", "Share")]
        for town in self.random.sample(_TOWNS, 4):
            n = self.random.randrange(200, 4_000)
            rows.append((town, str(n), f"{n / 50:.1f}"))
        return Story(
            title=self.title(),
            author=self.name(),
            published=day,
            paragraphs=tuple(self.paragraph() for _ in range(self.random.randrange(5, 13))),
            rows=tuple(rows),
            items=tuple(self.fill(self.pick(*_MORE)) for _ in range(4)),
            around=tuple(self.sentence() for _ in range(12)),
        )
