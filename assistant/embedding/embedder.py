"""From text to vectors, by the embedded model or a hosted one, and what they are known by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.embedding.networks import MINILM, Vectors, unit
from assistant.errors import ModelFailed, NoKey
from assistant.settings import Settings

if TYPE_CHECKING:  # slow to import
    from langchain_core.embeddings import Embeddings


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What made a store's vectors: two fingerprints that differ do not share a space."""

    name: str
    dimension: int
    revision: str

    def __str__(self) -> str:
        return f"{self.name} ({self.dimension} numbers, revision {self.revision or 'unknown'})"


class Embedder:
    """The embedding a store was or will be built with, and its fingerprint.

    `settings.embedding` is `minilm` or a LangChain provider string; the model is loaded at the
    first text, so that a store can be looked after without it.
    """

    def __init__(
        self, settings: Settings, model: Embeddings | None = None, *, threads: int = 0
    ) -> None:
        self._settings = settings
        self._given = self._model = model
        self._threads = threads
        self._dimension = 384 if settings.embedding == "minilm" and model is None else 0

    @property
    def model(self) -> Embeddings:
        """The LangChain Embeddings behind it."""
        if self._model is None:
            name = self._settings.embedding
            embedded = name == "minilm"
            engine = self._settings.engine
            if embedded:
                from assistant.embedding.minilm import MiniLM

                self._model = MiniLM(engine, self._threads)
            else:
                self._model = _provider(name)
        return self._model

    def alike(self, threads: int) -> Embedder:
        """Another of the same kind, its model not loaded yet: it may go to another process."""
        return Embedder(self._settings, self._given, threads=threads)

    @property
    def fingerprint(self) -> Fingerprint:
        """Name, dimension and revision; a hosted model is asked once for its dimension."""
        if not self._dimension:
            self._dimension = len(self.embed_question("dimension"))
        embedded = self._settings.embedding == "minilm"
        return Fingerprint(
            self._settings.embedding, self._dimension, MINILM[2][:12] if embedded else ""
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (texts, dimension); `ModelFailed` when the model does not answer."""
        if not texts:
            return np.empty((0, self.fingerprint.dimension), dtype=np.float32)
        return unit(self._ask(lambda: self.model.embed_documents(list(texts))))

    def embed_question(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimension,)."""
        vector: Vectors = unit(self._ask(lambda: [self.model.embed_query(text)]))[0]
        return vector

    def _ask(self, ask: Callable[[], list[list[float]]]) -> Vectors:
        try:
            return np.array(ask(), dtype=np.float32)
        except ModelFailed:
            raise
        except Exception as error:
            raise ModelFailed(
                f"The embedding {self._settings.embedding} did not answer "
                f"({type(error).__name__}: {_first_line(error)}). "
                "Try again, or set ASSISTANT_EMBEDDING."
            ) from error


def _provider(name: str) -> Embeddings:
    from langchain.embeddings import init_embeddings
    from langchain_core.embeddings import Embeddings

    try:
        model = init_embeddings(name)
    except ImportError as error:
        raise ModelFailed(
            f"ASSISTANT_EMBEDDING={name} needs a package: {_first_line(error)}"
        ) from error
    except ValueError as error:
        raise ModelFailed(
            f"ASSISTANT_EMBEDDING={name} is not usable: {_first_line(error)}"
        ) from error
    except Exception as error:
        raise NoKey(f"ASSISTANT_EMBEDDING={name} cannot start: {_first_line(error)}") from error
    if not isinstance(model, Embeddings):
        raise ModelFailed(f"ASSISTANT_EMBEDDING={name} is not an embedding model.")
    return model


def _first_line(error: Exception) -> str:
    return (str(error).strip() or "no reason given").splitlines()[0][:200]
