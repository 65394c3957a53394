"""From a question to the names it asks about: only words that are surely names.

A capital alone tells little: sentences begin with one, some people type every word with one, and
months, offices and nouns of other languages have one. What may be no name is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text import misspelling, terms
from assistant.text.attribution.cues import is_role

_TOKEN = re.compile(r"[^\W_](?:[\w.’'&-]*\w)?")
_STARTS = frozenset('?!.:;…—–([{“”"‘«¿¡\n•*|/')  # a word after one may begin a sentence
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ASIDE = re.compile(
    r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Oo]ur|[Ww]e|me)\b"
)  # the reader speaks of himself
_GREETING = re.compile(r"\s*(?:hi|hello|hey|dear|good \w+)\b[^,.!?:;]*[,.!:;]", re.IGNORECASE)
_LETTERED = re.compile(r"[^\W\d_]-[a-zß-ÿ]+$")  # "U-turn", "T-shirt"
_POSSESSIVE = re.compile(r"['’]s?$")
_JOINS = frozenset("of de van von der den del della la da di dos du al el bin ibn le ten".split())

MONTHS_AND_DAYS = """january february march april may june july august september october november
december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
saturday sunday mon tue tues wed thu thur thurs fri sat sun"""
_TIMES = frozenset(
    f"""{MONTHS_AND_DAYS} spring summer autumn winter christmas easter morning afternoon evening
    night""".split()
)
# Words that people type with a capital though they name nothing.
OPENING = frozenset(
    """hello hi hey dear thanks thank please ok okay yes mr mrs ms dr sir madam prof st jr sr
    i'm i've i'd i'll im ive god internet web english
    everything everyone everybody anything anyone anybody something someone somebody nothing
    nobody whatever whoever every each another always never still also latest first last next
    summarise summarize list compare show give find explain describe quote quotes overview summary
    timeline article articles report reports story stories news headline question answer""".split()
)
NO_NAMES = _TIMES | OPENING
# Words of names that name nothing by themselves: "the Finance Ministry", "North Street".
GENERIC = frozenset(
    """north south east west northern southern eastern western central upper lower great greater
    national international federal royal state city town village county district region province
    country republic kingdom union ministry minister department agency office authority council
    committee commission parliament senate congress assembly court government party police army
    navy bank company corporation group association federation society institute university college
    school academy hospital museum library church street road avenue square bridge port harbour
    harbor station airport river lake sea island mount mountain bay park hall house centre center
    team club league cup prize award festival games act bill law report newspaper paper deputy
    vice prime foreign interior finance defence defense health education board fund service services
    trust foundation programme program project plan deal summit conference war""".split()
)
_ABSTRACT = re.compile(r"\w{3,}(?:tion|ment|ness|ism|ology|ics)s?$")
# Small words with a capital inside a sentence: every word has one, and so it tells nothing.
_SMALL = frozenset(
    """did does do is are was were has have had about from with for and or but by to at on in say
    said tell what who how why when where which that this it its his her their""".split()
)
_OTHER_LANGUAGES = frozenset(
    """wer wie warum wann wurde haben sagte sagt und oder nicht ist sind mit auf dem eine einen
    que quien como cuando donde cuanto por para los las una fue dijo sobre qual quem qui quoi quand
    pourquoi combien est sont dans les des avec chi cosa quando dove quanto sono nel della delle
    gli zu zur zum ein einer eines gesagt waarom wanneer waar heeft niet voor een vad vem hvad hvem
    hva och og ikke inte""".split()
)


def asked_names(question: str) -> tuple[str, ...]:
    """The names in a question, as typed, without titles and possessives, each once.

    The first word of a sentence is left out of a name: nobody knows whether it belongs to it.
    A question in capitals, or in another language than English, has none that are sure.
    """
    if not _tells_by_capitals(question):
        return ()
    found = [name for sentence in _asking(question) for name in _names(sentence)]
    return tuple(dict.fromkeys(found))


def telling(name: str) -> tuple[str, ...]:
    """The words of a name that tell whom or what it names: no title, office or month."""
    return tuple(word for word in name.split() if _tells(word))


def _tells(word: str) -> bool:
    plain = _POSSESSIVE.sub("", word.casefold())
    parts = re.findall(r"[^\W\d_]{3,}", plain)
    if not word[:1].isupper() or not parts or _LETTERED.match(word):
        return False
    if plain in terms.STOP or plain in GENERIC or is_role(plain) or _ABSTRACT.match(plain):
        return False
    # Letters for a longer name, which may be printed in full: "EU", "MEPs"; or a word that is meant
    # loudly.
    letters = word[:2].isalpha() and word[:2].isupper()
    if letters and not (4 <= len(word) <= 5 if word.isupper() else len(word) > 5):
        return False
    return not all(part in NO_NAMES for part in parts) and not _is_month(plain)


def _is_month(word: str) -> bool:
    """Whether it is a month or day, perhaps misspelt."""
    return any(misspelling.nearly(word, one) for one in MONTHS_AND_DAYS.split() if len(one) > 5)


def in_another_language(question: str) -> bool:
    """Whether it seems to be in another language than English."""
    words = [match[0].replace("’", "'") for match in _TOKEN.finditer(question)]
    small = [word for word in words if word[0].islower()]
    if any(not word.isascii() or word in _OTHER_LANGUAGES for word in small):
        return True
    # "Qué" and "Qui"; a name may well have an accent.
    first = words[0] if words else "a"
    return first.casefold() in _OTHER_LANGUAGES or (len(first) <= 5 and not first.isascii())


def _tells_by_capitals(question: str) -> bool:
    if in_another_language(question):
        return False
    found = list(_TOKEN.finditer(question))
    if len(found) > 3 and not any(match[0][0].islower() for match in found):
        return False
    inside = [match[0] for match in found if not _begins(question, match)]
    return not any(word[0].isupper() and word.casefold() in _SMALL for word in inside)


def _asking(question: str) -> Iterator[str]:
    """The sentences that may ask: no greeting, none in which the reader speaks of himself."""
    greeting = _GREETING.match(question)
    sentences = _SENTENCE.split(question[greeting.end() :] if greeting else question)
    for sentence in sentences:
        if len(sentences) == 1 or sentence.endswith("?") or not _ASIDE.search(sentence):
            yield sentence


def _begins(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rstrip(" '’")
    return not before or before[-1] in _STARTS


def _names(sentence: str) -> Iterator[str]:
    """Runs of words with capitals, ended by a possessive or a mark."""
    run: list[str] = []
    end = 0
    for match in _TOKEN.finditer(sentence):
        word = match[0]
        if sentence[end : match.start()].strip():
            yield from _finished(run)
            run = []
        end = match.end()
        if _begins(sentence, match):
            continue
        if word == "of" and any(map(_tells, run)):  # "Ada Roe of Ellsund" are two names
            yield from _finished(run)
            run = []
        elif word[0].isupper() or (run and word in _JOINS):
            run.append(_POSSESSIVE.sub("", word))
        if (not word[0].isupper() and word not in _JOINS) or _POSSESSIVE.search(word):
            yield from _finished(run)
            run = []
    yield from _finished(run)


def _finished(run: list[str]) -> Iterator[str]:
    """The run as a name, without the titles and small words around it."""
    while run and (run[-1] in _JOINS or run[-1].casefold() in NO_NAMES):
        run = run[:-1]
    while run and _is_before_a_name(run):
        run = run[1:]
    if any(_tells(word) for word in run):
        yield " ".join(run)


def _is_before_a_name(run: list[str]) -> bool:
    """Whether the first word is a title, part of one ("Prime Minister"), or just typed so."""
    first = run[0].casefold()
    if first in GENERIC and len(run) > 1 and is_role(run[1]):
        return True
    just = first in terms.STOP or first in OPENING or run[0] in _JOINS
    return just or is_role(run[0])
