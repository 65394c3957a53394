"""The labels of the page in the reader's language, as the browser asks for it.

Articles stay as they are printed, and so do the assistant's own sentences, which are English.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import gradio as gr

HERE = Path(__file__).parent
LANGUAGES: dict[str, dict[str, str]] = json.loads((HERE / "words.json").read_text("utf-8"))
# What is more than a label: the words of these names, within HTML.
PIECES = {
    "masthead": '<header id="masthead"><h1>Newsroom assistant</h1><p>{tagline}</p></header>',
    "welcome": "<h2>{none_yet}</h2><p>{none_how}</p>",
    "your_talks": '<p class="note">{none_kept} {yours_why}</p>',
    "h_collection": "<h2>{collection}</h2>",
    "h_care": "<h2>{care}</h2>",
    "h_files": "<h2>{add_files}</h2>",
    "h_address": "<h2>{by_address}</h2>",
    "h_paste": "<h2>{paste}</h2>",
    "for_editors": '<p class="note">{editors_only}</p>',
    "keys": '<dialog id="keys"><dl><dt>/</dt><dd>{key_ask}</dd><dt>n</dt><dd>{key_next}</dd>'
    "<dt>p</dt><dd>{key_previous}</dd><dt>o</dt><dd>{key_original}</dd>"
    "<dt>Esc</dt><dd>{key_back}</dd></dl></dialog>",
    "account": '<p class="note"><a href="/login">{sign_out}</a></p>',
}


def _with_pieces(words: dict[str, str]) -> dict[str, str]:
    safe = {name: escape(word) for name, word in words.items()}
    return {**words, **{name: piece.format_map(safe) for name, piece in PIECES.items()}}


# Called with the name of a label or piece, it gives what gradio puts into the reader's language.
LABELS = gr.I18n(**{language: _with_pieces(words) for language, words in LANGUAGES.items()})


def said() -> str:
    """A script: what the server draws around quotations, in other languages, for page.js."""
    return f"const SAID = {(HERE / 'said.json').read_text('utf-8')};"
