"""What the page keeps for a visitor, suggests, links to and removes: without a browser."""

from __future__ import annotations

from pathlib import Path

from assistant.ask import Assistant
from assistant.page.chat_actions import Page, Talk
from assistant.page.library_actions import LibraryActions
from assistant.page.suggested_questions import suggestions
from tests.support.page_server import empty, stocked
from tests.support.serving import HARBOUR, LIBRARY

ANN = Talk("ann")


def asked(page: Page, talk: Talk, *questions: str) -> Talk:
    """The conversation after these questions."""
    messages: list[dict[str, str]] = []
    for question in questions:
        *_, (message, _, id) = page.ask(question, messages, talk)
        messages += [
            {"role": "user", "content": question},
            {"role": "assistant", "content": message},
        ]
        talk = Talk(talk.visitor, id)
    return talk


def test_a_conversation_comes_back_with_a_panel_for_each_answer(tmp_path: Path) -> None:
    page = Page(stocked(tmp_path))
    talk = asked(page, ANN, HARBOUR, LIBRARY)
    messages, panels = page.restore(talk)
    assert [one["content"] for one in messages[::2]] == [HARBOUR, LIBRARY]
    assert panels.count('<section class="sources"') == 2
    assert page.restore(Talk("bob", talk.id)) == ([], "")


def test_what_is_taken_back_is_not_kept(tmp_path: Path) -> None:
    page = Page(stocked(tmp_path))
    talk = asked(page, ANN, HARBOUR, LIBRARY)
    assert "harbour master" in page.cut(talk, 1)
    assert len(page.answers(talk)) == 1
    assert page.cut(talk, 0) == ""
    assert page.talks("ann") == []


def test_a_browser_without_cookies_is_answered_and_nothing_is_kept(tmp_path: Path) -> None:
    page = Page(stocked(tmp_path))
    assert asked(page, Talk(), HARBOUR) == Talk()
    assert page.vote(Talk(), 0, "Helpful").startswith("This conversation is not kept")


def test_a_vote_is_kept_with_answer_and_hits(tmp_path: Path) -> None:
    page = Page(stocked(tmp_path))
    talk = asked(page, ANN, HARBOUR)
    for vote in ("Helpful", "Wrong source"):
        assert "Noted" in page.vote(talk, 0, vote)
        assert page.vote(talk, 0, vote) == ""
    (kept,) = page.assistant.store.conversations.votes()
    assert (kept.vote, kept.answer.asked) == ("Wrong source", HARBOUR)
    assert kept.answer.hits


def test_further_questions_ask_for_others_of_the_same_articles(samples: Assistant) -> None:
    answer = samples.answer("What did NATO say about a no-fly zone?")
    found = suggestions(samples, answer)
    assert 1 <= len(found) <= 3
    for question in found:
        assert question.endswith("about a no-fly zone?")
        reply = samples.answer(question)
        assert reply.quotes
        assert reply.quotes[0] not in answer.quotes


def test_a_permalink_that_leads_nowhere_says_so(tmp_path: Path) -> None:
    page = Page(stocked(tmp_path))
    id = page.assistant.sources()[0].id
    assert "<mark" in page.marked(id, "0", "5")
    for start, end in (("0", "0"), ("-5", "5"), ("x", "5"), ("99999", "100000")):
        assert 'role="alert"' in page.marked(id, start, end)
    assert 'role="alert"' in page.marked("none", "0", "5")


def test_an_article_is_removed_and_put_back_as_it_was(tmp_path: Path) -> None:
    actions = LibraryActions(stocked(tmp_path))
    before = actions.assistant.sources()
    said, article = actions.remove(before[0].id)
    assert "removed" in said
    assert len(actions.assistant.sources()) == 2
    assert article
    list(actions.add([article]))
    assert actions.assistant.sources() == before
    assert 'role="alert"' in actions.remove("none")[0]
    assert 'role="alert"' in actions.remove("")[0]


def test_the_collection_is_searched_by_title_and_outlet(tmp_path: Path) -> None:
    actions = LibraryActions(stocked(tmp_path))
    table, found, outlets, _ = actions.collection("GAZETTE violins")
    assert [title for _, title in found] == [
        "Library lends violins · Vellane Gazette · 8 March 2022"
    ]
    assert "Harbour to close" not in table
    assert [one for _, one in outlets] == ["<i>Evil</i> & Sons", "Harbour Wire", "Vellane Gazette"]
    assert outlets[1][0] == "Harbour Wire (1)"


def test_the_collection_is_narrowed_to_outlets_and_days(tmp_path: Path) -> None:
    actions = LibraryActions(stocked(tmp_path))
    assert len(actions.collection("", ["harbour wire"])[1]) == 1
    assert len(actions.collection("", [], "2022-03-08", "2022-03-08")[1]) == 3
    assert actions.collection("", [], "2022-03-09")[1] == []
    assert "no day" in actions.collection("", [], "soon")[0]


def test_an_article_without_an_address_cannot_be_read_again(tmp_path: Path) -> None:
    actions = LibraryActions(stocked(tmp_path))
    (told,) = actions.read_again(actions.assistant.sources()[0].id)
    assert "has no address" in told
    assert 'role="alert"' in "".join(actions.read_again(""))
    assert 'role="alert"' in "".join(actions.add_addresses(" "))


def test_a_store_that_cannot_be_had_is_a_line_and_no_traceback(tmp_path: Path) -> None:
    page = Page(empty(tmp_path))
    assert page.restore(ANN) == ([], "")
    assert page.talks("ann") == []
    assert page.suggest(ANN) == []
    for problem in (page.rename(ANN, "x"), page.drop(ANN), page.forget("ann")):
        assert problem.startswith("No articles have been indexed")
