"""Fill the Chroma of a folder, under its lock: a process of its own, begun by `chroma_filler`.

It ends early when its standard input does.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from assistant.errors import AssistantError
from assistant.store.store import Store
from assistant.store.vector_index import Nearest


def main() -> None:
    """Fill the Chroma of the folder named, until it is whole or whoever asked for it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    folder, database_url = Path(sys.argv[1]), sys.stdin.buffer.readline().decode().strip()
    asking = threading.Thread(target=os.read, args=[sys.stdin.fileno(), 1], daemon=True)
    asking.start()
    try:
        store = Store(folder, database_url=database_url)
        try:
            if isinstance(store.near, Nearest):
                store.near.tell_all(until=lambda: not asking.is_alive())
        finally:
            store.close()
    except AssistantError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
