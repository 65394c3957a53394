"""Letters that a printer's font joins, as the letters they are; all others stay as printed."""

from __future__ import annotations

import re
import unicodedata

# Latin and Armenian ligatures, Hebrew and Arabic presentation forms; not the signs among them, as
# a rial or a whole phrase in one character.
_FORMS = re.compile(
    "[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf1\ufe70-\ufefc]+"
)


def undone(text: str) -> str:
    """The text with these forms in their compatible letters (NFKC)."""
    return _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
