"""From a question to those whose words it asks for, and to the quotation that it holds."""

from __future__ import annotations

import re

from assistant.questions.parts import names
from assistant.text import terms

# "What did NATO say about ...": the sentence that reports NATO's own words is meant.
_WHAT = re.compile(
    r"\bwhat (?:did|does|do|has|have|was|is)\b(?P<who>.+?)\b(?:say|said|saying|tell|told|announced?"
    r"|claim|claimed|demand|demanded|argue|argued|think|thought|promised?|warn|warned|reply|respond"
    r"|answer|suggest|suggested|want|wanted|call|ask|asked|urge|urged|appeal|plead)\b",
    re.IGNORECASE,
)
# "Everything the mayor has said", "statements by the harbour master on the quay".
_ALL = re.compile(
    r"\b(?:everything|anything|all|whatever)(?: that| what)? "
    r"(?P<who>(?!(?:was|is|has|have|been|about|on|we|you)\b)[^,.?!]{3,60}?)"
    r"(?: has| have| had)?(?: ever)? (?:said|says?|told|stated|promised|claimed|argued)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:statements?|quot(?:e|es|ations?)|remarks?|comments?|words)(?: made)? (?:by|of|from) "
    r"(?P<who>[^,.?!]{3,60}?)(?= (?:on|about|regarding|over|concerning|in|to|so|after)\b|[,.?!]|$)",
    re.IGNORECASE,
)
# "Everything Ada Roe has said on the quay", in any other form.
_WORDS = re.compile(
    r"\b(?:said|says?|saying|told|tells?|stated?|statements?|remarks?|comment(?:s|ed)?"
    r"|quot(?:e|es|ed)|opinions?|views?|take on|thinks?|argu(?:e|es|ed|ments?)|explain(?:s|ed)?"
    r"|respon(?:se|d|ds|ded)|repl(?:y|ies|ied)|defend(?:s|ed)?|critici[sz](?:e|es|ed))\b",
    re.IGNORECASE,
)
# A quotation is looked for by its words, and what is asked with yes or no by what it tells.
_NOT_WORDS = re.compile(
    r"[\"“”]|^\W*(?:did|does|do|is|are|was|were|has|have|had|can|could|who|when|where|how m)\b",
    re.IGNORECASE,
)
_OPENS = r"(?<!\w)['‘](?=\w)"
_QUOTATION = re.compile(
    r"[\"“«„]([^\"“”«»„\n]{8,400})[\"”»“]"
    # Of 'the workers' strike' the last mark closes, unless another one opens before.
    rf"|{_OPENS}((?:(?!{_OPENS})[^\"“”\n]){{8,400}})(?<=\S)['’](?!\w)"
)
SHORTEST = 3  # words of a quotation: "the deal" names something


def quotation(question: str) -> tuple[str, str]:
    """The words in quotation marks that a question asks about, and the rest of it; or "" and all.

    The words are as typed, without the marks.
    """
    found = _QUOTATION.search(question)
    words = (found[1] or found[2]) if found else ""
    if not found or len(terms.words(words)) < SHORTEST:
        return "", question
    return words.strip(), f"{question[: found.start()]} \n {question[found.end() :]}"


def asked_quotation(question: str) -> str:
    """The words of that quotation alone, in small letters; empty if there is none."""
    return " ".join(terms.words(quotation(question)[0])).casefold()


def asks_words_of(question: str) -> frozenset[str]:
    """The stems of the one whose words a question asks for; none when it asks for another thing."""
    asked = _WHAT.search(question) or _ALL.search(question) or _BY.search(question)
    return frozenset(terms.terms(asked["who"])) if asked else frozenset()


def may_ask_words_of(question: str) -> list[frozenset[str]]:
    """The stems of each name in a question that has a word for saying, in any other form."""
    if not _WORDS.search(question) or _NOT_WORDS.search(question):
        return []
    return [found for one in names(question) if (found := frozenset(terms.terms(one)))]
