"""An answer in a chat model's words, from question to page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.outputs import ChatGenerationChunk

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.errors import StoreFailed
from assistant.records import Answer, Article
from assistant.render import answer_message
from assistant.settings import Settings
from tests.conftest import HashingEmbeddings
from tests.support.scripted import Scripted

BRIDGE = (
    "The Old Quay bridge in Dunmere was closed on Friday after engineers found cracks in 51 of its "
    "bolts. Mayor Ada Roe said the repair “will not be finished before June”. The council expects "
    "the work to cost 2.4 million crowns."
)
QUESTION = "Why was the Old Quay bridge closed?"
Ask = Callable[..., tuple[Answer, Scripted]]


@pytest.fixture
def ask(tmp_path: Path, hashing: HashingEmbeddings, write: Callable[..., Article]) -> Ask:
    """Asks with a model that gives these replies."""

    def run(*replies: object, **more: object) -> tuple[Answer, Scripted]:
        settings = Settings(store=tmp_path / "store", model="scripted:x", **more)  # type: ignore[arg-type]
        assistant = Assistant(settings)
        assistant.embedder = Embedder(settings, hashing)
        assistant.add(write(BRIDGE))
        model = Scripted(replies=list(replies))
        assistant.model = model
        found = list(assistant.stream(QUESTION))
        assistant.close()
        assert not any(one.quotes and not one.text for one in found)
        return found[-1], model

    return run


def test_the_prose_is_followed_by_the_quotations_it_rests_on(ask: Ask) -> None:
    reply, _ = ask("The bridge was closed after engineers found cracks in 51 bolts [1].")

    assert reply.status == "answered"
    assert reply.finished
    assert reply.writer == "scripted:x"
    assert reply.text.startswith(
        "The bridge was closed after engineers found cracks in 51 bolts [1].\n\nHarbour Wire, "
    )
    assert "> The Old Quay bridge in Dunmere was closed on Friday" in reply.text
    assert [quote.text[:20] for quote in reply.quotes] == ["The Old Quay bridge "]


def test_the_model_sees_numbered_sentences_with_outlet_day_and_speaker(ask: Ask) -> None:
    _, model = ask("No.")

    system, human = model.prompts[0]
    assert "numbered sentences" in str(system.content)
    assert "(Harbour Wire; 8 March 2022; Bridge closed)\n1. The Old Quay" in str(human.content)
    assert "(Ada Roe, Mayor speaking)" in str(human.content)
    assert str(human.content).endswith(f"Question: {QUESTION}")


def test_what_the_model_makes_up_is_listed_and_never_in_the_text(ask: Ask) -> None:
    reply, _ = ask("The bridge was closed on Friday [1]. The mayor resigned [2].")

    assert "resigned" not in reply.text
    assert [one.text for one in reply.rejected] == ["The mayor resigned."]
    assert reply.to_dict()["rejected"][0]["why"]
    assert any("Left out 1 sentence" in step for step in reply.steps)


def test_when_nothing_it_wrote_can_be_proved_the_answer_is_the_quotations(ask: Ask) -> None:
    reply, _ = ask("Everything is fine.")

    assert reply.writer == ""
    assert reply.text.startswith("What the model wrote does not stand in the articles")
    assert reply.quotes
    assert reply.rejected


def test_a_model_that_fails_costs_the_reader_one_line(ask: Ask) -> None:
    reply, _ = ask(ConnectionError("key sk-secret"))

    assert reply.finished
    assert reply.quotes
    assert reply.notice.startswith("The model scripted:x cannot be reached.")
    assert "sk-secret" not in str(reply)


def unanswered(
    tmp_path: Path, hashing: HashingEmbeddings, write: Callable[..., Article], *replies: str
) -> tuple[Assistant, Scripted]:
    """An assistant whose article tells nothing of the chess olympiad, and its model."""
    settings = Settings(store=tmp_path / "store", model="scripted:x")
    assistant = Assistant(settings)
    assistant.embedder = Embedder(settings, hashing)
    assistant.add(write(BRIDGE))
    model = assistant.model = Scripted(replies=list(replies))
    return assistant, model


OLYMPIAD = "Who won the women's chess olympiad?"


def test_without_a_passage_the_model_is_not_asked(
    tmp_path: Path, hashing: HashingEmbeddings, write: Callable[..., Article]
) -> None:
    assistant, model = unanswered(tmp_path, hashing, write)

    reply = assistant.answer(OLYMPIAD, until="1999-01-01")

    assert reply.status == "not_found"
    assert model.prompts == []


def test_the_model_sees_the_best_passages_also_where_the_judge_finds_no_answer(
    tmp_path: Path, hashing: HashingEmbeddings, write: Callable[..., Article]
) -> None:
    said = "The council expects the work to cost 2.4 million crowns [3]."
    assistant, model = unanswered(tmp_path, hashing, write, said)

    reply = assistant.answer(OLYMPIAD)

    assert "cracks in 51" in str(model.prompts[0][1].content)
    assert reply.status == "answered"
    assert [quote.text for quote in reply.quotes] == [said.replace(" [3]", "")]


@pytest.mark.parametrize(
    "said",
    ["The articles do not say.", "The council won the olympiad [3].", "It cost nothing [1]."],
)
def test_a_model_that_proves_nothing_there_adds_nothing(
    tmp_path: Path, hashing: HashingEmbeddings, write: Callable[..., Article], said: str
) -> None:
    assistant, _ = unanswered(tmp_path, hashing, write, said)

    reply = assistant.answer(OLYMPIAD)

    assert (reply.status, reply.quotes, reply.notice) == ("not_found", (), "")
    assert "olympiad" not in reply.text
    assert reply.finished


def test_passages_that_have_no_room_are_dropped_whole_and_counted(
    samples: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = samples.settings.model_copy(update={"model": "scripted:x", "model_tokens": 500})
    monkeypatch.setattr(samples, "settings", narrow)
    monkeypatch.setitem(samples.__dict__, "model", model := Scripted(replies=["No."]))

    reply = samples.answer("What did NATO say about a no-fly zone?")

    told = next(step for step in reply.steps if step.startswith("Showed the model"))
    assert "no room for" in told
    assert str(model.prompts[0][1].content).count("NATO rules out") < 3


def test_prose_appears_while_it_is_written_and_no_quotation_before_its_proof(
    samples: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = samples.settings.model_copy(update={"model": "scripted:x"})
    monkeypatch.setattr(samples, "settings", narrow)
    line = "NATO’s Secretary-General Jens Stoltenberg on Friday ruled out a no-fly zone"
    said = f'{line} [1]. He said "never again" [1]. {line} over Ukraine [1].'
    monkeypatch.setitem(samples.__dict__, "model", Scripted(replies=[said]))

    found = list(samples.stream("What did NATO say about a no-fly zone?"))

    growing = list(dict.fromkeys(one.text.partition("\n\n")[0] for one in found if one.text))
    assert growing == [f"{line} [1].", f"{line} [1]. {line} over Ukraine [1]."]


class Copyist(Scripted):
    """Quotes every sentence that it is shown."""

    def _stream(self, messages: Any, *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        lines = re.findall(
            r"(?m)^(\d+)\. ([^“”\n]*?)(?: \([^()]* speaking\))?$", messages[-1].content
        )
        self.replies = [" ".join(f"“{words}” [{number}]." for number, words in lines)]
        yield from super()._stream(messages)


@pytest.mark.parametrize(
    "question",
    [
        "What did the harbour master say about the spill?",
        "Why did the roof of the market hall fall in?",
    ],
)
def test_copies_and_versions_of_a_story_are_quoted_and_the_limit_is_kept(
    question: str, samples: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = samples.settings.model_copy(update={"model": "scripted:x"})
    monkeypatch.setattr(samples, "settings", narrow)
    monkeypatch.setitem(samples.__dict__, "model", Copyist(replies=[]))

    reply = samples.answer(question, limit=4)

    assert reply.writer
    assert len(reply.quotes) == 4
    for quote in reply.quotes:
        assert samples.article(quote.source.id).text[quote.start : quote.end] == quote.text


def test_stopping_to_read_stops_the_model(
    samples: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = samples.settings.model_copy(update={"model": "scripted:x"})
    monkeypatch.setattr(samples, "settings", narrow)
    model = Scripted(replies=["NATO is not part of the conflict [1]. " * 50])
    monkeypatch.setitem(samples.__dict__, "model", model)

    stream = samples.stream("What did NATO say about a no-fly zone?")
    for reply in stream:
        if reply.writer:
            break
    stream.close()  # type: ignore[attr-defined]

    assert model.closed == [True]


def test_the_trace_holds_prompt_and_raw_reply(ask: Ask, tmp_path: Path) -> None:
    ask("Everything is fine.", trace=tmp_path / "trace.jsonl")

    (line,) = (tmp_path / "trace.jsonl").read_text(encoding="utf-8").splitlines()
    noted = json.loads(line)
    assert noted["reply"] == "Everything is fine."
    assert noted["prompt"][1]["text"].endswith(QUESTION)


def test_a_trace_that_cannot_be_written_is_one_clear_error(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="cannot be written"):
        ask("Fine.", trace=tmp_path)


def test_the_page_links_the_numbers_of_the_prose(ask: Ask) -> None:
    reply, _ = ask("The bridge was closed on Friday [1].")

    html = answer_message.answer_html(replace(reply, finished=True))

    assert html.index("The bridge was closed on Friday") < html.index("<blockquote")
    assert html.count('class="cite"') == 2
