"""From a conversation to a file a reader keeps: Markdown, a page of its own, or JSON."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from assistant.records import Answer, Quote
from assistant.render.citation import as_markdown, literal, original, told_by
from assistant.render.html_pieces import inline, quoted, short
from assistant.writing import short_answer
from assistant.writing.quotation_writer import around, headings, notes

STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.55 Georgia,serif;"
    "color:#211e1a;background:#fff}h2{font-size:1.1rem;margin-top:2.2rem}"
    "blockquote{margin:1rem 0 .2rem;padding-left:1rem;border-left:3px solid #8f1d1d}"
    ".where{margin:0 0 1rem 1.2rem;color:#635d54;font-size:.9rem;overflow-wrap:anywhere}"
)


def file_name(name: str) -> str:
    """A name that every file system takes."""
    return re.sub(r"[^\w-]+", "-", name.casefold())[:60].strip("-") or "conversation"


def as_markdown_file(name: str, answers: Sequence[Answer]) -> str:
    """Each question as a heading, each quotation as a block quote with its source."""
    parts = [f"# {literal(name)}"]
    for answer in answers:
        before, after = around(answer)
        parts += [f"## {literal(answer.asked)}", *map(literal, before.split("\n\n"))]
        above = headings(answer.sections)
        for n, quote in enumerate(_shown(answer), 1):
            parts += [f"### {literal(above[n])}"] if n in above else []
            parts.append(as_markdown(quote, marked=True))
        parts += [literal(after)] if after else []
    return "\n\n".join(parts) + "\n"


def as_html_file(name: str, answers: Sequence[Answer]) -> str:
    """A page that loads nothing and runs nothing."""
    body = "".join(f"<h2>{inline(answer.asked)}</h2>{_said(answer)}" for answer in answers)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(name)}</title><style>{STYLE}</style></head>"
        f'<body dir="auto"><h1>{inline(name)}</h1>{body}</body></html>\n'
    )


def as_json_file(name: str, answers: Sequence[Answer]) -> str:
    """Each answer as `python -m assistant --json` prints it."""
    kept = {"name": name, "answers": [answer.to_dict() for answer in answers]}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


EXPORTS: Mapping[str, Callable[[str, Sequence[Answer]], str]] = {
    "md": as_markdown_file,
    "html": as_html_file,
    "json": as_json_file,
}


def exports_html(name: str, answers: Sequence[Answer]) -> str:
    """Links that save the conversation in each form; the files are in the links themselves."""
    if not answers:
        return ""
    kinds = {"md": "Markdown", "html": "HTML", "json": "JSON"}
    links = []
    for ending, write in EXPORTS.items():
        held = base64.b64encode(write(name, answers).encode("utf-8", "replace")).decode()
        file = escape(f"{file_name(name)}.{ending}")
        links.append(
            f'<a download="{file}" href="data:application/octet-stream;base64,{held}">'
            f"{kinds[ending]}</a>"
        )
    return f'<p class="exports">Save as {" · ".join(links)}</p>'


def _shown(answer: Answer) -> tuple[Quote, ...]:
    return answer.quotes or answer.nearest


def _said(answer: Answer) -> str:
    before, after = around(answer)
    line = short_answer.line(answer.quotes if answer.short else ())
    told = (
        short(answer.quotes) if block == line else inline(block)
        for block in before.split("\n\n")
        if block
    )
    parts = [f'<p dir="auto">{block}</p>' for block in told]
    above = headings(answer.sections)
    for n, quote in enumerate(_shown(answer), 1):
        parts += [f'<h3 dir="auto">{inline(above[n])}</h3>'] if n in above else []
        parts.append(f'<blockquote dir="auto">{quoted(quote)}</blockquote>')
        where = inline(told_by(quote))
        link = original(quote)
        shown = f'<a href="{escape(link)}">{where}</a>' if link else where
        noted = f" ({inline(notes(quote))})" if notes(quote) else ""
        parts.append(f'<p class="where" dir="auto">{shown}{noted}</p>')
    return "".join(parts) + (f'<p dir="auto">{inline(after)}</p>' if after else "")
