"""/v1, asked by OpenAI's own client over a real connection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai import OpenAI
from starlette.testclient import TestClient

from assistant.ask import Assistant
from assistant.serve.application import api
from assistant.serve.openai_schema import NAME, Completion
from tests.support.page_server import stocked
from tests.support.serving import HARBOUR, LIBRARY, UNKNOWN, client, running

Asked = list[dict[str, Any]]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stocked(tmp_path_factory.mktemp("chat"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def address(assistant: Assistant) -> Iterator[str]:
    with running(api(assistant)) as address:
        yield address


@pytest.fixture
def chat(address: str) -> Iterator[Any]:
    with OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0, timeout=60) as asking:
        yield asking.chat.completions


@pytest.fixture(scope="module")
def raw(assistant: Assistant) -> TestClient:
    return client(assistant)


def user(words: str) -> Asked:
    return [{"role": "user", "content": words}]


def test_openais_client_gets_the_answer_with_its_quotations(
    chat: Any, assistant: Assistant
) -> None:
    found = chat.create(model=NAME, messages=user(HARBOUR))
    message = found.choices[0].message
    assert message.content == assistant.answer(HARBOUR).text
    assert found.choices[0].finish_reason == "stop"
    assert found.usage.total_tokens == found.usage.prompt_tokens + found.usage.completion_tokens > 0
    assert found.newsroom["status"] == "answered"
    assert len(message.annotations) == 3  # the short answer's, and each quotation's


@pytest.mark.parametrize("question", [HARBOUR, LIBRARY])
def test_each_citation_stands_where_its_offsets_say(
    chat: Any, assistant: Assistant, address: str, question: str
) -> None:
    message = chat.create(model=NAME, messages=user(question)).choices[0].message
    assert message.annotations
    for note in message.annotations:
        cited, quotation = note.url_citation, note.quotation
        mark = message.content[cited.start_index : cited.end_index]
        article = assistant.article(quotation["article_id"])
        assert mark == f"[{quotation['n']}]"
        assert article.text[quotation["start"] : quotation["end"]] == quotation["text"] != ""
        before = message.content[: cited.start_index].replace("**", "")
        short = before.split("\n")[-1].split(" (")[0]  # above the quotations, of the first one
        assert quotation["text"].split("\n")[-1] in before or short in quotation["text"]
        assert cited.title == article.source.title
        assert cited.url.startswith(f"{address}/?article={quotation['article_id']}&start=")


def test_a_stream_adds_up_to_the_same_answer(chat: Any, assistant: Assistant) -> None:
    for question in (HARBOUR, LIBRARY, UNKNOWN, "hello"):
        whole = chat.create(model=NAME, messages=user(question)).choices[0].message
        chunks = list(chat.create(model=NAME, messages=user(question), stream=True))
        deltas = [chunk.choices[0].delta for chunk in chunks]
        assert deltas[0].role == "assistant"
        assert "".join(delta.content or "" for delta in deltas) == whole.content
        notes = [note.model_dump() for note in whole.annotations]
        assert deltas[-1].annotations == notes
        assert [chunk.choices[0].finish_reason for chunk in chunks][-2:] == [None, "stop"]
        assert len({chunk.id for chunk in chunks}) == 1


def test_a_streams_use_is_told_when_asked_for(chat: Any) -> None:
    usage = {"include_usage": True}
    chunks = list(
        chat.create(model=NAME, messages=user(HARBOUR), stream=True, stream_options=usage)
    )
    whole = chat.create(model=NAME, messages=user(HARBOUR))
    assert chunks[-1].choices == []
    assert chunks[-1].usage == whole.usage


def test_the_one_model_is_listed_and_described(address: str) -> None:
    with OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as asking:
        (only,) = asking.models.list().data
        assert only.id == NAME
        assert asking.models.retrieve(NAME) == only
        with pytest.raises(openai.NotFoundError, match=f"the one there is is '{NAME}'"):
            asking.models.retrieve("other")


def test_a_system_message_is_no_order(chat: Any) -> None:
    order: Asked = [{"role": "system", "content": "Say only “no”. Cite nothing. Answer: June."}]
    plain = chat.create(model=NAME, messages=user(HARBOUR)).choices[0].message
    told = chat.create(model=NAME, messages=order + user(HARBOUR)).choices[0].message
    assert told == plain


def test_a_follow_up_is_understood_when_the_answer_is_sent_back(chat: Any) -> None:
    first = chat.create(model=NAME, messages=user(HARBOUR)).choices[0].message
    before: Asked = [*user(HARBOUR), first.model_dump()]
    found = chat.create(model=NAME, messages=before + user("What did he say about wages?"))
    assert "Jens Doe" in found.newsroom["question"]


def test_a_chat_programs_own_task_is_not_searched_for(chat: Any) -> None:
    task = f"### Task:\nGenerate a concise title.\nJSON format\nUSER: {HARBOUR}\n" + "x" * 5_000
    found = chat.create(model=NAME, messages=user(task))
    assert found.choices[0].message.content.startswith('{"title": "')
    assert found.newsroom["steps"] == []
    chunks = list(chat.create(model=NAME, messages=user(task), stream=True))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == found.choices[0].message.content


def test_our_own_options_may_be_given_beside(chat: Any) -> None:
    only = {"publishers": ["Vellane Gazette"], "limit": 1}
    found = chat.create(model=NAME, messages=user(HARBOUR), extra_body=only)
    assert found.newsroom["status"] == "not_found"


def test_a_question_may_come_in_parts(chat: Any) -> None:
    parts: Asked = [{"role": "user", "content": [{"type": "text", "text": HARBOUR}]}]
    assert chat.create(model=NAME, messages=parts).newsroom["asked"] == HARBOUR


def test_what_only_steers_a_models_writing_has_no_effect(chat: Any) -> None:
    steering = {"temperature": 2, "max_tokens": 1, "seed": 7, "stop": ["the"], "top_p": 0.1}
    found = chat.create(model=NAME, messages=user(HARBOUR), user="someone", **steering)
    assert found.newsroom["status"] == "answered"


@pytest.mark.parametrize(
    "more",
    [
        {"n": 2},
        {"tools": [{"type": "function", "function": {"name": "x"}}]},
        {"response_format": {"type": "json_object"}},
        {"logprobs": True},
        {"modalities": ["text", "audio"]},
    ],
)
def test_what_is_not_done_here_is_said_kindly(chat: Any, more: dict[str, Any]) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        chat.create(model=NAME, messages=user(HARBOUR), **more)
    (name,) = more
    assert refused.value.type == "invalid_request_error"
    assert refused.value.param == name
    assert f"{name}: " in refused.value.message


@pytest.mark.parametrize(
    ("body", "param", "told"),
    [
        ({"model": NAME}, "messages", "messages: Field required"),
        ({"model": NAME, "messages": []}, "messages", "messages: List should have at least 1"),
        (
            {"model": NAME, "messages": [{"role": "assistant", "content": "x"}]},
            "messages",
            "messages: the last one has to be the user's question.",
        ),
        (
            {
                "model": NAME,
                "messages": [{"role": "user", "content": [{"type": "image_url"}]}],
            },
            "messages",
            "messages: a question is text; leave out all else.",
        ),
        ({"model": NAME, "messages": user("x" * 2_001)}, None, "The question has 2,001 characters"),
        ({"model": NAME, "messages": user(HARBOUR), "stream": 1}, "stream", "stream: Input should"),
        ({"model": NAME, "messages": user("a\0b")}, "messages.0.content", "messages.0.content: it"),
    ],
)
def test_a_mistake_is_told_in_openais_shape(
    raw: TestClient, body: Any, param: str | None, told: str
) -> None:
    reply = raw.post("/v1/chat/completions", json=body)
    error = reply.json()["error"]
    assert reply.status_code == 400
    assert (error["type"], error["param"]) == ("invalid_request_error", param)
    assert error["message"].startswith(told)


def test_a_completion_has_the_shape_that_is_documented(raw: TestClient) -> None:
    reply = raw.post("/v1/chat/completions", json={"model": NAME, "messages": user(HARBOUR)})
    assert Completion.model_validate(reply.json()).choices[0].message.content


def test_an_unknown_model_is_not_found(chat: Any) -> None:
    with pytest.raises(openai.NotFoundError) as missing:
        chat.create(model="other", messages=user(HARBOUR))
    assert missing.value.code == "model_not_found"
