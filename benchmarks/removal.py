"""How long it takes to remove one article from a large store.

    python -m benchmarks.removal [--passages 50000] [--times 50]

The store is made straight in SQL, with random words and random vectors.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

import numpy as np
from rich.progress import track

from assistant.records import Article
from assistant.sources.build_article import article
from assistant.store import maintenance, writes
from assistant.store.chroma import Lock
from assistant.store.store import Store
from assistant.store.tables import writing
from assistant.text.passages import split

EACH = 7  # passages in an article, about
BATCH = 200  # articles in one transaction


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), create=True)
        fill(store, given.passages)
        held = maintenance.stats(store)
        taken = [1e3 * seconds for seconds in removals(store, given.times)]
        print(f"{held['articles']:,} articles, {held['passages']:,} passages")  # noqa: T201
        print(f"removal: median {np.median(taken):.1f} ms, worst {max(taken):.1f} ms", flush=True)  # noqa: T201
        # Filling Chroma with so much takes minutes, and is not what is measured.
        lock = Lock(store.folder)
        assert lock.acquire()
        began = time.perf_counter()
        amiss = maintenance.verify(store)
        store.close()
    print(f"verify without Chroma: {time.perf_counter() - began:.0f} s, {amiss or 'whole'}")  # noqa: T201


def fill(store: Store, count: int) -> None:
    """Store articles with `count` passages in all."""
    luck, numbers = random.Random(1), np.random.default_rng(1)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]
    many = [a + b for a in words for b in words[::7]]
    for at in track(range(0, count // EACH, BATCH), "Filling"):
        with writing(store.engine) as connection:
            for n in range(at, min(at + BATCH, count // EACH)):
                one = _article(n, luck, many)
                parts = split(one, budget=80)
                vectors = numbers.normal(size=(len(parts), 384)).astype(np.float32)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                writes.put(connection, one, parts, vectors)


def _article(n: int, luck: random.Random, words: list[str]) -> Article:
    said = [" ".join(luck.choices(words, k=12)).capitalize() + "." for _ in range(8)]
    return article(id=f"article {n}", title=f"Report {n}", text=" ".join(said))


def removals(store: Store, times: int) -> list[float]:
    """The seconds that each of `times` removals takes."""
    ids = [source.id for source in store.sources()]
    taken = []
    for id in random.Random(2).sample(ids, times):
        began = time.perf_counter()
        store.remove(id)
        taken.append(time.perf_counter() - began)
    return taken


if __name__ == "__main__":
    main()
