"""What a sentence makes of a claim: it bears it out, prints otherwise, or neither is clear."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.evidence.claimed_figures import figures
from assistant.evidence.claims import bare, clashes, compare
from tests.support.verdict_articles import desk_of

TITLE = "Mill at Tarn turns again"


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (
            "Is it true that the Tarn mill stood still for six weeks?",
            "The mill at Tarn stood still for six weeks.",
        ),
        ("The Tarn repair cost 8,200 crowns", "The repair cost 8,200 crowns at Tarn."),
        (
            "my colleague says the mill repair was finished on May 2nd, is that so",
            "The repair of the mill was finished on 2 May.",
        ),
        ("more than 200 sacks of flour were lost at Tarn", "Tarn lost 212 sacks of flour."),
    ],
)
def test_the_same_figure_of_the_same_thing_bears_it_out(claim: str, text: str) -> None:
    found = compare(claim, text, TITLE)
    assert found is not None
    assert found.kind == "borne_out"


@pytest.mark.parametrize(
    ("claim", "text", "words"),
    [
        (
            "Did the Tarn mill stand still for nine weeks?",
            "The mill at Tarn stood still for six weeks.",
            "six weeks",
        ),
        ("the tarn repair cost 9,200 crowns, right?", "Tarn’s repair cost 8,200 crowns.", "8,200"),
        ("The mill repair was finished on 12 May", "The repair was finished on 2 May.", "2 May"),
        ("the mill repair took eighty four days", "The repair took 48 days.", "48 days"),
        (
            "Is it true that Asta Holm paid for the planks?",
            "The planks are new. Asta Holm did not pay for them.",
            "Asta Holm did not pay for them.",
        ),
    ],
)
def test_another_figure_in_its_place_is_otherwise(claim: str, text: str, words: str) -> None:
    found = compare(claim, text, f"{TITLE} {text} mill planks")
    assert found is not None
    assert found.kind == "otherwise"
    assert text[found.start : found.end].startswith(words)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        # Of something else, of a part, of a comparison.
        ("The Tarn mill waited nine weeks", "The mill at Tarn waited for two planks."),
        ("All 30 lamps at Tarn are out", "Fourteen of the 30 lamps at Tarn are out."),
        ("Half of the Tarn mill was sold for 90 crowns", "Tarn mill was sold for 180 crowns."),
        ("At least eleven sacks a day leave the mill", "At least ten sacks a day leave the mill."),
        # Denied, refused, planned or mended.
        (
            "The council paid 8,200 crowns for Tarn",
            "The council did not pay 8,200 crowns for Tarn.",
        ),
        ("The council voted 9 to 4 for the mill", "The council rejected the mill by 9 votes to 4."),
        ("The Tarn mill closes for 6 weeks", "The Tarn mill may close for 6 weeks."),
        ("Tarn lost 60 sacks", "Correction: Tarn lost 80 sacks, not 60 as printed."),
        # Both figures are printed.
        ("Tarn sold 60 sacks", "Tarn sold 80 sacks after the 60 sacks of March."),
        # Too little is shared, or nothing can be compared.
        ("The bridge at Sund cost 60 crowns", "The bread cost 80 crowns."),
        ("Nell Osk is the miller at Tarn", "Nell Osk is the miller at Tarn."),
    ],
)
def test_where_anything_else_may_differ_there_is_no_verdict(claim: str, text: str) -> None:
    assert compare(claim, text, TITLE) is None


def test_a_score_is_two_figures_and_a_tail_no_part_of_a_claim() -> None:
    assert [one.amount and one.amount.value for one in figures("won 21 to 14")] == [21, 14]
    assert bare("The mill is shut, isn't it? Yes or no") == "The mill is shut"
    assert bare("Isn't the mill shut?").strip() == "the mill shut?"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return desk_of(tmp_path_factory.mktemp("claims"))


def test_a_claim_gets_its_verdict_and_first_the_quotation_that_proves_it(desk: Assistant) -> None:
    reply = desk.answer("Is it true that the mill at Tarn stood still for nine weeks?")
    assert reply.verdict == "Tarn Courier, 4 May 2023, prints otherwise: “six weeks” [1]"
    assert reply.quotes[0].parts[1] == "six weeks"
    reply = desk.answer("Is it true that the mill at Tarn stood still for six weeks?")
    assert reply.verdict == "Borne out by Tarn Courier, 4 May 2023 [1]"


def test_without_a_clear_verdict_a_claim_gets_its_sentences(desk: Assistant) -> None:
    reply = desk.answer("Is it true that Nell Osk sold bread from another town?")
    assert (reply.verdict, reply.status) == ("", "answered")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("borne_out", "In the end 27 sacks were lost at Tarn."),
        ("borne_out", "Tarn’s loss was 27 bags of flour, not 31."),
        ("borne_out", "Correction: the flour lost was 27 bags; we wrote 31."),
        ("otherwise", "The flour mill at Tarn lost 31 sacks."),
    ],
)
def test_another_sentence_may_put_a_verdict_in_doubt(kind: str, text: str) -> None:
    assert clashes("Were 31 sacks of flour lost at Tarn?", kind, text)


@pytest.mark.parametrize("kind", ["borne_out", "otherwise"])
def test_what_tells_of_something_else_puts_nothing_in_doubt(kind: str) -> None:
    claim = "Were 31 sacks of flour lost at Tarn?"
    assert not clashes(claim, kind, "The bridge at Sund has 27 lamps.")
    assert not clashes(claim, kind, "The miller of Tarn sold bread from another town.")
