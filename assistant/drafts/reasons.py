"""The line that says what a verdict rests on."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Changed, Quote, Source, show_day
from assistant.records.reports import QuotationVerdict

FEW = 3  # changes that are listed; of more the printed words tell enough
# What a change of a kind is called.
MATTERS = {
    "figure": "a figure",
    "negation": "a negation",
    "name": "a name",
    "tense": "a tense",
    "order": "the order of the words",
    "wording": "the wording",
}
_SAME = "Printed, but for punctuation, capitals or an ellipsis"


def where(quote: Quote) -> str:
    """Outlet, or title where there is none, and day."""
    return _where(quote.source)


def _where(source: Source) -> str:
    outlet = source.publisher or f"“{source.title}”"
    return _line(", ".join(part for part in (outlet, show_day(source.published)) if part))


def headline(source: Source) -> str:
    """Of the title of an article."""
    return f"The title of an article: {_where(source)}."


def by(quote: Quote) -> str:
    """Outlet and day, and who says it."""
    said = _line(", ".join(part for part in (quote.speaker, quote.role) if part)).rstrip(".")
    return f"{where(quote)}, by {said}" if said else where(quote)


def printed(
    verdict: QuotationVerdict, places: Sequence[Quote], claimed: str, *, sure: bool = True
) -> str:
    """Of words that are printed: where, by whom, and what is not as the draft has it."""
    one = places[0]
    if verdict == "other_speaker":
        said = one.speaker or "the article itself"
        return f"Printed in {where(one)}, as the words of {said}, not of {claimed}."
    if verdict == "paraphrased":
        return f"Not printed as a quotation: {by(one)}, tells it in indirect speech."
    told = "Printed word for word" if verdict == "word_for_word" else _SAME
    unsure = f" The article does not clearly give it to {claimed}." if not sure else ""
    return f"{told}: {by(one)}.{unsure}"


def altered(places: Sequence[Quote], changes: Sequence[Changed], other: str = "") -> str:
    """Of words some of which are others: what differs; `other` is who did not say it."""
    one = places[0]
    said = one.speaker or "the article itself"
    also = f" It is the words of {said}, not of {other}." if other else ""
    return f"The draft {changed(changes)}. {by(one)}.{also}"


def joined(places: Sequence[Quote]) -> str:
    """Of words from several places: which, and whose."""
    told = "; ".join(dict.fromkeys(by(one) for one in places))
    return f"Joined from {max(2, len(places))} places: {told}."


def in_other_words(places: Sequence[Quote], *, direct: bool) -> str:
    """Of what the same one says in other words."""
    how = "says it in other words" if direct else "tells it in indirect speech only"
    return f"Not printed as it stands: {by(places[0])}, {how}."


def not_printed(nearest: Sequence[Quote], is_filtered: bool) -> str:
    """Of words that are not printed."""
    told = "Not printed in the articles looked at" if is_filtered else "Not printed in the articles"
    return f"{told}; nearest: {by(nearest[0])}." if nearest else f"{told}, nor anything like it."


def borne_out(places: Sequence[Quote], *, opinion: bool) -> str:
    """Of what the articles bear out; `opinion`: they print it as somebody's words."""
    one = places[0]
    if opinion:
        return f"Stated as a fact; {where(one)} prints it as the words of {one.speaker}."
    return f"{where(one)}, prints as much."


def contradicted(places: Sequence[Quote], figure: tuple[str, str] | None) -> str:
    """Of what the articles print otherwise; `figure` is the draft's, and the one printed."""
    if figure:
        return f"Draft: “{_line(figure[0])}”; printed: “{_line(figure[1])}”. {where(places[0])}."
    return f"{where(places[0])}, prints otherwise."


def unclear(places: Sequence[Quote]) -> str:
    """Of what no sentence clearly bears out or contradicts."""
    return f"No sentence here clearly says so or denies it; nearest: {where(places[0])}."


def nothing_here(is_filtered: bool) -> str:
    """Of what nothing is about."""
    return f"Nothing about it in the articles{' looked at' if is_filtered else ''}."


def not_by(claimed: str) -> str:
    """Of a word or two that others say as well."""
    return f"Not printed as words of {claimed}."


def elsewhere(outlets: Sequence[str]) -> str:
    """That the outlets that a draft names do not print it."""
    return f" Not in {_and(list(map(_line, outlets)))}, which the draft names."


def changed(changes: Sequence[Changed]) -> str:
    """What differs, and what that changes: "“six”, not “nine” (a figure)"."""
    matters = dict.fromkeys(MATTERS[one.matter] for one in changes)
    told = f"changes {_and(list(matters))}"
    if len(changes) > FEW:
        return told
    return f"{told}: {'; '.join(map(_one, changes))}"


def _one(change: Changed) -> str:
    if not change.printed:
        return f"“{change.draft}” is not printed"
    if not change.draft:
        return f"printed with “{change.printed}”"
    return f"printed “{change.printed}”, not “{change.draft}”"


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _line(text: str) -> str:
    return " ".join(text.split())
