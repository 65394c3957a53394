"""The measure of attribution itself."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from assistant.evaluate.attribution import app


def test_the_measure_counts_found_and_wrong_speakers(tmp_path: Path) -> None:
    text = "“It rained,” Ada Roe said. “It snowed,” Bo Lim said. “It hailed,” the cook lied."
    spans = [("“It rained,”", "Ada Roe"), ("“It snowed,”", "Ada Roe"), ("“It hailed,”", "the cook")]
    marked = [
        {"content": _span(text, words), "source": _span(text, source), "cue": None}
        for words, source in spans
    ]
    file = tmp_path / "marked.jsonl"
    file.write_text(json.dumps({"id": "a", "text": text, "attributions": marked}) + "\n")

    shown = json.loads(CliRunner().invoke(app, [str(file), "--json"]).stdout)
    kinds = CliRunner().invoke(app, [str(file), "--failures", "3"]).stdout

    assert (shown["quotations"], shown["speakers given"], shown["right"]) == (3, 2, 1)
    assert (shown["found"], shown["precision"]) == (0.333, 0.5)
    assert "none found" in kinds
    assert "the cook" in kinds


def _span(text: str, words: str) -> list[int]:
    return [text.index(words), text.index(words) + len(words)]
