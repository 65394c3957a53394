"""The search as LangChain's retriever. Imported when one is asked for: LangChain is slow."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.embedding.embedder import Embedder
from assistant.records import Filters
from assistant.retrieval.search import search
from assistant.store.store import Store


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
