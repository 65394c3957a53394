"""The pages people read, and what stands in them: headings, links, code, the commands in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "SECURITY.md", "CHANGELOG.md", "training/README.md")),
    *sorted(ROOT.glob("docs/*.md")),
]
# Installed commands, and the modules they are.
_SCRIPTS = {"assistant-index": "assistant.index", "assistant-serve": "assistant.serve"}
_COMMAND = re.compile(
    r"(?:python -m (?P<module>(?:assistant|benchmarks|training)[\w.]*)"
    r"|python (?P<file>app)\.py|(?<![\w/.-])(?P<script>assistant-\w+))"
    r"(?![\w/])(?P<rest>[^#|&>;\n]*)"
)


class Command(NamedTuple):
    """A command of ours as a page writes it: the module that is run, and the words after it."""

    module: str
    words: tuple[str, ...]


def name(page: Path) -> str:
    """The page's path from the root."""
    return page.relative_to(ROOT).as_posix()


@functools.cache
def _tokens(page: Path) -> tuple[Token, ...]:
    parsed = MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8"))
    return tuple(one for token in parsed for one in (token, *(token.children or ())))


def blocks(page: Path) -> list[tuple[str, str]]:
    """The language and text of each block of code."""
    return [(one.info, one.content) for one in _tokens(page) if one.type == "fence"]


def codes(page: Path) -> Iterator[str]:
    """All code: blocks, and what stands between backticks."""
    return (one.content for one in _tokens(page) if one.type in ("fence", "code_inline"))


def links(page: Path) -> list[str]:
    """Where links and pictures lead."""
    found = [one.attrs.get("href") or one.attrs.get("src") for one in _tokens(page)]
    return [str(one) for one in found if one]


def anchors(page: Path) -> set[str]:
    """The headings as GitHub names them in an address."""
    tokens = _tokens(page)
    after = (tokens[n + 1] for n, one in enumerate(tokens) if one.type == "heading_open")
    titles = ("".join(child.content for child in one.children or ()) for one in after)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands(page: Path) -> list[Command]:
    """The commands of ours in the page's code."""
    return [
        Command(
            match["module"] or match["file"] or _SCRIPTS[match["script"]],
            tuple(match["rest"].split()),
        )
        for code in codes(page)
        for match in _COMMAND.finditer(code)
    ]
