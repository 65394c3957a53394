"""The small words that requests are made of, and how they are typed wrong. Mostly tables."""

from __future__ import annotations

import functools

from assistant.questions.asked_names import MONTHS_AND_DAYS, OPENING
from assistant.questions.request_words import PUT_WORDS
from assistant.text import terms

# What requests are made of, besides the words of `STOP`, `OPENING` and `PUT`.
_FRAME = frozenset(
    """does doing done going gone went come came became become getting got gets made make making
    take took taken called calls know knows known think thinks thought mean means meant want wants
    wanted need needs coming look like exactly actually really mentioned mentions describe describes
    explained explains reason reasons because regarding concerning since until ever still already
    number amount total many people person someone anyone nobody everyone another others between
    without during whether would could should please quick quickly latest newest number which whose
    where there their they're what's who's where's when's it's that's one two three four five six
    seven eight nine ten hundred thousand million billion first second third last time date price
    cost worth money away often long happening statement quote opinion answer question
    found job""".split()
)
# What is asked of an article as such: "What are the main points of the report?"
_ARTICLES = frozenset(
    """article articles piece pieces item items column report reports reported recount recounts
    write writes wrote written print printed prints carry carried run ran read reads gist digest
    precis précis content contents main key point points short shorter version nutshell boil
    boiled outline retell paper newspaper headline headlined title titled called copy link stood
    stand lines line story stories interview feature editorial account""".split()
)
# What is typed wrong so often that it needs no letters to compare.
KNOWN_SLIPS = dict(
    pair.split("=")
    for pair in """wat=what waht=what wht=what whta=what wats=what's wahts=what's wen=when wehn=when
    whn=when wich=which whcih=which wihch=which wo=who woh=who hwo=how teh=the hte=the taht=that
    tht=that adn=and abotu=about abot=about abuot=about abt=about ppl=people thier=their sya=say
    syas=says sayd=said siad=said meny=many mnay=many wuld=would shoud=should shuld=should
    culd=could becuase=because becouse=because cuz=because whent=went wos=was frm=from wiht=with
    wth=with hapened=happened happend=happened befor=before aftr=after afetr=after
    mutch=much evry=every whre=where wher=where coud=could woud=would peple=people""".split()
)


@functools.cache
def frame() -> frozenset[str]:
    """The small words that requests are made of."""
    return terms.STOP | OPENING | PUT_WORDS | _FRAME | frozenset(MONTHS_AND_DAYS.split())


def asks_topic(request: str) -> bool:
    """Whether the request tells what it is about: "What does the article say?" does not."""
    small = frame() | _ARTICLES
    return any(word.casefold().replace("’", "'") not in small for word in terms.words(request))


@functools.cache
def months() -> frozenset[str]:
    """Months and days of the week, in full."""
    return frozenset(one for one in MONTHS_AND_DAYS.split() if len(one) > 4)
