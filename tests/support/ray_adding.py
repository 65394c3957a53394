"""Adding on a local Ray with two actors, one of them killed, and stopped midway.

A process of its own, since Ray's threads and sockets outlive a test:
python -m tests.support.ray_adding FOLDER prints, as JSON, what a test looks at.
"""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path


def main(folder: Path) -> dict[str, object]:
    """Add, stop midway, and add again twice; what became of the articles."""
    from assistant.ask import Assistant
    from assistant.embedding import ray_cluster
    from assistant.embedding.embedder import Embedder
    from assistant.indexing import adding
    from assistant.settings import Settings
    from assistant.sources.build_article import article
    from assistant.store import maintenance
    from tests.support.hashing import Dying

    deaths = folder / "deaths"
    deaths.mkdir()
    made = Assistant(Settings(store=folder / "store"))
    made.embedder = Embedder(made.settings, Dying(deaths, times=1))
    texts = [f"Quay {i} is wet. A gull sat on it." for i in range(3 * adding.GROUP)]
    texts[adding.GROUP + 3] += " It was fatal."
    articles = [article(title=f"Quay {i}", text=text) for i, text in enumerate(texts)]

    with ray_cluster.pool(made.embedder, "local", 2) as pool:
        stopped = made.adding(articles, pool=pool)
        first = [one.status for one in islice(stopped, adding.GROUP + 5)]
        stopped.close()  # type: ignore[attr-defined]  # a generator
        second = [one.status for one in made.adding(articles, pool=pool)]
    with ray_cluster.pool(made.embedder, "local", 2) as pool:
        third = [one.status for one in made.adding(articles, pool=pool)]
    stored = sorted(one.text for one in made.store.each())
    amiss = [str(one) for one in maintenance.verify(made.store)]
    made.close()
    return {
        "first": {status: first.count(status) for status in first},
        "second": {status: second.count(status) for status in second},
        "third": {status: third.count(status) for status in third},
        "deaths": len(list(deaths.iterdir())),
        "stored": stored == sorted(texts),
        "amiss": amiss,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))  # noqa: T201
