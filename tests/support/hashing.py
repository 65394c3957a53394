"""Embeddings that need no model, in a file that a worker's process imports quickly."""

from __future__ import annotations

import hashlib
import os
import signal
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings


class HashingEmbeddings(Embeddings):
    """Words hashed to places: texts that share words are near. Counts what it embeds."""

    def __init__(self, dimension: int = 384) -> None:
        self.dimension = dimension
        self.embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += len(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = np.full(self.dimension, 1e-3)
        for word in text.casefold().split():
            place = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
            vector[place % self.dimension] += 1.0
        return [float(number) for number in vector]


class Dying(HashingEmbeddings):
    """Kills its process, as often as `times`, over a text that holds the word "fatal"."""

    def __init__(self, folder: Path, times: int) -> None:
        super().__init__()
        self.folder = folder
        self.times = times

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        deaths = len(list(self.folder.iterdir()))
        if deaths < self.times and any("fatal" in text for text in texts):
            (self.folder / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_documents(texts)


class Endless(HashingEmbeddings):
    """Tells its process's number to a named pipe, and never comes to an end."""

    def __init__(self, pipe: Path) -> None:
        super().__init__()
        self.pipe = pipe

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        with self.pipe.open("w") as told:
            told.write(f"{os.getpid()}\n")
        while True:
            signal.pause()
