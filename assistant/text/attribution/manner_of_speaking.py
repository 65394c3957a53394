"""From a clause that tells how something was said to who said it: “No,” snapped Poe.

Here far more verbs speak than elsewhere, for a quotation stands right beside them: "snapped the
photo" and "sighed as she left" alone say nothing.
"""

from __future__ import annotations

import re

from assistant.text.attribution import phrases_after, source_phrases
from assistant.text.attribution.alternation import any_of
from assistant.text.attribution.cues import VERB, VERBS
from assistant.text.attribution.mentions import Mention, is_speaking
from assistant.text.attribution.quotation_marks import CLOSED, NEXT_QUOTE
from assistant.text.attribution.stances import Said

# Chosen after VerbNet's classes say-37.7, manner_speaking-37.3, talk-37.5, lecture-37.11,
# complain-37.8, advise-37.9 and nonverbal_expression-40.2.
_REGULAR = """
accede accuse acknowledge admit admonish advise affirm agree allege announce apologize apologise
appeal argue articulate assent assert assure attest aver avow babble bark bawl beam beg bellow
bemoan berate blare bleat bluster blurt boast boom brag bray breathe bristle burble cackle cajole
carol caution challenge chant chatter cheer chide chirp chortle chorus chuckle claim clarify
coax comment complain concede conclude concur confess confide confirm contend continue coo correct
counsel counter crack croak croon cry curse declaim declare decree demand demur deny disagree
disclose divulge drawl drone effuse elaborate emphasize emphasise encourage enthuse entreat
equivocate exclaim exhort explain explode expound exult fume fret gabble gasp gibber giggle gloat
grin gripe groan grouse growl grumble grunt guffaw gulp gush harangue hazard heckle hesitate hint
hiss holler hoot howl huff implore improvise indicate inform inquire enquire insist instruct
interject interpose interrupt intone jabber jeer jest jibe joke josh lament laugh lecture lisp
maintain marvel mention moan mock mumble murmur muse mutter nag note object observe offer opine
order orate philosophize pant pester plead pledge pontificate pout prattle preach predict press
proclaim profess promise pronounce propose protest proffer purr query question quibble quip
rage ramble rant rap rasp rattle rave reason reassure recall recite reckon recollect recommend
recount reflect rejoin relate remark remember reminisce remonstrate repeat reply report reprimand
request resolve respond resume retaliate retort reveal riposte roar rule rumble scoff scold scowl
scream screech shout shriek shrug sigh simper slur smile smirk snap snarl sneer snicker
sniff sniffle snigger snort sob soothe specify speculate splutter spout sputter squawk squeak
squeal stammer state storm stress stutter submit suggest summarize summarise surmise tattle taunt
tease testify thunder trill trumpet tut twitter urge utter venture vent volunteer vow wail warble
warn wonder reiterate threaten hope fear estimate post criticise criticize condemn denounce
dismiss wheedle wheeze whimper whine whinge whisper whoop wisecrack worry yammer yap yawn yell yelp
"""
_IRREGULAR = frozenset(
    "echoed echoes forecast forecasts foretold sang sings swore swears wept weeps "
    "spat spits began begins pleaded pled answered answers".split()
)
# Two words: what the verb alone means is no speech.
_TWO_WORDS = dict(
    pair.split()
    for pair in (
        "shot back|shoots back|fired back|fires back|hit back|hits back|wrote back|writes back|"
        "threw in|chimed in|chimes in|chipped in|cut in|cuts in|broke in|breaks in|joined in|"
        "put in|burst out|called out|calls out|sang out|spelled out|piped up|pipes up|spoke up|"
        "went on|goes on"
    ).split("|")
)
_DOUBLING = frozenset("admit brag concur demur nag quip rap snap sob submit tut yap".split())


def _forms(base: str) -> tuple[str, str]:
    """The past and the present of a regular verb."""
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied", base[:-1] + "ies"
    present = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if base in _DOUBLING:
        return base + base[-1] + "ed", present
    return base + ("d" if base.endswith("e") else "ed"), present


SPOKEN = frozenset(form for base in _REGULAR.split() for form in _forms(base)) | _IRREGULAR
_CLOSED = re.compile(rf"{CLOSED}\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NEAR = 120  # characters from the closing mark to the verb, at most
# After NAME VERB the clause ends, or goes on with where, when and how: an object is another act.
_INTRANSITIVE = re.compile(
    r"\s*(?:[.,;:―—–)]|$|(?:back|out|in|up|on|at|to|as|when|while|with|from|into|through|after|"
    r"before|about|of|over|and|again|during|for|under|by|last|later|then|\w+ly)\b)"
)
_PARTICLE = re.compile(r"\s(?:back|out|in|up)\b")
_JOINS = re.compile(r"\b(?:and|but|when|while|after|before|as|which|because|though|until|if|to)\b")
_SPEECH = re.compile(
    rf"\b({any_of((SPOKEN - VERBS) | _TWO_WORDS.keys())})(?:\s(?:back|out|in|up|on|\w{{2,12}}ly))?"
    r"(?:[:,]?\s(?=“)"
    r"|\s(?=that\s(?:the|an?|he|she|it|they|there|we|I|his|her|its|their|no|nobody|[A-Z]\w+)\s))"
)
ASKED = re.compile(
    rf"\s(?:\w+ly\s)?(?:{any_of(SPOKEN | VERBS)}"
    rf"|{any_of(f'{verb} {particle}' for verb, particle in _TWO_WORDS.items())})\b"
    rf"(?={_INTRANSITIVE.pattern})"
)


def in_manner(cover: str, start: int, end: int) -> list[Said]:
    """What the sentence `cover[start:end]` quotes beside a clause such as "snapped Poe"."""
    found = _after_quotation(cover, start, end) if cover.find("”", start, end) >= 0 else []
    return found or _before_speech(cover, start, end)


def _before_speech(cover: str, start: int, end: int) -> list[Said]:
    """What follows a clause such as "Poe snapped": a quotation, or "that the mole was gone"."""
    if cover.find("“", start, end) < 0 and cover.find(" that ", start, end) < 0:
        return []
    for begins in _SPEECH.finditer(cover, start, end):
        particle = _TWO_WORDS.get(begins[1])
        two = particle and cover.startswith(f" {particle}", begins.end(1))
        if not two and (begins[1] not in SPOKEN or begins[1] in VERBS):
            continue
        source = source_phrases.before(cover, start, begins.start(1))
        if source and (source.kind != "common" or is_speaking(source.name)):
            return [Said(begins.end(), end, source, *begins.span(1))]
    return []


def _after_quotation(cover: str, start: int, end: int) -> list[Said]:
    found: list[Said] = []
    at = start
    while closed := _CLOSED.search(cover, at, end):
        at = closed.end()
        tag = _tag(cover, at, end)
        if tag is None:
            continue
        source, cue_start, cue_end = tag
        opening = cover.rfind("“", start, closed.start() + 1)
        begins = opening if found else start
        found.append(Said(begins, closed.end() - 1, source, cue_start, cue_end))
        at = max(at, source.end, cue_end)
        further = NEXT_QUOTE.match(cover, at, end)
        if further and not VERB.search(cover, at, further.start(1)):
            found.append(Said(further.start(1), end, source, cue_start, cue_end))
            return found
    return found


def _tag(cover: str, at: int, end: int) -> tuple[Mention, int, int] | None:
    """Who speaks in the clause that begins at `at`, and where its verb stands."""
    limit = min(end, at + _NEAR)
    stop = cover.find("“", at, limit)
    for word in _WORD.finditer(cover, at, limit if stop < 0 else stop):
        cue_end = _speaks(cover, word, end)
        if cue_end is None:
            if word[0] in VERBS:
                return None  # the clauses know it
            continue
        between = cover[at : word.start()]
        if not between.strip() or re.fullmatch(r"\w+ly\s", between):
            source = phrases_after.after(cover, cue_end, end)
        elif _JOINS.search(between) or not _INTRANSITIVE.match(cover, cue_end, end):
            return None
        else:
            source = source_phrases.before(cover, at, word.start())
        if source is None or (source.kind == "common" and not is_speaking(source.name)):
            return None
        return source, word.start(), cue_end
    return None


def _speaks(cover: str, word: re.Match[str], end: int) -> int | None:
    """Where the verb ends that this word begins; None when it is none of speaking."""
    particle = _TWO_WORDS.get(word[0])
    if particle and cover.startswith(f" {particle}", word.end(), end):
        return word.end() + 1 + len(particle)
    if word[0] not in SPOKEN:
        return None
    back = _PARTICLE.match(cover, word.end(), end)
    return back.end() if back else word.end()
