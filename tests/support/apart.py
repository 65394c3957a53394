"""`python -m assistant.index add`, with an embedding that tells its process and never ends.

For tests that interrupt or kill it: python -m tests.support.apart PIPE add WORDS...
"""

from __future__ import annotations

import sys

if __name__ == "__main__":  # a worker's process imports this file too, and needs none of it
    from functools import partial
    from pathlib import Path

    from assistant import ask
    from assistant.embedding.embedder import Embedder
    from assistant.index.__main__ import app
    from tests.support.hashing import Endless

    ask.Embedder = partial(Embedder, model=Endless(Path(sys.argv[1])))  # type: ignore
    app(sys.argv[2:])
