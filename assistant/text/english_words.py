"""The words of English, so that one the articles do not hold is not taken for a misspelling.

The list comes with the package `symspellpy`: its file is read as data by its sha256, and nothing of
that package is imported.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from pathlib import Path

from assistant.errors import ModelFailed

NAME = "frequency_dictionary_en_82_765.txt"
SHA256 = "68e9dc81c7e73bd7310b57e516ecaea0d8b6387ff71344a57c04174650a407a7"
COMMON = 5_000_000  # how often books hold a word that nobody takes for a rare name
# Who writes quickly leaves the apostrophe out; and short forms that are no words elsewhere.
_SHORT = frozenset(
    """didnt doesnt dont isnt arent wasnt werent hasnt havent hadnt cant couldnt wouldnt shouldnt
    wont whats whos wheres whens hows thats theres theyve theyre youre youve ive im id weve lets
    its ok okay tv uk eu un us usa abt pls plz ppl thx info vs etc app apps email online website
    blog pdf url asap aka approx dept govt min max pct mph km kg cm mm gdp ceo cfo covid reax evac
    recs specs onwards""".split()
)


def is_english(word: str) -> bool:
    """Whether it is a word of English, in lower case and without accents."""
    return word in _SHORT or word in counts()


def is_common(word: str) -> bool:
    """Whether it is one of some 9,000 words of English that are used most."""
    return word in _SHORT or counts().get(word, 0) >= COMMON


@functools.cache
def counts() -> dict[str, int]:
    """How often each of 82,000 English words stands in books; raises `ModelFailed` without them."""
    raw = _file().read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise ModelFailed(f"{_file()} is not the file it should be. Reinstall symspellpy.")
    rows = (line.split() for line in raw.decode("utf-8-sig").splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) == 2}


def _file() -> Path:
    package = importlib.util.find_spec("symspellpy")
    for folder in (package and package.submodule_search_locations) or ():
        if (file := Path(folder) / NAME).is_file():
            return file
    raise ModelFailed(f"The list of English words {NAME} is missing. Run: make install")
