from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.records import Article
from assistant.sources.build_article import article
from assistant.sources.cleaning.clean_text import clean
from assistant.sources.cleaning.repeated_lines import drop_recurring
from tests.support.effort import MANY, processor_seconds

STORY = "The council voted on Monday to close the old bridge to lorries until the spring comes."


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("one\r\ntwo\rthree\x0bfour\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("one\n\n \n\t\n\ntwo", "one\n\ntwo"),
        ("  two\u00a0\u2003words \t here  ", "two words here"),
        ("a\x00b\x1b\u200bc\ufeff\u00add", "abcd"),
        ("safe\u202etxt\u2066x\u2069", "safetxtx"),
        ("shown\U000e0041\U000e0042", "shown"),
        ("half \ud83d of a pair", "half of a pair"),
        ("one\x1ctwo", "one two"),
    ],
)
def test_white_space_is_put_in_order_and_unseen_characters_go(raw: str, cleaned: str) -> None:
    assert clean(raw).text == cleaned


def test_words_stay_as_printed() -> None:
    printed = "“We can’t,” said José Ångström — “not … 3½ km”, first, cafe\u0301, 👩\u200d👧 ①."

    assert clean(printed).text == printed


@pytest.mark.parametrize(
    "line",
    [
        "Be the first to comment",
        "Your email address will not be published.",
        "Your email address will not be published. Required fields are marked *",
        "Save my name, email, and website in this browser for the next time I comment.",
        "Cancel reply",
        "ADVERTISEMENT",
        "Read More »",
        "Related articles:",
        "Sign up for our weekly politics newsletter here.",
        "Click here to subscribe to our newsletter!",
        "Follow us on Facebook, Twitter and Instagram",
        "Copyright 2022 The Arden Post. All rights reserved.",
        "© 2022 The Arden Post. All rights reserved.",
        "© Copyright 2021-2022, Arden Media",
        "This site uses cookies to improve your experience.",
        "Loading...",
        "4 min read",
    ],
)
def test_a_line_of_furniture_goes_and_is_told(line: str) -> None:
    cleaned = clean(f"{STORY}\n\n{line}\n\n{STORY}")

    assert cleaned.text == f"{STORY}\n\n{STORY}"
    assert cleaned.dropped == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "He was the first to comment: “Be the first to comment,” he said.",
        "Leave a reply, the mayor said.",
        "Facebook",
        "Twitter",
        "“Sign up for our newsletter,” she said.",
        "Copyright 2022 was a hard year.",
        "The firm holds all rights reserved.",
        "We use cookies in the canteen, the chef said.",
        "Advertisement sales fell.",
        "• Facebook",
        "3 comments",
    ],
)
def test_a_line_that_only_holds_such_words_stays(line: str) -> None:
    cleaned = clean(f"{STORY}\n\n{line}\n\n{STORY}")

    assert line in cleaned.text
    assert cleaned.dropped == ()


def test_a_share_bar_goes_but_not_a_heading_of_one_word() -> None:
    cleaned = clean(f"Share\nTweet\n{STORY}\n\nFacebook\n\n{STORY}\n\nFacebook\nTwitter\nEmail")

    assert cleaned.text == f"{STORY}\n\nFacebook\n\n{STORY}"


def test_the_comments_below_a_comment_heading_go_with_it() -> None:
    cleaned = clean(f"{STORY}\n\n2 Comments\n\nAnn\nWell said!\nBo\nNot so.\n\nLeave a Reply")

    assert cleaned.text == STORY
    assert len(cleaned.dropped) == 6


def test_long_lines_below_a_comment_heading_stay() -> None:
    cleaned = clean(f"{STORY}\n\nRelated articles\n\n{STORY}")

    assert cleaned.text == f"{STORY}\n\n{STORY}"


def test_each_drop_is_logged_with_its_place(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="assistant.sources")

    clean(f"{STORY}\nLeave a Reply", where="a.txt")

    assert caplog.messages == ["dropped 'Leave a Reply' from a.txt"]


def test_hard_wrapped_paragraphs_are_joined() -> None:
    wrapped = (
        "The council voted on Monday to close the old bridge to lorries\n"
        "until the spring, when the engineers expect to have finished the\n"
        "repairs that the flood made necessary.\n\n"
        "The mayor said that shops would be helped, and that the buses\n"
        "would run."
    )

    lines = clean(wrapped).text.split("\n")

    assert [len(line.split()) for line in lines] == [29, 0, 14]


@pytest.mark.parametrize(
    "text",
    [
        "Roses are red,\nviolets are blue,\nsugar is sweet.",
        "Monday: rain\nTuesday: sun\nWednesday: rain and sun\nThursday: nothing at all",
        f"{STORY}\n• The first item is about as long as a line in a letter used to be\n"
        "• The second item is about as long as a line in a letter used to be",
        "City of the north | 1,200 people | 3.5 percent more than in May\n"
        "City of the south | 1,900 people | 4.5 percent less than in May",
        f"{STORY * 2}\n{STORY * 2}",
    ],
)
def test_lists_poems_tables_and_long_lines_are_left(text: str) -> None:
    assert clean(text).text == text


pieces = st.sampled_from(
    "Leave a Reply;Share;Facebook;2 comments;\n;\n\n; ;\r\n;a.;| ;\u00a0;• ;“No,” he said.;"
    "The old bridge is shut until the spring, and the town;one two three four five six".split(";")
)
shown = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cn", "Cs"], exclude_characters="\ufffc")
)
shown_text = st.lists(pieces | shown, max_size=30).map("".join)
any_text = st.lists(pieces | st.text(max_size=8), max_size=30).map("".join)


@given(any_text)
@example("Leave a Reply\n" * 40)
@example(("word\n" * 30 + "3 comments\n") * 5)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text).text

    assert clean(once).text == once


@given(any_text)
def test_cleaning_adds_no_character(text: str) -> None:
    assert set(clean(text).text) <= set(text) | {" ", "\n"}


@given(shown_text)
def test_every_word_stays_whole_or_is_told_as_dropped(text: str) -> None:
    cleaned = clean(text)

    kept = Counter(cleaned.text.split())
    dropped = Counter(" ".join(cleaned.dropped).split())
    assert kept + dropped == Counter(text.split())


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "\n",
        "a\n",
        "Share\n",
        "2 comments\nx\n",
        "sign up for ",
        "© 2022 ",
        "(c",
        "-" * 60 + " a\n",
    ],
)
def test_a_megabyte_of_anything_is_cleaned_in_seconds(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))

    with processor_seconds(MANY):
        clean(text)


def story(number: int, *, head: str = "", tail: str = "", middle: str = "") -> Article:
    parts = [head, f"{STORY} Number {number}.", middle, f"And {STORY} {number}.", tail]
    return article(title=f"Story {number}", text="\n\n".join(part for part in parts if part))


def test_a_short_line_at_the_end_of_many_articles_goes() -> None:
    batch = [story(number, tail="The Arden Post, since 1901") for number in range(4)]

    dropped = drop_recurring(batch)

    assert [each.text for each in dropped] == [story(number).text for number in range(4)]


def test_dropping_recurring_lines_leaves_source_and_hash() -> None:
    batch = [story(number, head="Arden Post Staff") for number in range(3)]

    dropped = drop_recurring(batch)

    assert [each.source for each in dropped] == [each.source for each in batch]
    assert "Staff" not in dropped[0].text


def test_two_articles_are_too_few_to_tell() -> None:
    batch = [story(number, tail="The Arden Post, since 1901") for number in range(2)]

    assert drop_recurring(batch) == batch


def test_a_story_printed_three_times_keeps_its_last_line() -> None:
    copy = story(1, tail="No one was hurt.")
    batch = [copy, replace(copy), replace(copy), story(2), story(3)]

    assert drop_recurring(batch) == batch


def test_a_line_that_also_stands_inside_articles_is_a_heading_and_stays() -> None:
    batch = [story(number, head="Arden") for number in range(4)] + [story(9, middle="Arden")]

    assert drop_recurring(batch) == batch


def test_a_line_inside_articles_stays_however_often() -> None:
    batch = [story(number, middle="What happens next") for number in range(5)]

    assert drop_recurring(batch) == batch


def test_a_dateline_stays() -> None:
    batch = [story(number, head="Arden —") for number in range(5)]

    assert drop_recurring(batch) == batch


def test_what_recurs_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="assistant.sources")

    drop_recurring([story(number, tail="The Arden Post") for number in range(3)])

    assert len([message for message in caplog.messages if "The Arden Post" in message]) == 3
