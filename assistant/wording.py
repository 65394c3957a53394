"""The words the assistant says of its own accord, from `prompts/`: Markdown with $names."""

from __future__ import annotations

import functools
from pathlib import Path
from string import Template

from assistant.errors import BadSetting
from assistant.settings import CLONE

# The names each text is filled with; an installed copy carries the texts inside the package.
NAMES: dict[str, frozenset[str]] = {
    "nearest": frozenset(),
    "not_found": frozenset(),
    "answer": frozenset(),
    "evidence": frozenset({"sentences", "question"}),
    "rewrite": frozenset(),
    "conversation": frozenset({"turns", "question"}),
    "model_failed": frozenset({"reason"}),
    "model_unfounded": frozenset(),
    "arithmetic": frozenset(),
    "greeting": frozenset(),
    "known_outlets": frozenset({"outlets"}),
    "collection_authors": frozenset({"number"}),
    "collection_days": frozenset({"first", "last"}),
    "collection_newest": frozenset(),
    "collection_oldest": frozenset(),
    "collection_outlets": frozenset({"number"}),
    "collection_size": frozenset({"articles", "outlets"}),
    "collection_undated": frozenset({"articles"}),
    "counted": frozenset({"number", "verb", "words"}),
    "counted_copies": frozenset({"copies"}),
    "counted_times": frozenset({"number", "words"}),
    "differ": frozenset({"told"}),
    "did_you_mean": frozenset({"typed", "instead"}),
    "respelt": frozenset({"changes"}),
    "respelt_name": frozenset({"typed", "instead"}),
    "updated": frozenset({"told"}),
    "language_ar": frozenset(),
    "language_de": frozenset(),
    "language_es": frozenset(),
    "language_fr": frozenset(),
    "language_other": frozenset(),
    "missing_part": frozenset({"part"}),
    "no_outlet": frozenset({"outlets"}),
    "nothing_about": frozenset(),
    "outlet_outside": frozenset({"outlets", "days"}),
    "outside": frozenset({"days"}),
    "thanks": frozenset(),
    "undated_outside": frozenset({"days"}),
    "unknown_name": frozenset({"name"}),
    "who_are_you": frozenset(),
    "verdict_altered": frozenset({"place", "told"}),
    "verdict_altered_other": frozenset({"place", "told", "speaker", "named"}),
    "verdict_borne_out": frozenset({"place"}),
    "verdict_exact": frozenset({"place"}),
    "verdict_not_by": frozenset({"place", "named"}),
    "verdict_not_printed": frozenset(),
    "verdict_not_printed_there": frozenset(),
    "verdict_other_outlet": frozenset({"place", "named"}),
    "verdict_other_speaker": frozenset({"place", "speaker", "named"}),
    "verdict_otherwise": frozenset({"place", "told"}),
    "verdict_unsaid": frozenset({"place"}),
    "why_else": frozenset(),
    "why_far": frozenset(),
    "why_name": frozenset({"name"}),
    "why_near": frozenset(),
    "why_outlet": frozenset(),
    "why_time": frozenset({"day"}),
    "why_word": frozenset({"word"}),
    "in_time": frozenset({"newest", "order"}),
    "no_question": frozenset(),
    "noted": frozenset(),
    "scope": frozenset({"told", "articles", "days"}),
    "too_long": frozenset({"length", "most"}),
}
FOLDERS = (CLONE / "prompts", Path(__file__).parent / "prompts")


def say(name: str, /, **values: str) -> str:
    """The text `name`, filled with its values."""
    return texts()[name].substitute(values)


@functools.cache
def texts() -> dict[str, Template]:
    """All texts, read and checked once; `BadSetting` when one is missing or asks for other names.

    The assistant calls this when it starts, so that no reader is the first to find out.
    """
    return {name: _read(name, names) for name, names in NAMES.items()}


def _read(name: str, names: frozenset[str]) -> Template:
    path = next((path for folder in FOLDERS if (path := folder / f"{name}.md").is_file()), None)
    if path is None:
        raise BadSetting(f"The text {name}.md is missing in {FOLDERS[0]}. Put it back from git.")
    text = Template(path.read_text(encoding="utf-8").strip())
    found = frozenset(text.get_identifiers())
    if found != names or not text.is_valid():
        wanted = ", ".join(f"${one}" for one in sorted(names)) or "none"
        raise BadSetting(f"{path} must use these $names and no others: {wanted}.")
    return text


def count(number: int, thing: str) -> str:
    """So many of a thing: "1 article", "3 articles"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
