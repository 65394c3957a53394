"""The real page over HTTP: asked and fed by programs, two at once."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client, handle_file

import app
from assistant.ask import Assistant
from assistant.page.chat_actions import Page, turns
from assistant.page.library_actions import LibraryActions, readable
from assistant.records import Outcome, Turn
from assistant.render import answer_message
from tests.render.test_render import ATTRIBUTES, TAGS, Reader
from tests.support.page_server import empty, serving, stocked
from tests.support.serving import HARBOUR, LIBRARY


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(stocked(tmp_path_factory.mktemp("page"))) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    made = Client(address, verbose=False)
    yield made
    made.close()


def test_the_answer_grows_until_it_is_finished(client: Client) -> None:
    outputs = list(client.submit(HARBOUR, api_name="/ask"))
    messages = [message for message, _ in outputs]
    assert 'class="working"' in messages[0]
    assert "The harbour will close on" not in messages[0]
    assert "The harbour will close on" in messages[-1]
    assert "How this was found" in messages[-1]


def test_each_citation_leads_to_its_words_in_the_panel(client: Client) -> None:
    message, panel = client.predict(HARBOUR, api_name="/ask")
    anchors = [href.removeprefix("#") for href in Reader(message).values("href")]
    marked = Reader(panel).marked
    assert anchors
    assert set(anchors) == set(marked)
    assert marked[anchors[0]] in answer_message.plain(message)


def test_two_readers_at_once_get_their_own_answers(address: str) -> None:
    one, two = Client(address, verbose=False), Client(address, verbose=False)
    jobs = [
        (reader.submit(question, api_name="/ask"), words, strange)
        for _ in range(3)
        for reader, question, words, strange in (
            (one, HARBOUR, "harbour master", "library"),
            (two, LIBRARY, "musical instruments", "harbour master"),
        )
    ]
    for job, words, strange in jobs:
        message, panel = job.result(timeout=60)
        assert words in message
        assert words in panel
        assert strange not in message


def test_a_question_that_points_back_is_understood(client: Client) -> None:
    client.predict(HARBOUR, api_name="/ask")
    message, _ = client.predict("And who said it?", api_name="/ask")
    assert "Searched for: And who said it? (harbour" in message


def test_what_no_article_says_is_not_answered(client: Client) -> None:
    message, panel = client.predict("How many moons has Jupiter?", api_name="/ask")
    assert "Nothing in the collection is about this" in message
    assert "-quote-" not in message + panel


def test_a_hostile_article_stays_words(client: Client) -> None:
    message, panel = client.predict("Tell me about the zeppelin museum", api_name="/ask")
    read = Reader(message + panel)
    assert "<script>window.hacked = 1</script>" in read.words
    assert {tag for tag, _ in read.tags} <= TAGS
    assert {name for _, found in read.tags for name in found} <= ATTRIBUTES
    assert all(href.startswith(("#a", "?article=")) for href in read.values("href"))


def test_an_uploaded_article_can_be_asked_at_once(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "tram.md"
    path.write_text(
        "---\ntitle: Tram to the airport\n---\n\nThe tram to the airport costs 3 marks.\n"
    )
    outcome = client.predict([handle_file(path)], api_name="/add_files")
    message, _ = client.predict("How much is the tram to the airport?", api_name="/ask")
    assert answer_message.plain(outcome) == "tram.md added: Tram to the airport"
    assert "The tram to the airport costs" in message


def test_each_file_that_cannot_be_read_is_named_with_the_reason(
    client: Client, tmp_path: Path
) -> None:
    (tmp_path / "blank.txt").write_text("")
    (tmp_path / "lines.jsonl").write_text('{"title": "Kiosk", "text": "The kiosk is new."}\n{"ti\n')
    files = [handle_file(tmp_path / name) for name in ("blank.txt", "lines.jsonl")]
    outcome = client.predict(files, api_name="/add_files")
    blank, kiosk, broken = outcome.split("</li>")[:3]
    assert "<strong>blank.txt</strong> skipped: " in blank
    assert "added: Kiosk" in kiosk
    assert "<strong>lines.jsonl" in broken
    assert str(tmp_path) not in outcome
    assert "gradio" not in outcome


def test_a_pasted_article_can_be_asked_at_once(client: Client) -> None:
    text = "The <b>bakery</b> on Mill Street closed in March."
    outcome = client.predict(
        "Bakery gone", text, "Harbour Wire", "2022-03-09", api_name="/add_text"
    )
    message, panel = client.predict("When was the bakery on Mill Street closed?", api_name="/ask")
    assert "added: Bakery gone" in outcome
    assert "The &lt;b&gt;bakery&lt;/b&gt; on Mill Street closed" in message
    assert "9 March 2022" in panel


@pytest.mark.parametrize(
    ("title", "text", "published", "said"),
    [
        ("", "Words.", "", "no title"),
        ("Title", " ", "", "no text"),
        ("Title", "Words.", "3/4/2022", "“3/4/2022” is no day. Write it as 2022-03-08."),
    ],
)
def test_a_pasted_article_that_lacks_something_is_refused(
    client: Client, title: str, text: str, published: str, said: str
) -> None:
    outcome = client.predict(title, text, "", published, api_name="/add_text")
    assert 'role="alert"' in outcome
    assert said in outcome


def test_no_upload_is_said_so(client: Client) -> None:
    assert "Choose one or more files" in client.predict([], api_name="/add_files")


def test_the_browser_is_told_to_load_from_here_alone(address: str) -> None:
    policy = httpx.get(address).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "*" not in policy


def test_no_other_file_of_the_machine_is_served(address: str) -> None:
    for path in ("/etc/hostname", str(Path(app.__file__)), "assistant/page/chat_tab.py"):
        assert httpx.get(f"{address}gradio_api/file={path}").status_code in {403, 404}


def test_programs_see_four_doors_and_no_more(client: Client) -> None:
    doors = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(doors) == {"/ask", "/add_addresses", "/add_files", "/add_text"}


def test_an_empty_collection_is_a_friendly_line_in_the_chat(tmp_path: Path) -> None:
    page = Page(empty(tmp_path))
    *_, (message, panel, _) = page.ask("When will it open?", [])
    assert "There are no articles yet. Add some under “Articles”" in message
    assert panel == ""
    assert LibraryActions(page.assistant).collection() == (
        '<p class="note">No articles.</p>',
        [],
        [],
        True,
    )


def test_an_article_removed_meanwhile_is_shown_as_its_quotes(tmp_path: Path) -> None:
    assistant = stocked(tmp_path)
    snapshots = Page(assistant).ask(HARBOUR, [])
    next(snapshots), next(snapshots)  # searched, but nothing shown yet
    for source in assistant.sources():
        assistant.store.remove(source.id)
    *_, (message, panel, _) = snapshots
    assert "The harbour will close on" in message
    assert "no longer in the collection" in panel


def test_the_chats_messages_become_plain_turns() -> None:
    history = [
        {"role": "user", "content": [{"type": "text", "text": "Who?"}]},
        {"role": "assistant", "content": '<div class="answer"><p>Doe &amp; Roe</p></div>'},
    ]
    assert turns(history) == [Turn("user", "Who?"), Turn("assistant", "Doe & Roe")]


def test_the_folder_of_an_upload_is_not_shown() -> None:
    outcome = Outcome("/tmp/up/a.txt", "skipped", reason="/tmp/up/a.txt is empty")
    assert readable(outcome) == Outcome("a.txt", "skipped", reason="a.txt is empty")


def test_a_taken_port_is_one_clean_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path / "store"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setattr("sys.argv", ["app.py", "--port", port])
        assert app.main() == 1
    assert capsys.readouterr().err == (
        f"Port {port} of 127.0.0.1 cannot be used: Address already in use. "
        "Choose another with --port, or any free one with --port 0.\n"
    )


def test_the_page_remembers_whom_an_answer_quoted_first(samples: Assistant) -> None:
    shown = answer_message.answer_html(samples.answer("what did NATO say about a no-fly zone?"))
    (turn,) = turns([{"role": "assistant", "content": shown}])
    assert turn.speaker == "Jens Stoltenberg"


def test_the_page_can_ask_at_any_time(samples: Assistant) -> None:
    question = "What did NATO say on 4 March 2022?"
    for any_time, filtered in ((False, True), (True, False)):
        *_, (message, *_) = Page(samples).ask(question, [], any_time=any_time)
        assert ("since you ask" in message) is filtered
