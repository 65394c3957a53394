"""From what is no question to the articles to a short fitting reply, which claims no source."""

from __future__ import annotations

import re

from assistant.wording import say

LONGEST = 2_000  # characters: a page pasted by mistake is not a question

# What only says that something was heard: "ok", "no", "I see".
_HEARD = (
    r"(?:ok(?:ay)?|k|no(?: problem)?|nope|nah|yes|yep|yeah|yup|sure(?: thing)?|fine|all ?right"
    r"|right|i see|got it|understood|never ?mind|exactly|indeed|correct|wow"
    r"|(?:very )?interesting|good|good to know|great|cool|perfect|nice|oh|ah|hm+|lol|haha"
    r"|not (?:really|now)|maybe|of course|please"
    r"|that(?:'s| is) (?:all|fine|it|right|ok(?:ay)?|good|great|enough))"
)
_KINDS = {
    "greeting": r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings)"
    r"(?: (?:there|all|everyone|assistant))?",
    "thanks": rf"(?:(?:{_HEARD}|many) ){{0,2}}(?:thanks?|thank (?:you|u)|cheers|thx|ty)"
    r"(?: (?:a lot|you|very much|so much|again|mate|for \w+(?: \w+){0,3}))*|(?:good)?bye|see you",
    "noted": rf"{_HEARD}(?: {_HEARD}){{0,2}}",
    "who_are_you": r"(?:(?:and )?who|what) are you|what(?:'s| is) your name|what can you do|"
    r"what do you do|help|how (?:do|does) (?:you|this|it) work|are you (?:a |an )?(?:\w+ )?"
    r"(?:bot|robot|human|ai|person|machine|real)|how are you(?: doing)?(?: today)?",
    "arithmetic": r"(?:what(?:'s| is) |calculate |compute |how much is )?\(*-?\d[\d.,]*\)*"
    r"(?:\s*(?:[-+*/x×÷^]|plus|minus|times|divided by)\s*\(*-?\d[\d.,]*\)*)+\s*=?",
}
_FITS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _KINDS.items()}


def reply(question: str) -> str:
    """The reply to an empty line, a greeting, a sum, a page; "" for a question to the articles."""
    if not re.search(r"\w", question):
        return say("no_question")
    if len(question) > LONGEST:
        return say("too_long", length=f"{len(question):,}", most=f"{LONGEST:,}")
    plain = " ".join(re.sub(r"[!?.,;:…]+(?=\s|$)", " ", question.replace("’", "'")).split())
    for name, fits in _FITS.items():
        if fits.fullmatch(plain):
            return say(name)
    return ""
