"""Files that change, move and go: the store follows them, and what went can be brought back."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.ask import Assistant
from assistant.errors import NoIndex
from assistant.indexing import adding
from assistant.indexing import bring_back as bringing
from assistant.records import Outcome
from assistant.sources.files import read_files
from assistant.sources.listed_pages import Folder
from assistant.store import maintenance, removals, versions
from tests.support.servers import everywhere

HEAD = "Mill to be sold\n\n"
FIRST = (
    "The old mill at Corran Weir will be sold for 40 crowns, said the clerk Ida Holm.\n\n"
    "Its tenants fear for the walnut trees along the water, which the mill has always kept."
)
SECOND = (
    "The old mill at Corran Weir will be sold for 14 crowns, said the clerk Ida Holm on Monday."
)
OTHER = "A heron was seen on the roof of the tram depot, where it has built a nest of wire."
EDITED = datetime(2026, 3, 11, 8, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "mill.txt").write_text(HEAD + FIRST)
    (folder / "heron.txt").write_text(f"Heron at home\n\n{OTHER}")
    return folder


def told(assistant: Assistant, folder: Path) -> list[tuple[str, str]]:
    return [(one.status, Path(one.where).name) for one in assistant.add(Folder(str(folder)))]


def undo(assistant: Assistant, *ids: str) -> list[Outcome]:
    return list(bringing.bring_back(ids, assistant.store, assistant.embedder, budget=220))


def write(path: Path, text: str, at: datetime = EDITED) -> None:
    path.write_text(text)
    os.utime(path, (at.timestamp(), at.timestamp()))


@everywhere
def test_an_edited_file_is_a_new_version_and_its_lost_words_are_told_by_file_time(
    assistant: Assistant, inbox: Path
) -> None:
    (before,) = (one for one in assistant.add(inbox) if one.title == "Mill to be sold")
    write(inbox / "mill.txt", HEAD + SECOND)
    after = assistant.add(inbox)
    assert sorted(one.status for one in after) == ["unchanged", "updated"]
    assert before.id in {one.id for one in after}
    titles = {one.title for one in assistant.sources()}
    assert (titles, len(assistant.sources())) == ({"Heron at home", "Mill to be sold"}, 2)
    assert assistant.article(before.id).text == SECOND
    (quote, *_) = assistant.answer("What do the tenants of the mill fear?").quotes
    assert "walnut" in quote.text
    assert (quote.gone, quote.source.version_of) == (EDITED, before.id)
    (quote, *_) = assistant.answer("For how many crowns will the mill be sold?").quotes
    assert "14 crowns" in quote.text
    assert quote.gone is None
    assert maintenance.verify(assistant.store) == []
    assert maintenance.stats(assistant.store)["articles"] == 2


def test_words_that_both_texts_print_are_quoted_from_the_newer(
    assistant: Assistant, inbox: Path
) -> None:
    assistant.add(inbox)
    write(inbox / "mill.txt", f"{HEAD}{FIRST}\n\nThe sale is on Friday.")
    assistant.add(inbox)
    for quote in assistant.answer("What do the tenants of the mill fear?").quotes:
        assert not quote.source.version_of
        assert (quote.gone, quote.copies) == (None, ())


def test_a_text_that_comes_back_is_no_version_of_itself(assistant: Assistant, inbox: Path) -> None:
    for text in (FIRST, SECOND, FIRST):
        write(inbox / "mill.txt", HEAD + text)
        assistant.add(inbox)
    assert maintenance.stats(assistant.store)["versions"] == 1
    assert maintenance.verify(assistant.store) == []


def test_only_the_latest_earlier_texts_are_kept(assistant: Assistant, inbox: Path) -> None:
    for n in range(versions.MOST + 4):
        write(inbox / "mill.txt", f"{HEAD}{SECOND} Edition {n} of the clerk's note.")
        assistant.add(inbox)
    assert maintenance.stats(assistant.store)["versions"] == versions.MOST
    assert maintenance.verify(assistant.store) == []


@everywhere
def test_a_removed_file_takes_its_article_along_and_it_can_be_brought_back(
    assistant: Assistant, inbox: Path
) -> None:
    assistant.add(inbox)
    write(inbox / "mill.txt", HEAD + SECOND)
    assert ("updated", "mill.txt") in told(assistant, inbox)
    (inbox / "mill.txt").unlink()
    assert told(assistant, inbox) == [("unchanged", "heron.txt"), ("removed", "mill.txt")]
    assert [one.title for one in assistant.sources()] == ["Heron at home"]
    assert assistant.answer("For how many crowns will the mill be sold?").status == "not_found"
    assistant.close()  # ... and opened again

    (gone,) = assistant.store.removals.all()
    assert (gone.title, gone.reason) == ("Mill to be sold", "its file is gone")
    undo(assistant, gone.id)
    assert assistant.article(gone.id).text == SECOND
    assert maintenance.stats(assistant.store)["versions"] == 1
    assert maintenance.verify(assistant.store) == []
    assert assistant.store.removals.all() == []
    assert told(assistant, inbox) == [("unchanged", "heron.txt")]
    with pytest.raises(NoIndex, match="index removed"):
        undo(assistant, gone.id)


def test_what_was_removed_is_forgotten_after_thirty_days(
    assistant: Assistant, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.add(inbox)
    first, second = (one.id for one in assistant.sources())
    assistant.store.remove(first)
    later = time.time() + 86_400 * 31
    monkeypatch.setattr(removals.time, "time", lambda: later)
    assert assistant.store.removals.all() == []
    assistant.store.remove(second)
    monkeypatch.undo()
    assert [one.id for one in assistant.store.removals.all()] == [second]


def test_what_is_removed_for_good_is_not_kept(assistant: Assistant, inbox: Path) -> None:
    assistant.add(inbox)
    for source in assistant.sources():
        assistant.store.remove(source.id, for_good=True)
    assert assistant.store.removals.all() == []
    assert assistant.store.is_empty()


def test_a_renamed_file_stays_itself(assistant: Assistant, inbox: Path) -> None:
    before = {one.id for one in assistant.add(Folder(str(inbox)))}
    (inbox / "older").mkdir()
    (inbox / "mill.txt").rename(inbox / "older" / "sold.txt")
    assert told(assistant, inbox) == [("unchanged", "heron.txt"), ("unchanged", "sold.txt")]
    assert {one.id for one in assistant.sources()} == before
    write(inbox / "older" / "sold.txt", HEAD + SECOND)
    assert ("updated", "sold.txt") in told(assistant, inbox)
    assert {one.id for one in assistant.sources()} == before


def test_two_files_that_swap_their_names_stay_themselves(assistant: Assistant, inbox: Path) -> None:
    before = {one.id: one.title for one in assistant.add(Folder(str(inbox)))}
    (inbox / "mill.txt").rename(inbox / "x.txt")
    (inbox / "heron.txt").rename(inbox / "mill.txt")
    (inbox / "x.txt").rename(inbox / "heron.txt")
    assert {status for status, _ in told(assistant, inbox)} == {"unchanged"}
    assert {one.id: one.title for one in assistant.sources()} == before
    assert maintenance.stats(assistant.store)["versions"] == 0


def test_one_of_two_equal_files_that_changes_becomes_an_article_of_its_own(
    assistant: Assistant, inbox: Path
) -> None:
    write(inbox / "copy.txt", HEAD + FIRST)
    assistant.add(Folder(str(inbox)))
    assert len(assistant.sources()) == 2
    write(inbox / "copy.txt", HEAD + SECOND)
    assert ("added", "copy.txt") in told(assistant, inbox)
    assert {status for status, _ in told(assistant, inbox)} == {"unchanged"}
    (inbox / "mill.txt").unlink()
    assert ("removed", "mill.txt") in told(assistant, inbox)
    assert len(assistant.sources()) == 2


def test_adding_a_folder_removes_nothing(assistant: Assistant, inbox: Path) -> None:
    assistant.add(inbox)
    (inbox / "mill.txt").unlink()
    assistant.add(inbox)
    assert len(assistant.sources()) == 2


def test_a_folder_that_is_empty_loses_all_and_one_that_is_gone_nothing(
    assistant: Assistant, inbox: Path
) -> None:
    assistant.add(Folder(str(inbox)))
    away = inbox.rename(inbox.with_name("away"))
    ((status, _),) = told(assistant, inbox)
    assert (status, len(assistant.sources())) == ("skipped", 2)
    away.rename(inbox)
    for path in inbox.iterdir():
        path.unlink()
    assert [status for status, _ in told(assistant, inbox)] == ["removed", "removed"]


def test_other_folders_are_left_alone(assistant: Assistant, inbox: Path) -> None:
    beside = inbox.with_name("inbox2")
    beside.mkdir()
    write(beside / "a.txt", "Lamp lit\n\nThe lamp on the mole was lit at six in the evening.")
    assistant.add([beside, Folder(str(inbox))])
    (beside / "a.txt").unlink()
    assert {status for status, _ in told(assistant, inbox)} == {"unchanged"}
    assert len(assistant.sources()) == 3


def test_what_cannot_be_read_stays_and_the_others_go_on(
    assistant: Assistant, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.add(Folder(str(inbox)))
    (inbox / "heron.txt").write_text("")
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.7 \0\0 no more")
    found = dict((name, status) for status, name in told(assistant, inbox))
    assert found == {"heron.txt": "skipped", "broken.pdf": "skipped", "mill.txt": "unchanged"}

    def fault(*_: object) -> Iterator[Any]:
        raise ZeroDivisionError

    monkeypatch.setitem(read_files.READERS, ".txt", fault)
    (inbox / "new.md").write_text(f"# A nest\n\n{OTHER} It is the third of this year.")
    found = dict((name, status) for status, name in told(assistant, inbox))
    assert found["mill.txt"] == "skipped"
    assert found["new.md"] == "added"
    assert len(assistant.sources()) == 3


def test_an_article_that_cannot_be_stored_is_skipped_alone(
    assistant: Assistant, inbox: Path, hashing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def split(article: Any, *, budget: int) -> Any:
        if "heron" in article.text:
            raise ZeroDivisionError
        return real(article, budget=budget)

    real = adding.split
    monkeypatch.setattr(adding, "split", split)
    outcomes = {one.title: one for one in assistant.add(Folder(str(inbox)))}
    assert outcomes["Heron at home"].status == "skipped"
    assert "fault of this program" in outcomes["Heron at home"].reason
    assert outcomes["Mill to be sold"].status == "added"


def test_rows_that_leave_their_file_leave_the_store(assistant: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    rows = [{"title": f"Row {n}", "text": f"{OTHER} Row {n}."} for n in range(3)]
    path = folder / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    assistant.add(Folder(str(folder)))
    path.write_text(json.dumps(rows[1]) + "\nno JSON")
    assert "removed" not in {status for status, _ in told(assistant, folder)}
    path.write_text(json.dumps(rows[1]))
    assert [status for status, _ in told(assistant, folder)] == ["unchanged", "removed", "removed"]
    assert {one.reason for one in assistant.store.removals.all()} == {"no longer in its file"}


def test_what_was_read_from_its_page_too_stays(assistant: Assistant, inbox: Path) -> None:
    assistant.add(Folder(str(inbox)))
    (source, *_) = (one for one in assistant.sources() if one.title == "Mill to be sold")
    assistant.store.update_source(replace(source, fetched=EDITED))
    (inbox / "mill.txt").unlink()
    assert "removed" not in {status for status, _ in told(assistant, inbox)}
