"""python -m assistant.index: articles -> store; and the store's care."""

from assistant.index import (
    add_command,
    backup_commands,
    maintenance_commands,
    show_commands,
    watch_command,
)
from assistant.index.commands import app

__all__ = [
    "add_command",
    "app",
    "backup_commands",
    "maintenance_commands",
    "show_commands",
    "watch_command",
]

if __name__ == "__main__":
    app(prog_name="python -m assistant.index")
