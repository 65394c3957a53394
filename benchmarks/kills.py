"""What a kill costs: an ingest is ended with SIGKILL again and again, and nothing may be lost.

    python -m benchmarks.kills [--times 40] [--articles 300] [--seed 1]

Each time a process adds articles, and tells of each outcome once `add` has yielded it; at a random
moment it is killed. When all articles are in, the next edition of them begins, so that articles are
updated too. In the end the last edition is added without a kill, and the store must hold what an
uninterrupted one holds. Exits with 1 when anything is amiss.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from rich.progress import track

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.records import Answer, Article, Filters
from assistant.settings import Settings
from assistant.sources.build_article import article
from assistant.store import maintenance
from assistant.store.chroma import Lock
from assistant.text.passages import split, to_embed
from tests.conftest import HashingEmbeddings

PLACES = ("Ulverby", "Marrow Quay", "Tessaly", "Old Fenwick", "Sandhythe", "Corran", "Brisle")
THINGS = ("mole", "ferry", "library", "tram line", "fish market", "lighthouse", "town hall")
DEEDS = ("was painted", "was closed", "was sold", "will be rebuilt", "was measured", "was lit")


def edition(number: int, count: int) -> list[Article]:
    """The articles as their outlet prints them in this edition: the same ids, other words."""
    return [_article(number, n) for n in range(count)]


def _article(number: int, n: int) -> Article:
    luck = random.Random(f"{number} {n}")
    said = [
        f"The {luck.choice(THINGS)} of {luck.choice(PLACES)} {luck.choice(DEEDS)} by "
        f"{luck.randint(3, 90)} people on day {luck.randint(1, 300)} of the year."
        for _ in range(luck.randint(3, 24))
    ]
    first = f"Keeper Nora Vance counted {mark(number, n)} lanterns in house {n}."
    return article(
        id=f"house-{n}",
        title=f"Lanterns of house {n}",
        text=" ".join([first, *said]),
        publisher="Corran Lantern",
        published="2022-03-08",
    )


def mark(number: int, n: int) -> int:
    """A figure that only this edition of this article prints."""
    return 100_000 * (number + 1) + n


def opened(folder: Path) -> Assistant:
    """An assistant whose embedding is quick and needs no model."""
    made = Assistant(Settings(store=folder))
    made.embedder = Embedder(made.settings, HashingEmbeddings(64))
    return made


def ingest(folder: Path, number: int, count: int, told: Connection) -> None:
    """Add an edition, and tell each outcome's id once it is certain; an empty one at the end.

    Then wait to be killed: whether it ends before must not depend on who is faster.
    """
    assistant = opened(folder)
    for outcome in assistant.adding(edition(number, count)):
        told.send(outcome.id)
    assistant.close()
    told.send("")
    signal.pause()


@dataclass
class Harness:
    """Kills ingests of one store, and remembers what each of them acknowledged."""

    folder: Path
    count: int
    luck: random.Random
    number: int = 0  # of the edition that is being added
    kills: int = 0
    held: dict[str, int] = field(default_factory=dict)  # the edition acknowledged of each article

    def kill_once(self) -> list[str]:
        """Start an ingest, kill it at a random moment; what is amiss then, a line each."""
        # Soon after the start, within a group, or between groups, where Chroma is told.
        after = self.luck.randint(0, min(90, self.count * 3 // 4))
        delay = self.luck.random() * 0.05
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["chromadb", "assistant.ask", "tests.conftest"])
        ours, theirs = context.Pipe(duplex=False)
        given = (self.folder, self.number, self.count, theirs)
        process = context.Process(target=ingest, args=given)
        process.start()
        theirs.close()
        heard = self._hear(ours, after)
        time.sleep(delay)
        process.kill()
        heard += self._hear(ours, sys.maxsize)  # what it told before it died
        process.join()
        self.kills += 1
        self.held.update(dict.fromkeys(filter(None, heard), self.number))
        amiss = [] if process.exitcode == -signal.SIGKILL else [f"exit {process.exitcode}"]
        self.number += "" in heard
        return [*amiss, *self._halves()]

    def _hear(self, told: Connection, most: int) -> list[str]:
        """What the ingest tells, until it has told of `most` articles that are new."""
        heard: list[str] = []
        try:
            while most > 0 and "" not in heard:
                heard.append(told.recv())
                most -= self.held.get(heard[-1]) != self.number
        except EOFError:
            pass
        return heard

    def _halves(self) -> Iterator[str]:
        """What acknowledged articles lack, by SQL alone, so that the store is found as it was."""
        path = self.folder / "articles.sqlite"
        if not path.exists():
            return
        with closing(sqlite3.connect(path)) as connection:
            try:
                texts = dict(connection.execute("SELECT id, text FROM articles"))
            except sqlite3.OperationalError:  # killed before the tables were made
                texts = {}
        for id, number in self.held.items():
            n = int(id.removeprefix("house-"))
            allowed = {_article(each, n).text for each in {number, self.number}}
            if texts.get(id) not in allowed:
                yield f"kill {self.kills}: {id} was acknowledged and is not stored as it was"

    def finish(self) -> list[str]:
        """Add the last edition whole, and compare with a store that was never interrupted."""
        assistant, other = opened(self.folder), opened(self.folder.with_name("uninterrupted"))
        last = edition(self.number, self.count)
        for each in (assistant, other):
            each.add(last)
        amiss = [*maintenance.verify(assistant.store), *self._lost(assistant, last)]
        # Chroma's search is approximate, and its graph depends on the order of what came.
        locks = [Lock(each.store.folder) for each in (assistant, other)]
        for each, lock in zip((assistant, other), locks, strict=True):
            each.store.near.release()
            assert lock.acquire()
        for n in range(0, self.count, max(self.count // 4, 1)):
            question = f"How many lanterns did Nora Vance count in house {n}?"
            one, two = (_said(each.answer(question)) for each in (assistant, other))
            if one != two:
                amiss.append(f"“{question}” is answered by {one}, uninterrupted by {two}")
        for each, lock in zip((assistant, other), locks, strict=True):
            lock.release()
            each.close()
        return amiss

    def _lost(self, assistant: Assistant, last: list[Article]) -> Iterator[str]:
        """Articles that are not whole, or not found by their words or by their meaning."""
        store, budget = assistant.store, assistant.settings.passage_tokens
        if {source.id for source in store.sources()} != {one.source.id for one in last}:
            yield "the articles stored are not those that were added"
        for n, one in enumerate(last):
            if store.article(one.source.id).text != one.text:
                yield f"{one.source.id} is not whole"
            printed = str(mark(self.number, n))
            passage = split(one, budget=budget)[-1]
            vector = assistant.embedder.embed([to_embed(passage)])[0]
            ways = {
                "words": store.by_words(printed, 3, Filters(), title=1.0),
                "meaning": store.by_meaning(vector, 3, Filters()),
            }
            for way, near in ways.items():
                found = store.passages([key for key, _ in near]).values()
                if not any(hit.source.id == one.source.id for hit in found):
                    yield f"{one.source.id} is not found by its {way}"


def _said(answer: Answer) -> set[tuple[str, str]]:
    return {(quote.source.id, quote.text) for quote in answer.quotes}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        harness = Harness(Path(folder) / "store", given.articles, random.Random(given.seed))
        amiss: list[str] = []
        for _ in track(range(given.times), "Killing"):
            amiss += harness.kill_once()
        acknowledged = len(harness.held)
        amiss += harness.finish()
    print("\n".join(amiss) or "Nothing was lost.")  # noqa: T201  # a command's output
    print(f"{harness.kills} kills, {acknowledged} articles acknowledged, edition {harness.number}")  # noqa: T201
    raise SystemExit(bool(amiss))


if __name__ == "__main__":
    main()
