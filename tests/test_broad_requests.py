"""Overviews, timelines and reactions over the sample articles, through the public face."""

from __future__ import annotations

from assistant.ask import Assistant


def test_an_overview_tells_a_story_from_several_articles(samples: Assistant) -> None:
    reply = samples.answer("Tell me about the ferry accident")
    assert (reply.form, reply.status) == ("overview", "answered")
    assert len({quote.source.id for quote in reply.quotes}) >= 3
    assert 4 <= len(reply.quotes) <= 12
    text = " ".join(quote.text for quote in reply.quotes)
    assert all(word in text for word in ("Marguerite", "valve", "19"))
    newest = max(quote.source.published for quote in reply.quotes if quote.source.published)
    assert reply.quotes[0].source.published == newest


def test_a_timeline_goes_by_day(samples: Assistant) -> None:
    reply = samples.answer("timeline of the ferry accident")
    assert reply.form == "timeline"
    headings = [one.heading for one in reply.sections]
    assert headings[0] == "7 November 2023"
    assert tuple(quote for one in reply.sections for quote in one.quotes) == reply.quotes


def test_reactions_stand_under_their_speakers(samples: Assistant) -> None:
    reply = samples.answer("How did people react to the flood barrier?")
    assert reply.form == "statements"
    assert {"Peter Lind", "Odile Varga"} <= {quote.speaker for quote in reply.quotes}
    for one in reply.sections:
        assert len({quote.speaker for quote in one.quotes}) == 1


def test_a_number_of_quotes_that_is_given_holds(samples: Assistant) -> None:
    assert len(samples.answer("Tell me about the ferry accident", limit=2).quotes) == 2


def test_what_nothing_is_about_is_refused_however_broadly_it_is_asked(samples: Assistant) -> None:
    for question in ("Tell me about the volcano", "timeline of the submarine race"):
        assert samples.answer(question).status == "not_found", question
