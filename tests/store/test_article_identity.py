"""Which article is which: nothing that comes replaces another, and nothing comes twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.ask import Assistant
from assistant.records import Article, Outcome
from assistant.sources.build_article import article
from assistant.sources.supplied_metadata import Given
from assistant.store import maintenance
from tests.support.servers import everywhere

Write = Callable[..., Article]
LAMP = "The lamp on the mole was lit at six, and the last ferry found its berth without a tug."
TRAM = "The tram to Old Fenwick stood still for an hour, since a swan had settled on the rails."


def export(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [one.status for one in outcomes]


def row(text: str, **more: Any) -> dict[str, Any]:
    return {"title": text[:20], "text": text, **more}


@everywhere
def test_two_exports_that_number_from_one_keep_both_articles(
    assistant: Assistant, tmp_path: Path
) -> None:
    post = export(tmp_path / "post.jsonl", row(LAMP, id=1, publisher="Lunmark Post"))
    wire = export(tmp_path / "wire.jsonl", row(TRAM, id=1, publisher="Harbour Wire"))
    assert statuses(assistant.add([post, wire])) == ["added", "added"]
    assert statuses(assistant.add([wire, post])) == ["unchanged", "unchanged"]
    assert [one.id for one in assistant.add([post, wire])] == ["1", "harbour-wire:1"]
    assert maintenance.verify(assistant.store) == []


def test_two_exports_without_an_outlet_or_of_one_keep_both(
    assistant: Assistant, tmp_path: Path
) -> None:
    for publisher in ("", "Lunmark Post"):
        may = export(tmp_path / f"may{publisher}.jsonl", row(LAMP, id=7, publisher=publisher))
        june = export(tmp_path / f"june{publisher}.jsonl", row(TRAM, id=7, publisher=publisher))
        assert statuses(assistant.add([may, june])) == ["added", "added"]
        assert statuses(assistant.add([may, june])) == ["unchanged", "unchanged"]


@everywhere
def test_rows_of_a_table_that_print_one_address_are_all_kept(
    assistant: Assistant, tmp_path: Path
) -> None:
    url = "https://archive.example/search"
    table = export(tmp_path / "rows.jsonl", row(LAMP, url=url), row(TRAM, url=url))
    assert statuses(assistant.add([table])) == ["added", "added"]
    assert statuses(assistant.add([table])) == ["unchanged", "unchanged"]
    edited = {**row(LAMP, url=url), "title": "Lamp lit", "text": f"{LAMP} Nobody saw it."}
    export(table, edited, row(TRAM, url=url))
    assert statuses(assistant.add([table])) == ["updated", "unchanged"]
    assert len(assistant.sources()) == 2


def test_a_numbered_row_that_changes_in_its_export_is_updated(
    assistant: Assistant, tmp_path: Path
) -> None:
    for publisher in ("", "Lunmark Post"):
        path = tmp_path / f"rows{publisher}.jsonl"
        assistant.add(export(path, row(LAMP, id=3, publisher=publisher)))
        (outcome,) = assistant.add(export(path, row(TRAM, id=3, publisher=publisher)))
        assert outcome.status == "updated"
        assert assistant.article(outcome.id).text == TRAM


def test_an_id_that_nobody_counted_is_known_in_another_file(
    assistant: Assistant, tmp_path: Path
) -> None:
    for n, publisher in enumerate(("", "Lunmark Post")):
        id = f"7f3a-99b2-{n}c0de"
        assistant.add(export(tmp_path / "a.jsonl", row(LAMP, id=id, publisher=publisher)))
        again = export(tmp_path / "b.jsonl", row(TRAM, id=id, publisher=publisher))
        assert statuses(assistant.add(again)) == ["updated"]


def test_a_row_given_an_outlet_by_hand_is_known_by_it(assistant: Assistant, tmp_path: Path) -> None:
    post = export(tmp_path / "post.jsonl", row(LAMP, id=1))
    wire = export(tmp_path / "wire.jsonl", row(TRAM, id=1))
    assistant.add(post, given=Given(publisher="Lunmark Post"))
    assistant.add(wire, given=Given(publisher="Harbour Wire"))
    assert {one.publisher for one in assistant.sources()} == {"Lunmark Post", "Harbour Wire"}


@everywhere
def test_copies_at_other_addresses_are_one_article(assistant: Assistant, tmp_path: Path) -> None:
    url = "https://lunmark.example/ferry/lamp"
    own = export(tmp_path / "own.jsonl", row(LAMP, url=url))
    amp = export(tmp_path / "amp.jsonl", row(f"{LAMP} Share this.", url=f"{url}/amp/?utm_id=4"))
    printed = export(tmp_path / "print.jsonl", row(LAMP, url=f"{url}?print=1", id="p9"))
    assert statuses(assistant.add([own, amp, printed])) == ["added", "unchanged", "unchanged"]
    (source,) = assistant.sources()
    assert source.url == url
    assert assistant.article(source.id).text == LAMP


def test_the_articles_own_page_takes_the_place_of_its_amp_copy(
    assistant: Assistant, tmp_path: Path
) -> None:
    url = "https://lunmark.example/ferry/lamp"
    amp = export(tmp_path / "amp.jsonl", row(f"{LAMP} Share this.", url=f"{url}/amp"))
    own = export(tmp_path / "own.jsonl", row(LAMP, url=url))
    assert statuses(assistant.add([amp, own, amp])) == ["added", "updated", "unchanged"]
    assert [one.url for one in assistant.sources()] == [url]


def test_rows_of_one_address_with_ids_and_titles_of_their_own_are_all_kept(
    assistant: Assistant, tmp_path: Path
) -> None:
    live = {"url": "https://lunmark.example/live", "publisher": "Lunmark Post"}
    rows = (row(LAMP, id=11, **live), row(TRAM, id=12, **live))
    assert statuses(assistant.add(export(tmp_path / "live.jsonl", *rows))) == ["added", "added"]
    front = {"url": "https://lunmark.example/"}
    rows = (row(f"{LAMP} Again.", **front), row(f"{TRAM} Again.", **front))
    assert statuses(assistant.add(export(tmp_path / "front.jsonl", *rows))) == ["added", "added"]
    assert len(assistant.sources()) == 4


def test_the_same_text_of_two_outlets_is_two_articles(assistant: Assistant, tmp_path: Path) -> None:
    for name, publisher in (("a.txt", "Lunmark Post"), ("b.txt", "Harbour Wire")):
        (tmp_path / name).write_text(f"Lamp lit\n\n{LAMP}")
        assistant.add(tmp_path / name, given=Given(publisher=publisher))
    assert len(assistant.sources()) == 2


def test_what_was_made_is_known_by_outlet_and_id(assistant: Assistant, write: Write) -> None:
    assistant.add([write(LAMP, id="1"), write(TRAM, id="1", publisher="Lunmark Post")])
    assert [assistant.article(id).text for id in ("1", "lunmark-post:1")] == [LAMP, TRAM]
    (outcome,) = assistant.add(write(f"{LAMP} It burned all night.", id="1"))
    assert (outcome.id, outcome.status) == ("1", "updated")


def test_a_bare_number_is_no_name(assistant: Assistant) -> None:
    first, second = (article(title=text[:20], text=text, id="1") for text in (LAMP, TRAM))
    assert statuses(assistant.add([first, second, first])) == ["added", "added", "unchanged"]


@pytest.mark.parametrize("text", [LAMP, f"{LAMP} {TRAM}"])
def test_what_was_exported_comes_back_under_its_id(assistant: Assistant, text: str) -> None:
    assistant.add([article(title="Lamp", text=text)])
    (stored,) = assistant.store.each()
    again = article(title="Lamp", text=text, id=stored.source.id)
    assert statuses(assistant.add(again)) == ["unchanged"]
