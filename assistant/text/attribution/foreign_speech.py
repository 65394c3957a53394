"""From a clause of saying in another language to who speaks: « ... », affirme le maire, Jean Poe.

The words of French, German, Spanish, Italian, Portuguese, Dutch, Polish, Russian and the north.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text.attribution.alternation import any_of
from assistant.text.attribution.cues import SAY
from assistant.text.attribution.first_names import FIRST_NAMES
from assistant.text.attribution.manner_of_speaking import SPOKEN
from assistant.text.attribution.mentions import Mention
from assistant.text.attribution.quotation_marks import COVER
from assistant.text.attribution.turns import Turn

FOREIGN = frozenset(
    """
    dijo dice preguntó respondió contestó añadió agregó afirmó afirma explicó explica exclamó gritó
    susurró insistió declaró comentó señaló señala aseguró asegura admitió reconoció replicó
    murmuró indicó advirtió advierte destacó subrayó sostuvo sostiene lamentó manifestó apuntó
    expresó recordó relató contó escribió concluyó
    dit disait demanda demande répondit répond répondait ajouta ajoute ajoutait expliqua explique
    expliquait cria murmura déclara déclare déclarait affirma affirme affirmait répliqua réplique
    insista insiste reprit s'exclama s’exclama s'exclame s’exclame confia confie raconte racontait
    estime estimait souligne soulignait assure assurait précise précisait lance lançait poursuit
    poursuivait regrette regrettait indique annonce conclut plaide prévient rappelle témoigne
    s'interroge s’interroge s'inquiète s’inquiète s'indigne s’indigne
    déclaré affirmé expliqué ajouté assuré confié souligné précisé répondu lancé demandé raconté
    estimé indiqué annoncé regretté insisté rappelé conclu
    sagte sagt erklärte erklärt meinte meint betonte betont antwortete antwortet fragte fragt rief
    ruft berichtete berichtet erzählte erzählt schrieb schreibt warnte warnt forderte fordert
    kritisierte kritisiert lobte lobt mahnte mahnt versicherte versichert behauptete behauptet
    ergänzte ergänzt fügte teilte kündigte urteilte glaubt klagte klagt schimpfte bekräftigte
    disse detto dichiara afferma spiega spiegò aggiunge aggiunse commenta racconta chiede chiese
    risponde rispose scrive scrisse osserva conferma dichiarato affermato spiegato aggiunto
    commentato raccontato sottolinea
    afirmou explicou declarou acrescentou perguntou respondeu destacou ressaltou contou
    zei zegt verklaarde verklaart vertelde vertelt vroeg vraagt antwoordde schreef schrijft aldus
    sade säger berättar berättade frågade svarade skriver sier fortalte forteller spurte svarte
    siger fortæller sagde spurgte svarede
    powiedział powiedziała zapytał zapytała odpowiedział odpowiedziała odparł odparła dodał dodała
    mówi mówił mówiła stwierdził stwierdziła wyjaśnił wyjaśniła krzyknął krzyknęła
    podkreślił podkreśliła
    сказал сказала спросил спросила ответил ответила добавил добавила заявил заявила отметил
    отметила пояснил пояснила объяснил объяснила подчеркнул подчеркнула крикнул крикнула говорит
    рассказал рассказала сообщил сообщила считает
    """.split()
)
VERBS = SAY | SPOKEN | FOREIGN
_VERB = rf"(?:(?:a|ha|avait|aveva|había)\s)?{any_of(FOREIGN)}"
_WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
_NAME = re.compile(
    rf"{_WORD}(?:[ ](?:(?:de|da|do|dos|del|della|di|van|von|der|den|zu|la|le|bin|y)[ ]){{0,2}}"
    rf"{_WORD}){{0,4}}"
)
_ARTICLE = (
    r"(?:(?:le|la|les|un|une|der|die|das|ein|eine|el|il|lo|lu|o|a|os|un|una|uma|de|het|een|den|"
    r"su|sa|son|seine|ihr|ihre)\s|l['’])"
)
# "le maire de Tarrow, Jean Poe", "der Bürgermeister Karl Poe", "sein Anwalt Poe"
_OFFICE_NEXT = re.compile(rf"(?P<role>{_ARTICLE}[^“”.:;,\n—–]{{2,70}}?),\s(?=[^\W\d_])")
_OFFICE = re.compile(rf"(?P<role>{_ARTICLE}(?:[^\s“”.:;,\n—–A-ZÀ-Þ][^\s“”.:;,\n]*\s){{0,6}})")
_ENDS_CLAUSE = re.compile(r"\s*(?:[.,;:—–(]|$|[^\W\d_]*[^\W\d_A-ZÀ-Þ])")
_TAG = re.compile(rf"”[,.]?\s(?:[—–-]\s)?(?P<verb>{_VERB})\s(?=\S)")
_LEADS = re.compile(r":\s(?P<words>“" + COVER + r"+[^“”\n]{0,6}”?)")
_LED = re.compile(rf"\s(?P<verb>{_VERB})(?=[\s:])")
_SUBJECT = re.compile(
    rf"(?:^|[.,;:!?”]\s)(?:{_ARTICLE}[^\s“”]*\s)?(?P<name>{_NAME.pattern})(?:,\s[^“”.:;]{{3,70}},)?$"
)
_BEFORE = 200  # characters before a colon that are read for who speaks
_QUOTED_LAST = re.compile(rf"“{COVER}+[^“”\n]{{0,6}}”\Z")
# Words of office that German writes with a capital before a name: "Bürgermeister Karl Poe".
_GERMAN = re.compile(
    r".+(?:meister|minister|kanzler|präsident|chef|sprecher|leiter|führer|direktor|anwalt|"
    r"richter|sekretär|kommissar|vorsitzende|vorsitzender|experte|forscher|rat)(?:in)?$"
)


def foreign(cover: str) -> list[Turn]:
    """The quotations of covered text that a clause in another language gives to someone."""
    if "“" not in cover:
        return []
    return sorted([*_tagged(cover), *_led(cover)], key=lambda one: one.start)


def _tagged(cover: str) -> Iterator[Turn]:
    for tag in _TAG.finditer(cover):
        opening = cover.rfind("“", cover.rfind("\n", 0, tag.start()) + 1, tag.start())
        source = named(cover, tag.end())
        if source and opening >= 0 and _QUOTED_LAST.match(cover, opening, tag.start() + 1):
            yield Turn(opening, tag.start() + 1, source, *tag.span("verb"))


def _led(cover: str) -> Iterator[Turn]:
    for found in _LEADS.finditer(cover):
        low = max(cover.rfind("\n", 0, found.start()) + 1, found.start() - _BEFORE)
        verb = _LED.search(cover, low, found.start() + 1)
        subject = _SUBJECT.search(cover[low : verb.start()]) if verb else None
        name = _full_name(subject["name"]) if subject else ""
        if verb and subject and name and subject["name"].endswith(name):
            end = low + subject.end("name")
            source = Mention(name, end - len(name), end, "name")
            yield Turn(*found.span("words"), source, *verb.span("verb"))


def named(text: str, at: int) -> Mention | None:
    """Whoever the words from `at`, after a verb of saying, name; an office before is the role."""
    close = text.find("\n", at)
    close = len(text) if close < 0 else close
    begins = at
    office = _OFFICE_NEXT.match(text, at, close) or _OFFICE.match(text, at, close)
    if office and text[office.end() : office.end() + 1].isupper():
        begins = office.end()
    found = _NAME.match(text, begins, close)
    if found is None or not found[0][0].isupper():
        return None
    name = _full_name(found[0])
    role = text[at:begins].strip(" ,")
    first, _, rest = name.partition(" ")
    german = _GERMAN.match(first) or (role and " " in rest) or _is_first_name(rest)
    if rest and german and not _is_first_name(name):
        role, name, begins = f"{role} {first}".strip(), rest, begins + len(first) + 1
    bare = re.sub(rf"^{_ARTICLE}", "", role) or None
    return Mention(name, begins, begins + len(name), "name", bare)


def _is_first_name(name: str) -> bool:
    return name.split(" ", 1)[0] in FIRST_NAMES


_PARTICLES = frozenset("de da do dos del della di van von der den zu la le bin y".split())


def _full_name(words: str) -> str:
    """The capitalised words that a stretch begins with, particles between them."""
    kept: list[str] = []
    for word in words.split():
        if not word[0].isupper() and (word not in _PARTICLES or not kept):
            break
        kept.append(word)
    while kept and not kept[-1][0].isupper():
        kept.pop()
    return " ".join(kept)
