"""Whether the package `mcp` is there, which all other files of this room need."""

from __future__ import annotations

import importlib.util

from assistant.errors import BadSetting


def require() -> None:
    """Raise `BadSetting` with the command that installs it when it is missing."""
    if importlib.util.find_spec("mcp") is None:
        raise BadSetting(
            "Tools need the package mcp, which is missing. "
            "Run: pip install 'newsroom-assistant[mcp]'"
        )
