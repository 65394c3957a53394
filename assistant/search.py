"""From a question to hits: fetch by meaning and by words, then fuse the two rankings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant import terms
from assistant.embedding import Embedder
from assistant.records import Filters, Hit
from assistant.store import Store

FETCH = 60  # passages asked of each way of searching
TITLE = 1.0  # how much a word in the title counts against one in the passage, for BM25
# Ranks, not scores: two searches do not share a scale. K as in Cormack, Clarke and Buettcher 2009.
K = 60
WEIGHTS: Mapping[str, float] = {"words": 1.0, "meaning": 1.0}
_COMPOUND = re.compile(r"\w+(?:[-‐‑/.]\w+)+")


def search(
    store: Store, embedder: Embedder, question: str, *, filters: Filters, limit: int
) -> list[Hit]:
    """The passages most likely to answer, best first, at most `limit`."""
    rankings = {
        "words": store.by_words(expression(question), FETCH, filters, title=TITLE),
        "meaning": store.by_meaning(embedder.embed_question(question), FETCH, filters),
    }
    ranks: dict[int, dict[str, int]] = defaultdict(dict)
    for way, found in rankings.items():
        for rank, (key, _) in enumerate(found, 1):
            ranks[key][way] = rank
    scores = {
        key: sum(WEIGHTS[way] / (K + rank) for way, rank in places.items())
        for key, places in ranks.items()
    }
    best = sorted(scores, key=lambda key: (-scores[key], key))[:limit]
    passages = store.passages(best)
    return [Hit(passages[key], scores[key], ranks[key]) for key in best if key in passages]


def expression(question: str) -> str:
    """The question as an FTS5 expression: any of its words; a compound ("no-fly") as a phrase.

    Each word is quoted: nothing in a question is an operator.
    """
    compounds = [" ".join(terms.words(match)) for match in _COMPOUND.findall(question)]
    found = terms.words(question)
    chosen = [word for word in found if word.casefold() not in terms.STOP] or found
    wanted = dict.fromkeys([*chosen, *compounds])
    return " OR ".join(f'"{word}"' for word in wanted) or '""'


class NewsRetriever(BaseRetriever):
    """The search as LangChain's retriever: passages become Documents with their source."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    store: Store
    embedder: Embedder
    limit: int = 10
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = search(self.store, self.embedder, query, filters=self.filters, limit=self.limit)
        return [
            Document(
                page_content=hit.passage.text,
                metadata={
                    "article_id": hit.passage.source.id,
                    "title": hit.passage.source.title,
                    "publisher": hit.passage.source.publisher,
                    "url": hit.passage.source.url,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": hit.score,
                },
            )
            for hit in hits
        ]
