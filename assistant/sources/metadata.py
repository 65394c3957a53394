"""From what a page says of itself to a date or an address. Nothing is guessed."""

from __future__ import annotations

import email.utils
import logging
import re
from datetime import UTC, date, datetime
from urllib.parse import quote, urlsplit

from assistant.sources import written_dates

logger = logging.getLogger("assistant.sources")

_RFC_2822 = re.compile(r"(?:\w{3}, *)?\d{1,2} \w{3} \d{4} \d\d:\d\d(?::\d\d)?(?: .*)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b")
# Who followed the link, not what it leads to.
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid)(?:=|\Z)", re.I)
_HOST = re.compile(r"[\w.-]*\w|\[[0-9a-f:.]+\]")
_UNSAFE = re.compile(r"[\s<>\"\\^`{|}]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
# No page has a longer address, no date more words.
_LONGEST_URL = 2_000
_LONGEST_DATE = 60


def moment(value: object, where: str = "") -> datetime | None:
    """Return the aware datetime that `value` (date, datetime or string) stands for, else None.

    Without a zone it is UTC; a day alone is its midnight in UTC. A value that is not a full date,
    or could be two ("3/4/2022"), is None and logged with `where`: never today.
    """
    if value is None or value == "":
        return None
    found = understood(value)
    if found is None:
        logger.warning("date %.80r of %s is not understood: left out", value, where or "an article")
    return found


def understood(value: object) -> datetime | None:
    """As `moment`, but nothing is logged."""
    if isinstance(value, str):
        found = _from_words(" ".join(value.split()))
    elif isinstance(value, datetime):
        found = value
    elif isinstance(value, date):
        found = datetime(value.year, value.month, value.day)
    else:
        found = None
    if found is None:
        return None
    return found if found.utcoffset() is not None else found.replace(tzinfo=UTC)


def _from_words(words: str) -> datetime | None:
    if len(words) > _LONGEST_DATE:
        return None
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        pass
    try:
        if _RFC_2822.fullmatch(words):
            return email.utils.parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    if written := written_dates.from_words(words):
        return written
    numbers = _NUMBERS.match(words)
    if numbers and numbers[1] != numbers[2] and int(numbers[1]) <= 12 and int(numbers[2]) <= 12:
        return None
    return _from_prose(words)


def _from_prose(words: str) -> datetime | None:
    import dateparser  # type: ignore[import-untyped]  # no stubs; slow to import, seldom needed

    # "absolute-time": no "yesterday", which would count from today.
    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],
    }
    try:
        found = dateparser.parse(words, languages=["en"], settings=settings)
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, datetime) else None


def canonical(url: str) -> str:
    """Return the one form of an http(s) address, "" for anything else.

    Lower-case host, no user, fragment, tracking parameters or slash at the end;
    `canonical(canonical(url)) == canonical(url)`.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    if ":" in host:
        host = f"[{host}]"
    if parts.scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(host):
        return ""
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    kept = [part for part in parts.query.split("&") if part and not _TRACKING.match(part)]
    tail = parts.path.rstrip("/") + ("?" + "&".join(kept) if kept else "")
    clean = f"{parts.scheme}://{host}{_UNSAFE.sub(lambda found: quote(found[0]), tail)}"
    return clean if len(clean) <= _LONGEST_URL else ""
