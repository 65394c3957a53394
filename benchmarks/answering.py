"""make bench: speed, memory and disk on a folder of articles and questions.

    python -m benchmarks.answering FOLDER [--articles 500] [--questions 100] [--model local:FILE]

With a chat model its answers are compared with those of the keyless writer, question by question.

FOLDER holds `articles.jsonl.gz` and `questions.jsonl`, in the form that
`python -m assistant.evaluate` reads.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from assistant.ask import Assistant
from assistant.evaluate.judging import plain
from assistant.settings import Settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--model", default="", help="a chat model, as ASSISTANT_MODEL names it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(given, Path(folder))
    print(json.dumps(figures, indent=2))  # noqa: T201  # a command's output


def measure(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    with gzip.open(given.folder / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        (folder / "articles.jsonl").write_text("".join(islice(file, given.articles)))
    with (given.folder / "questions.jsonl").open(encoding="utf-8") as file:
        asked = [json.loads(line) for line in islice(file, given.questions)]
    questions = [one["question"] for one in asked]
    os.environ["ASSISTANT_STORE"] = str(folder / "store")
    adding = run("assistant.index", "add", str(folder / "articles.jsonl"))
    stats = json.loads(run("assistant.index", "stats", "--json")["output"])
    colds = [run("assistant", question) for question in questions[:5]]
    warm = ask(questions)
    return {
        "articles": stats["articles"],
        "passages": stats["passages"],
        "articles a second": round(stats["articles"] / adding["seconds"], 1),
        "passages a second": round(stats["passages"] / adding["seconds"], 1),
        "adding, peak MB": adding["megabytes"],
        "disk, MB per 1,000 passages": round(stats["bytes"] / 1e3 / stats["passages"], 2),
        "cold answer, seconds": round(float(np.median([one["seconds"] for one in colds])), 2),
        "cold answer, peak MB": colds[0]["megabytes"],
        "warm answer, ms p50": round(float(np.percentile(warm, 50)) * 1e3),
        "warm answer, ms p95": round(float(np.percentile(warm, 95)) * 1e3),
        **(
            {"keyless": write(asked), given.model: write(asked, given.model)} if given.model else {}
        ),
    }


def write(asked: list[dict[str, Any]], model: str = "") -> dict[str, Any]:
    """How good and how fast the answers of a writer are."""
    assistant = Assistant(Settings(model=model))
    assistant.answer(asked[0]["question"])
    first, whole, answered = list[float](), list[float](), list[float]()
    held = exact = quotes = proved = left_out = words = 0
    for one in asked:
        began, seen = time.perf_counter(), 0.0
        for reply in assistant.stream(one["question"], today=one.get("asked")):
            seen = seen or (time.perf_counter() - began if reply.text else 0.0)
        first.append(seen)
        whole.append(time.perf_counter() - began)
        answered += whole[-1:] if reply.quotes else []
        held += any(plain(answer) in plain(reply.text) for answer in one.get("answers", ()))
        quotes += len(reply.quotes)
        exact += sum(
            assistant.article(quote.source.id).text[quote.start : quote.end] == quote.text
            for quote in reply.quotes
        )
        proved += bool(reply.writer)
        left_out += len(reply.rejected)
        words += len(reply.text.split())
    assistant.close()
    return {
        "questions": len(asked),
        "answer in the text": held,
        "quotes": quotes,
        "quotes exact": exact,
        "answers in the model's words": proved,
        "sentences of the model's left out": left_out,
        "words an answer": round(words / len(asked)),
        "seconds to the first words, p50": round(float(np.median(first)), 2),
        "seconds to the end, p50": round(float(np.median(whole)), 2),
        "seconds to the end, p50 of what is answered": round(float(np.median(answered or [0])), 2),
    }


def run(*words: str) -> dict[str, Any]:
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    output = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    return {
        "output": output,
        "seconds": time.perf_counter() - began,
        "megabytes": usage.ru_maxrss // 1024,
    }


def ask(questions: list[str]) -> list[float]:
    assistant = Assistant(Settings())
    assistant.answer(questions[0])
    taken = []
    for question in questions:
        began = time.perf_counter()
        assistant.answer(question)
        taken.append(time.perf_counter() - began)
    return taken


if __name__ == "__main__":
    main()
