"""python -m assistant.index: articles -> store; and the store's care."""

from assistant.index import adding, care, copying, showing, watching
from assistant.index.door import app

__all__ = ["adding", "app", "care", "copying", "showing", "watching"]

if __name__ == "__main__":
    app(prog_name="python -m assistant.index")
