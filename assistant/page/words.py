"""The labels of the page in the reader's language, as the browser asks for it.

Answers and articles stay as they are printed; what is in no other language here stays English.
"""

from __future__ import annotations

import json
from pathlib import Path

import gradio as gr

LANGUAGES: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "words.json").read_text(encoding="utf-8")
)
# Called with the name of a label, it gives what gradio puts into the reader's language.
LABELS = gr.I18n(**LANGUAGES)
