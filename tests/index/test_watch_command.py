"""The commands that add from feeds and keep watching: they stop when told to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.index.__main__ import app
from tests.sources.test_feeds import rss
from tests.support.misbehaving import Connection, Server, drip, reply


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def command(folder: Path, *words: str) -> subprocess.Popen[str]:
    known = {"STORE": str(folder / "store"), "FETCH_DELAY": "0", "FETCH_SECONDS": "2"}
    return subprocess.Popen(
        [sys.executable, "-m", "assistant.index", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **{f"ASSISTANT_{name}": value for name, value in known.items()}},
    )


def test_the_command_ends_well_between_two_rounds(tmp_path: Path, server: Server) -> None:
    feed = server.says("/feed", reply(rss()))
    (tmp_path / "sources.toml").write_text(f'[[feed]]\nurl = "{feed}"')
    words = ("watch", str(tmp_path / "sources.toml"), "--json", "--allow-private")
    with command(tmp_path, *words) as running:
        assert running.stdout is not None
        done = json.loads(running.stdout.readline())
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=280)
    assert (done["round"], done["unchanged"]) == (1, 1)
    assert 840 < done["next_in_seconds"] <= 900
    assert running.returncode == 0
    assert said.endswith("Stopped. What was stored stays.\n")
    assert "Traceback" not in said


def test_the_command_ends_well_while_a_page_drips_and_others_wait(
    tmp_path: Path, server: Server
) -> None:
    reached = threading.Event()

    def slow(connection: Connection) -> None:
        reached.set()
        drip(connection)

    urls = [server.says("/slow", slow), *(server.url(f"/{n}") for n in range(50))]
    feed = server.says("/feed", reply(rss(*(f"<link>{url}</link>" for url in urls))))
    (tmp_path / "sources.toml").write_text(f'[[feed]]\nurl = "{feed}"')
    words = ("watch", str(tmp_path / "sources.toml"), "--allow-private")
    with command(tmp_path, *words) as running:
        assert reached.wait(60)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=280)
    assert running.returncode == 0
    assert "/0" not in server.paths()
    assert said.endswith("Stopped. What was stored stays.\n")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("add",), 2, "--feed"),
        (("add", "--since", "2026-11-26", "x.txt"), 2, "--sitemap"),
        (("add", "--sitemap", "http://a.example/", "--since", "soon"), 2, "soon"),
        (("add", "--opml", "none.opml"), 1, "none.opml"),
        (("watch", "none.toml"), 1, "none.toml"),
    ],
)
def test_a_mistake_on_the_command_line_is_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, hint: str
) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path / "store"))
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code
    assert hint in done.stderr
    assert isinstance(done.exception, SystemExit)


def test_feeds_and_sitemaps_are_added_by_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path / "store"))
    empty = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>"
    feed, site = server.says("/feed", reply(rss())), server.says("/site.xml", reply(empty))
    words = ["--feed", feed, "--feed", f"{feed}?2", "--sitemap", site, "--allow-private"]
    server.says("/feed?2", reply(rss()))
    done = CliRunner().invoke(app, ["add", *words, "--json"])
    assert json.loads(done.stdout)["unchanged"] == 3
    assert done.exit_code == 0
