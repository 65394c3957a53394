"""Which kind of request it is: a linear model over its words, trained on requests of our stories.

An unsure kind is `DIRECT`: a plain question, which every store answers.
"""

from __future__ import annotations

import functools
import itertools
import re
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.text import terms

DIRECT = "direct"
# In the order of the model's columns.
KINDS = (
    "article",
    "changed",
    "check",
    "collection",
    "compare",
    "count",
    DIRECT,
    "keyword",
    "list",
    "overview",
    "reactions",
    "said",
    "statements",
    "timeline",
)
# What asks for the whole of a story, or whether there is anything on it.
WHOLE = frozenset({"article", "collection", "overview", "timeline"})
# What asks for somebody's words.
WORDS = ("said", "statements")
LEAST = 0.4  # how likely a kind must be; below, a request is direct
MODEL = "kinds.npz"
LONGEST = 60  # words looked at: what is asked stands early or late in a rambling
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[?!:“”\"]")
# A name within the request; its first word is as likely no name.
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w’'-]+")
_MARK = {"“": '"', "”": '"'}
# What asks for it where the model is not sure. For an overview: of the requests of our training
# stories for the whole of a story two in five, and one in a hundred of the others.
_COMPARE = re.compile(
    r"\A\W*(?:do|does|did)\b.+ (?:and|with) .+\b(?:agree|disagree|differ)\b|\b(?:versus|vs)\b",
    re.IGNORECASE,
)
_TIMELINE = re.compile(r"\btime ?lines?\b|\bchronolog|\bstep by step\b", re.IGNORECASE)
_OVERVIEW = re.compile(
    r"\btell me (?:all |more |everything )?(?:about|of)\b|\boverview\b"
    r"|\bsummar(?:y|ise|ize|ies)\b|\bsum(?:s|ming)? (?:it |this |that )?up\b"
    r"|\bbrief(?:ing)?\b|\bbackground\b|\bcatch (?:me )?up\b|\brun-?down\b"
    r"|\brecap\b|\bup to speed\b|\bbring me up\b|\bgist\b|\bthe main points\b"
    r"|\bwhat happened (?:when|in|at|to|with|on)\b|\bthe (?:whole )?story of\b"
    r"|\bwhat(?:'s| is| was) (?:the story|going on|all this|been happening)\b"
    r"|\bwhat(?:'s| is) (?:the latest (?:on|about|with|in)|new with)\b"
    r"|\bhow did (?:it|this|the \w+) (?:all )?(?:start|begin|unfold)\b"
    r"|\bfrom (?:the )?(?:start|beginning)\b|\bwhat do (?:we|you) (?:know|have) (?:about|on)\b"
    r"|\b(?:anything|something|all|articles?|news|more) (?:about|on)\b",
    re.IGNORECASE,
)


class _Model(NamedTuple):
    columns: dict[str, int]
    weights: npt.NDArray[np.float32]


@functools.lru_cache(maxsize=1_000)  # each room that serves a kind in its way asks
def kind(request: str) -> str:
    """The kind of a request that stands alone, one of `KINDS`."""
    likely = likelihoods(request)
    best = int(likely.argmax())
    if likely[best] >= LEAST and KINDS[best] != DIRECT:
        return KINDS[best]
    if _COMPARE.search(request):
        return "compare"
    if _TIMELINE.search(request):
        return "timeline"
    return "overview" if _OVERVIEW.search(request) else DIRECT


def asks_for_words(request: str) -> bool:
    """Whether somebody's words are likelier asked for than not."""
    return bool(likelihoods(request)[[KINDS.index(one) for one in WORDS]].sum() > 0.5)


def likelihoods(request: str) -> npt.NDArray[np.float32]:
    """How likely each of `KINDS` is, in sum 1."""
    model = _model()
    held = [at for one in features(request) if (at := model.columns.get(one)) is not None]
    total = model.weights[held].sum(axis=0) + model.weights[-1]
    likely = np.exp(total - total.max())
    return np.asarray(likely / likely.sum(), dtype=np.float32)


def features(request: str) -> set[str]:
    """What the model sees: each word's stem, pairs of neighbours, and how long the request is."""
    words = _TOKEN.findall(_NAME.sub("NAME", request))
    if len(words) > LONGEST:
        words = [*words[: LONGEST // 2], *words[-LONGEST // 2 :]]
    tokens = ["^", *map(_token, words), "$"]
    pairs = {f"{one} {other}" for one, other in itertools.pairwise(tokens)}
    return {*tokens, *pairs, f"length {min(6, len(tokens) // 3)}"}


def _token(word: str) -> str:
    if word.isdigit():
        return "NUMBER"
    if word == "NAME" or not word[0].isalpha():
        return _MARK.get(word, word)
    return terms.stem(terms.fold(word))


@functools.cache
def _model() -> _Model:
    """The trained model: features in the order of its rows, and a last row that always counts."""
    with (resources.files(__package__) / MODEL).open("rb") as file, np.load(file) as kept:
        names = str(kept["features"]).split("\n")
        weights = kept["weights"].astype(np.float32)
    return _Model({name: at for at, name in enumerate(names)}, weights)
