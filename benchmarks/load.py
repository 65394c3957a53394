"""Many readers at one server, while articles are added: how fast it answers, and what limits it.

    python -m benchmarks.load [--readers 50] [--seconds 120] [--think 10] [--articles 5000]

Starts `python -m assistant.serve` on a free port of this machine with a store of its own, lets
readers ask different questions, each after a pause, and checks every quotation against its article
as the API gives it. Then four readers ask without a pause: the most that the server can answer.
Exits with 1 when a request failed, or a quotation was not what its article prints. A reader who is
told to come back later (429, 503 with Retry-After) does; that is counted, and is no failure.
"""

# locust puts gevent in the place of threads and sockets: before anything else is imported.
from locust import FastHttpUser, constant, task  # isort: skip
from locust.env import Environment  # isort: skip

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

import gevent

PLACES = ("Ulverby", "Marrow Quay", "Tessaly", "Old Fenwick", "Sandhythe", "Corran", "Brisle")
THINGS = ("mole", "ferry", "library", "tram line", "fish market", "lighthouse", "town hall")
DEEDS = ("repainted", "closed", "sold", "rebuilt", "measured", "lit")
ASKED = (
    "How much did it cost to have the {thing} of {place} {deed} in house {n}?",
    "Who said that the {thing} of {place} was {deed} in house {n}?",
    "When was the {thing} of {place} {deed} in house {n}?",
)
BEGINNING = 600.0  # seconds that a server has to load its models and answer
MOST_SECONDS = 30  # of asking without a pause


def facts(n: int) -> dict[str, Any]:
    """What the n-th article tells."""
    luck = random.Random(n)
    return {
        "n": n,
        "place": luck.choice(PLACES),
        "thing": luck.choice(THINGS),
        "deed": luck.choice(DEEDS),
        "cost": luck.randint(100, 90_000),
        "day": luck.randint(1, 28),
    }


def line(n: int) -> str:
    """The n-th article as a line of JSON."""
    told = facts(n)
    text = (
        "The {thing} of {place} was {deed} on {day} March, keeper Nora Vance of house {n} said. "
        "It cost {cost:,} crowns, more than the council of {place} had planned for house {n}. "
        "“Nobody was asked about the {thing},” Vance told reporters."
    ).format(**told)
    title = "{place}: the {thing} is {deed}, house {n}".format(**told)
    published = f"2022-03-{told['day']:02}"
    return json.dumps(
        {"id": f"house/{n}", "title": title, "text": text, "publisher": "Harbour Wire",
         "published": published}
    )  # fmt: skip


class Seen:
    """What came of it all."""

    def __init__(self, articles: int) -> None:
        self.articles = articles
        self.questions = itertools.count()
        self.texts: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.steps: Counter[str] = Counter()

    def question(self) -> str:
        number = next(self.questions)
        told = facts(random.Random(number).randrange(self.articles))
        return ASKED[number % len(ASKED)].format(**told)


class Reader(FastHttpUser):
    """Asks, checks the quotations, thinks, asks again."""

    abstract = True
    seen: Seen

    @task
    def ask(self) -> None:
        body = {"question": self.seen.question()}
        with self.client.post("/api/answer", json=body, catch_response=True) as got:
            if got.status_code in (429, 503) and "retry-after" in got.headers:
                self.seen.counts["asked to come back"] += 1
                got.success()
                pause = float(got.headers["retry-after"])
            elif got.status_code != 200:
                self.seen.counts["failed"] += 1
                got.failure(f"{got.status_code} {got.text[:200]}")
                return
            else:
                answer = json.loads(got.text)
                pause = 0.0
        if pause:
            gevent.sleep(pause)
            return
        self.seen.counts[answer["status"]] += 1
        self.seen.steps.update(answer["seconds"])
        for quoted in (*answer["quotes"], *answer["nearest"]):
            self._check(quoted)

    def _check(self, quoted: dict[str, Any]) -> None:
        id = quoted["article_id"]
        if id not in self.seen.texts:
            address = f"/api/articles/{percent(id, safe='')}"
            got = self.client.get(address, name="/api/articles/ID")
            self.seen.texts[id] = json.loads(got.text)["text"]
        exact = self.seen.texts[id][quoted["start"] : quoted["end"]] == quoted["text"]
        self.seen.counts["quotations exact" if exact else "quotations ALTERED"] += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--think", type=float, default=10.0, help="seconds between two questions")
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--add", type=int, default=500, help="articles added meanwhile")
    parser.add_argument("--store", type=Path, help="keep the store here, to be used again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or Path(folder) / "store"
        here = {**os.environ, "ASSISTANT_STORE": str(store)}
        tell(f"Adding {given.articles:,} articles, where they are not in the store yet")
        add(here, range(given.articles)).wait()
        with open(store / "server.log", "wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "assistant.serve", "--port", "0"],
                env=here, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        try:
            assert server.stdout is not None
            address = next(word for word in server.stdout.readline().split() if "://" in word)
            return int(not measured(given, here, server.pid, address))
        finally:
            server.terminate()
            server.wait(20)


def add(here: dict[str, str], numbers: range) -> subprocess.Popen[bytes]:
    """An indexer that adds these articles, in a process of its own."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as lines:
        lines.writelines(f"{line(n)}\n" for n in numbers)
    command = [sys.executable, "-m", "assistant.index", "add", lines.name]
    return subprocess.Popen(command, env=here, stdout=subprocess.DEVNULL)


def measured(given: argparse.Namespace, here: dict[str, str], pid: int, address: str) -> bool:
    """Tell how it went; says whether all went well."""
    seen = Seen(given.articles)
    warm = asking(seen, address, readers=2, seconds=15, think=0)
    tell(f"Warm: {warm.stats.total.num_requests} requests, {memory(pid)} MB")
    indexer = add(here, range(given.articles, given.articles + given.add))
    before = memory(pid)
    seen = Seen(given.articles)
    many = asking(seen, address, readers=given.readers, seconds=given.seconds, think=given.think)
    added = "all" if indexer.poll() == 0 else "not all yet"
    tell(f"\n{given.readers} readers for {given.seconds} s; added meanwhile: {added}")
    report(many, seen, given.seconds)
    tell(f"memory: {before} MB before, {memory(pid)} MB after")
    well = not (seen.counts["failed"] or seen.counts["quotations ALTERED"])
    well = well and not many.stats.total.num_failures
    indexer.wait()
    seen = Seen(given.articles)
    most = asking(seen, address, readers=4, seconds=MOST_SECONDS, think=0)
    tell("\nFour readers without a pause")
    report(most, seen, MOST_SECONDS)
    return well


def asking(seen: Seen, address: str, *, readers: int, seconds: float, think: float) -> Environment:
    """Let readers ask for so long."""

    class Asking(Reader):
        host = address
        wait_time = constant(think)

    Asking.seen = seen
    environment = Environment(user_classes=[Asking], host=address)
    runner = environment.create_local_runner()
    runner.start(readers, spawn_rate=readers / min(10.0, seconds / 4))
    gevent.sleep(seconds)
    runner.stop()
    return environment


def report(environment: Environment, seen: Seen, seconds: float) -> None:
    entry = environment.stats.get("/api/answer", "POST")
    answered = sum(seen.counts[status] for status in ("answered", "partial", "not_found"))
    tell(f"answers: {answered}, {answered / seconds:.2f} a second")
    shares = [f"p{int(share * 100)} {entry.get_response_time_percentile(share):,.0f} ms"
              for share in (0.5, 0.95, 0.99)]  # fmt: skip
    tell(f"seconds to an answer: {', '.join(shares)}")
    tell(", ".join(f"{name}: {count}" for name, count in sorted(seen.counts.items())))
    whole = seen.steps.pop("total", 0.0) or 1.0
    parts = (f"{name} {taken / whole:.0%}" for name, taken in seen.steps.most_common())
    tell(f"where an answer's time goes: {', '.join(parts)}")


def memory(pid: int) -> int:
    """Resident memory in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(row.split()[1]) for row in rows(status) if row.startswith("VmRSS")) // 1024


def rows(text: str) -> Iterator[str]:
    yield from text.splitlines()


def tell(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a command's output


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    tell(f"{time.monotonic() - began:.0f} s in all")
    sys.exit(code)
