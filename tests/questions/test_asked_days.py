"""Time in questions: what filters, what is only preferred, and what must not filter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.asked_days import Asked, narrow, steps, understand
from assistant.records import Filters

TODAY = datetime(2022, 6, 15, 9, tzinfo=UTC)  # a Wednesday


def days(asked: Asked) -> tuple[str | None, str | None]:
    since, until = asked.since, asked.until
    return since and since.isoformat(), until and until.isoformat()


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What did the mayor say yesterday?", "2022-06-14", None),
        ("Who spoke at the quay last night?", "2022-06-14", None),
        ("What did the mayor say last week?", "2022-06-06", "2022-06-13"),
        ("What did the mayor say last month?", "2022-05-01", "2022-05-31"),
        ("What did the mayor say last year?", "2021-01-01", "2021-12-31"),
        ("What did the mayor promise this year?", "2022-01-01", None),
        ("What did the mayor say last Friday?", "2022-06-10", "2022-06-11"),
        ("What did the mayor say in the last 10 days?", "2022-06-05", None),
        ("What did the mayor say over the past two weeks?", "2022-06-01", None),
        ("What has changed since Monday?", "2022-06-13", None),
        ("What has changed since last week?", "2022-06-06", None),
        ("What has changed since the start of the year?", "2022-01-01", None),
        ("What has changed since March?", "2022-03-01", None),
        ("What has changed since 4 March 2022?", "2022-03-04", None),
        ("Which shops have closed since October?", "2021-10-01", None),
        ("What did the mayor say in 2022?", "2022-01-01", None),
        ("What did the mayor say in 2021?", "2021-01-01", "2021-12-31"),
        ("What did the mayor say in March 2022?", "2022-03-01", "2022-03-31"),
        ("What did the mayor say in March, 2022?", "2022-03-01", "2022-03-31"),
        ("what did the mayor say in march", "2022-03-01", "2022-03-31"),
        ("What did the mayor say during Feb. 2022?", "2022-02-01", "2022-02-28"),
        ("In March 2022, who visited the harbour?", "2022-03-01", "2022-03-31"),
        ("What did the mayor say in early March?", "2022-03-01", "2022-03-31"),
        ("What did they find in October?", "2021-10-01", "2021-10-31"),
        ("What happened in June?", "2022-06-01", None),
        ("What happened on 4 March?", "2022-03-04", "2022-03-05"),
        ("What happened on the 4th of March in the harbour?", "2022-03-04", "2022-03-05"),
        ("What happened on March 4, 2022?", "2022-03-04", "2022-03-05"),
        ("What happened on Friday, 4 March?", "2022-03-04", "2022-03-05"),
        ("What happened on 2022-03-04?", "2022-03-04", "2022-03-05"),
        ("What happened between 1 and 5 March?", "2022-03-01", "2022-03-06"),
        ("What happened between March 1 and 5?", "2022-03-01", "2022-03-06"),
        ("What happened from 28 December to 3 January?", "2021-12-28", "2022-01-04"),
        ("What did the mayor say from March to May?", "2022-03-01", "2022-05-31"),
        ("What did the mayor say before June 2022?", None, "2022-05-31"),
        ("What did the council decide after the 3rd of March?", "2022-03-04", None),
        ("What changed after 3 March and before 10 March?", "2022-03-04", "2022-03-09"),
        ("Articles published before 4 March 2022 about the ferry", None, "2022-03-03"),
        ("Show me articles from 4 March", "2022-03-04", "2022-03-04"),
        ("News between 1 and 5 March about the ferry", "2022-03-01", "2022-03-05"),
    ],
)
def test_days_of_publication_are_read(question: str, since: str | None, until: str | None) -> None:
    assert days(understand(question, TODAY)) == (since, until)


@pytest.mark.parametrize(
    "question",
    [
        "Who rowed across the bay?",
        "Who won the 2022 harbour race?",
        "Who won the 2024 election?",
        "Who ran in 2022 Harbour Cup races?",
        "Which town played in March Madness?",
        "What came of last week’s vote?",
        "What did the 4 March meeting decide?",
        "What is in the report of 4 March?",
        "How many trees will be planted by 2030?",
        "What will open on 4 March?",
        "Which show is planned for March?",
        "What is expected to happen in July?",
        "Where will the fair be held later this year?",
        "What happens in October?",
        "What must be paid before June?",
        "Which mayor was elected in 1998?",
        "What has changed since 2015?",
        "How did prices move between 1990 and 2005?",
        "How did prices move between 2013 and 2018?",
        "What did the tide do on 31 June?",
        "What did the keeper write on 3/4/2022?",
        "What may happen to the march?",
        "What did the agency say tomorrow would bring?",
        "What was the best song of 2021?",
        "What did the crew find in 5 days?",
        "When was the first year of the war?",
    ],
)
def test_a_time_that_is_what_the_question_is_about_filters_nothing(question: str) -> None:
    asked = understand(question, TODAY)
    assert (asked.since, asked.until, asked.as_of, asked.words) == (None, None, None, ())


@pytest.mark.parametrize(
    "question",
    [
        "How many boats sank on 4 March?",
        "What percentage of shops closed on 4 March?",
        "Who owns the mill that burned on 4 March?",
        "What did the police ask the sailor rescued on 4 March?",
        "After the ferry ran aground on 4 March, who lost the contract?",
        "Who is the man seen on 4 March?",
    ],
)
def test_what_may_be_printed_long_after_the_day_is_not_cut_off(question: str) -> None:
    assert days(understand(question, TODAY)) == ("2022-03-04", None)


@pytest.mark.parametrize(
    "question",
    [
        "Which boat sank this week?",
        "What is the latest on the ferry?",
        "Who is mayor now?",
        "Who resigned on Monday?",
        "",
    ],
)
def test_what_asks_for_new_articles_filters_nothing(question: str) -> None:
    assert understand(question, TODAY) == Asked()


@pytest.mark.parametrize(
    ("question", "as_of"),
    [
        ("What was known as of 4 March?", "2022-03-04"),
        ("As of 2022-03-04, how many boats were missing?", "2022-03-04"),
        ("What was known as of March 2022?", "2022-03-31"),
        ("What was known as at yesterday?", "2022-06-14"),
        ("Which rules hold as of 1 July 2022?", None),
        ("Who led the town as of 1950?", None),
    ],
)
def test_as_of_a_past_day_nothing_later_is_used(question: str, as_of: str | None) -> None:
    found = understand(question, TODAY).as_of
    assert (found and found.isoformat()) == as_of


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did the mayor say before the election?", "before the election"),
        ("What has been rebuilt since the war began?", "since the war began"),
        ("Who led during the siege of the castle?", "during the siege of the castle"),
        ("Who spoke after the U.N. vote?", "after the U.N. vote"),
        ("What did he say after the 2020 flood?", "after the 2020 flood"),
    ],
)
def test_words_of_time_that_name_no_day_are_told_and_unused(question: str, words: str) -> None:
    asked = understand(question, TODAY)
    assert (asked.undated, asked.words) == ((words,), ())
    assert list(steps(asked)) == [f"“{words}” names no day: not used as a filter"]


def test_a_court_is_a_place_and_no_time() -> None:
    assert understand("Who appeared before the court?", TODAY) == Asked()


@pytest.mark.parametrize(
    ("today", "since", "until"),
    [
        ("2022-06-13", "2022-06-06", None),  # Monday: its first day is the one after last week
        ("2022-06-18", "2022-06-06", None),  # Saturday: the week that ends may be meant
        ("2022-06-21", "2022-06-13", "2022-06-20"),
    ],
)
def test_last_week_is_wider_where_two_weeks_may_be_meant(
    today: str, since: str, until: str | None
) -> None:
    asked = understand("What did he say last week?", datetime.fromisoformat(f"{today}T00:00+00:00"))
    assert days(asked) == (since, until)


def test_yesterday_counts_from_the_day_in_the_askers_zone() -> None:
    today = datetime(2022, 6, 15, 1, tzinfo=timezone(timedelta(hours=9)))
    assert understand("What did he say yesterday?", today).since == date(2022, 6, 14)


def test_this_year_filters_nothing_in_january() -> None:
    today = datetime(2022, 1, 3, tzinfo=UTC)
    assert understand("Who won the race this year?", today) == Asked()


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What did he say in 2022?", None, "2022-12-31"),
        ("What did he say in January 2022?", None, None),
        ("What has he said since 2020?", None, None),
        ("What did he say in March 2022?", None, "2022-03-31"),
        ("What did he say in April 2022?", "2022-04-01", "2022-04-30"),
    ],
)
def test_days_before_the_oldest_article_filter_nothing(
    question: str, since: str | None, until: str | None
) -> None:
    earliest, today = datetime(2022, 3, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    assert days(understand(question, today, earliest=earliest)) == (since, until)


def test_the_steps_name_the_days_and_the_words() -> None:
    asked = understand("What did the mayor say in March?", TODAY)
    assert list(steps(asked)) == [
        "Only published 1 to 31 March 2022, since you ask “in March”; undated articles left out"
    ]


@pytest.mark.parametrize(
    ("asked", "when"),
    [
        (Asked(since=date(2022, 3, 4), words=("a",)), "from 4 March 2022 on"),
        (Asked(until=date(2022, 3, 4), words=("a",)), "until 4 March 2022"),
        (Asked(as_of=date(2022, 3, 4), words=("a",)), "until 4 March 2022"),
        (Asked(date(2021, 12, 1), date(2022, 3, 4)), "1 December 2021 to 4 March 2022"),
    ],
)
def test_the_steps_tell_open_ends(asked: Asked, when: str) -> None:
    assert next(steps(asked)).startswith(f"Only published {when}, since")


def test_a_question_narrows_what_was_chosen() -> None:
    given = Filters(until=datetime(2022, 3, 20, tzinfo=UTC), publishers=("Harbour Wire",))
    asked = Asked(since=date(2022, 3, 1), until=date(2022, 3, 31))
    first = datetime(2022, 3, 1, tzinfo=UTC)
    assert narrow(given, asked) == Filters(first, given.until, given.publishers)


def test_a_question_never_contradicts_what_was_chosen() -> None:
    given = Filters(until=datetime(2022, 2, 20, tzinfo=UTC))
    assert narrow(given, Asked(since=date(2022, 3, 1))) == given


def test_an_as_of_bounds_what_is_used() -> None:
    until = narrow(Filters(), Asked(as_of=date(2022, 3, 4))).until
    assert until == datetime(2022, 3, 4, 23, 59, 59, 999999, tzinfo=UTC)


WORDS = "in on since before after between and March 2022 4 the last week 31 as of year - , ?"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=30), st.datetimes(timezones=st.just(UTC)))
def test_whatever_is_asked_the_days_make_sense(words: list[str], today: datetime) -> None:
    asked = understand(question := " ".join(words), max(today, TODAY.replace(year=1990)))
    assert all(part in question for part in asked.words)
    assert not (asked.since and asked.until) or asked.since <= asked.until
