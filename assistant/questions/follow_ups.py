"""From a follow-up to a question that stands alone, by a chat model, in words of the conversation.

What the model writes is searched for and shown, never answered from; rules of
`understanding` stand in when there is no model, when it fails, or when it adds words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.chat_models import providers
from assistant.errors import ModelFailed
from assistant.questions import small_talk
from assistant.questions.understanding import rewrite
from assistant.records import Turn
from assistant.settings import Settings
from assistant.text import passages, terms
from assistant.text.prompt_safety import tame
from assistant.wording import say

if TYPE_CHECKING:  # slow to import, and without a chat model not needed
    from langchain_core.language_models import BaseChatModel

LONGEST = 300  # characters of a question that a reader can take in
SHARE = 0.5  # of the longest wait for an answer; this is one line


def standalone(
    question: str, history: Sequence[Turn], settings: Settings, connect: Callable[[], BaseChatModel]
) -> str:
    """The question so that it stands alone."""
    by_rules = rewrite(question, history)
    if not settings.model or not history or small_talk.reply(question):
        return by_rules
    from langchain_core.messages import HumanMessage, SystemMessage

    turns = list(_within(history, settings.history_tokens))
    told = say("conversation", turns="\n".join(turns), question=tame(question))
    asked = [SystemMessage(say("rewrite")), HumanMessage(told)]
    # So that a model which does not answer leaves time for an answer without it.
    hasty = settings.model_copy(update={"model_seconds": SHARE * settings.model_seconds})
    try:
        reply = "".join(providers.replies(connect(), asked, hasty))
    except ModelFailed:
        return by_rules  # the answer says that the model failed
    found = " ".join(reply.split()).strip("\"“”' ")
    said = " ".join([question, *(turn.text for turn in history)])
    own = terms.stems(found) - terms.stems(said)
    new = {word for word in own if word not in {terms.stem(one) for one in terms.STOP}}
    fits = found.isprintable() and 0 < len(found) <= LONGEST and terms.terms(found)
    return found if fits and not new else by_rules


def _within(history: Sequence[Turn], budget: int) -> Iterator[str]:
    """The latest turns that `budget` tokens hold, whole, the oldest first."""
    kept: list[str] = []
    for turn in reversed(history):
        line = f"{'Reader' if turn.role == 'user' else 'Answer'}: {tame(turn.text)}"
        if passages.count("\n".join([*kept, line])) > budget:
            break
        kept.append(line)
    yield from reversed(kept)
