"""A private PostgreSQL and a private Chroma server, for one session of tests."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

MISSING = "These tests need PostgreSQL. Run: apt-get install --no-install-recommends postgresql"
QUIET = ("fsync=off", "full_page_writes=off", "shared_buffers=16MB")


# Below those that the system gives to connections, and a thousand for each process of a suite: what
# is free now stays free until the server is started.
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_PORTS = itertools.count(15_000 + 1_000 * (_WORKER % 16))


def free_port() -> int:
    for port in _PORTS:
        with socket.socket() as one, contextlib.suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


@dataclass
class Postgres:
    """A cluster in a folder of its own, on loopback. Each store gets a schema of its own."""

    folder: Path
    programs: Path
    port: int = field(default_factory=free_port)
    _number: Iterator[int] = field(default_factory=itertools.count)

    def run(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's programs, which refuse to be run by root."""
        who = _nobody_else()
        done = subprocess.run(
            [str(self.programs / program), "-D", str(self.folder / "data"), *words],
            user=who,
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=280,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    def make(self) -> None:
        secret = self.folder / "secret"
        secret.write_text("s3cret")
        if (who := _nobody_else()) is not None:
            for path in (self.folder, secret):
                os.chown(path, who, -1)
        options = ("--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8")
        self.run("initdb", "-U", "ann", "--no-sync", *options)

    def start(self) -> None:
        own = (f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=")
        options = " ".join(f"-c {one}" for one in (*own, *QUIET))
        # A log file: a pipe would be held open by the server for as long as it runs.
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-w", "-m", "immediate", "stop")

    def url(self, schema: str = "", *, password: str = "s3cret") -> str:
        where = f"?options=-csearch_path%3D{schema}" if schema else ""
        return f"postgresql://ann:{password}@127.0.0.1:{self.port}/postgres{where}"

    def execute(self, *statements: str, schema: str = "") -> None:
        """What someone with a psql would do."""
        url = self.url(schema).replace("postgresql:", "postgresql+psycopg:")
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def fresh(self) -> str:
        """The address of an empty schema."""
        schema = f"test{next(self._number)}"
        self.execute(f"CREATE SCHEMA {schema}")
        return self.url(schema)


def _nobody_else() -> int | None:
    """Whom to be instead of root, None for whoever we are."""
    return pwd.getpwnam("postgres").pw_uid if os.geteuid() == 0 else None


@dataclass
class ChromaServer:
    """`chroma run` on a folder, on loopback."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        chroma = Path(sys.executable).with_name("chroma")
        where = ("--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port))
        self.process = subprocess.Popen(
            [str(chroma), "run", *where],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None, "chroma run ended at once"
            assert time.monotonic() < until, "chroma run does not answer"
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5).close()
            return True
        return False


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL, ended with the session."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        pytest.fail(MISSING, pytrace=False)
    programs = (found[-1] if found else Path(str(on_path))).parent
    # Not pytest's folder: that is closed to the user whom PostgreSQL runs as.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        server = Postgres(Path(folder), programs)
        server.make()
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A running Chroma server, ended with the session."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma-server"))
    server.start()
    yield server
    server.stop()


# For the tests of promises that a store keeps wherever it is.
everywhere = pytest.mark.parametrize(
    "settings", ["folder", "postgres", "postgres chroma"], indirect=True
)


def backend(name: str, request: pytest.FixtureRequest) -> dict[str, str]:
    """The settings of a store in a folder, on servers, or half and half."""
    chosen: dict[str, Callable[[], dict[str, str]]] = {
        "postgres": lambda: {"database_url": request.getfixturevalue("postgres").fresh()},
        "chroma": lambda: {"chroma_url": request.getfixturevalue("chroma_server").url},
    }
    parts = [made() for part, made in chosen.items() if part in name.split()]
    return {key: value for own in parts for key, value in own.items()}
