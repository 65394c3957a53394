"""From an article and a span of it to who said those words, as the article prints it.

Rules for English newswire; no model. Where the article does not clearly say, the answer is None.
cues and given hold the words, marks finds what is quoted, mentions a name and its role, phrases who
acts, clauses what a sentence says, people whose a name is, resolving whom a phrase means;
attributions tells what is said where.
"""

from __future__ import annotations

from assistant.speakers.attributions import Attributions, attributions, speaker_of
from assistant.speakers.resolving import Speaker

__all__ = ["Attributions", "Speaker", "attributions", "speaker_of"]
