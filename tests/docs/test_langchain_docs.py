"""What docs/langchain.md shows is what a chain gives: its examples run, offline, as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from langchain_core.runnables import Runnable

from assistant.ask import Assistant
from assistant.records import Answer, Filters

TEXT = (Path(__file__).parents[2] / "docs" / "langchain.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.+?)```\n\n```text\n(.+?)```", TEXT, re.S)


@pytest.fixture
def run(samples: Assistant, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs an example as a reader would, where the sample articles are stored; its names."""
    monkeypatch.setenv("ASSISTANT_STORE", str(samples.settings.store))

    def execute(code: str) -> dict[str, Any]:
        names: dict[str, Any] = {"__name__": "example"}
        exec(compile(code, "docs/langchain.md", "exec"), names)
        return names

    return execute


def test_there_is_an_example_of_each_in_at_most_ten_lines() -> None:
    retriever, runnable = (code for code, _ in EXAMPLES)
    assert ".retriever(" in retriever
    assert ".runnable(" in runnable
    for code in (retriever, runnable):
        assert len([line for line in code.splitlines() if line.strip()]) <= 10


@pytest.mark.parametrize("example", EXAMPLES, ids=["retriever", "runnable"])
def test_an_example_prints_what_the_page_says(
    example: tuple[str, str], run: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    code, printed = example
    assert isinstance(run(code)["chain"], Runnable)
    assert capsys.readouterr().out == printed


def test_a_retrieved_document_is_a_slice_and_says_of_what(samples: Assistant) -> None:
    documents = samples.retriever(limit=3).invoke("What did the fuel leak do to the birds?")
    assert len(documents) == 3
    for document in documents:
        place = document.metadata
        assert all(f"`{name}`" in TEXT for name in place)
        stored = samples.article(place["article_id"])
        assert stored.text[place["start"] : place["end"]] == document.page_content
        assert stored.source.title == place["title"]


def test_a_runnables_stream_grows_to_the_finished_answer(samples: Assistant) -> None:
    asked = {"question": "How many people were hurt in the ferry accident?", "limit": 2}
    grown: list[Answer] = list(samples.runnable().stream(asked))
    assert [answer.finished for answer in grown] == [False] * (len(grown) - 1) + [True]
    assert grown[-1].quotes == samples.answer(**asked).quotes  # type: ignore[arg-type]
    assert len(grown[-1].quotes) == 2


def test_a_retriever_with_filters_keeps_to_them(samples: Assistant) -> None:
    only = Filters(publishers=("Sarnside Herald",))
    narrowed = samples.retriever(limit=3).model_copy(update={"filters": only})
    found = narrowed.invoke("How many people were hurt in the ferry accident?")
    assert {one.metadata["publisher"] for one in found} == {"Sarnside Herald"}
