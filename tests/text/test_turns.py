"""Who speaks in interviews, transcripts, chats and hearings; labels that never speak."""

from __future__ import annotations

import pytest

from assistant.text.attribution.attributions import Attributions, attributions
from tests.support.effort import MANY, processor_seconds


def spoken(text: str) -> list[tuple[str | None, str]]:
    """Each attribution of `text`: who, and which words."""
    return [
        (one.speaker.name if one.speaker else None, text[one.start : one.end].strip())
        for one in attributions(text).all
    ]


def test_bold_names_speak_over_several_paragraphs_and_the_narrator_closes() -> None:
    text = (
        "Ada Roe met Bo Lim.\n\n**Bo Lim:** Is it safe?\n\n**Ada Roe:** It is. I built it.\n\n"
        "And we paid.\n\n**Bo Lim:** Thank you.\n\n**Ada Roe:** I thank you.\n\nThe mole is old."
    )

    assert spoken(text) == [
        ("Bo Lim", "Is it safe?"),
        ("Ada Roe", "It is."),
        ("Ada Roe", "I built it."),
        ("Ada Roe", "And we paid."),
        ("Bo Lim", "Thank you."),
        ("Ada Roe", "I thank you."),
    ]


def test_q_is_of_nobody_and_a_of_the_one_who_was_introduced() -> None:
    text = "We met Ada Roe at the quay.\n\nQ: Is it safe?\n\nA: It is. I built it."

    assert spoken(text) == [
        (None, "Is it safe?"),
        ("Ada Roe", "It is."),
        ("Ada Roe", "I built it."),
    ]


def test_a_is_of_nobody_when_two_were_introduced() -> None:
    text = "We met Ada Roe and Mary Lim.\n\nQ: Is it safe?\n\nA: It is."

    assert spoken(text) == [(None, "Is it safe?"), (None, "It is.")]


def test_initials_mean_the_one_who_has_them() -> None:
    text = "We met Ada Roe.\n\nAR: I like it.\nBL: Do you?\nAR: I do."

    assert ("Ada Roe", "I do.") in spoken(text)


def test_a_transcript_names_role_and_rank_once() -> None:
    text = (
        "VICE ADM. ANN POE, HARBOUR ANALYST: The mole is gone.\n\n(APPLAUSE)\n\n"
        "TOM DEE, HOST: How so?\n\nPOE: The sea took it."
    )

    first = attributions(text).all[0].speaker

    assert first is not None
    assert (first.name.upper(), first.role) == ("ANN POE", "VICE ADM., HARBOUR ANALYST")
    assert [words for _, words in spoken(text)] == [
        "The mole is gone.",
        "How so?",
        "The sea took it.",
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("SEN. ADA ROE (G-ARDEN): We will pay for it.\n\nANN LIM: When?\n\nROE: You will see.",
         ["Ada Roe", "Ann Lim", "Ada Roe"]),
        ("BILL ROE, REPORTER (voice-over): I saw it.\n\nANN LIM, HOST: Who else?\n\nROE: You did.",
         ["Bill Roe", "Ann Lim", "Bill Roe"]),
        ("LENA PRICE, HOST: Is it safe?\n\nANN LIM: It is.\n\nPRICE: Are you sure?",
         ["Lena Price", "Ann Lim", "Lena Price"]),
        ("[Ada Roe]: It is open.\n\n[Bo Lim]: Since when?\n\n[Ada Roe]: Since noon.",
         ["Ada Roe", "Bo Lim", "Ada Roe"]),
        ("__Ada Roe:__ You left. Why?\n\n__Bo Lim:__ I was ill.\n\n__Roe:__ And now?",
         ["Ada Roe", "Ada Roe", "Bo Lim", "Ada Roe"]),
        ("@ada_r: it leans\n@bo: it does not", ["@ada_r", "@bo"]),
    ],
)  # fmt: skip
def test_labels_of_many_kinds_make_turns(text: str, who: list[str]) -> None:
    assert [name for name, _ in spoken(text)] == who


def test_bold_questions_with_the_paper_before_them_are_answered() -> None:
    text = (
        "Ada Roe runs the ferry. We met her in May.\n\n**Arden Bell: How many boats are left?**\n\n"
        "Ada Roe: Four, and one leaks.\n\n**Will there be more?**\n\nNot soon. We are poor."
    )

    assert [(name, words) for name, words in spoken(text) if name == "Ada Roe"] == [
        ("Ada Roe", "Four, and one leaks."),
        ("Ada Roe", "Not soon."),
        ("Ada Roe", "We are poor."),
    ]


def test_a_hearing_gives_questions_to_who_examines_and_answers_to_the_witness() -> None:
    text = (
        "THE COURT: Call your witness.\nMR. DEE: The port now calls the pilot, Ada Roe.\n"
        "EXAMINATION BY MR. DEE:\nQ. Where were you?\nA. I was at home.\nTHE COURT: Thank you."
    )

    assert ("MR. DEE", "Where were you?") in spoken(text)
    assert ("Ada Roe", "I was at home.") in spoken(text)
    assert ("THE COURT", "Thank you.") in spoken(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("[10:42] ada_r: are you there\n[10:43] bo: yes", ["ada_r", "bo"]),
        ("<ada> are you there\n<bo> yes", ["ada", "bo"]),
        ("Ada Roe  00:12\nIs it safe?\n\nBo Lim  00:19\nNo.", ["Ada Roe", "Bo Lim"]),
        ("[00:01] ROE: Is it safe?\n[00:02] LIM: No.", ["ROE", "LIM"]),
    ],
)
def test_chats_and_times_make_turns(text: str, who: list[str]) -> None:
    assert [name for name, _ in spoken(text)] == who


@pytest.mark.parametrize(
    "text",
    [
        "Live: a bus left the road",
        "Breaking News: two hurt, Roe in hospital",
        "Porthwick: Two hurt in fire",
        "EXCLUSIVE: We found the boat.\nEXCLUSIVE: You will not believe it.",
        "LOAD-DATE: 4 March 2026\nLENGTH: 40 words\nLOAD-DATE: 5 March 2026",
        "NAME: Ada Roe\nSTREET: Mill Lane 4\nNAME: Bo Lim\nSTREET: Quay 5",
        "Porthwick: Two hurt. We wait.\nTarrow: Shut.\nPorthwick: You can go.\nTarrow: Open.",
        "Austin: Boats left.\nMadison: Roe said “we wait.”\nGreat Hollow: Rain.\nAustin: Sun came.",
        "9:40 p.m.: Roe leads in Arden.\n9:25 p.m.: Are you voting?\n9:10 p.m.: Polls close.",
        "Goals\n\nAda Roe: 12 goals.\nBo Lim: 9 goals.\nAda Roe: 3 cards.",
        "Opinion: I want the mole back\n\nWatch: you can see it\n\nOpinion: we want it",
    ],
)
def test_labels_never_speak(text: str) -> None:
    labels = {line.split(":")[0] for line in text.split("\n")}

    assert not labels & {name for name, _ in spoken(text)}


def test_the_facts_of_a_check_are_not_the_ones_who_is_checked() -> None:
    text = "POE: “We won.”\n\nTHE FACTS: She lost.\n\nPOE: “We will.”\n\nTHE FACTS: No."

    assert spoken(text) == [("POE", "“We won.”"), ("POE", "“We will.”")]


@pytest.mark.parametrize(
    "piece",
    [
        "ROE:\n", "**Ada Roe:** a\n", "Q. a?\nA. b.\n", "[10:42] a: b\n", "\n> — Ada Roe", "‘a ",
        "’", "« ", "„", "— a, dit A. ", "“a,” snapped ", "snapped: “a” ", "Ada's letter ",
        "From Ada Roe:\n“a”\n", "BY MS. A:\n", "“a\n",
        "» dit le ", "A sagte: “a” ", "Ada Roe, 44\n\n“a”\n\n", "Ada Roe nodded. “a” ",
        "Head of the Port of the ", "“a” and Ada Roe “b” ", "told by ", "A — “a”\n",
        "**A b c d?**\n\nI\n\n",
    ],
)  # fmt: skip
def test_forty_kilobytes_of_anything_take_seconds(piece: str) -> None:
    with processor_seconds(MANY):
        assert Attributions(piece * (40_000 // len(piece))).all is not None
