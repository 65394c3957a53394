"""The shape of the house: one home per library, files one can read in one go, public names that
stay. Which room may import which is import-linter's: make lint; documents are tests/docs'."""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.util
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [*sorted(ROOT.glob("assistant/**/*.py")), ROOT / "app.py"]
TESTS = sorted(ROOT.glob("tests/**/*.py"))
BENCHMARKS = sorted(ROOT.glob("benchmarks/**/*.py"))
HOMES = {
    "chromadb": "assistant/store/",
    "sqlalchemy": "assistant/store/",
    "tiktoken": "assistant/text/passages.py",
    "gradio": "assistant/page/",
    "fastapi": ("assistant/serve/", "assistant/access/permissions.py", "assistant/page/layout.py"),
    "uvicorn": ("assistant/serve/run_server.py", "assistant/mcp/transports.py"),
    "prometheus_client": "assistant/serve/metrics.py",
    "xllamacpp": "assistant/chat_models/gguf.py",
    "trafilatura": "assistant/sources/files/",
    "httpcore": "assistant/sources/web/http_exchange.py",
    "feedparser": "assistant/sources/listings/feeds.py",
    "lxml": (
        "assistant/sources/files/",
        "assistant/sources/html/",
        "assistant/sources/safe_xml.py",
    ),
    "protego": "assistant/sources/web/robots.py",
    "tld": "assistant/sources/web/allowed_addresses.py",
    "pypdf": "assistant/sources/files/pdf_pages.py",
    "docx": "assistant/sources/files/docx.py",
    "warcio": "assistant/sources/files/warc.py",
    "bibtexparser": "assistant/sources/exports/bibtex.py",
    "rispy": "assistant/sources/exports/ris.py",
    "openvino": "assistant/embedding/networks.py",
    "snowballstemmer": "assistant/text/terms.py",
    "rapidfuzz": "assistant/text/misspelling.py",
    "ray": "assistant/embedding/ray_cluster.py",
    "argon2": "assistant/access/accounts_file.py",
    "mcp": "assistant/mcp/",
}


@functools.cache
def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("path", [*SOURCES, *TESTS, *BENCHMARKS], ids=lambda path: path.name)
def test_no_file_outgrows_a_room(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 300


@pytest.mark.parametrize("library", HOMES)
def test_each_large_library_has_one_home(library: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert users
    assert all(user.startswith(HOMES[library]) for user in users), users


def lengths(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return [(f"{path}:{one.name}", (one.end_lineno or 0) - one.lineno + 1) for one in found]


def test_no_function_is_longer_than_60_lines_and_nine_in_ten_have_up_to_30() -> None:
    found = [one for path in SOURCES for one in lengths(path)]
    assert not [one for one in found if one[1] > 60]
    assert sum(length <= 30 for _, length in found) >= 0.9 * len(found)


@pytest.mark.parametrize("folder", ["assistant", "tests"])
def test_no_two_files_have_one_name(folder: str) -> None:
    names = Counter(path.name for path in (ROOT / folder).glob("**/*.py"))
    twice = {name for name, count in names.items() if count > 1}
    assert twice <= {"__init__.py", "__main__.py"}


@pytest.mark.parametrize("room", sorted(ROOT.glob("assistant/*/__init__.py")), ids=str)
def test_each_room_says_in_five_lines_what_it_is_for(room: Path) -> None:
    told = ast.get_docstring(ast.parse(room.read_text(encoding="utf-8")))
    assert told
    assert len(told.splitlines()) <= 6


def test_no_module_imports_the_packages_front_door() -> None:
    for path in SOURCES:
        doors = imported(path) & {"assistant.answer", "assistant.stream", "assistant.Assistant"}
        assert not doors, path


def test_importing_records_imports_nothing_else_of_ours() -> None:
    told = (
        "import sys, assistant.records; "
        "print({n.rpartition('.')[0] for n in sys.modules if 'assistant.' in n})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ast.literal_eval(ran.stdout) == {"assistant", "assistant.records"}


def test_only_settings_reads_the_environment() -> None:
    readers = {
        path.name
        for path in SOURCES
        if re.search(r"os\.(environ\b(?!\[\"GRADIO)|getenv)", path.read_text(encoding="utf-8"))
    }
    assert readers == {"settings.py"}


def test_what_people_import_is_there() -> None:
    public = importlib.import_module("assistant")
    assert {"Assistant", "answer", "stream", "Feed", "Given", "Quote"} <= set(public.__all__)
    assert all(getattr(public, name) for name in public.__all__)
    methods = ("add", "answer", "stream", "search", "article", "runnable", "retriever")
    assert all(callable(getattr(public.Assistant, name)) for name in methods)


COMMANDS = ("", ".index", ".evaluate", ".serve", ".mcp", ".check")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_people_run_is_there(command: str) -> None:
    assert importlib.util.find_spec(f"assistant{command}.__main__")


def test_each_test_that_the_threat_model_names_exists() -> None:
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)::(\w+)`", security)
    rows = re.findall(
        r"^\| (?!with |finding |target |---).*$", security.partition("## What is not")[0], re.M
    )
    known = {
        (path.name, found)
        for path in TESTS
        for found in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)
    }
    assert set(named) <= known, set(named) - known
    assert rows
    assert all("::test_" in row for row in rows)


def test_nothing_large_is_tracked() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    sizes = {
        name: (ROOT / name).stat().st_size
        for name in listed.stdout.split("\0")
        if name and (ROOT / name).exists()
    }
    large = {name for name, size in sizes.items() if size > 1_000_000}
    assert large <= {"assistant/evidence/ranker.onnx"}
