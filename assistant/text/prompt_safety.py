"""From words of an article or a reader to the same on one line, safe inside a prompt.

They are data there: nothing in them may read as an order, a turn, a template's sign or a number of
ours.
"""

from __future__ import annotations

import re

# Control, direction and zero-width characters, and private ones.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U000e0fff]"
)
# "<|im_end|>", "</s>", "[INST]", "[7]", "7." and "System:" at a line's start: how others begin.
_TEMPLATE = re.compile(r"(?<=[<\[|{])(?=[\w/|!])|(?<=[|])(?=>)")
_NUMBERED = re.compile(r"^(?:\W*\d+\W?[.):|\]]\s+)+")
_TURN = re.compile(r"^\W*(?:system|assistant|user|human|ai)\s*:\s*", re.IGNORECASE)


def tame(text: str) -> str:
    """Words of an article on one line, with nothing in them that reads as ours."""
    plain = " ".join(_UNSEEN.sub("", text).split())
    plain = _NUMBERED.sub("", _TURN.sub("", _NUMBERED.sub("", plain)))
    return _TEMPLATE.sub(" ", plain)
