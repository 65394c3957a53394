"""From quotes to the answer's text. The keyless writer sets quotations out; it invents nothing,
because it writes nothing of its own but who, where and when."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from assistant.records import Answer, Difference, Form, Quote, Section, show_day
from assistant.wording import count, say

# What the quotes of a form of many are called.
MANY: dict[Form, str] = {
    "overview": "quotation",
    "timeline": "quotation",
    "statements": "statement",
    "list": "quotation",
}
# Beside these, as an article prints them, Markdown might read the marks of bold words otherwise.
_COMMAND = re.compile(r"[\\`*_<~]")


def answered(
    quotes: Sequence[Quote],
    missing: Sequence[str] = (),
    differences: Sequence[Difference] = (),
    sections: Sequence[Section] = (),
    form: Form = "direct",
) -> Iterator[str]:
    """The answer as Markdown, growing by one quotation at a time, the most direct first.

    A quotation is a block quote that holds the article's words, line by line, and `[n]`, its
    place in `quotes`; the words that answer are bold. What is `missing`, and that sources differ,
    is said before them. Each of the `sections` begins with its heading.
    """
    differ = differing(quotes, differences) if differences else ""
    text = "".join(f"{one}\n\n" for one in (*missing, differ) if one)
    last, heading, above = "", "", headings(sections)
    for n, quote in enumerate(quotes, 1):
        if n in above:
            heading, last = above[n], ""
            text += f"### {heading}\n\n"
        if (who := introduce(quote, heading)) != last:
            text += f"{who}:\n\n"
        text += block(quote, n) + "\n\n"
        last = who
        if noted := notes(quote):
            text += f"({noted})\n\n"
        yield text.rstrip()
    if order := in_time(quotes, form):
        yield text + order


def block(quote: Quote, n: int) -> str:
    """The quotation as a block quote with its number, in bold the words that answer."""
    text = quote.text if _COMMAND.search(quote.text) else bold(*quote.parts)
    return "\n".join(f"> {line}".rstrip() for line in f"{text} [{n}]".split("\n"))


def bold(before: str, words: str, after: str) -> str:
    """The whole text as Markdown with `words` in bold, unless Markdown would show the marks."""
    core = words.strip()
    lead, _, trail = words.partition(core) if core else ("", "", words)
    before, after = before + lead, trail + after
    # A mark between a letter and a sign ("a**(b") is none: CommonMark 0.31, 6.2.
    opens = core[:1].isalnum() or not before[-1:].isalnum()
    if not (core and opens and (core[-1:].isalnum() or not after[:1].isalnum())):
        return before + core + after
    lines = re.sub(r"\s*\n\s*", r"**\g<0>**", core)
    return f"{before}**{lines}**{after}"


def composed(prose: str, quotes: Sequence[Quote], missing: Sequence[str] = ()) -> str:
    """The answer as Markdown when a chat model wrote it: its prose, then what that rests on."""
    *_, below = answered(quotes) if quotes else [""]
    return "\n\n".join(part for part in (*missing, prose, below) if part)


def headings(sections: Sequence[Section]) -> dict[int, str]:
    """What stands above which quotation, by its number in the answer."""
    begins = itertools.accumulate((len(one.quotes) for one in sections), initial=1)
    return {n: one.heading for n, one in zip(begins, sections, strict=False)}


def around(answer: Answer) -> tuple[str, str]:
    """What an answer's text says before and after its quotations."""
    text, quotes, form = answer.text, answer.quotes, answer.form
    grown = list(answered(quotes, sections=answer.sections, form=form)) if quotes else [""]
    order = in_time(quotes, form)
    for below, after in ((grown[-1], order), (grown[max(0, len(quotes) - 1)], "")):
        if below and text.endswith(below):
            return text.removesuffix(below).strip(), after
    return text.strip(), ""


def notes(quote: Quote) -> str:
    """What a reader must know beside the words: the days they mean, that they were dropped, that
    the article is dated in the future, or not whole."""
    told = [str(gloss) for gloss in quote.glosses]
    if quote.gone:
        told.append(f"no longer in the article since {show_day(quote.gone)}")
    source = quote.source
    if source.published and source.published > datetime.now(UTC):
        told.append(f"dated {show_day(source.published)}, in the future")
    if source.incomplete:
        told.append(f"incomplete article: {source.incomplete}")
    return "; ".join(told)


def scope(quotes: Sequence[Quote], form: Form) -> str:
    """Of a form of many quotes: from how many articles and days they are; else empty."""
    if form not in MANY or len(quotes) < 2:
        return ""
    known = sorted(moment for one in quotes if (moment := one.source.published))
    if not known:
        return ""
    first, last = show_day(known[0]), show_day(known[-1])
    return say(
        "scope",
        told=count(len(quotes), MANY[form]),
        articles=count(len({one.source.id for one in quotes}), "article"),
        days=first if first == last else f"{first} to {last}",
    )


def in_time(quotes: Sequence[Quote], form: Form = "direct") -> str:
    """Of quotes from several days: as of which day they tell, and their order in time.

    Empty for a form of many quotes: an overview and a timeline are in that order.
    """
    if form in MANY or form in ("count", "collection"):
        return ""
    dated = [(quote.source.published, n) for n, quote in enumerate(quotes, 1)]
    known = sorted((moment, n) for moment, n in dated if moment)
    days: dict[str, str] = {}
    for moment, n in known:
        days[show_day(moment)] = f"{days.get(show_day(moment), '')}[{n}]"
    if len(days) < 2:
        return ""
    order = ", ".join(f"{day} {numbers}" for day, numbers in days.items())
    return say("in_time", newest=show_day(known[-1][0]), order=order)


def differing(quotes: Sequence[Quote], differences: Sequence[Difference]) -> str:
    """That sources differ, or that the later is newer: the words that differ, in order of time."""
    words: dict[int, str] = {}
    for one in differences:
        words.setdefault(one.first, one.one)
        words.setdefault(one.second, one.other)
    dated = [(quotes[n].source.published, n) for n in words]
    order = (
        sorted(words)
        if any(moment is None for moment, _ in dated)
        else [n for _, n in sorted((moment, n) for moment, n in dated if moment)]
    )
    told = "; ".join(f"“{words[n]}” [{n + 1}], {place(quotes[n])}" for n in order)
    return say("updated" if all(one.updated for one in differences) else "differ", told=told)


def not_found(
    nearest: Sequence[Quote],
    missing: Sequence[str] = (),
    verdict: str = "",
    *,
    about: bool = True,
    language: str = "en",
) -> str:
    """The answer when the articles do not say: the verdict, and what is `missing` altogether.

    `about`: they print something about what was asked, the `nearest`, which is shown below; else
    nothing in them is about it, and nothing is shown. A question in another `language` may not
    have been understood, and that is all that is said.
    """
    if language != "en":
        return say(f"language_{language}")
    name = ("nearest" if nearest else "not_found") if about else "nothing_about"
    return "\n\n".join([*filter(None, [verdict]), say(name), *missing])


def introduce(quote: Quote, under: str = "") -> str:
    """Who said it, in which outlet with how many copies, when: "Harbour Wire, 8 March 2022".

    Under a heading that says who, without that.
    """
    said_by = who(quote)
    return f"{said_by}, in {place(quote)}" if said_by not in ("", under) else place(quote)


def who(quote: Quote) -> str:
    """Who said it: "Jens Doe, harbour master"; empty when the article does not say."""
    return ", ".join(part for part in (quote.speaker, quote.role) if part)


def place(quote: Quote) -> str:
    """Outlet, how many copies, day: "Harbour Wire (+1 copy), 8 March 2022"."""
    source = quote.source
    outlet = source.publisher or f"“{source.title}”"
    if quote.copies:
        outlet += f" (+{len(quote.copies)} {'copy' if len(quote.copies) == 1 else 'copies'})"
    return ", ".join(part for part in (outlet, show_day(source.published)) if part)
