"""The measure of attribution itself."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from assistant.evaluate.attribution import app
from assistant.evaluate.full_names import full_names, is_full


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


def test_full_names_indirect_speech_and_cards_of_two_speakers_are_counted(tmp_path: Path) -> None:
    text = "Ada Roe came. “It rained,” Roe said. The cook said that it snowed."
    marked = [
        {"content": _span(text, words), "source": _span(text, source), "cue": _span(text, "said")}
        for words, source in [("“It rained,”", "Roe"), ("that it snowed", "The cook")]
    ]
    file = tmp_path / "marked.jsonl"
    file.write_text(json.dumps({"id": "a", "text": text, "attributions": marked}) + "\n")
    stories = tmp_path / "stories.jsonl"
    stories.write_text(json.dumps({"id": "s", "articles": [{"text": text}]}) + "\n")

    shown = json.loads(
        CliRunner().invoke(app, [str(file), "--cards", str(stories), "--json"]).stdout
    )

    assert (shown["marked by name, given"], shown["full name, precision"]) == (1, 1.0)
    assert (shown["indirect"], shown["indirect, said, found"]) == (1, 1.0)
    assert shown["stories.jsonl: cards"] == 3
    assert shown["stories.jsonl: of two speakers, joined"] == 0


def test_a_surname_stands_for_the_full_name_its_article_prints() -> None:
    text = "Mayor Ada Roe spoke to Ada B. Roe-Lim. Officials and some officials met Bo."
    assert full_names("Ms. Roe", text) == {"ada roe"}
    assert full_names("engineer Bo Lim of the port", text) == {"bo lim"}
    assert full_names("Officials", text) == set()
    assert full_names("a spokesman for Roe", text) == set()
    assert is_full("Ada Roe", frozenset({"house ada roe"}))
    assert not is_full("Roe", frozenset({"ada roe"}))


def _span(text: str, words: str) -> list[int]:
    return [text.index(words), text.index(words) + len(words)]
