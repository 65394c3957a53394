"""Inputs by the million for what reads, splits, proves, renders and serves: do promises hold?

    python -m benchmarks.fuzz --minutes 8             # all targets in turn
    python -m benchmarks.fuzz --target quotations --seed 7 --minutes 1

With atheris (pip install 'newsroom-assistant[fuzz]') inputs are bred by what code they reach, else
hypothesis draws them. Prints inputs tried, seconds and findings of each target; exits with 1 when
there is one. Each input may take 5 seconds of the processor and 300 MB more than any before it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from benchmarks import fuzzed_files as files
from benchmarks import fuzzed_servers as servers
from benchmarks import fuzzed_words as texts
from benchmarks.fuzzed_lists import LISTS

SECONDS = 5.0  # of the processor, for one input
MEMORY = 300_000  # kB
ROOT = Path(__file__).parent.parent
QUIET = settings(
    deadline=None, max_examples=100, database=None, suppress_health_check=list(HealthCheck)
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed: how cases are drawn, what must hold, how many the suite tries.

    `kinds` are of what is read as bytes: those are bred as they are.
    """

    cases: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    few: int
    kinds: Mapping[str, files.Kind] = field(default_factory=dict)


def _bytes(kinds: Mapping[str, files.Kind], few: int) -> Target:
    def check(case: files.Case) -> None:
        name, raw = case
        kinds[name].check(raw)

    return Target(files.edited(kinds), check, few, kinds)


TARGETS: Mapping[str, Target] = {
    "files": _bytes(files.FILES, 40),
    "pdf": _bytes(files.PDF, 2),
    "lists": _bytes(LISTS, 60),
    "texts": Target(st.tuples(texts.words, st.integers(8, 80)), texts.check_text, 40),
    "reading": Target(
        st.tuples(texts.cleaned, texts.cleaned, texts.words), texts.check_reading, 20
    ),
    "questions": Target(st.tuples(texts.words, texts.words), texts.check_question, 30),
    "slices": Target(texts.slices(), texts.check_slice, 60),
    "quotations": Target(texts.told(), texts.check_quotations, 25),
    "pages": Target(texts.answers(), texts.check_page, 25),
    "requests": Target(servers.cases, servers.check, 5),
}


class TooSlow(BaseException):
    """No `except Exception` may take it for damage."""


class Watch:
    """Runs a check on input after input, and keeps one input for each thing that goes wrong."""

    def __init__(self, check: Callable[[Any], None]) -> None:
        self._check = check
        self.inputs = 0
        self.findings: dict[str, str] = {}
        signal.signal(signal.SIGPROF, _too_slow)

    def __call__(self, case: Any) -> None:
        self.inputs += 1
        before = _peak()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            self._check(case)
        except (Exception, TooSlow) as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._note(error, case)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        # The first inputs load libraries.
        if self.inputs > 100 and _peak() - before > MEMORY:
            self.findings.setdefault("more than 300 MB of memory", repr(case)[:20_000])

    def _note(self, error: BaseException, case: Any) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if frame.filename.startswith(str(ROOT))]
        places = " < ".join(
            f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(ours[-3:])
        )
        what = getattr(error, "kind", f"{type(error).__name__} at {places}")
        self.findings.setdefault(what, f"{str(error)[:300]} | {case!r}"[:20_000])

    def report(self, began: float) -> str:
        """What became of the run, as JSON."""
        seconds = round(time.monotonic() - began, 1)
        return json.dumps({"inputs": self.inputs, "seconds": seconds, "findings": self.findings})


def _too_slow(*_: object) -> None:
    raise TooSlow(f"more than {SECONDS:.0f} seconds")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def drawn(target: Target, seconds: float, first: int) -> str:
    """Fuzz a target with hypothesis alone, for so long; the report."""
    watch, began = Watch(target.check), time.monotonic()
    number = first
    while time.monotonic() - began < seconds:
        number += 1
        seed(number)(QUIET(given(target.cases)(lambda case: watch(case))))()
    return watch.report(began)


def _run(name: str, seconds: float, number: int, engine: str) -> dict[str, Any]:
    """One target in a process of its own: what kills it is a finding too."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        module = "benchmarks.fuzz_guided" if engine == "atheris" else "benchmarks.fuzz"
        command = [sys.executable, "-W", "ignore", "-m", module, "--target", name]
        command += ["--report", str(report), "--seconds", str(seconds), "--seed", str(number)]
        # What it leaves behind goes with the folder.
        known = {**os.environ, "TMPDIR": folder}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=known)
        if report.exists():
            found: dict[str, Any] = json.loads(report.read_text())
            return found
        end = done.stderr.decode("utf-8", "replace")[-3_000:]
        what = f"the process ended with {done.returncode}"
        return {"inputs": 0, "seconds": seconds, "findings": {what: end}}


def main() -> int:
    """Fuzz what is asked for, and print a line for each target and finding."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=8.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", choices=TARGETS, action="append")
    parser.add_argument("--engine", choices=["atheris", "hypothesis"])
    parser.add_argument("--seconds", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--report", type=Path, help=argparse.SUPPRESS)
    given_ = parser.parse_args()
    if given_.report:
        told = drawn(TARGETS[given_.target[0]], given_.seconds, given_.seed)
        given_.report.write_text(told)
        return 0
    names = given_.target or list(TARGETS)
    has_atheris = importlib.util.find_spec("atheris") is not None
    engine = given_.engine or ("atheris" if has_atheris else "hypothesis")
    if engine == "atheris" and not has_atheris:
        sys.exit("needs atheris: pip install 'newsroom-assistant[fuzz]'")
    if not has_atheris:
        _say("not guided by coverage: for that, pip install 'newsroom-assistant[fuzz]'")
    count = 0
    for name in names:
        found = _run(name, 60 * given_.minutes / len(names), given_.seed, engine)
        count += len(found["findings"])
        told = f"{found['inputs']:>9,} inputs {found['seconds']:>7.1f} s"
        _say(f"{name:<11}{told}  {len(found['findings'])} findings  ({engine})")
        for what, case in found["findings"].items():
            _say(f"    {what}: {case[:2_000]}")
    _say(f"{count} findings, seed {given_.seed}")
    return 1 if count else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    sys.exit(main())
