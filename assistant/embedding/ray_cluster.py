"""From texts to vectors on a Ray cluster, an actor on each core. The only file that knows Ray.

Plain actors and not Ray Data: what is new is known only to the store, article by article; an
article is acknowledged once it is stored, in the order given; and texts over which actors die again
and again are to be told, while the others go on. Ray Data would take the whole list first, shuffle
what comes of it, and end at the first such failure.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cached_property
from typing import Any

from assistant.embedding.embedder import Embedder
from assistant.embedding.networks import CORES, Vectors
from assistant.embedding.workers import Pool
from assistant.errors import AssistantError, BadSetting, ModelFailed, WorkerLost
from assistant.settings import prepare_ray

LOCAL = "local"
OBJECTS = 128 * 2**20  # bytes of memory for what is on its way: a portion takes less than 1 MB
PATIENCE = 600.0  # seconds for one portion; a free core and a model are waited for in it, too


def is_address(text: str) -> bool:
    """Whether this names a cluster: HOST:PORT, `auto`, or `local` for one that is started here."""
    return bool(re.fullmatch(rf"auto|{LOCAL}|[\w.-]+:\d{{1,5}}|\[[0-9a-f:]+\]:\d{{1,5}}", text))


@contextmanager
def pool(embedder: Embedder, address: str, count: int | None) -> Iterator[Pool]:
    """Workers on the cluster, one on each of its cores, or `count`; a Ray of our own is ended.

    Raises `BadSetting` when Ray is missing, cannot be reached, or has fewer cores.
    """
    if importlib.util.find_spec("ray") is None:
        raise BadSetting(
            "--ray needs Ray, which is missing. Run: pip install 'newsroom-assistant[scale]'"
        )
    cluster = _Local(count or CORES) if address == LOCAL else _Remote(address, count)
    try:
        share = embedder.alike(cluster.share)
        # Ray tells on standard output that an actor died: that is for what a command prints.
        with (
            redirect_stdout(sys.stderr),
            Pool(lambda: _Actor(cluster.ray, share), cluster.count) as made,
        ):
            yield made
    finally:
        cluster.close()


class _Local:
    """A Ray of our own on this machine, started when there is first something for it to do."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.share = max(1, CORES // count)
        self._folder = ""

    @cached_property
    def ray(self) -> Any:
        """Ray, running."""
        prepare_ray(local=True)
        import ray

        self._folder = tempfile.mkdtemp(prefix="ray")  # short: it holds sockets
        ray.init(
            address=LOCAL,
            num_cpus=self.count,
            num_gpus=0,
            object_store_memory=OBJECTS,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            _temp_dir=self._folder,
        )
        return ray

    def close(self) -> None:
        """End Ray, and remove its logs."""
        if self._folder:
            self.ray.shutdown()
            shutil.rmtree(self._folder, ignore_errors=True)


class _Remote:
    """A cluster that others started."""

    share = 1  # cores of an actor

    def __init__(self, address: str, count: int | None) -> None:
        prepare_ray(local=False)
        import ray

        try:
            if address != "auto":  # Ray itself would try for two minutes
                host, _, port = address.rpartition(":")
                socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
        except (OSError, OverflowError, RuntimeError, ValueError) as error:
            raise BadSetting(
                f"No Ray cluster answers at {address} ({_last_line(error)}). Is it running there?"
            ) from error
        self.ray: Any = ray
        there = int(self.ray.cluster_resources().get("CPU", 0))
        self.count = count or there
        if not 1 <= self.count <= there:
            ray.shutdown()
            raise BadSetting(
                f"The Ray cluster at {address} has {there} cores, and --workers asks for "
                f"{self.count or 1}. Give it more machines, or take fewer workers."
            )

    def close(self) -> None:
        """Leave the cluster as it is."""
        self.ray.shutdown()


class _Model:
    """What runs on the cluster: the embedder, which loads its model at its first text."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed(self, texts: list[str]) -> Vectors:
        return self.embedder.embed(texts)


class _Actor:
    """One actor, as a worker."""

    def __init__(self, ray: Any, embedder: Embedder) -> None:
        self._ray = ray
        self._actor = ray.remote(num_cpus=1, max_restarts=0)(_Model).remote(embedder)

    def embed(self, texts: list[str]) -> Vectors:
        failed = self._ray.exceptions
        try:
            vectors: Vectors = self._ray.get(self._actor.embed.remote(texts), timeout=PATIENCE)
        except failed.RayTaskError as error:
            if isinstance(error.cause, AssistantError):
                raise error.cause from None
            raise
        except failed.GetTimeoutError as error:
            raise ModelFailed(
                f"The Ray cluster embedded nothing in {PATIENCE:.0f} seconds. Is it busy?"
            ) from error
        except failed.RayError as error:  # the actor, its machine, or what it answered is gone
            if "creation task" in str(error):
                raise ModelFailed(
                    f"The Ray cluster cannot load the assistant ({_last_line(error)}). "
                    "Install this version of it on each of its machines."
                ) from error
            raise WorkerLost("an actor ended") from error
        return vectors

    def close(self) -> None:
        self._ray.kill(self._actor)


def _last_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[-1].strip()[:200]
