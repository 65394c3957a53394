"""From articles to drafts that quote them rightly, and to drafts that falsify what they quote.

Made by chance from a seed, each with one change of a kind that is named.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.records import Article
from assistant.text import terms
from assistant.text.attribution.attributions import attributions
from assistant.text.attribution.quotation_marks import quoted, without_nicknames

SHORTEST, LONGEST = 6, 60  # words of a quotation that is used
TRIES = 100  # for each draft
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TENSES = "is was|are were|has had|have had|will would|can could|do did|does did|says said|go went"
_TENSE = {
    a: b for pair in _TENSES.split("|") for one in [pair.split()] for a, b in (one, one[::-1])
}
_NUMBERS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty".split()
_DENIABLE = "is are was were will would can could must should may".split()
_NOT = re.compile(r"\b(?:not|never)\s|(?<=\w)n['’]t\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:not|cannot|never|no|none|nobody|nothing|nowhere|neither|nor|without)\b|n['’]t\b", re.I
)
_PRONOUN = re.compile(r"\b(?:he|she|they|it|we|this|them|him|her|us)\b")
_DASH = re.compile(r"\s*[—–]\s*|\s-\s")


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation as its article prints it, without marks, and who says it."""

    words: str
    speaker: str
    article: Article


@dataclass(frozen=True, slots=True)
class Case:
    """A draft of one sentence, and what was done to the quotation in it."""

    kind: str
    draft: str


Change = Callable[[Said, Sequence[Said], random.Random], str]


def said_in(articles: Iterable[Article]) -> list[Said]:
    """The quotations of articles that have one speaker who is named."""
    found = []
    for article in articles:
        text = article.text
        for one in without_nicknames(text, quoted(text)):
            words = text[one.start + 1 : one.end - 1].strip(" ,")
            who = attributions(text).speaker_of(one.start, one.end)
            fits = SHORTEST <= len(words.split()) <= LONGEST and not one.open
            # What stands in marks inside it would end the draft's quotation.
            if fits and who and who.name[:1].isupper() and not re.search(r"[\"“”\[\]]", words):
                found.append(Said(words, who.name, article))
    return found


def drafts(
    kinds: dict[str, Change], said: Sequence[Said], count: int, seed: int, *, false: bool
) -> list[Case]:
    """So many drafts, the kinds in turn; of `false` ones none is by chance printed as it stands."""
    chance = random.Random(seed)  # nosec B311 # it guards nothing: the same drafts each time
    printed = [_bare(one.article.text) for one in said] if false else []
    whole = list(dict.fromkeys(printed))
    found = list[Case]()
    made = Counter[str]()
    tries = 0
    while len(found) < count and tries < TRIES * count:
        # The kind that is rarest so far, now and then another: some fit few quotations.
        kind = min(kinds, key=lambda one: made[one] + tries * chance.random() / TRIES)
        one, tries = chance.choice(said), tries + 1
        alters = kind != "speaker" and false
        draft = kinds[kind](one, said, chance)
        words = _bare(_inside(draft)) if draft and alters else ""
        if draft and not (alters and any(words in text for text in whole)):
            found.append(Case(kind, draft))
            made[kind] += 1
    return found


def _bare(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold().replace('’', chr(39))))} "


def _inside(draft: str) -> str:
    return draft[draft.index("“") + 1 : draft.rindex("”")]


def _told(words: str, speaker: str, chance: random.Random) -> str:
    """The words as a draft has them."""
    bare = words.rstrip(".,")
    ended = bare if bare[-1:] in "?!…" else f"{bare},"
    full = bare if bare[-1:] in "?!…" else f"{bare}."
    return chance.choice(
        [
            f"“{ended}” said {speaker}.",
            f"“{ended}” {speaker} said.",
            f"{speaker} said: “{full}”",
            f"As {speaker} told reporters, “{full}”",
        ]
    )


def _swapped(words: str, find: re.Match[str], instead: str) -> str:
    shown = instead.capitalize() if find[0][:1].isupper() and find.start() == 0 else instead
    return words[: find.start()] + shown + words[find.end() :]


def _some(words: str, fits: Callable[[re.Match[str]], bool]) -> list[re.Match[str]]:
    return [one for one in _WORD.finditer(words) if fits(one)]


def _weighty(one: re.Match[str]) -> bool:
    return one[0].islower() and len(one[0]) > 3 and one[0] not in terms.STOP


def _is_name(one: re.Match[str]) -> bool:
    return one.start() > 0 and one[0][:1].isupper() and len(one[0]) > 2 and "'" not in one[0]


def _word(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    found, other = _some(one.words, _weighty), _some(chance.choice(others).words, _weighty)
    if not found or not other:
        return ""
    place, instead = chance.choice(found), chance.choice(other)[0]
    if terms.stem(place[0]) == terms.stem(instead):
        return ""
    return _told(_swapped(one.words, place, instead), one.speaker, chance)


def _figure(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    found = _some(one.words, lambda w: w[0].isdigit() or w[0].casefold() in _NUMBERS)
    if not found:
        return ""
    place = chance.choice(found)
    if place[0].isdigit():
        instead = str(int(place[0]) + chance.choice([-1, 1, 2, 10]))
    else:
        instead = chance.choice([word for word in _NUMBERS if word != place[0].casefold()])
    return _told(_swapped(one.words, place, instead), one.speaker, chance)


def _name(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    found, instead = _some(one.words, _is_name), chance.choice(others).speaker.split()[-1]
    if not found:
        return ""
    place = chance.choice(found)
    if place[0].casefold() == instead.casefold():
        return ""
    return _told(_swapped(one.words, place, instead), one.speaker, chance)


def _negation(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    if found := _NOT.search(one.words):
        return _told(one.words[: found.start()] + one.words[found.end() :], one.speaker, chance)
    places = _some(one.words, lambda word: word[0] in _DENIABLE)
    if not places:
        return ""
    place = chance.choice(places)
    return _told(_swapped(one.words, place, f"{place[0]} not"), one.speaker, chance)


def _tense(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    places = _some(one.words, lambda word: word[0] in _TENSE)
    if not places:
        return ""
    place = chance.choice(places)
    return _told(_swapped(one.words, place, _TENSE[place[0]]), one.speaker, chance)


def _order(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    words = one.words.rstrip(".,?!").split()
    cut = chance.randrange(2, len(words) - 2)
    return _told(" ".join([*words[cut:], *words[:cut]]), one.speaker, chance)


def _joined(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    other = chance.choice(others)
    if other.article is one.article and other.speaker == one.speaker:
        return ""
    first, second = one.words.rstrip(".,?!").split(), other.words.rstrip(".,?!").split()
    begin, end = first[: max(4, len(first) // 2)], second[-max(4, len(second) // 2) :]
    link = chance.choice([" ", ", and ", ". "])
    return _told(" ".join(begin) + link + " ".join(end), one.speaker, chance)


def _speaker(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    other = chance.choice(others).speaker
    mine, theirs = ({*map(str.casefold, name.split())} for name in (one.speaker, other))
    return "" if mine & theirs else _told(one.words, other, chance)


FALSE: dict[str, Change] = {
    "word": _word,
    "figure": _figure,
    "name": _name,
    "negation": _negation,
    "tense": _tense,
    "order": _order,
    "joined": _joined,
    "speaker": _speaker,
}


def _as_it_is(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    return _told(one.words, one.speaker, chance)


def _marks(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    first, last = chance.choice([('"', '"'), ("«", "»"), ("„", "“"), ("‘", "’")])
    words = one.words.rstrip(".,").replace("’", chance.choice("’'"))
    return f"{first}{words},{last} said {one.speaker}."


def _dashes(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    dash = chance.choice([" - ", "—", " – ", " — "])
    changed = _DASH.sub(dash, one.words)
    return _told(changed, one.speaker, chance) if _DASH.search(one.words) else ""


def _ellipsis(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    words = one.words.split()
    if len(words) < 9:
        return ""
    first = chance.randrange(3, len(words) - 4)
    last = chance.randrange(first + 1, len(words) - 3)
    sign = chance.choice([" … ", " ... ", " [...] ", " (…) ", "… "])
    if _DENIES.search(" ".join(words[first:last])):
        return ""
    return _told(" ".join(words[:first]) + sign + " ".join(words[last:]), one.speaker, chance)


def _brackets(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    if chance.random() < 0.5:
        letter = one.words[0].lower() if one.words[0].isupper() else one.words[0].upper()
        rest = one.words[1:]
        return _told(f"[{letter}]{rest}", one.speaker, chance) if rest[:1].isalpha() else ""
    found = _PRONOUN.search(one.words, 12)
    far = found and len(one.words[found.end() :].split()) > 2
    return (
        _told(_swapped(one.words, found, "[the town]"), one.speaker, chance)
        if found and far
        else ""
    )


def _capital(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    letter = one.words[0].lower() if one.words[0].isupper() else one.words[0].upper()
    return _told(letter + one.words[1:], one.speaker, chance)


def _split(one: Said, others: Sequence[Said], chance: random.Random) -> str:
    words = one.words.rstrip(".,").split()
    at = chance.randrange(3, len(words) - 2)
    first, second = " ".join(words[:at]).rstrip(",;"), " ".join(words[at:])
    return f"“{first},” said {one.speaker}, “{second}.”"


HONEST: dict[str, Change] = {
    "as it is": _as_it_is,
    "marks": _marks,
    "dashes": _dashes,
    "ellipsis": _ellipsis,
    "brackets": _brackets,
    "capital": _capital,
    "split": _split,
}


def falsified(said: Sequence[Said], count: int, seed: int) -> list[Case]:
    """Drafts that falsify what they quote."""
    return drafts(FALSE, said, count, seed, false=True)


def honest(said: Sequence[Said], count: int, seed: int) -> list[Case]:
    """Drafts that quote what is printed."""
    return drafts(HONEST, said, count, seed, false=False)
