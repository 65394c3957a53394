"""What is told beside a quotation of its article: that it is not whole, or not yet of its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.records import Quote, Source
from assistant.writing.quotation_writer import notes

QUOTE = Quote("The levy doubles.", 0, 17, Source("a", "Levy"))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, ""),
        ({"published": datetime(2022, 1, 15, tzinfo=UTC)}, ""),
        (
            {"published": datetime(2127, 1, 15, tzinfo=UTC)},
            "dated 15 January 2127, in the future",
        ),
        ({"incomplete": "paywall"}, "incomplete article: paywall"),
    ],
)
def test_a_quotation_says_what_its_article_lacks(facts: dict[str, object], told: str) -> None:
    source = replace(QUOTE.source, **facts)  # type: ignore[arg-type]

    assert notes(replace(QUOTE, source=source)) == told


def test_what_is_incomplete_stays_so_until_it_is_whole(
    assistant: Assistant, tmp_path: Path
) -> None:
    page = "<html><head><title>Levy</title></head><body><article><p>{}</p></article></body></html>"
    text = "The harbour levy doubles in July, the port of Arden said on Monday morning."
    path = tmp_path / "a.html"
    note = '<link rel="canonical" href="https://post.example/levy">'
    plea = "</p><p>To continue reading this article, please subscribe."
    path.write_text(page.format(text + plea).replace("<title>", f"{note}<title>"))
    list(assistant.add([path]))
    id = "https://post.example/levy"
    assert assistant.article(id).source.incomplete == "paywall"
    assert (
        "incomplete article: paywall"
        in assistant.answer("What did the port say of the harbour levy?").text
    )

    path.write_text(page.format(text).replace("<title>", f"{note}<title>"))
    list(assistant.add([path]))

    assert assistant.article(id).source.incomplete == ""
