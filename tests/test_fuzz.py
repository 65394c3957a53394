"""A few of the inputs of `python -m benchmarks.fuzz`: the same each time."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks import fuzz
from benchmarks.fuzz import TARGETS, Watch


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_promised_holds_for_anything(name: str) -> None:
    target = TARGETS[name]

    @settings(
        max_examples=target.few,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(target.cases)
    def holds(case: object) -> None:
        target.check(case)

    holds()


def test_a_finding_is_kept_once_with_the_input_that_shows_it() -> None:
    def broken(case: int) -> None:
        assert case < 3, "too many"

    watch = Watch(broken)
    for case in range(6):
        watch(case)

    assert watch.inputs == 6
    ((what, shown),) = watch.findings.items()
    assert what.startswith("AssertionError at test_fuzz.py:")
    assert shown.startswith("too many")
    assert shown.endswith("| 3")


def test_an_input_that_never_ends_is_ended_and_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "SECONDS", 0.05)

    def endless(case: int) -> None:
        while True:
            try:
                time.monotonic()
            except Exception:
                continue

    watch = Watch(endless)
    watch(1)

    assert [what.split()[0] for what in watch.findings] == ["TooSlow"]


def test_without_atheris_the_command_that_installs_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fuzz.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr("sys.argv", ["fuzz", "--engine", "atheris"])
    with pytest.raises(SystemExit, match=r"pip install 'newsroom-assistant\[fuzz\]'"):
        fuzz.main()
