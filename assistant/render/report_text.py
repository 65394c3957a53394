"""From a report on a draft to plain text for the terminal, and to Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.records import CheckedQuotation, CheckedStatement, Quote, Report
from assistant.render.citation import literal, told_by
from assistant.render.terminal import printable
from assistant.render.verdict_words import called, counted, findings, headline
from assistant.writing.quotation_writer import notes

_MOST = 6  # places that are named
Finding = CheckedQuotation | CheckedStatement


def report_terminal(report: Report) -> str:
    """The counts, then what must be looked at, then in a line each what is right."""
    lines = [f"{headline(report)}: {', '.join(counted(report)) or 'nothing to check'}"]
    lines += report.notices
    if report.since:
        lines += ["", "Since the earlier report", *(f"    {one}" for one in report.since)]
    for one in _ordered(report):
        if called(one).tone != "good":
            lines += ["", f"{called(one).sign} {called(one).words.upper()}: {_line(one.text)}"]
            lines += [f"    {told}" for told in _told(one, _line)]
    right = [one for one in _ordered(report) if called(one).tone == "good"]
    lines += [""] * bool(right)
    lines += [f"{called(one).sign} {called(one).words}: {_line(one.text)}" for one in right]
    return printable("\n".join(lines))


def report_markdown(report: Report) -> str:
    """The same as Markdown; nothing in it that is quoted is a command."""
    lines = ["# Check of a draft", "", f"{headline(report)}: {', '.join(counted(report))}."]
    lines += [f"\n{literal(one)}" for one in report.notices]
    if report.since:
        lines += ["", "## Since the earlier report", ""]
        lines += [f"- {literal(one)}" for one in report.since]
    for one in _ordered(report):
        lines += ["", f"## {called(one).sign} {called(one).words.capitalize()}", ""]
        lines += [f"> {literal(one.text)}", ""]
        lines += [f"- {told}" for told in _told(one, literal)]
    return "\n".join(lines) + "\n"


def _ordered(report: Report) -> list[Finding]:
    """What must be looked at first, each kind in the order of the draft."""
    order = {"bad": 0, "open": 1, "good": 2}
    found = [one for _, one in findings(report)]
    return sorted(found, key=lambda one: order[called(one).tone])


def _told(one: Finding, shown: Callable[[str], str]) -> Iterator[str]:
    """The lines below a finding: why, the printed words, where."""
    yield shown(one.because)
    places = one.places or one.nearest
    if called(one).tone != "good" and places:
        printed = one.printed if isinstance(one, CheckedQuotation) else ""
        words = printed or places[0].parts[1] or places[0].text
        yield f"{'printed' if one.places else 'nearest'}: {shown('“' + _line(words) + '”')}"
    for n, quote in enumerate(places[:_MOST]):
        yield f"{'also in: ' if n else ''}{_where(quote, shown)}"
    if len(places) > _MOST:
        yield f"and in {len(places) - _MOST} more"


def _where(quote: Quote, shown: Callable[[str], str]) -> str:
    more = [noted for noted in (notes(quote), _copies(quote)) if noted]
    return shown(told_by(quote)) + "".join(f" ({shown(one)})" for one in more)


def _copies(quote: Quote) -> str:
    names = [one.publisher or one.title for one in quote.copies]
    return f"the same story in {', '.join(names)}" if names else ""


def _line(text: str) -> str:
    return " ".join(text.split())
