"""A few of the inputs that `python -m tests.fuzz` tries by the million."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_promised_holds_for_anything(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=target.few, database=None, suppress_health_check=list(HealthCheck))
    @given(target.cases)
    def holds(case: object) -> None:
        target.check(case)

    holds()
