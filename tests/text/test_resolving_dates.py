"""Words of time in a quotation: which day they mean, and when nobody can tell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.dates import calendar
from assistant.text.dates.resolve import glosses
from assistant.text.dates.tense import tense

WEDNESDAY = datetime(2022, 3, 9, tzinfo=UTC)


def shown(text: str, published: datetime = WEDNESDAY) -> list[str]:
    return [str(gloss) for gloss in glosses(text, published)]


@pytest.mark.parametrize(
    ("text", "gloss"),
    [
        ("The harbour was closed on Friday.", "Friday = 4 March 2022"),
        ("The keeper, in a statement on Tuesday, said no.", "Tuesday = 8 March 2022"),
        ("On Tuesday the council voted.", "Tuesday = 8 March 2022"),
        ("Two boats sank Tuesday morning.", "Tuesday morning = 8 March 2022"),
        ("The quay was reopened on Wednesday.", "Wednesday = 9 March 2022"),
        ("After Tuesday’s fire, the quay was shut.", "Tuesday = 8 March 2022"),
        ("The quay has been shut since Sunday.", "Sunday = 6 March 2022"),
        ("It was agreed last Friday.", "last Friday = 4 March 2022"),
        ("This coming Friday it sails.", "This coming Friday = 11 March 2022"),
        ("“We met on Friday,” she said.", "Friday = 4 March 2022"),
        ("The bridge will reopen on Monday, she said.", "Monday = 14 March 2022"),
        ("“We’ll sail on Monday.”", "Monday = 14 March 2022"),
        ("The talks will be held on Friday.", "Friday = 11 March 2022"),
        ("The vote is scheduled for next month.", "next month = April 2022"),
        ("The ship is expected to arrive on Friday.", "Friday = 11 March 2022"),
        ("Yesterday the council voted.", "Yesterday = 8 March 2022"),
        ("The fire broke out last night.", "last night = 8 March 2022"),
        ("The mayor announced a plan today.", "today = 9 March 2022"),
        ("The race begins tomorrow morning.", "tomorrow morning = 10 March 2022"),
        ("It sank three days ago.", "three days ago = 6 March 2022"),
        ("Earlier this week two boats sank.", "Earlier this week = 7 to 13 March 2022"),
        ("Two boats sank last week.", "last week = 28 February to 6 March 2022"),
        ("It will reopen next week.", "next week = 14 to 20 March 2022"),
        ("Two boats sank last weekend.", "last weekend = 5 to 6 March 2022"),
        ("Prices rose last month.", "last month = February 2022"),
        ("“Prices rose last month,” he said.", "last month = February 2022"),
        ("The mill burned last year.", "last year = 2021"),
        ("The mill will close next year.", "next year = 2023"),
        ("The fair was held in February.", "February = February 2022"),
        ("The mill burned in December.", "December = December 2021"),
        ("The mill will close in May.", "May = May 2022"),
        ("The mill burned on Dec. 4.", "Dec. 4 = 4 December 2021"),
        ("The mill burned on 4 March.", "4 March = 4 March 2022"),
        ("The mill burned on Friday, March 4.", "Friday, March 4 = 4 March 2022"),
    ],
)
def test_a_word_of_time_has_a_day(text: str, gloss: str) -> None:
    assert shown(text) == [gloss]


@pytest.mark.parametrize(
    "text",
    [
        "The fair opens on Friday, the town said.",  # a plan, told in the present
        "She said the fair opens on Friday.",
        "A storm could hit on Friday.",
        "The vote was due on Friday.",
        "They agreed to meet on Friday.",
        "The bridge will reopen on Wednesday.",  # today or in a week
        "The shop closed until Friday.",
        "Wages will have fallen by Friday.",
        "The shop was closed every Friday.",
        "It happened on a Friday.",
        "That Friday the harbour was closed.",
        "The Good Friday fair was held.",
        "The crew met Friday Smith.",
        "The shop was open Monday to Friday.",
        "Next Friday the ferry will sail.",  # in two days or in nine
        "It was agreed last Tuesday.",  # yesterday or eight days ago
        "Young people today are tired.",
        "The largest ports today were once villages.",
        "She was seen on the Today show.",
        "The leaders of tomorrow were there.",
        "“We lost the boat yesterday,” she said.",  # counted from the day she spoke
        "We lost the boat yesterday,” she said.",
        "“The boat sank last week,” she said.",
        "It happened in the last month.",
        "The mill burned on December 4, 2020.",
        "She left in March and May 2021.",
        "She was hired in June 1980 and left in July.",
        "The fair was held in March.",  # or it would be "this month"
        "The mill burned in June.",  # this half-year's would be to come, last year's is far
        "The march was long and it may rain.",
        "The Dec. 4 fire was put out.",
        "The mill burned on Friday, March 5.",  # that day was a Saturday
        "The mill burned on 31 February.",
    ],
)
def test_there_is_no_gloss_where_nobody_can_tell(text: str) -> None:
    assert shown(text) == []


def test_each_word_follows_its_own_verb() -> None:
    text = "The accord, reached on Sunday, will be signed on Thursday."
    assert shown(text) == ["Sunday = 6 March 2022", "Thursday = 10 March 2022"]


def test_an_undated_article_has_no_glosses() -> None:
    assert glosses("The harbour was closed on Friday.", None) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The boats sank last week.", 12),  # Saturday
        ("The boats sank last week.", 13),  # Sunday
        ("The boats sank this week.", 13),
        ("It will sail this weekend.", 14),  # Monday
        ("It sank last weekend.", 11),
    ],
)
def test_near_a_weekend_weeks_are_not_told(text: str, day: int) -> None:
    assert shown(text, WEDNESDAY.replace(day=day)) == []


def test_yesterday_is_not_told_soon_after_midnight_in_utc() -> None:
    assert shown("Yesterday the council voted.", WEDNESDAY.replace(hour=3)) == []
    assert shown("Yesterday the council voted.", WEDNESDAY.replace(hour=12)) != []


def test_days_count_from_the_articles_own_zone() -> None:
    published = datetime(2022, 3, 8, 22, tzinfo=timezone(timedelta(hours=-5)))
    assert shown("Yesterday the council voted.", published) == ["Yesterday = 7 March 2022"]


def test_what_was_spoken_in_the_first_days_of_a_month_may_mean_another() -> None:
    text = "“Prices rose last month,” he said."
    assert shown(text, datetime(2022, 3, 2, tzinfo=UTC)) == []


def test_a_leap_day_is_found() -> None:
    assert shown("It sank on 29 February.", datetime(2024, 3, 1, tzinfo=UTC)) == [
        "29 February = 29 February 2024"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The port closed X.", "past"),
        ("The port will close X.", "coming"),
        ("The port will be closed X.", "coming"),
        ("The port would be closed X.", "unclear"),
        ("The port was set to close X.", "unclear"),
        ("The plan that will cost the town dear was dropped X.", "past"),
        ("He was taken to hospital and died X.", "past"),
        ("It is to be signed X.", "coming"),
        ("The vote is over, followed by a feast X.", "unclear"),
        ("The mayor on X ruled it out.", "past"),
        ("The mayor on X firmly ruled it out.", "past"),
        ("The mayor on X will rule it out.", "coming"),
        ("The mayor on X, it was told.", "unclear"),
        ("X the port closed.", "past"),
        ("X the port will close.", "coming"),
        ("X the port closes.", "unclear"),
        ("The vote X.", "unclear"),
    ],
)
def test_the_verb_beside_a_word_of_time_tells_its_tense(text: str, told: str) -> None:
    place = text.index("X")
    assert tense(text, place, place + 1) == told


WORDS = "on Friday will said was in March 4 last next week “ ” , . today yesterday May 31 Feb."


@given(st.lists(st.sampled_from(WORDS.split()), max_size=30), st.datetimes(timezones=st.just(UTC)))
def test_a_gloss_is_a_slice_of_its_text(words: list[str], published: datetime) -> None:
    text = " ".join(words)
    published = min(
        max(published, datetime(1900, 1, 1, tzinfo=UTC)), datetime(2100, 1, 1, tzinfo=UTC)
    )
    for gloss in glosses(text, published):
        assert text[gloss.start : gloss.end] == gloss.words
        assert gloss.meaning


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2022, 3, 4), date(2022, 3, 4), "4 March 2022"),
        (date(2022, 3, 4), date(2022, 3, 9), "4 to 9 March 2022"),
        (date(2022, 2, 28), date(2022, 3, 6), "28 February to 6 March 2022"),
        (date(2021, 12, 28), date(2022, 1, 3), "28 December 2021 to 3 January 2022"),
        (date(2022, 2, 1), date(2022, 2, 28), "February 2022"),
        (date(2022, 1, 1), date(2022, 12, 31), "2022"),
    ],
)
def test_days_are_shown_as_a_reader_writes_them(first: date, last: date, shown: str) -> None:
    assert calendar.show_whole(calendar.Span(first, last)) == shown
