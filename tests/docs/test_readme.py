"""What the README shows is what the program says."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.ask import Assistant
from assistant.render.terminal import terminal

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_the_transcript_is_real(samples: Assistant) -> None:
    shown = re.search(r'\$ python -m assistant "([^"]+)" --limit (\d+)\n\n(.+?)\n```', README, re.S)
    assert shown is not None
    question, limit, printed = shown.groups()
    assert terminal(samples.answer(question, limit=int(limit))) == printed
