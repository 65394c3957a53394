"""The order and the sections of quotes, by the form of the answer."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.evidence.arranging import REPORTED, UNDATED, arrange, within
from assistant.records import Gloss, Quote, Section, Source


def told(
    text: str, day: int | None, speaker: str | None = None, start: int = 0, **more: str
) -> Quote:
    """A quote from an article of that day of May 2023."""
    published = datetime(2023, 5, day, 9, tzinfo=UTC) if day else None
    source = Source(f"article of {day}", "Quay shut", published=published)
    end = start + len(text)
    glosses = tuple(Gloss(words, 0, 1, meaning) for words, meaning in more.items())
    return Quote(text, start, end, source, speaker=speaker, glosses=glosses)


OLD, MIDDLE, NEW = told("It burns.", 2), told("It smokes.", 4), told("It is out.", 6)


def test_an_overview_begins_with_the_newest_article_and_then_goes_by_time() -> None:
    more = told("All are safe.", 6, start=40)
    assert arrange("overview", [more, MIDDLE, NEW, OLD]) == ((NEW, more, OLD, MIDDLE), ())


def test_a_timeline_has_a_section_for_each_day_that_is_told_of() -> None:
    late = told("On Tuesday it burned.", 6, Tuesday="2 May 2023")
    quotes, sections = arrange("timeline", [NEW, late, OLD])
    assert quotes == (OLD, late, NEW)  # within a day by print
    assert [one.heading for one in sections] == ["2 May 2023", "6 May 2023"]
    assert sections[0].quotes == (OLD, late)


def test_what_is_still_to_come_stands_under_the_day_of_its_print() -> None:
    planned = told("It opens on Monday.", 2, Monday="8 May 2023")
    vague = told("It opened in spring.", 4, spring="spring 2023")
    _, sections = arrange("timeline", [planned, vague])
    assert [one.heading for one in sections] == ["2 May 2023", "4 May 2023"]


def test_what_has_no_day_comes_first_and_says_so() -> None:
    undated = told("It burned.", None)
    assert arrange("timeline", [NEW, undated])[1][0] == Section(UNDATED, (undated,))


def test_statements_stand_under_those_who_make_them() -> None:
    ada, bo, ada_too = told("a", 2, "Ada Roe"), told("b", 2, "Bo Tarn"), told("c", 4, "Ada Roe")
    quotes, sections = arrange("statements", [ada, bo, OLD, ada_too])
    assert quotes == (ada, ada_too, bo, OLD)
    assert [one.heading for one in sections] == ["Ada Roe", "Bo Tarn", REPORTED]


def test_one_section_is_none_and_a_direct_answer_has_none() -> None:
    ada = told("a", 2, "Ada Roe")
    assert arrange("statements", [ada]) == ((ada,), ())
    assert arrange("direct", [NEW, OLD]) == ((NEW, OLD), ())
    assert arrange("timeline", []) == ((), ())


def test_sections_of_an_answer_that_grows_hold_what_is_shown() -> None:
    sections = (Section("one", (OLD, MIDDLE)), Section("two", (NEW,)))
    assert within(sections, [OLD]) == (Section("one", (OLD,)),)
    assert within(sections, [OLD, MIDDLE, NEW]) == sections
