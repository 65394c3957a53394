"""The commands, options, extras and scripts on the pages are ones that exist."""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import io
import json
import re
import runpy
import sys
import tomllib
import warnings
from pathlib import Path
from unittest.mock import patch

import pytest

from assistant.indexing import source_list
from assistant.sources.files.read_files import READERS
from tests.support.documents import PAGES, ROOT, Command, blocks, codes, commands, name

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Their names for what a person does; all other modules have options alone.
FAMILIES = {"assistant.index": 1, "assistant.serve": 2}
COMMANDS = sorted({command for page in PAGES for command in commands(page)})


@functools.cache
def helped(module: str, words: tuple[str, ...]) -> str:
    """What `python -m MODULE WORDS --help` prints, in this process; fails where it does."""
    printed = io.StringIO()
    with (
        patch.object(sys, "argv", [module, *words, "--help"]),
        patch.dict("os.environ", COLUMNS="200"),
        contextlib.redirect_stdout(printed),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # that the module was imported before
        with contextlib.suppress(SystemExit):
            runpy.run_module(module, run_name="__main__", alter_sys=True)
    # What goes wrong is told on standard error.
    assert printed.getvalue(), (module, words)
    return printed.getvalue()


def source(module: str) -> str:
    """The text of the file that `python -m MODULE` runs."""
    place = ROOT / module.replace(".", "/")
    files = [place / "__main__.py", place.with_suffix(".py")]
    return next(one.read_text(encoding="utf-8") for one in files if one.exists())


def told(command: Command) -> str:
    """Where the options are named: the help; of what costs too much to import here, the file."""
    if command.module.startswith(("benchmarks", "training")):
        return source(command.module)
    chosen = command.words[: FAMILIES.get(command.module, 0)]
    return helped(command.module, tuple(word for word in chosen if re.fullmatch("[a-z]+", word)))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: " ".join((one[0], *one[1])))
def test_a_command_and_its_options_exist(command: Command) -> None:
    known = told(command)
    for word in command.words:
        if option := re.match(r"\[?(--[a-z][\w-]*)", word):
            assert re.search(rf"{option[1]}(?![\w-])", known), option[1]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_is_made_is_in_the_makefile(page: Path) -> None:
    for target in re.findall(r"\bmake ([a-z]+)\b", "\n".join(codes(page))):
        assert re.search(rf"^{target}:", MAKEFILE, re.M), target


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_extras_that_are_named_can_be_installed(page: Path) -> None:
    known = {*PYPROJECT["project"]["optional-dependencies"], "..."}
    for named in re.findall(r"(?:newsroom-assistant|\.whl)\[([\w.,]+)\]", "\n".join(codes(page))):
        assert set(named.split(",")) <= known, named


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_script_is_python_and_what_it_imports_is_there(page: Path) -> None:
    for language, text in blocks(page):
        for node in ast.walk(ast.parse(text if language == "python" else "")):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assistant"):
                module = importlib.import_module(node.module or "")
                assert all(hasattr(module, alias.name) for alias in node.names), text


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_is_to_be_copied_into_a_file_can_be_read(page: Path) -> None:
    for language, text in blocks(page):
        if language == "json":
            json.loads(text)
        if language == "toml":
            assert source_list.parse(text.encode(), page)


def test_every_kind_of_file_is_in_the_table_of_kinds() -> None:
    text = (ROOT / "docs" / "adding.md").read_text("utf-8")
    kinds = [ending for ending in READERS if not ending.endswith(".gz")]
    assert not [kind for kind in kinds if f"`{kind}`" not in text]


def test_every_benchmark_and_measure_is_told_of() -> None:
    text = (ROOT / "docs" / "developing.md").read_text("utf-8")
    runs = [
        path
        for folder in ("benchmarks", "assistant/evaluate")
        for path in (ROOT / folder).glob("*.py")
        if "\nif __name__ ==" in path.read_text(encoding="utf-8")
    ]
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in runs}
    untold = {one for one in modules if one.removesuffix(".__main__") not in text}
    # The first is make screenshots; the second is run by benchmarks.fuzz.
    assert untold == {"benchmarks.screenshots", "benchmarks.fuzz_guided"}
