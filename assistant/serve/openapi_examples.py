"""The examples of the OpenAPI document: one invented article, and what is asked of it."""

from __future__ import annotations

from typing import Any

_TEXT = (
    "The harbour will close on Monday for repairs, harbour master Jens Doe said.\n\n"
    "Two cranes are to be replaced before the autumn storms."
)
_WORDS, _ = _TEXT.split("\n\n")
_QUOTED = _WORDS.replace("Monday", "**Monday**")
_FACTS: dict[str, Any] = {
    "title": "Harbour to close",
    "publisher": "Harbour Wire",
    "author": "Ada Roe",
    "url": "https://harbour-wire.example/close",
    "published": "2022-03-08",
    "updated": None,
    "fetched": None,
    "tags": ["harbour"],
    "version_of": "",
    "incomplete": "",
}
_ID = "https://harbour-wire.example/close"
SOURCE: dict[str, Any] = {"id": _ID, **_FACTS}
ARTICLE: dict[str, Any] = {**SOURCE, "text": _TEXT}
NEW: dict[str, Any] = {name: told for name, told in ARTICLE.items() if told and name != "id"}
QUESTION: dict[str, Any] = {
    "question": "When will the harbour close?",
    "today": "2022-03-09",
    "limit": 3,
}
LOOKING: dict[str, Any] = {
    "question": "harbour repairs",
    "publishers": ["Harbour Wire"],
    "limit": 5,
}
QUOTE: dict[str, Any] = {
    "n": 1,
    "text": _WORDS,
    "start": 0,
    "end": len(_WORDS),
    "article_id": _ID,
    **_FACTS,
    "speaker": "Jens Doe",
    "role": "harbour master",
    "glosses": [{"words": "Monday", "start": 26, "end": 32, "meaning": "14 March 2022"}],
    "copies": [],
    "gone": None,
    "answer": "Monday",
    "answer_start": 26,
    "answer_end": 32,
}
_INTRODUCED = (
    "Monday (Harbour Wire, 8 March 2022) [1]\n\n"
    "Jens Doe, harbour master, in Harbour Wire, 8 March 2022:\n\n"
)
ANSWER: dict[str, Any] = {
    "question": QUESTION["question"],
    "asked": QUESTION["question"],
    "respelt": [],
    "status": "answered",
    "text": f"{_INTRODUCED}> {_QUOTED} [1]\n\n(Monday = 14 March 2022)",
    "verdict": "",
    "short": "Monday",
    "form": "direct",
    "count": None,
    "sections": [],
    "quotes": [QUOTE],
    "nearest": [],
    "why": [],
    "missing": [],
    "differences": [],
    "writer": "",
    "notice": "",
    "rejected": [],
    "steps": ["Looked at 1 passage of 1 article", "Checked 1 quotation against their articles"],
    "seconds": {"search": 0.0123, "choose": 0.0456, "write": 0.0007, "total": 0.0586},
}
DRAFT: dict[str, Any] = {
    "draft": "“The harbour will close on Friday for repairs,” Jens Doe said.",
    "as_of": "2022-03-09",
}
_CHECKED: dict[str, Any] = {
    "text": "The harbour will close on Friday for repairs,",
    "start": 1,
    "end": 46,
    "because": "The draft changes the wording: printed “Monday”, not “Friday”. Harbour Wire, "
    "8 March 2022, by Jens Doe, harbour master.",
    "article_id": _ID,
    **{name: _FACTS[name] for name in ("title", "publisher", "url", "published")},
    "printed_start": 0,
    "printed_end": 44,
    "speaker": "Jens Doe",
    "role": "harbour master",
    "gone": None,
    "places": [{**QUOTE, "answer": _WORDS[:44], "answer_start": 0, "answer_end": 44}],
    "nearest": [],
    "verdict": "altered",
    "claimed": "Jens Doe",
    "printed": _WORDS[:44],
    "difference": [{"draft": "Friday", "printed": "Monday", "matter": "wording"}],
}
REPORT: dict[str, Any] = {
    "quotations": [_CHECKED],
    "statements": [],
    "counts": {"altered": 1},
    "clean": False,
    "short": 0,
    "notices": [],
    "since": [],
    "seconds": 0.021,
    "draft": DRAFT["draft"],
}
EVENTS = (
    'event: growing\ndata: {"question": "When will the harbour close?", ...}\n\n'
    'event: finished\ndata: {"question": "When will the harbour close?", ...}\n\n'
)
HIT: dict[str, Any] = {
    **SOURCE,
    "text": _TEXT,
    "start": 0,
    "end": len(_TEXT),
    "score": 0.0328,
    "ranks": {"meaning": 1, "words": 1},
}
HITS: dict[str, Any] = {"question": LOOKING["question"], "hits": [HIT]}
LISTED: dict[str, Any] = {"total": 1, "offset": 0, "limit": 50, "articles": [SOURCE]}
OUTCOME: dict[str, Any] = {
    "where": _ID,
    "status": "added",
    "id": _ID,
    "title": _FACTS["title"],
    "reason": "",
}
SKIPPED: dict[str, Any] = {
    "where": "article 2",
    "status": "skipped",
    "id": "",
    "title": "",
    "reason": 'no text: give the article a "text"',
}
OUTCOMES: dict[str, Any] = {"outcomes": [OUTCOME, SKIPPED]}

# In OpenAI's shape.
CHAT: dict[str, Any] = {
    "model": "newsroom-assistant",
    "messages": [{"role": "user", "content": QUESTION["question"]}],
    "today": "2022-03-09",
}


def _annotation(at: int) -> dict[str, Any]:
    cited = {"title": _FACTS["title"], "url": _FACTS["url"]}
    return {
        "type": "url_citation",
        "url_citation": {"start_index": at, "end_index": at + 3, **cited},
        "quotation": QUOTE,
    }


ABOVE = _annotation(_INTRODUCED.index("[1]"))
ANNOTATION = _annotation(len(_INTRODUCED) + len(f"> {_QUOTED} "))
MODEL: dict[str, Any] = {
    "id": "newsroom-assistant",
    "object": "model",
    "created": 1646697600,
    "owned_by": "newsroom-assistant",
}
MODELS: dict[str, Any] = {"object": "list", "data": [MODEL]}
USAGE: dict[str, Any] = {"prompt_tokens": 6, "completion_tokens": 44, "total_tokens": 50}
COMPLETION: dict[str, Any] = {
    "id": "chatcmpl-0f1e2d3c4b5a69788796a5b4",
    "object": "chat.completion",
    "created": 1646784000,
    "model": "newsroom-assistant",
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": ANSWER["text"],
                "refusal": None,
                "annotations": [ABOVE, ANNOTATION],
            },
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": USAGE,
    "newsroom": ANSWER,
}
CHUNKS = (
    'data: {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": '
    '{"content": "Jens Doe, harbour master, ..."}, "finish_reason": null}], ...}\n\n'
    "data: [DONE]\n\n"
)
