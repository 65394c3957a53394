"""From a sentence that a model wrote and the sentences it cites to what it has no right to say.

Strict on purpose, and the same every time: each figure, date, name, negation and word of weight
must stand in a cited sentence. What is true but said in other words is refused as well; a reader
then gets the quotation alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence.match_quotation import NEGATION
from assistant.records import Quote
from assistant.text import quantities, terms

# Words that hold a sentence together, tell that something is reported, or point at its parts.
_PLAIN = frozenset(
    terms.stem(word)
    for word in (
        *terms.STOP,
        *"""although though despite however meanwhile moreover therefore thus since because still
        yet already even either whether within across among along around toward towards upon per
        via regarding concerning including included respectively instead later earlier second
        another least less add added adds note noted notes state stated wrote writes explain
        explained explains report reported reports announce announced announces describe
        described describes mention mentioned article articles source sentence statement question
        answer reader quote quoted part make made take taken get got give given became become
        went go come came""".split(),
    )
) - {terms.stem(word) for word in "no not nor never".split()}
_TIMES = "day date week month year weekend morning afternoon evening night today yesterday tomorrow"
_MATTER = frozenset(terms.stem(word) for word in f"{_TIMES} ago tonight last next new".split())
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m1>{_MONTH})|(?P<m2>{_MONTH})\s(?P<d2>\d{{1,2}})"
    rf"(?:st|nd|rd|th)?(?![\d:]))(?:,?\s(?P<y>\d{{4}}))?\b"
)
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_CAPITAL = re.compile(r"\b[^\W\d_a-z]\w*(?:['’.-]\w+)*", re.UNICODE)
_BREAK = re.compile(r"[,;:()–—]|\b(?:but|and|while|because|although)\b", re.IGNORECASE)
# "May" is less than "will": neither takes the other's place.
_SURE = tuple(
    re.compile(rf"\b(?:{words})\b|['’](?:{short})\b", re.IGNORECASE)
    for words, short in (("will|would|shall", "ll|d"), ("may|might|could|can|cannot", "-"))
)
# What follows these is not said to be so: "denied that", "if"; nor is what an order wants said.
_DOUBT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|refus\w*|dismiss\w*|doubt\w*|if|whether|unless|fail\w*"
    r"|fals\w*|alleg\w*|claim\w*|rumou?r\w*|rul(?:ed|es|e|ing) out|against|instead of|rather than"
    r"|oppos\w*|pretend\w*|(?:say|write|add|answer|repeat|report|tell \w+) that)\b",
    re.IGNORECASE,
)
SCOPE = 4  # words of weight that a "not" reaches
# What no honest sentence about the news has, unless it quotes it.
_FOREIGN = re.compile(
    r"https?:|www\.|\w@\w|[<>{}`|\\~^=#*_]|\]\(|!\[|[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\U0001f000-\U0010ffff]"
)
_ADDRESSED = re.compile(
    r"\b(?:I|I['’]\w+|me|my|mine|we|our|us|you|your|yours|yourself|please|should|must|let['’]s"
    r"|let us)\b",
    re.IGNORECASE,
)
_OPPOSITES = (
    "accept/reject agree/refuse agree/disagree allow/ban before/after above/below up/down rise/fall"
    " rose/fell increase/decrease more/less more/fewer over/under open/close win/lose won/lost"
    " support/oppose first/last north/south east/west guilty/innocent alive/dead start/end"
    " buy/sell import/export enter/leave include/exclude arrive/leave high/low higher/lower"
    " true/false inside/outside with/without can/cannot all/none always/never"
)
_OPPOSITE: dict[str, set[str]] = {}
for _pair in _OPPOSITES.split():
    _one, _other = (terms.stem(word) for word in _pair.split("/"))
    _OPPOSITE.setdefault(_one, set()).add(_other)
    _OPPOSITE.setdefault(_other, set()).add(_one)


def unfounded(text: str, prose: str, cited: Sequence[Quote]) -> str:
    """Why the sentence `text` may not be shown, in a few words; empty when it may.

    `prose` is the same without what it quotes at length and without its numbers.
    """
    if sign := _FOREIGN.search(prose):
        return f"the sign {sign[0]!r}"
    printed = " ".join(_support(quote) for quote in cited)
    plain = _without_days(prose, cited)
    return next(
        (
            f"{kind} {found}"
            for kind, check in (
                ("the figure", _figure(plain, printed)),
                ("the name", _name(plain, printed)),
                ("the negation", _turned(NEGATION, text, prose, cited)),
                ("the doubt", _turned(_DOUBT, text, prose, cited)),
                *(("how sure:", _turned(kind, prose, prose, cited)) for kind in _SURE),
                ("the word", _word(plain, printed)),
                ("the word", _address(plain, printed)),
            )
            if (found := next(check, ""))
        ),
        "",
    )


def _support(quote: Quote) -> str:
    """What a citation of the quote gives the right to say."""
    source = quote.source
    parts = (quote.text, quote.speaker, quote.role, source.publisher)
    glosses = " ".join(gloss.meaning for gloss in quote.glosses)
    return ". ".join(part for part in (*parts, glosses) if part)


def _without_days(prose: str, cited: Sequence[Quote]) -> str:
    """The prose without the dates that the cited sentences, or their date lines, give."""
    allowed = set()
    for quote in cited:
        moment = quote.source.published
        texts = [quote.text, *(gloss.meaning for gloss in quote.glosses)]
        days = [day for text in texts for day in map(_day, _DATE.finditer(text)) if day]
        if moment and _tells_of_print(prose, quote):
            days.append((moment.day, moment.month, moment.year))
        for day, month, year in days:
            allowed |= {(day, month, year), (day, month, 0)}
            if not year and moment:
                allowed.add((day, month, moment.year))

    def mask(match: re.Match[str]) -> str:
        return " " if _day(match) in allowed else match[0]

    return _DATE.sub(mask, prose)


def _tells_of_print(prose: str, quote: Quote) -> bool:
    """Whether the prose speaks of the article itself, whose day it may then name."""
    outlet = quote.source.publisher
    return bool(outlet and outlet.casefold() in prose.casefold()) or bool(
        re.search(r"\b(?:report(?:ed|s)?|published|as of|article)\b", prose, re.IGNORECASE)
    )


def _day(match: re.Match[str]) -> tuple[int, int, int] | None:
    name = (match["m1"] or match["m2"]).lower()[:3]
    month = next((n for n, one in enumerate(_MONTHS, 1) if one.startswith(name)), 0)
    return int(match["d1"] or match["d2"]), month, int(match["y"] or 0)


def _figure(prose: str, printed: str) -> Iterator[str]:
    known = set(_DIGITS.findall(printed))
    values = {(one.value, one.unit) for one in quantities.quantities(printed)}
    counts = {value for value, _ in values}
    spelled = quantities.quantities(prose)
    for one in spelled:
        words = prose[one.start : one.end].strip()
        if words.casefold() in ("one", "a"):
            continue
        if (one.value, one.unit) not in values and not (not one.unit and one.value in counts):
            yield words
    # A quantity's first number has been seen to; of "eight to 12" the second has not.
    firsts = {one.start + (prose[one.start] in "$€£") for one in spelled}
    for match in _DIGITS.finditer(prose):
        if match.start() not in firsts and match[0] not in known:
            yield match[0]


def _name(prose: str, printed: str) -> Iterator[str]:
    """Capitalised words that no cited sentence prints; small ones may begin a sentence."""
    known = terms.stems(printed)
    for match in _CAPITAL.finditer(prose):
        word = match[0]
        first = not re.search(r"\w", prose[: match.start()])
        if first and (terms.stem(word) in _PLAIN or word.casefold() in terms.STOP):
            continue
        if any(terms.stem(part) not in known for part in terms.words(word)):
            yield word


def _word(prose: str, printed: str) -> Iterator[str]:
    known = terms.stems(printed)
    counted = {at for one in quantities.quantities(prose) for at in range(one.start, one.end)}
    words = "".join(" " if at in counted else letter for at, letter in enumerate(prose))
    stems = {terms.stem(word): word for word in terms.words(_DIGITS.sub(" ", words))}
    for stem, word in stems.items():
        turned = _OPPOSITE.get(stem, set()) & known
        if stem not in known and (turned or stem in _MATTER or stem not in _PLAIN):
            yield word


def _address(prose: str, printed: str) -> Iterator[str]:
    """Words that speak to the reader or for the writer."""
    known = {word.casefold() for word in terms.words(printed)}
    for match in _ADDRESSED.finditer(prose):
        if match[0].casefold() not in known or match[0].casefold() in (
            "you",
            "your",
            "i",
            "please",
        ):
            yield match[0]


def _turned(kind: re.Pattern[str], whole: str, prose: str, cited: Sequence[Quote]) -> Iterator[str]:
    """A "not" (or "may", "will") that no cited sentence has there, or one that was left out.

    What is there too much is looked for in the prose, what is left out in the whole.
    """
    theirs = [scope for quote in cited for scope in _scopes(kind, quote.text)]
    reached = {stem for _, scope in theirs for stem in scope}
    for word, scope in _scopes(kind, prose):
        if not theirs or (scope and not set(scope) & reached):
            yield word
    # Words of its head may stand without it as often as the articles print them so.
    free = _free(kind, whole)
    theirs_free = [stem for quote in cited for stem in _free(kind, quote.text)]
    for word, scope in theirs:
        if scope and free.count(scope[0]) > theirs_free.count(scope[0]):
            yield word


def _scopes(kind: re.Pattern[str], text: str) -> list[tuple[str, list[str]]]:
    """Each word of a kind in a text, with the stems of weight that it reaches."""
    found = []
    for match in kind.finditer(text):
        clause = _BREAK.split(text[match.end() :], maxsplit=1)[0]
        stems = [stem for stem in map(terms.stem, terms.words(clause)) if stem not in _PLAIN]
        found.append((match[0], stems[:SCOPE]))
    return found


def _free(kind: re.Pattern[str], text: str) -> list[str]:
    """The stems of a text that no word of the kind reaches."""
    left = [terms.stem(word) for word in terms.words(text)]
    for stem in (stem for _, scope in _scopes(kind, text) for stem in scope):
        if stem in left:  # two words of the kind may reach the same
            left.remove(stem)
    return left
