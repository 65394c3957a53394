"""Whether whom a draft gives words to is the one who says them in an article."""

from __future__ import annotations

from typing import Literal

from assistant.drafts.printed_text import PrintedText
from assistant.drafts.shelf import Shelf
from assistant.evidence.printed_names import is_outlet, may_be, names_it
from assistant.questions.asked_names import GENERIC
from assistant.text import terms
from assistant.text.attribution.cues import is_role
from assistant.text.attribution.person import plain as bare
from assistant.text.attribution.resolve_speaker import Speaker
from assistant.text.attribution.things import is_thing
from assistant.text.plain_names import PIECE, plain

Likeness = Literal["same", "other", "unsure"]
_SMALL = terms.STOP | frozenset("mr mrs ms miss dr sir dame lord lady of the a an for at".split())


def compare(claimed: Speaker, said: Speaker | None, printed: PrintedText, shelf: Shelf) -> Likeness:
    """Whom a draft names against who says it in the article, None where that is not clear.

    "other" only when it is sure: an office, a body or a bare first name may be anybody's.
    """
    text = printed.article.text
    if is_outlet_of(claimed.name, printed):
        return "same"
    if said is None:
        named = _is_named(claimed.name) and names_it(claimed.name, text)
        return "unsure" if named or not _is_named(claimed.name) else "other"
    if not _is_named(claimed.name):
        return _by_office(claimed, said)
    if _is_named(said.name):
        found = _by_name(claimed, said)
        is_body = found == "other" and _is_body(claimed.name)
        return "unsure" if is_body and names_it(claimed.name, text) else found
    # "The electrician" may be whom the draft names, where the article names this one at all.
    may = names_it(claimed.name, text) or _holds(claimed.name, said.name, shelf)
    return "unsure" if may else "other"


def _holds(name: str, office: str, shelf: Shelf) -> bool:
    """Whether some article prints the name beside all words of the office: "chief of police"."""
    wanted = {terms.stem(word) for word in PIECE.findall(office) if word.casefold() not in _SMALL}
    return any(wanted <= terms.stems(text) for text in shelf.around(name.split()[-1]))


def is_outlet_of(name: str, printed: PrintedText) -> bool:
    """Whether it names the outlet of the article, or who wrote it."""
    source = printed.article.source
    own = (source.publisher, source.author)
    return any(one and (is_outlet(name, one) or plain(name) == plain(one)) for one in own)


def _is_named(name: str) -> bool:
    """Whether it is a name, not "the miller" or "a spokesman"."""
    words = [word for word in name.split() if word.casefold() not in _SMALL]
    return any(word[:1].isupper() and not is_role(word) for word in words)


def _is_body(name: str) -> bool:
    """Whether it names no person: "NATO", "the Harbour Board"."""
    words = name.split()
    return name.isupper() or words[0].casefold() == "the" or is_thing(name.lower().split())


def _words(name: str) -> list[str]:
    own = [word.removesuffix("’s").removesuffix("'s") for word in bare(name).split()]
    return [plain(word) for word in own if plain(word) and word.casefold() not in _SMALL]


def _by_name(claimed: Speaker, said: Speaker) -> Likeness:
    mine, theirs = _words(claimed.name), _words(said.name)
    if not mine or not theirs:
        return "unsure"
    if mine[-1] == theirs[-1]:
        both = len(mine) > 1 and len(theirs) > 1
        return "other" if both and not may_be(mine[0], theirs[0]) else "same"
    if set(mine) <= set(theirs) or set(theirs) <= set(mine):
        return "same"
    role = plain(said.role or ""), plain(claimed.role or "")
    if any(word in role[0] for word in mine if word not in GENERIC):
        return "same"  # "the Harbour Board said": its chairman's words
    if any(word in role[1] for word in theirs if word not in GENERIC):
        return "same"
    return "other"


def _by_office(claimed: Speaker, said: Speaker) -> Likeness:
    """ "The mayor" against whoever says it: the same where an office is printed that shares it."""
    told = f"{said.name} {said.role or ''}".casefold()
    own = [word for word in PIECE.findall(claimed.name.casefold()) if word not in _SMALL]
    shared = any(terms.stem(word) in terms.stems(told) for word in own)
    return "same" if shared else "unsure"
