"""Following a folder, killed at any moment, leaves no half article and no half version."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from pathlib import Path

from assistant.settings import Settings
from assistant.sources.listed_pages import Folder
from assistant.store import maintenance
from benchmarks import kills
from tests.indexing.test_folders import HEAD, SECOND


def sync(settings: Settings, folder: Path, told: Connection) -> None:
    """Follow a folder whose files change all the time, until killed; tell of each round."""
    made = kills.opened(settings.store)
    while True:
        for n in range(12):
            text = f"{HEAD}{SECOND} Note {n} of run {time.time_ns()}. " * 3
            path = folder / f"{n}.txt"
            path.unlink() if path.exists() and n % 3 == 0 else path.write_text(text)
        made.add(Folder(str(folder)))
        told.send("")


def test_a_kill_while_versions_come_and_go_leaves_no_half_article(tmp_path: Path) -> None:
    settings, folder = Settings(store=tmp_path / "store"), tmp_path / "notes"
    folder.mkdir()
    context = multiprocessing.get_context("forkserver")
    for n in range(3):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=sync, args=(settings, folder, theirs))
        process.start()
        assert ours.poll(120)
        time.sleep(0.2 + 0.17 * n)
        process.kill()
        process.join()
        made = kills.opened(settings.store)
        assert maintenance.verify(made.store) == []
        assert made.sources()
        made.close()
