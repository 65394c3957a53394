"""One real question to each provider whose key is set; the others are skipped, and say so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from tests.conftest import SAMPLES

# A model's name is configuration: LIVE_OPENAI=openai:NAME and so on, beside the provider's key.
MODELS = {name: os.environ.get(f"LIVE_{name}", "") for name in ("OPENAI", "ANTHROPIC", "GOOGLE")}


@pytest.mark.parametrize("provider", MODELS)
def test_a_real_model_answers_with_true_quotations(
    provider: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if not MODELS[provider] or not os.environ.get(f"{provider}_API_KEY"):
        pytest.skip(f"set {provider}_API_KEY and LIVE_{provider}=PROVIDER:NAME to ask for real")
    # The one test that may leave the machine: its author asked for it.
    request.getfixturevalue("monkeypatch").undo()
    assistant = Assistant(Settings(store=tmp_path, model=MODELS[provider]))
    assistant.add(SAMPLES / "nato-rules-out-no-fly-zone.md")

    reply = assistant.answer("What did NATO say about a no-fly zone?")

    assert reply.notice == ""
    assert reply.writer
    text = assistant.article(reply.quotes[0].source.id).text
    assert all(text[one.start : one.end] == one.text for one in reply.quotes)
    assistant.close()
