"""Whether a name that a question asks about is printed anywhere in the store, however it is spelt.

A name counts as printed unless it surely is not: with or without accents, apostrophes and hyphens,
as an adjective ("Norwegian") or slightly misspelt, in a text, title, byline or outlet's name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.questions.asked_names import telling
from assistant.records import Filters
from assistant.store.store import Store
from assistant.text import misspelling, terms
from assistant.text.attribution.cues import is_role
from assistant.text.attribution.first_names import MEN, WOMEN
from assistant.text.plain_names import LETTERS, PIECE, plain, plainly

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.!?“”\"\n]")
_CAMEL = re.compile(r"(?:O|D|L|Mc|Mac|Fitz|De|Van)(?=[A-Z])")
_PEOPLE = re.compile(r"(?:(?:i|e|)ans?|ese|ish|ch|is?|ers?)$")  # "Norwegian", "Maltese", "Danish"
PASSAGES = 50  # that are read to tell how a name is printed
_STRANGE = {"o": "øœ", "l": "ł", "d": "đð", "i": "ı", "a": "æ", "t": "þ"}
_SAME = tuple(
    frozenset(group.split())
    for group in (
        "netherlands holland dutch",
        "britain british uk kingdom briton britons",
        "america american americans usa states us",
        "france french frenchman",
        "germany german germans",
        "greece greek greeks",
        "spain spanish spaniard spaniards",
        "poland polish pole poles",
        "denmark danish dane danes",
        "sweden swedish swede swedes",
        "finland finnish finn finns",
        "switzerland swiss",
        "wales welsh welshman",
        "ireland irish irishman",
        "scotland scottish scots scot",
        "turkey türkiye turkish turk turks",
        "philippines filipino filipinos",
        "thailand thai thais",
        "iceland icelandic icelander icelanders",
        "norway norwegian norwegians",
        "portugal portuguese",
        "burma myanmar burmese",
        "emirates uae emirati",
        "czech czechia czechs",
        "nato alliance",
        "kiev kyiv",
        "odessa odesa",
        "covid coronavirus",
    )
)
_SHORT = (
    "joe joseph|mike michael|bill william|bob robert|liz elizabeth|jim james|tony anthony|"
    "ted edward|kate katherine|dick richard|vladimir volodymyr|alex oleksandr|jack john|"
    "sasha alexander|peggy margaret|chuck charles|harry henry|steve stephen|nick nicholas"
)
_SHORTENED = tuple(frozenset(pair.split()) for pair in _SHORT.split("|"))


def is_printed(name: str, store: Store) -> bool:
    """Whether the name may be printed; False only when it surely is not."""
    words = telling(name)
    if not words or _phrase(name, store) or store.printed({terms.stem(plain(name))}):
        return True
    outside = (*store.publishers(), *store.authors())
    if any(plain(name) in plain(one) for one in outside):
        return True
    lost = [word for word in words if not _printed(word, store, outside)]
    if words[-1] in lost or (lost and not _is_a_name(words[-1], store, outside)):
        return False
    if len(words) == 1 or not (lost or _is_first_name(words[0], store)):
        return True
    return not _is_another(words[0], words[-1], store, outside)


def names_it(name: str, text: str) -> bool:
    """Whether a text names whom or what the name tells of: by its last word, or all of it."""
    words = [plain(_possessor(word)) for word in telling(name)]
    if not words or plain(name) in plain(text):
        return True
    held = {plain(_possessor(one)) for one in _WORD.findall(text)}
    held.update(PIECE.findall(plainly(text)))
    others = {other for same in _SAME if words[-1] in same for other in same}
    return bool(others & held) or any(_alike(words[-1], one) for one in held)


def is_outlet(name: str, outlet: str) -> bool:
    """Whether a question may call the outlet so: "the Gazette" for "The Ellsund Gazette"."""
    asked, whole = name.split(), outlet.split()
    ends = [plain(word) for word in whole[-len(asked) :]]
    begins = [plain(word) for word in whole if plain(word) != "the"][: len(asked)]
    return [plain(word) for word in asked] in ([ends, begins] if len(asked) > 1 else [ends])


def _pieces(word: str) -> list[str]:
    """The words that the word index makes of it: "o" and "brien" of "O’Brien"."""
    return [terms.stem(one) if len(one) > 2 else terms.fold(one) for one in PIECE.findall(word)]


def _phrase(name: str, store: Store) -> bool:
    """Whether these words are printed one after another."""
    words = " ".join(PIECE.findall(name))
    return bool(store.by_words(f'"{words}"', 1, Filters(), title=1.0))


def _printed(word: str, store: Store, outside: Sequence[str]) -> bool:
    ways = [_pieces(word), [terms.stem(plain(word))]]
    if split := _CAMEL.match(word):
        ways.append([*_pieces(split[0]), *_pieces(word[split.end() :])])
    # Which letters stand before an apostrophe hardly matters: "d", "o", "al".
    ways = [[piece for piece in way if len(piece) > 2] or way for way in ways]
    for same in _SAME:
        if word.casefold() in same:
            ways.extend(_pieces(other) for other in same if len(other) > 2)
    held = store.printed({piece for way in ways for piece in way})
    if any(held.issuperset(way) for way in ways):
        return True
    own = plain(word)
    if any(misspelling.nearly(own, plain(one)) for name in outside for one in name.split()):
        return True
    return any(_spelt_otherwise(piece, store) for piece in PIECE.findall(word)) or _in_two(
        own, store
    )


def _spelt_otherwise(piece: str, store: Store) -> bool:
    """Whether a name is printed that this is, misspelt, or the people of."""
    wanted, own = plainly(piece), terms.stem(piece).translate(LETTERS)
    begins = [wanted[0], *_STRANGE.get(wanted[0], "")]
    near = [
        stem
        for letter in begins
        for stem in store.beginning(letter)
        if _alike(wanted, plainly(stem)) or misspelling.nearly(own, plainly(stem))
    ]
    return any(_with_a_capital(stem, store) for stem in near[:20])


def _alike(word: str, other: str) -> bool:
    """Whether the one is the other misspelt, its plural, or one names the people of the other."""
    if misspelling.nearly(word, other):
        return True
    people = _PEOPLE.search(word)
    base = word[: min(4, people.start())] if people else ""
    if len(base) == 4 and other.startswith(base) and abs(len(other) - len(word)) <= 5:
        return True
    return len(word) > 3 and other.startswith(word) and len(other) <= len(word) + 2


def _is_a_name(word: str, store: Store, outside: Sequence[str]) -> bool:
    """Whether it is printed in a name, not as an everyday word alone: "post"."""
    own = plain(word)
    if any(own in map(plain, name.split()) for name in outside):
        return True
    return any(_with_a_capital(stem, store) or stem != own for stem in [terms.stem(own)])


def _with_a_capital(stem: str, store: Store) -> bool:
    return any(
        word[0].isupper() and stem in map(terms.stem, PIECE.findall(word))
        for tokens in _tokens(stem, store)
        for word in tokens
    )


def _in_two(word: str, store: Store) -> bool:
    """Whether it is printed as two words: "Low Quay" for "Lowquay"."""
    return any(_phrase(f"{word[:n]} {word[n:]}", store) for n in range(3, len(word) - 2))


def _tokens(words: str, store: Store) -> Iterator[list[str]]:
    """The words and sentence marks of passages that hold these words, one after another."""
    phrase = " ".join(PIECE.findall(words))
    keys = [key for key, _ in store.by_words(f'"{phrase}"', PASSAGES, Filters(), title=1.0)]
    for passage in store.passages(keys).values():
        source = passage.source
        yield _WORD.findall(f"{source.title}\n{source.author}\n{passage.text}")


def _is_first_name(word: str, store: Store) -> bool:
    """Whether it is printed only before other words with capitals: "Odile" of "Odile Varga"."""
    if word in MEN or word in WOMEN:
        return True
    own = plain(word)
    after = [
        later
        for tokens in _tokens(word, store)
        for one, later in zip(tokens, [*tokens[1:], "."], strict=True)
        if plain(one) == own
    ]
    return bool(after) and all(one[0].isupper() for one in after)


def _is_another(first: str, last: str, store: Store, outside: Sequence[str]) -> bool:
    """Whether all whom the articles give this last name have other first names."""
    names = set()
    for tokens in (*_tokens(last, store), *map(_WORD.findall, outside)):
        for before, one in itertools.pairwise(tokens):
            is_name = before[0].isupper() and not _is_title(before)
            if is_name and one[0].isupper() and plain(_possessor(one)) == plain(last):
                names.add(plain(before))
    return bool(names) and not any(may_be(plain(first), name) for name in names)


def _possessor(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _is_title(word: str) -> bool:
    return is_role(word) or word.casefold() in terms.STOP


def may_be(one: str, other: str) -> bool:
    """Whether two first names may be one's: alike, short for the other, or an initial."""
    few = min(len(one), len(other))
    begins = one[:few] == other[:few] and (few == 1 or few >= 3)
    return begins or misspelling.nearly(one, other) or {one, other} in _SHORTENED
