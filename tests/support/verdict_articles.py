"""Two articles of our own, whose words requests have right and wrong."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.records import Article, Source
from assistant.settings import Settings
from tests.support.hashing import HashingEmbeddings

MILL = (
    "The mill at Tarn stood still for six weeks this spring. “A wheel without water is a table,” "
    "said Nell Osk, the miller.\n\n“We waited six weeks for two planks,” Osk said. “I sold bread "
    "from another town.”\n\nBram Lund, who owns the pond, was of another mind. “I will not pay for "
    "a wheel that turns,” Lund said. “The sluice is rotten,” Lund said, “and everybody knows it.” "
    "The council voted by nine votes to four to pay for the planks. The repair cost 8,200 crowns "
    "and was finished on 2 May."
)
LAMPS = (
    "The lamps on the quay at Sund are dark again. “The lamps were paid for twice,” the "
    "electrician said. Ivo Prack put them up in 2021. Fourteen of the 30 lamps are out, the town "
    "said on Monday. They will be lit again on 20 June. The mayor, Asta Holm, did not resign."
)


def article(id: str, title: str, outlet: str, day: int, text: str) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    moment = datetime(2023, 5, day, tzinfo=UTC)
    return Article(Source(id, title, publisher=outlet, published=moment, sha256=digest), text)


ARTICLES = [
    article("mill", "Mill at Tarn turns again", "Tarn Courier", 4, MILL),
    article("lamps", "Quay at Sund is dark", "Sund Post", 9, LAMPS),
]


def desk_of(folder: Path) -> Assistant:
    """An assistant that knows these articles alone."""
    settings = Settings(store=folder)
    assistant = Assistant(settings)
    assistant.embedder = Embedder(settings, HashingEmbeddings())
    assistant.add(ARTICLES)
    return assistant
