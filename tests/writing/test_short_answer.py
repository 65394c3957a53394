"""The answer in a few printed words, who prints them, and the words in bold in the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from markdown_it import MarkdownIt

from assistant.records import Answer, Quote, Source
from assistant.writing import quotation_writer, short_answer

SOURCE = Source(
    "ferry", "Ferry count", "Sarnside Herald", published=datetime(2023, 11, 9, tzinfo=UTC)
)


def marking(text: str, words: str, source: Source = SOURCE, start: int = 40) -> Quote:
    """The text as a quote that stands at `start` of its article, these words of it marked."""
    first = start + text.index(words)
    span = (first, first + len(words))
    return Quote(text, start, start + len(text), source, answer=span)


QUOTE = marking("In all seventeen people were hurt, the port said.", "seventeen")


def test_a_quote_gives_its_words_in_three_parts() -> None:
    assert QUOTE.parts == ("In all ", "seventeen", " people were hurt, the port said.")
    assert replace(QUOTE, answer=None).parts == (QUOTE.text, "", "")


def test_as_json_a_quote_gives_the_words_and_their_place_in_the_article() -> None:
    told = QUOTE.to_dict(1)
    assert (told["answer"], told["answer_start"], told["answer_end"]) == ("seventeen", 47, 56)
    told = replace(QUOTE, answer=None).to_dict(1)
    assert (told["answer"], told["answer_start"], told["answer_end"]) == (None, None, None)


def test_the_line_names_the_words_as_printed_their_outlet_day_and_number() -> None:
    assert short_answer.line([QUOTE]) == "seventeen (Sarnside Herald, 9 November 2023) [1]"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (replace(SOURCE, publisher=""), "seventeen (9 November 2023) [1]"),
        (replace(SOURCE, published=None), "seventeen (Sarnside Herald) [1]"),
        (Source("ferry", "Ferry count"), "seventeen [1]"),
        (Source("ferry", "Ferry", " The\n\nHerald "), "seventeen (The Herald) [1]"),
    ],
    ids=["no outlet", "no day", "neither", "an outlet of two lines"],
)
def test_what_is_not_known_is_left_out(source: Source, line: str) -> None:
    assert short_answer.line([replace(QUOTE, source=source)]) == line


def test_only_the_first_quotation_gives_a_short_answer() -> None:
    bare = replace(QUOTE, answer=None)
    assert short_answer.line([bare, QUOTE]) == ""
    assert short_answer.line([]) == ""
    assert short_answer.begin(Answer("q", "q"), [bare, QUOTE]) == (Answer("q", "q"), [])


def test_a_notice_stands_first_and_then_the_short_answer() -> None:
    reply = Answer("q", "q", missing=("Nothing of the crew.",), notice="The model is down.")
    begun, above = short_answer.begin(reply, [QUOTE])
    assert begun == replace(reply, short="seventeen")
    assert above == ["The model is down.", short_answer.line([QUOTE]), "Nothing of the crew."]
    assert begun.to_dict()["short"] == "seventeen"


def test_the_words_are_bold_in_the_text_and_what_is_around_them_is_found_again() -> None:
    *_, text = quotation_writer.answered([QUOTE], [short_answer.line([QUOTE])])
    assert text == (
        "seventeen (Sarnside Herald, 9 November 2023) [1]\n\n"
        "Sarnside Herald, 9 November 2023:\n\n"
        "> In all **seventeen** people were hurt, the port said. [1]"
    )
    assert quotation_writer.around(Answer("q", "q", text=text, quotes=(QUOTE,))) == (
        short_answer.line([QUOTE]),
        "",
    )


@pytest.mark.parametrize(
    ("text", "words", "bold"),
    [
        ("It cost $5 million then.", "$5 million", ["$5 million"]),
        ("They won“twice”.", "“twice”", []),
        ("He is 30%-owner.", "30%", ["30%"]),
        ("He is (a)lone.", "(a)", []),
        ("Seen by Ada Roe, mayor.", " Ada Roe, ", ["Ada Roe,"]),
        ("A list:\nAda Roe\n\nJo Doe\nall came.", "Ada Roe\n\nJo Doe", ["Ada Roe", "Jo Doe"]),
        ("On the 8 March", "8 March", ["8 March"]),
        ("All * of it * is 5 or so.", "5", []),
        ("A `code of 5` is.", "5", []),
        ("It said \\5 once.", "5", []),
        ("See <b title='5'>.", "5", []),
    ],
)
def test_words_are_bold_only_where_markdown_reads_the_marks(
    text: str, words: str, bold: list[str]
) -> None:
    block = quotation_writer.block(marking(text, words), 2)
    tokens = [one for line in MarkdownIt().parse(block) if line.children for one in line.children]
    ranks = [one.type for one in tokens]
    shown = [tokens[at + 1].content for at, rank in enumerate(ranks) if rank == "strong_open"]
    assert shown == bold
    if not bold:
        assert block == "\n".join(f"> {line}" for line in f"{text} [2]".split("\n"))
