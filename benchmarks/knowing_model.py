"""What a chat model could make of what it is shown: one that knows the answer, and one that lies.

    python -m benchmarks.knowing_model STORIES... --store STORE [--stories 04 08]

STORE holds the stories' articles (`python -m assistant.evaluate` builds one). The knowing model
quotes those of the numbered sentences that answer, and else writes that nothing does; the liar
writes each with its figures and its denial changed. Prints how many requests could be answered from
the passages found, and were by each; the liar's must be none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from assistant.ask import Assistant
from assistant.command_line import bar, tidily
from assistant.evaluate import story_files
from assistant.evaluate.story_files import Asked
from assistant.records import Answer
from assistant.settings import Settings

_LINE = re.compile(r"^(\d+)\. (.+?)(?: \([^()]* speaking\))?$", re.MULTILINE)
_FIGURE = re.compile(r"\d+|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b")
app = typer.Typer(add_completion=False)


class Knowing(BaseChatModel):
    """Answers from the sentences in its prompt that hold one of `wanted`."""

    wanted: list[str] = []  # noqa: RUF012  # pydantic copies it
    lies: bool = False

    @property
    def _llm_type(self) -> str:
        return "knowing"

    def _reply(self, messages: list[BaseMessage]) -> str:
        found = []
        for number, text in _LINE.findall(str(messages[-1].content)):
            if any(_plain(text) in one or one in _plain(text) for one in self.wanted):
                found.append(f"{_lie(text) if self.lies else text} [{number}]")
        return " ".join(found) or "The articles do not say."

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self._reply(messages)))])

    def _stream(
        self, messages: list[BaseMessage], *_: Any, **__: Any
    ) -> Iterator[ChatGenerationChunk]:
        yield ChatGenerationChunk(message=AIMessageChunk(self._reply(messages)))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _lie(text: str) -> str:
    if _FIGURE.search(text):
        return _FIGURE.sub("eleven", text)
    denied = re.sub(r"\b(is|was|are|were|has|had|will|would|can|could)\b", r"\1 not", text, count=1)
    return denied if denied != text else f"It is not true: {text}"


def _serves(reply: Answer, asked: Asked) -> bool:
    """Whether a quotation holds a sentence that answers."""
    wanted = [(one.article, _plain(one.sentence)) for point in asked.points for one in point.any_of]
    return any(
        quote.source.id == article and (text in _plain(quote.text) or _plain(quote.text) in text)
        for quote in reply.quotes
        for article, text in wanted
    )


@app.command()
@tidily
def main(
    files: Annotated[list[Path], typer.Argument(help="Files of stories.")],
    store: Annotated[Path, typer.Option(help="Folder of their index.")],
    stories: Annotated[list[str] | None, typer.Option(help="Only ids that end so.")] = None,
    every: Annotated[int, typer.Option(help="Ask every so many requests.")] = 1,
) -> None:
    """Ask every answerable request with both models and with none."""
    asked = [
        one
        for file in files
        for _, story in story_files.read(file)
        if not stories or story.id.endswith(tuple(stories))
        for one in story.requests
        if one.points and not one.history and not one.refuse
    ][::every]
    assistant = Assistant(Settings(store=store, model="knowing:x", model_tokens=4_000))
    plain = Assistant(Settings(store=store))
    counts = dict.fromkeys(("there", "knowing", "liar", "no model", "liar's words"), 0)
    with bar("Asking", len(asked)) as advance:
        for one in asked:
            wanted = [_plain(each.sentence) for point in one.points for each in point.any_of]
            for name, lies in (("knowing", False), ("liar", True)):
                assistant.__dict__["model"] = Knowing(wanted=wanted, lies=lies)
                reply = assistant.answer(one.request, today=one.today or None)
                counts[name] += _serves(reply, one)
                if lies:
                    counts["liar's words"] += any(
                        "eleven" in reply.text.split("\n>")[0] for _ in [0]
                    ) and bool(reply.writer)
                passages = [_plain(hit.passage.text) for hit in reply.hits]
            counts["there"] += any(text in passage for text in wanted for passage in passages)
            counts["no model"] += _serves(plain.answer(one.request, today=one.today or None), one)
            advance(1)
    for name, count in counts.items():
        typer.echo(f"{name}: {count} of {len(asked)}")


if __name__ == "__main__":
    app(prog_name="python -m benchmarks.knowing_model")
