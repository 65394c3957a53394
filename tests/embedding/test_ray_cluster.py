"""Adding on a Ray cluster: everything once, whatever dies, and no Ray left behind."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.embedding import ray_cluster
from assistant.embedding.embedder import Embedder
from assistant.errors import BadSetting
from assistant.indexing import adding
from assistant.settings import Settings

COUNT, STOPPED = 3 * adding.GROUP, adding.GROUP + 5


def test_a_killed_actor_costs_nothing_and_a_second_run_adds_what_is_missing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.ray_adding", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=280,
        env={**os.environ, "HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "first": {"added": STOPPED},
        "second": {"unchanged": STOPPED, "added": COUNT - STOPPED},
        "third": {"unchanged": COUNT},
        "deaths": 1,
        "stored": True,
        "amiss": [],
    }
    assert list(home.iterdir()) == []


def test_without_ray_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with (
        pytest.raises(BadSetting, match=r"pip install 'newsroom-assistant\[scale\]'"),
        ray_cluster.pool(Embedder(Settings()), "local", 1),
    ):
        pass


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.0.0.1:99999"])
def test_a_cluster_that_does_not_answer_is_a_line(address: str) -> None:
    with (
        pytest.raises(BadSetting, match=f"No Ray cluster answers at {address}") as caught,
        ray_cluster.pool(Embedder(Settings()), address, None),
    ):
        pass
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["auto", "local", "10.0.0.1:6379", "head.example:6379"])
def test_an_address_is_a_host_and_a_port(text: str) -> None:
    assert ray_cluster.is_address(text)


@pytest.mark.parametrize("text", ["", "articles/", "a.jsonl", "http://a.example", "head", "a:"])
def test_a_path_is_no_address(text: str) -> None:
    assert not ray_cluster.is_address(text)
