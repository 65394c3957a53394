"""From answers and articles to HTML for the page, and to plain text for the terminal.

Pure: no gradio, no store, no clock. Words of an article are data: each goes through `html.escape`
on its way to the page, and through `printable` on its way to the terminal.
"""

from assistant.render.collection import MOST_ROWS, outcomes_html, sources_table
from assistant.render.export import exports_html
from assistant.render.message import answer_html, cited, plain, problem_html, speaker
from assistant.render.notebook import notebook_html
from assistant.render.pieces import escaped, filters_html, key
from assistant.render.sources import article_html, panels_html, sources_html
from assistant.render.terminal import printable, terminal

__all__ = [
    "MOST_ROWS",
    "answer_html",
    "article_html",
    "cited",
    "escaped",
    "exports_html",
    "filters_html",
    "key",
    "notebook_html",
    "outcomes_html",
    "panels_html",
    "plain",
    "printable",
    "problem_html",
    "sources_html",
    "sources_table",
    "speaker",
    "terminal",
]
