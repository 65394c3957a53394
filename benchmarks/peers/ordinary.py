"""The ordinary way: LangChain's splitter into langchain-chroma, by Chroma's default recipe.

    python ordinary.py ARTICLES.jsonl FOLDER MODEL.onnx TOKENIZER.json

Chroma's recipe, as its ONNXMiniLM_L6_V2 has it: onnxruntime, every text padded to 256 tokens,
batches of 32. It would download the weights; here they are the ones that ours uses.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from tokenizers import Tokenizer


class Recipe(Embeddings):
    def __init__(self, network: str, tokenizer: str) -> None:
        self.tokenizer = Tokenizer.from_file(tokenizer)
        self.tokenizer.enable_truncation(256)
        self.tokenizer.enable_padding(length=256)
        onnxruntime.set_default_logger_severity(3)
        self.session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
        self.names = {port.name for port in self.session.get_inputs()}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found = [self._batch(texts[at : at + 32]) for at in range(0, len(texts), 32)]
        return np.concatenate(found).tolist()

    def _batch(self, texts: list[str]) -> np.ndarray:
        encoded = self.tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self.session.run(None, {name: given[name] for name in self.names})[0]
        weights = mask[..., None].astype(np.float32)
        mean = (hidden * weights).sum(1) / np.maximum(weights.sum(1), 1e-9)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def main() -> None:
    articles, folder, network, tokenizer = sys.argv[1:]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    store = Chroma("news", Recipe(network, tokenizer), persist_directory=folder)
    began, count, passages = time.perf_counter(), 0, 0
    with Path(articles).open(encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            texts = splitter.split_text(one["text"])
            if texts:
                about = {name: one.get(name) or "" for name in ("title", "url", "published")}
                store.add_texts(texts, [about] * len(texts))
            count, passages = count + 1, passages + len(texts)
    seconds = time.perf_counter() - began
    print(json.dumps({"articles": count, "passages": passages, "seconds": seconds}))  # noqa: T201


if __name__ == "__main__":
    main()
