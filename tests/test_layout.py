"""The shape of the house: one home per library, no cycle, files one can read in one go, documents
that are true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
SOURCES = [*sorted(ROOT.glob("assistant/**/*.py")), ROOT / "app.py"]
TESTS = sorted(ROOT.glob("tests/*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOMES = {
    "chromadb": "assistant/store/",
    "sqlalchemy": "assistant/store/",
    "tiktoken": "assistant/passages.py",
    "gradio": "assistant/page/",
    "fastapi": ("assistant/serve/", "assistant/page/front.py"),
    "uvicorn": ("assistant/serve/running.py", "assistant/mcp/serving.py"),
    "prometheus_client": "assistant/serve/metrics.py",
    "xllamacpp": "assistant/local.py",
    "trafilatura": "assistant/articles/",
    "httpcore": "assistant/fetching/wire.py",
    "feedparser": "assistant/fetching/feeds.py",
    "lxml": ("assistant/articles/", "assistant/fetching/trees.py"),
    "protego": "assistant/fetching/robots.py",
    "tld": "assistant/fetching/addresses.py",
    "pypdf": "assistant/articles/pdf_pages.py",
    "docx": "assistant/articles/word.py",
    "warcio": "assistant/articles/crawls.py",
    "openvino": "assistant/embedding.py",
    "snowballstemmer": "assistant/terms.py",
    "ray": "assistant/cluster.py",
    "argon2": "assistant/serve/book.py",
    "mcp": "assistant/mcp/",
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=lambda path: path.name)
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


def test_no_module_imports_the_packages_front_door() -> None:
    for path in SOURCES:
        doors = imported(path) & {"assistant.answer", "assistant.stream", "assistant.Assistant"}
        assert not doors, path


def test_records_and_errors_know_nobody() -> None:
    # A notebook asks an answer for its picture, which is drawn elsewhere.
    drawn = {"assistant.render.notebook", "assistant.render.notebook.notebook_html"}
    for name in ("records", "errors"):
        own = imported(ROOT / "assistant" / f"{name}.py")
        assert not any(module.startswith("assistant") for module in own - drawn)


def test_importing_records_imports_nothing_else_of_ours() -> None:
    told = "import sys, assistant.records; print([n for n in sys.modules if 'assistant' in n])"
    ran = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "['assistant', 'assistant.records']"


def test_only_settings_reads_the_environment() -> None:
    readers = {
        path.name
        for path in SOURCES
        if re.search(r"os\.(environ\b(?!\[\"GRADIO)|getenv)", path.read_text(encoding="utf-8"))
    }
    assert readers == {"settings.py"}


def test_the_readme_names_every_setting_with_its_default() -> None:
    for name, field in Settings.model_fields.items():
        row = next(
            line for line in README.splitlines() if line.startswith(f"| `{PREFIX}{name.upper()}`")
        )
        default = f"`{field.default}`" if field.default else ": none"
        assert field.default_factory or default in row


def test_the_readmes_tree_names_every_room() -> None:
    rooms = [path for path in (ROOT / "assistant").iterdir() if not path.name.startswith("__py")]
    missing = [path.name for path in rooms if f" {path.name}" not in README]
    assert not missing


def test_the_readme_tells_the_two_commands() -> None:
    assert "make run" in README
    assert "make test" in README


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
    assert large <= {"assistant/ranker.onnx"}
