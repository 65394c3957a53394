"""What a chat is told: text that is never taken back, and citations at their places."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.errors import ModelFailed
from assistant.records import Answer
from assistant.serve.openai_citations import citations, content, growing
from assistant.settings import Settings
from assistant.sources.build_article import article
from tests.conftest import HashingEmbeddings
from tests.support.page_server import stocked
from tests.support.scripted import Scripted
from tests.support.serving import HARBOUR, LIBRARY, UNKNOWN

BRIDGE = (
    "The Old Quay bridge in Dunmere was closed on Friday after engineers found cracks in 51 of its "
    "bolts. Mayor Ada Roe said the repair “will not be finished before June”."
)
CLOSED = "Why was the Old Quay bridge closed?"
GROUND = "The bridge was closed after engineers found cracks in 51 bolts [1]."
Asked = Callable[..., list[Answer]]


@pytest.fixture
def written(tmp_path: Path, hashing: HashingEmbeddings) -> Asked:
    """The snapshots of an answer by a chat model that replies so."""

    def run(*replies: object, text: str = BRIDGE) -> list[Answer]:
        settings = Settings(store=tmp_path / "store", model="scripted:x")
        assistant = Assistant(settings)
        assistant.embedder = Embedder(settings, hashing)
        assistant.model = Scripted(replies=list(replies))
        assistant.add(article(title="Bridge closed", text=text, publisher="Outlet [2]"))
        try:
            return list(assistant.stream(CLOSED))
        finally:
            assistant.close()

    return run


def grown(snapshots: list[Answer]) -> list[str]:
    texts = [""]
    for one in snapshots:
        texts.append(growing(one, texts[-1]))
    return texts


def holds(texts: list[str], last: Answer) -> None:
    assert all(new.startswith(old) for old, new in pairwise(texts))
    assert texts[-1] == content(last)


def test_what_was_told_is_never_taken_back(tmp_path: Path) -> None:
    assistant = stocked(tmp_path)
    for question in (HARBOUR, LIBRARY, UNKNOWN, "hello", "harbour cranes, library violins, museum"):
        snapshots = list(assistant.stream(question))
        holds(grown(snapshots), snapshots[-1])
    assistant.close()


@pytest.mark.parametrize(
    "replies",
    [
        [f"{GROUND} The repair “will not be finished before June” [2]."],
        [f"{GROUND} The moon is green [1]."],
        ["The moon is green [1]."],
        [f"{GROUND} MISSING: bridge"],
        [ModelFailed("gone")],
    ],
)
def test_what_a_model_writes_is_told_when_it_is_certain(
    written: Asked, replies: list[object]
) -> None:
    snapshots = written(*replies)
    assert snapshots[-1].quotes
    holds(grown(snapshots), snapshots[-1])


def test_a_models_own_sentences_are_cited_too(written: Asked) -> None:
    answer = written(GROUND)[-1]
    text, notes = content(answer), citations(answer, "http://here")
    places = [note["url_citation"]["start_index"] for note in notes]
    assert len(notes) == 2
    assert places == sorted(places)
    assert text[: places[0]] == GROUND.removesuffix("[1].")
    assert all(text[at : at + 3] == "[1]" for at in places)


def test_a_number_that_an_article_prints_is_no_citation(written: Asked) -> None:
    hostile = "“The Old Quay bridge was closed [1] after cracks [2] were found,” Ada Roe said [1]."
    answer = written("The moon is green [1].", text=hostile)[-1]
    (note,) = citations(answer, "http://here")
    assert content(answer)[: note["url_citation"]["end_index"]].endswith("[1]. [1]")


def test_a_source_without_a_web_page_leads_to_ours(written: Asked) -> None:
    (note, *_) = citations(written(GROUND)[-1], "http://here/")
    assert note["url_citation"]["url"].startswith("http://here/?article=")
