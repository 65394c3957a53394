"""What a host's robots.txt allows: the only file that knows protego."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from assistant.errors import NotFetched
from assistant.sources.web.allowed_addresses import shown
from assistant.sources.web.crawl_delay import Clock
from assistant.sources.web.http_exchange import Reply

MOST_BYTES = 500_000  # RFC 9309 asks for at least this much
_KEPT = 3_600.0  # seconds that an answer is used
_KEPT_FAILED = 60.0
_LONGEST_DELAY = 10.0  # seconds of Crawl-delay that are honoured
_NAME = "robots.txt"
_UNTOLD = "not fetched, since nobody can tell whether the host allows it: "


@dataclass(frozen=True, slots=True)
class Rules:
    """One host's rules; `failed` says why they could not be read, and then nothing is allowed."""

    until: float
    parsed: Protego | None = None
    failed: str = ""


class Robots:
    """The rules of every host, read when first needed and kept for a while."""

    def __init__(
        self, fetch: Callable[[httpx.URL], Reply], agent: str, clock: Clock = time.monotonic
    ) -> None:
        self._fetch = fetch
        self._name = agent.split("/")[0].strip().lower()  # what robots.txt would call us
        self._clock = clock
        self._known: dict[str, Rules] = {}

    def check(self, url: httpx.URL) -> None:
        """Raise `NotFetched` when this page is not to be fetched, or nobody can tell."""
        rules = self._rules(url)
        if rules.failed:
            raise NotFetched(rules.failed)
        if rules.parsed and not rules.parsed.can_fetch(str(url), self._name):
            raise NotFetched(
                f"the robots.txt of {url.host} does not allow fetching {shown(str(url))}: "
                "ask the outlet, or save the page as .html and add the file"
            )

    def delay(self, url: httpx.URL) -> float:
        """The seconds that the host asks for between two requests, as far as they are known."""
        rules = self._known.get(_origin(url))
        asked = rules.parsed.crawl_delay(self._name) if rules and rules.parsed else None
        if asked is None or not math.isfinite(asked):
            return 0.0
        return min(max(asked, 0.0), _LONGEST_DELAY)

    def _rules(self, url: httpx.URL) -> Rules:
        origin = _origin(url)
        known = self._known.get(origin)
        if known is None or known.until < self._clock():
            known = self._known[origin] = self._read(url)
        return known

    def _read(self, url: httpx.URL) -> Rules:
        now = self._clock()
        try:
            reply = self._fetch(url.copy_with(raw_path=b"/robots.txt"))
        except NotFetched as error:
            # What is wrong with the host is wrong with the page; else say why it matters.
            why = _UNTOLD if _NAME in str(error) else ""
            return Rules(now + _KEPT_FAILED, failed=f"{why}{error}")
        if reply.status != 200:  # 5xx and 429 are `NotFetched`, after a few attempts
            return Rules(now + _KEPT)
        text = reply.body.decode("utf-8", errors="replace").removeprefix("\ufeff")
        return Rules(now + _KEPT, Protego.parse(text))


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
