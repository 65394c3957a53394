"""From a text to the spans of its sentences. Knows English newswire, and nothing else of ours.

A wrong cut costs neatness, never truth: whatever is quoted stays a slice of its article. By hand,
because a text may be hostile (nupunkt takes the square of a run of marks), and to cut it better.
"""

from __future__ import annotations

import re

# A sentence may end at a line's end, or where marks (and what closes after them) meet a space.
# Possessive, and never begun inside a run of marks: a megabyte of dots costs one pass.
_END = re.compile(r"\n|(?<![.!?…])([.!?…]++)[\"'”’“»«」)\]]*+(?=[^\S\n])")
_NEXT = re.compile(r"[^\S\n]*+[\"'“‘«»„「(\[•]*+(\w{0,24}+)")
_WORD_BEFORE = re.compile(r"[^\W_]*(?:\.[^\W_]{1,2})*\Z")
_LETTERS = re.compile(r"[^\W\d_]|[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
_SAYS = re.compile(
    r"(?:[^\S\n]+[A-Z][\w.’'-]{0,20}){1,3}[^\S\n]+(?:asks?|asked|added|said|says|told|wrote|"
    r"demanded|exclaimed|snapped|cried|shouted|wondered|replied|quipped|joked|shot back)\b"
)
# “— Нет! — сказала Анна”, “—¡No! —dijo Ana”: the clause stays with its words.
_DASHED = re.compile(r"[^\S\n]+[—–―-][^\S\n]?([^\W\d_])")
_LOWER = re.compile(r"[^\S\n]+[a-z]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name follows: never the end.
_TITLES = _words(
    "Adm Amb Asst Atty Brig Capt Cllr Cmdr Col Cpl Cpt Det Dr Drs Fr Ft Gen Gens Gov Govs Hon Insp "
    "Lt Maj Messrs Mr Mrs Ms Msgr Mt Mx Pfc Pres Prof Pvt Rep Reps Rev Sen Sens Sgt Spc Supt "
    "v vs Vs e.g i.e"
)
# A number follows: "No. 4" goes on, "He said no. Then ..." does not.
_BEFORE_NUMBERS = _words(
    "Art Ch Fig No Nos Nr Op Para Pt Sec Ste Vol approx art ch fig no nos p para pp sec vol "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
# The end only when the next word is one that begins sentences.
_ABBREVIATIONS = _words(
    "Assn Assoc Ave Avg Blvd Bros Co Corp Dept Dist Esq Hwy Inc Jr Ltd Rd Sr St Univ "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb "
    "Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo"
)
_PLACES = _words("U.S U.N U.K E.U D.C U.A.E L.A N.Y N.J N.C S.C U.S.A")
_STARTERS = _words(
    "A According After All Also Although An And Another Any Are As At Because Before Both But By "
    "Can Do Does During Each Earlier Even Every Few For From Had Has He Her Here His How However "
    "I If In Is It Its Just Last Later Like Many Meanwhile More Most Much My Nearly No None Nor "
    "Not Now Of On Once One Only Or Other Others Our Over Several She Since So Some Still Such "
    "That The Their Then There These They This Those Though Through To Today Two Under Until We "
    "Were What When Where Whether Which While Who Why With Without Yet You Your"
)
# "the U.S. Shares fell": a plural before a verb begins a sentence, but these belong to the name.
_NOT_PLURALS = _words(
    "Airways Centers Congress Census Customs Departments Forces Marines Marshals Nationals News "
    "Securities Treasurys Veterans"
)
# "10 a.m. Monday", "9 p.m. Eastern": the hour goes on. Zones (ET, GMT) are told by their capitals.
_AFTER_HOURS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|Eastern|Central|Mountain|Pacific|Greenwich"
    r"|Jan\w*|Feb\w*|Mar|March|Apr|April|May|June?|July?|Aug\w*|Sept?\w*|Oct\w*|Nov\w*|Dec\w*"
    r"|[A-Z]{2,4}"
)


def split(text: str) -> list[tuple[int, int]]:
    """Return the span (start, end) of each sentence of `text`, in order, in characters.

    Spans do not overlap, have no white space at either end, and together hold every character
    that is not white space. A newline always ends a sentence: a headline, a bullet, a table's row.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        if found[1] is None or _ends(text, start, found):
            _add(spans, text, start, found.end())
            start = found.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    inside = piece.strip()
    if inside:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + len(inside)))


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Does the sentence that began at `start` end with these marks?"""
    marks, at = found[1], found.start()
    following = _NEXT.match(text, found.end())
    word = following[1] if following else ""
    after = following.end() if following else found.end()
    if word[:1].islower() and not word[1:2].isupper():  # but iPhone, eBay
        return False
    dashed = _DASHED.match(text, found.end()) if not word else None
    if dashed and dashed[1].islower():
        return False
    if not word and text[after : after + 1] in tuple(",;:.!?…/%"):
        return False
    if "?" in marks or "!" in marks:
        # “Is it so?” Smith asked.
        return word in _STARTERS or not (
            found.end() > at + len(marks) and _SAYS.match(text, found.end())
        )
    if "…" in marks or ".." in marks:
        return word == "A" or (word[:1].isupper() and word[1:2].islower())
    before = _WORD_BEFORE.search(text, max(start, at - 16), at)
    return _ends_after(before[0] if before else "", word, text, start, at, after)


def _ends_after(before: str, word: str, text: str, start: int, at: int, after: int) -> bool:
    """Does a full stop after the word `before` end a sentence, when `word` follows?"""
    if before in _TITLES or (word.isupper() and before.isupper() and before.title() in _TITLES):
        return False
    if before in _BEFORE_NUMBERS and word[:1].isdigit():
        return False
    if before in ("a.m", "p.m"):
        return bool(word) and not _AFTER_HOURS.fullmatch(word)
    if before in _PLACES and _starts_with_plural(word, text, after):
        return True
    if before in _ABBREVIATIONS or _LETTERS.fullmatch(before):
        return word in _STARTERS
    # "1. Rent a car": a number alone is an item's, not a sentence.
    return at - start > 8 or not text[start:at].strip().isdecimal()


def _starts_with_plural(word: str, text: str, after: int) -> bool:
    return (
        word.endswith("s")
        and not word.endswith(("ss", "us"))
        and word not in _NOT_PLURALS
        and _LOWER.match(text, after) is not None
    )
