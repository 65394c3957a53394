"""From dialogue set with dashes to who speaks: "—It is ugly —said Poe—. I will not have it."

Spanish, French, Polish and Russian print it so; the verbs are theirs and English ones.
"""

from __future__ import annotations

import re

from assistant.text.attribution.cues import SAY
from assistant.text.attribution.manner_of_speaking import SPOKEN
from assistant.text.attribution.mentions import Mention
from assistant.text.attribution.turns import Turn

_VERBS = (
    SAY
    | SPOKEN
    | frozenset(
        """
    dijo preguntó respondió contestó añadió afirmó explicó exclamó gritó susurró insistió declaró
    comentó señaló aseguró admitió replicó murmuró
    dit demanda répondit ajouta expliqua cria murmura déclara affirma répliqua insista reprit
    s'exclama s’exclama confia
    powiedział powiedziała zapytał zapytała odpowiedział odpowiedziała odparł odparła dodał dodała
    mówi mówił mówiła stwierdził stwierdziła wyjaśnił wyjaśniła krzyknął krzyknęła
    сказал сказала спросил спросила ответил ответила добавил добавила заявил заявила отметил
    отметила пояснил пояснила объяснил объяснила подчеркнул подчеркнула крикнул крикнула говорит
    """.split()
    )
)
_DASH = r"[—–―-]"
_LINE = re.compile(rf"^[^\S\n]*{_DASH}[^\S\n]?(?=[^\s—–―-])", re.MULTILINE)
_CLAUSE = re.compile(
    rf"(?:\s{_DASH}\s?|,\s(?:{_DASH}\s?)?|(?<=[?!…])\s)(?P<verb>[^\W\d_]+(?:['’][^\W\d_]+)?)\s(?P<rest>\S)"
)
_WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
_NAME = re.compile(rf"{_WORD}(?:[ ](?:(?:de|da|del|van|von|la|le)[ ])?{_WORD}){{0,3}}")
_AGAIN = re.compile(rf"[^\n—–―]{{0,80}}?(?:\s{_DASH}\s?|{_DASH}[.,;:]?\s)(?=\S)")
_LONGEST = 20_000  # characters of one line


def dashed(text: str) -> list[Turn]:
    """What is said in the lines of `text` that begin with a dash and hold a clause of saying."""
    found: list[Turn] = []
    for line in _LINE.finditer(text):
        close = text.find("\n", line.end())
        close = len(text) if close < 0 else close
        if close - line.end() <= _LONGEST:
            _in_line(text, line.end(), close, found)
    return found


def _in_line(text: str, start: int, close: int, found: list[Turn]) -> None:
    for clause in _CLAUSE.finditer(text, start, close):
        if clause["verb"] not in _VERBS or not clause["rest"].isupper():
            continue
        name = _full_name(text, clause.start("rest"), close)
        source = Mention(name, clause.start("rest"), clause.start("rest") + len(name), "name")
        cue = clause.span("verb")
        found.append(Turn(start, clause.start() + (text[clause.start()] == ","), source, *cue))
        again = _AGAIN.match(text, source.end, close)
        if again:
            found.append(Turn(again.end(), close, source, *cue))
        return


def _full_name(text: str, at: int, close: int) -> str:
    """The capitalised words from `at`, particles between them."""
    found = _NAME.match(text, at, close)
    words = found[0].split() if found else []
    while len(words) > 1 and not words[-1][0].isupper():
        words.pop()
    kept = words[:1]
    for word in words[1:]:
        if not word[0].isupper() and word not in ("de", "da", "del", "van", "von", "la", "le"):
            break
        kept.append(word)
    return " ".join(kept)
