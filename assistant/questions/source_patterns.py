"""How a request names an outlet or an author as where the answer is to stand: patterns.

They read a request whose names, days and headline each stand as one character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.questions.asked_headlines import PIECES, WRITTEN
from assistant.questions.named_sources import AUTHOR, OUTLET

# In a pattern: @ is the name looked at, % another outlet, & another author, # a day, ^ a headline.
MARKS = {"@": "\ue000", "%": "\ue001", "&": "\ue002", "#": "\ue003", "~": "\ue004"}
_WORD = r"[\w#%’'&.-]+"
_OF = r"['’]?s?"  # "the Gazette's", "the gazettes"
# What may stand before a name of whom is told, and not who tells: "told the Gazette".
_NOT = (
    r"\b(?:tell|tells|told|telling|not|except|but|besides|excluding|unlike|other than|rather than"
    r"|apart from|instead of)\s+(?:(?:in|by|from|of)\s+)?@(?!['’])"
)
_MONEY = (
    "shares?|stakes?|jobs?|invest\\w*|faith|trust|confidence|cuts?|editors?|journalists?|staff"
    "|reporters?|changes?|interest|work(?:s|ed|ing)?|employed|photo\\w*|pictures?|adverts?|ads?"
)
_WRITES = r"(?:reported|reports|wrote|writes|recounts|recounted|filed|covered|covers)"
_WRITE = r"(?:report|reported|write|written|recount|cover|tell)"
_PRINTS = r"(?:ran|runs|carried|carries|printed|published|says|said|calls|called|describes)"
_PRINT = (
    r"(?:say|said|print\w*|publish\w*|run|carry|carried|(?:have|had) (?:on|about)|call|quote\w*"
    r"|claim\w*|describe\w*|explain\w*|mention\w*|state|note)"
)
# An outlet that no other prints anything of is the source in any of these; else only in the first.
_SHORT = (
    rf"@(?:['’]s?|s)\s+(?:{_WORD}\s+){{0,3}}?{PIECES}\b",
    rf"@\s+(?:#\s+)?(?:{_WORD}\s+){{0,2}}?{PIECES}\b",
    rf"\b{PIECES}[\s,]+(?:(?:that|which|was|were|appeared|published|printed|carried|run|#)[\s,]+)"
    r"{0,3}(?:in|by|from|at|of)\s+@",
)
_STRONG = (
    *_SHORT,
    rf"\b(?:did|does|do|has|had|have)\s+@\s+(?:\w+ly\s+)?{_WRITE}\b(?!\s+to\b)",
    rf"(?<!was )(?<!were )@\s+(?:\w+ly\s+)?{_WRITES}\b(?!\s+to\b)",
    r"\b(?:according to|per|via|source:?)\s+@",
    r"\bwhat(?:[’']?s| is| was| stood| stands)\s+in\s+@",
    rf"@{_OF}[\s,(]*(?:of|from|on|for|dated)?[\s,]*#",
    r"#[\s,]*(?:(?:in|by|from)\s+)?@",
    rf"@{_OF}[\s,:]*~",
    r"~[\s,(]*(?:(?:in|by|from|of)\s+)?@",
    rf"&{_OF}[\s,(]+(?:(?:in|for|of|at)\s+)?(?:{PIECES}\s+(?:in|for)\s+)?@",
    rf"@{_OF}\s+&",
    r"&.*\bfor\s+@",
    rf"@{_OF}[\s,:(]*&",
)
_LIGHT = (
    rf"\b(?:did|does|do|has|had|have)\s+@\s+(?:\w+ly\s+)?{_PRINT}\b",
    rf"(?<!was )(?<!were )@\s+(?:\w+ly\s+)?{_PRINTS}\b",
    r"@\s+(?:had|has)\s+(?:an?|another|on|something|anything|nothing|the)\b",
    r"\b(?:written|printed|published|reported|carried|appeared|appears|ran|read|said|stood|says"
    r"|stands|mentioned|found|seen)\s+(?:\w+\s+)?(?:in|by|from)\s+@",
    r"(?<!\w)(?<!share )(?<!stake )\bin\s+@",
    r"\A\W*@['’]?s?\s*(?:[,:]|on\b|about\b)",
)
_AUTHOR = (
    rf"@(?:['’]s?|s)\s+(?:{_WORD}\s+){{0,3}}?{WRITTEN}\b",
    rf"@['’]?s?\s+(?:%['’]?s?\s+)?(?:#\s+)?{WRITTEN}\b",
    rf"\b{WRITTEN}[\s,]+(?:{_WORD}[\s,]+){{0,5}}?by\s+@",
    r"\b(?:written|penned)\s+(?:\w+\s+){0,2}by\s+@",
    r"\b(?:anything|everything|something|all|more|latest)\s+(?:new\s+)?by\s+@",
    r"\A\W*by\s+@",
    r"(?<!was )(?<!were )@\s+(?:(?:has|had|have|also)\s+)?(?:wrote|written|writes|penned)\b"
    r"(?!\s+to\b)",
    r"\b(?:did|does|has|had|have)\s+@\s+(?:\w+ly\s+)?(?:write|written|pen)\b(?!\s+to\b)",
    r"@[\s,(]+(?:(?:in|for)\s+)?%",
    rf"%{_OF}\s+@",
)
_AUTHOR_LIGHT = (
    rf"@(?:['’]s?|s)\s+(?:{_WORD}\s+){{0,3}}?{PIECES}\b",
    rf"@['’]?s?\s+(?:%['’]?s?\s+)?(?:#\s+)?{PIECES}\b",
    rf"\b{PIECES}[\s,]+(?:{_WORD}[\s,]+){{0,5}}?by\s+@",
    r"\b(?:reported|covered|filed)\s+(?:\w+\s+){0,2}by\s+@",
    r"(?<!was )(?<!were )@\s+(?:(?:has|had|have|also)\s+)?(?:reported|reports|covered|covers|filed)"
    r"\b(?!\s+to\b)",
    r"\b(?:did|does|has|had|have)\s+@\s+(?:\w+ly\s+)?(?:report|cover|file)\b(?!\s+to\b)",
    rf"@\s+had\s+(?:an?|another)\s+(?:\w+\s+){{0,2}}{PIECES}\b",
    r"@.*\bfor\s+%",
)


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{one})" for one in patterns)
    for sign, mark in MARKS.items():
        joined = joined.replace(sign, mark)
    return re.compile(joined, re.IGNORECASE)


PATTERNS = {
    (OUTLET, None): _compiled(_SHORT),
    (OUTLET, False): _compiled(_STRONG),
    (OUTLET, True): _compiled((*_STRONG, *_LIGHT)),
    (AUTHOR, False): _compiled(_AUTHOR),
    (AUTHOR, True): _compiled((*_AUTHOR, *_AUTHOR_LIGHT)),
}
IS_TOLD = _compiled([_NOT])
IS_OF = _compiled([rf"\b(?:{_MONEY})\s+in\s+@"])
