"""Tasks that chat programs send of their own: titles and tags, without a search."""

from __future__ import annotations

import json

import pytest

from assistant.serve.chat_tasks import reply

TALK = """
### Output:
JSON format: {{ "{key}": "..." }}
### Chat History:
<chat_history>
USER: can you tell me who owns the Vellane ferry?
ASSISTANT: The port does. [1]
USER: why
</chat_history>"""


def task(order: str, key: str) -> str:
    return f"### Task:\n{order}\n{TALK.format(key=key)}"


def test_a_title_is_the_first_words_of_the_reader() -> None:
    asked = task("Generate a concise, 3-5 word title summarizing the chat history.", "title")
    assert json.loads(reply(asked)) == {"title": "Who owns the Vellane ferry"}


def test_a_title_is_plain_where_no_json_is_asked_for() -> None:
    asked = (
        "Provide a concise, 5-word-or-less title for the conversation. Return only the title.\n\n"
        "Conversation:\nUser: Who owns the ferry?\nAI: The port."
    )
    assert reply(asked) == "Who owns the ferry"
    assert (
        reply("Generate a short title for this chat", ["is the quay safe?"]) == "Is the quay safe"
    )


def test_tags_are_its_names_and_words_of_weight() -> None:
    found = json.loads(reply(task("Generate 1-3 broad tags of the chat history.", "tags")))
    assert found == {"tags": ["Vellane", "Owns", "Ferry"]}


@pytest.mark.parametrize(
    ("order", "form"),
    [
        ("Suggest 3-5 relevant follow-up questions that the user might ask.", {"follow_ups": []}),
        ("Analyze the chat history; is it necessary to make search queries?", {"queries": []}),
        ("You are an autocompletion system. Continue the text.", {"text": ""}),
    ],
)
def test_nothing_is_suggested(order: str, form: dict[str, object]) -> None:
    assert json.loads(reply(task(order, "x"))) == form


@pytest.mark.parametrize(
    "question",
    [
        "### Task:\nRespond to the user using the context.\n<context>tags, title</context> Who?",
        "Give the title of the article about the ferry",
        "Summarise the conversation of Roe and Lind about the title",
        "Write a title for the conversation of Roe and Lind",
        "",
    ],
)
def test_a_readers_question_is_no_task(question: str) -> None:
    assert reply(question) == ""
