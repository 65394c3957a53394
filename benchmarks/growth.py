"""Whether adding stays as fast, and within its memory, as the store grows.

    python -m benchmarks.growth [--articles 10000] [--words 60] [--model]

Articles of random words come as an endless stream would; the embedding costs next to nothing, so
what is timed is all the rest: splitting, SQLite, the word index, near copies and Chroma. With
--model the first and the last thousand are embedded as they would be.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.records import Article
from assistant.settings import Settings
from assistant.sources.build_article import article

EACH = 1_000


class Random(Embeddings):
    """Vectors that mean nothing, but for as long as there is a model."""

    def __init__(self) -> None:
        self._numbers = np.random.default_rng(1)
        self.model: Embeddings | None = None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if self.model is not None:
            return self.model.embed_documents(texts)
        vectors: list[list[float]] = self._numbers.standard_normal((len(texts), 384)).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--model", action="store_true", help="embed both ends for real")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(store=Path(folder))
        assistant = Assistant(settings)
        vectors = Random()
        model = Embedder(settings).model if given.model else None
        assistant.embedder = Embedder(settings, vectors)
        articles = stream(given.articles, given.words)
        vectors.model = model
        began = time.perf_counter()
        for count, _ in enumerate(assistant.adding(articles), 1):
            if count % EACH == 0:
                ends = count >= given.articles - EACH
                vectors.model = model if ends else None
                now = time.perf_counter()
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                told = (
                    f"{count:,} articles: {EACH / (now - began):.1f} a second, peak {memory:,} MB"
                )
                print(told, flush=True)  # noqa: T201  # a command's output
                began = now
        assistant.close()


def stream(count: int, words: int) -> Iterator[Article]:
    luck = random.Random(1)
    known = [
        f"{a}{b}{c}{d}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst" for d in "aeio"
    ]
    for n in range(count):
        text = " ".join(luck.choices(known, k=words)).capitalize() + "."
        yield article(title=f"Report {n}", text=text, id=f"report {n}")


if __name__ == "__main__":
    main()
