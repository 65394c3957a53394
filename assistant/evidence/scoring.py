"""How well a sentence answers a question: the number that orders quotes and allows a refusal."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass

from assistant.evidence.quotes import Candidate
from assistant.evidence.ranker import Answering, Pair, Ranker, context
from assistant.evidence.reach import promising
from assistant.evidence.recency import newness, wants_newest
from assistant.questions import kinds
from assistant.questions.asked_words import asks_words_of, may_ask_words_of
from assistant.questions.request_words import weighty
from assistant.records import Article
from assistant.store.store import Store
from assistant.text import terms
from assistant.text.attribution.attributions import attributions
from assistant.text.attribution.resolve_speaker import Speaker

CLOSE = 20  # sentences the ranker reads
# What counts besides the ranker's logit: an article's first sentence, when the whole of a story is
# asked for and all its words stand around; that the one whose words are asked for speaks, where all
# else that is asked stands around ("She turned that plan down, too"); in other requests the
# share of their words in the sentence. SAID and OVERLAP are set by hand: from 1 to 2.5, and from 0
# to 1, little changed on 640 and 335 requests; without them plain requests to the samples were
# answered beside the point.
LEAD, SAID, OVERLAP = 2.7, 2.0, 1.0
ALL = 0.9  # share of the request's words that stand around
# What only orders quotes.
NEWEST = 1.0  # the newest of the articles that may answer, when the question is about how it is
NEW = 2.0  # a new article, when the question asks for what is new
OLDER = 2.0  # a newer version of the article exists
WRONG = 3.0  # a correction: it repeats the figure that was wrong
# From a sentence's logit to how likely it answers, fitted by `python -m training.gates`.
SLOPE, OFFSET = 0.75, -1.78

_SAYS = re.compile(
    r"\b(?:said|says|saying|told|tells|stress(?:ed|ing|es)|insist(?:ed|ing|s)|add(?:ed|s)|"
    r"warn(?:ed|ing|s)|argu(?:ed|ing|es)|claim(?:ed|ing|s)|stat(?:ed|ing|es)|announc(?:ed|ing|es)|"
    r"demand(?:ed|ing|s)|reiterat(?:ed|ing|es)|repl(?:ied|ying|ies)|wrote|according to|"
    r"confirm(?:ed|ing|s)|reject(?:ed|ing|s)|den(?:ied|ying|ies)|urg(?:ed|ing|es)|"
    r"promis(?:ed|ing|es)|call(?:ed|ing|s) (?:for|on)|ruled out|ruling out)\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"\b(?:earlier|previous) version of this\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate; `worth`, in logits, orders quotes, `sure` (0 to 1) is how likely it answers.

    `said`: the one asked for is the one who speaks, `other`: someone else is; `speaker` who speaks,
    None for the writer, or when that is not told; `words`: the share
    of the question's words of weight that stand in it, its title or around it. `score` is the logit
    of answering; `answer` the words that answer, if few do.
    """

    candidate: Candidate
    worth: float
    sure: float
    score: float
    words: float
    said: bool = False
    other: bool = False
    speaker: str | None = None
    answer: Answering | None = None


def judge(
    question: str,
    found: Sequence[Candidate],
    articles: Mapping[str, Article],
    *,
    store: Store,
    ranker: Ranker,
    new: Collection[str] = (),
    old: Collection[str] = (),
    most: int = CLOSE,
) -> list[Judged]:
    """The most promising candidates, judged; at most `most`, best first.

    `articles` are theirs, by id; `new` the ids of those to prefer, for a question that asks for
    what is new, `old` of those that have a newer version. What is said of a sentence does not
    depend on what else is stored, only which sentences are read.
    """
    asked = weighty(question)
    close = promising(question, found, store.rarity(asked), most)
    known = {
        id: attributions(articles[id].text) for id in {one.sentence.article_id for one in close}
    }
    speakers = [
        known[one.sentence.article_id].speaker_of(one.sentence.start, one.sentence.end)
        for one in close
    ]
    pairs = [
        Pair(one.text, one.title, context(one.leads, one.text, who.name if who else None))
        for one, who in zip(close, speakers, strict=True)
    ]
    wanted = _wanted(question, asked, close, speakers)
    judged = []
    said = ranker.read(question, pairs)
    published = [articles[one.sentence.article_id].source.published for one in close]
    newest = newness(published, [reading.score for reading in said])
    current = NEWEST * wants_newest(question)
    overview = kinds.kind(question) in kinds.WHOLE
    for one, who, reading, newer in zip(close, speakers, said, newest, strict=True):
        speaks = any(_speaks(name, one, who) for name in wanted)
        around = terms.stems(one.title) | terms.stems(one.near)
        words = len(asked & around) / max(1, len(asked))
        other = bool(wanted) and who is not None and not speaks
        score = reading.score + SAID * (speaks and words >= ALL)
        score += LEAD * words * (overview and one.place == 0)
        own = len(asked & terms.stems(one.text)) / max(1, len(asked))
        score += OVERLAP * own * (not wanted)
        worth = score + current * newer
        worth += NEW * (one.sentence.article_id in new) - OLDER * (one.sentence.article_id in old)
        worth -= WRONG * bool(_CORRECTION.search(one.text))
        sure = 1 / (1 + math.exp(-(SLOPE * score + OFFSET)))
        name = who.name if who else None
        judged.append(Judged(one, worth, sure, score, words, speaks, other, name, reading.answer))
    return sorted(judged, key=lambda one: -one.worth)


def _wanted(
    question: str, asked: Set[str], close: Sequence[Candidate], speakers: Sequence[Speaker | None]
) -> list[frozenset[str]]:
    """Those whose words are asked for, by stems; none when words are not asked for.

    Where the one is not told as in "What did X say", or does not speak, they are the speakers
    whom the question names, or whose offices.
    """
    told = asks_words_of(question)
    if told and any(_speaks(told, *one) for one in zip(close, speakers, strict=True)):
        return [told]
    may = may_ask_words_of(question)
    if not (told or may or kinds.asks_for_words(question)):
        return []
    who = [one for one in speakers if one]
    for ways in (
        {_called(one.name) for one in who},
        {frozenset(terms.terms(one.role)) for one in who if one.role},
    ):
        if named := [one for one in ways if one and one <= asked]:
            return sorted(named, key=sorted)
    return [told] if told else may


def _called(name: str) -> frozenset[str]:
    """What a speaker is called by: the last name, or all words of "the former mayor", by stems."""
    words = name.split()
    is_name = words[0][0].isupper() and words[0] not in ("The", "A", "An", "Its", "His", "Her")
    return frozenset(terms.terms(words[-1] if is_name else name))


def _speaks(wanted: Set[str], one: Candidate, who: Speaker | None) -> bool:
    """Whether the one asked for, by stems, is the one who speaks."""
    if who is not None:
        named = terms.stems(f"{who.name} {who.role or ''}")
        # "Gyawali said" may be whom "What did Kedar Gyawali say" asks for.
        if wanted <= named or terms.stem(who.name.split()[-1]) in wanted:
            return True
    return _names_speaker(wanted, one.text)


def _names_speaker(wanted: Set[str], text: str) -> bool:
    """Whether the sentence names the one asked for beside a verb of saying."""
    return any(
        # 60 characters before: room for a name and a role; after "that" it is no longer who speaks.
        wanted
        <= terms.stems(
            text[max(0, says.start() - 60) : says.end()]
            + text[says.end() : says.end() + 30].partition(" that ")[0]
        )
        for says in _SAYS.finditer(text)
    )
