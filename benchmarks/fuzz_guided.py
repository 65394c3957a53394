"""One target of fuzz.py, its inputs bred by atheris. Run by that, in a process of its own."""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["assistant"]):
    from benchmarks import fuzz
    from benchmarks.fuzzed_files import from_bytes, seeds

from hypothesis import given


def main() -> None:
    """Fuzz until the time is up, write the report, and end: libFuzzer never returns."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--target")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    target, began = fuzz.TARGETS[asked.target], time.monotonic()
    watch = fuzz.Watch(target.check)
    if target.kinds:
        as_case = from_bytes(target.kinds)

        def one(raw: bytes) -> None:
            watch(as_case(raw))
    else:
        one = fuzz.QUIET(given(target.cases)(lambda case: watch(case))).hypothesis.fuzz_one_input

    def until_then(raw: bytes) -> None:
        if time.monotonic() - began > asked.seconds:
            asked.report.write_text(watch.report(began))
            os._exit(0)
        one(raw)

    with tempfile.TemporaryDirectory() as folder:
        luck = random.Random(asked.seed)
        wholes = seeds(target.kinds) or [luck.randbytes(300 * n) for n in range(1, 30)]
        for n, raw in enumerate(wholes):
            (Path(folder) / str(n)).write_bytes(raw)
        options = [f"-seed={asked.seed}", "-rss_limit_mb=4000", "-timeout=120", "-max_len=40000"]
        options += ["-len_control=0", f"-artifact_prefix={folder}/", folder]
        atheris.Setup([sys.argv[0], *options], until_then)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
