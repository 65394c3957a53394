"""From an address to a page: redirects by hand, a few attempts, at a polite pace.

Wherever a redirect leads, the address, its machines and its robots.txt are checked anew.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import httpx
import tenacity

from assistant.errors import NotFetched
from assistant.settings import Settings
from assistant.sources.stored import Visit
from assistant.sources.web import allowed_addresses, robots
from assistant.sources.web.allowed_addresses import Resolve, shown
from assistant.sources.web.crawl_delay import Pace, Sleep, retry_after
from assistant.sources.web.http_exchange import WITH_BODY, Budget, Reply, TryAgain, Wire

MOST_REDIRECTS = 5
MOST_ATTEMPTS = 3
LONGEST_WAIT = 30.0  # seconds that a server's Retry-After is waited for
_FIRST_WAIT = 1.0  # before the second attempt; twice that before the third
_REDIRECTS = (301, 302, 303, 307, 308)
_SAVE = "save the page as .html and add the file"
_TOLD = {
    401: f"asks for a login (401): {_SAVE}",
    402: f"asks for money (402): {_SAVE}",
    403: f"is refused to programs (403): {_SAVE}",
    429: "is asked too often (429): run the command again later",
    451: f"may not be shown here by law (451): {_SAVE}",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What is behind an address: `url` is where it was found, after redirects.

    `status` is 200, or 304 (not changed), 404 (not there) or 410 (gone for good), each without a
    body. `body` is unpacked and whole.
    """

    url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""


class Web:
    """Fetches pages. Safe to share between threads; close it to end its waits."""

    def __init__(
        self,
        settings: Settings,
        *,
        allow_private: bool = False,
        resolve: Resolve = allowed_addresses.resolve,
        sleep: Sleep | None = None,
    ) -> None:
        self._settings = settings
        self._closed = threading.Event()
        self._sleep = sleep or self._wait
        self._wire = Wire(
            settings.fetch_agent,
            allow_private=allow_private or settings.fetch_private,
            resolve=resolve,
            closed=self._closed,
        )
        self._pace = Pace(self._sleep)
        self._robots = robots.Robots(self._robots_of, settings.fetch_agent)
        # By what was named: visits whose article is not stored for certain yet (`fetch_article`).
        self.visits: dict[str, Visit] = {}

    def close(self) -> None:
        """End every wait; what is still asked for is not fetched."""
        self._closed.set()

    def get(
        self, url: str, *, etag: str = "", last_modified: str = "", most_bytes: int | None = None
    ) -> Page:
        """The page at `url`; raises `NotFetched`.

        `etag` and `last_modified`, as an earlier `Page` had them, make a page that has not changed
        a 304. `most_bytes`: as sent and unpacked (default: the setting `article_bytes`).
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in headers.items() if value}
        most = self._settings.article_bytes if most_bytes is None else most_bytes
        found, reply = self._followed(allowed_addresses.parse(url), headers, most, polite=True)
        known = (*WITH_BODY, 404, 410, *((304,) if headers else ()))
        if reply.status not in known:
            told = _TOLD.get(reply.status, f"answered {reply.status}: check the address")
            raise NotFetched(f"{shown(str(found))} {told}")
        kind, charset = _content_type(reply.headers.get("content-type", ""))
        return Page(
            str(found),
            200 if reply.status in WITH_BODY else reply.status,
            reply.body,
            kind,
            charset,
            _validator(reply, "etag"),
            _validator(reply, "last-modified"),
        )

    def _robots_of(self, url: httpx.URL) -> Reply:
        return self._followed(url, {}, robots.MOST_BYTES, polite=False)[1]

    def _followed(
        self, url: httpx.URL, headers: dict[str, str], most: int, *, polite: bool
    ) -> tuple[httpx.URL, Reply]:
        """The reply at the end of the redirects, and where that is."""
        budget = Budget(self._settings.fetch_seconds, self._settings.fetch_seconds)
        seen = [url]
        while True:
            if polite:
                self._robots.check(url)
            reply = self._tried(url, headers, most, budget)
            target = reply.headers.get("location", "")
            if reply.status not in _REDIRECTS or not target:
                return url, reply
            url = _next(url, target)
            if url in seen:
                raise NotFetched(
                    f"{shown(str(seen[0]))} leads in a circle (back to {shown(str(url))}): "
                    "check the address"
                )
            if len(seen) > MOST_REDIRECTS:
                raise NotFetched(
                    f"{shown(str(seen[0]))} redirects more than {MOST_REDIRECTS} times "
                    f"(last to {shown(str(url))}): give the address of the page itself"
                )
            seen.append(url)

    def _tried(self, url: httpx.URL, headers: dict[str, str], most: int, budget: Budget) -> Reply:
        """The reply of the first attempt that works out."""
        attempts = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(TryAgain),
            stop=lambda _: _is_enough(budget),
            wait=_wait_before,
            sleep=self._sleep,
            reraise=True,
        )
        return attempts(self._once, url, headers, most, budget)

    def _once(self, url: httpx.URL, headers: dict[str, str], most: int, budget: Budget) -> Reply:
        delay = max(self._settings.fetch_delay, self._robots.delay(url))
        self._pace.wait(url.host, delay)
        if self._closed.is_set():
            raise NotFetched(f"{shown(str(url))} was not fetched: stopped before")
        reply = self._wire.ask(url, headers, most, budget)
        if reply.status != 429 and reply.status < 500:
            return reply
        after = retry_after(reply.headers.get("retry-after", ""))
        if after is not None and after > LONGEST_WAIT:
            raise NotFetched(
                f"{shown(str(url))} answered {reply.status} and asks to come back in "
                f"{_in_words(after)}: run the command again then"
            )
        told = _TOLD.get(reply.status, f"answered {reply.status}: run the command again later")
        raise TryAgain(f"{shown(str(url))} {told}", after)

    def _wait(self, seconds: float) -> None:
        self._closed.wait(seconds)


def _is_enough(budget: Budget) -> bool:
    """Has this page had its attempts, over all its redirects?"""
    budget.failed += 1
    return budget.failed >= MOST_ATTEMPTS


def _wait_before(state: tenacity.RetryCallState) -> float:
    """What the server asked for, else longer each time."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, TryAgain) and error.after is not None:
        return error.after
    return float(_FIRST_WAIT * 2 ** (state.attempt_number - 1))


def _next(url: httpx.URL, target: str) -> httpx.URL:
    try:
        return allowed_addresses.parse(str(url.join(target)))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise NotFetched(
            f"{shown(str(url))} redirects to {shown(target)}, which is no web address: "
            "give the address of the page itself"
        ) from None
    except NotFetched as error:
        raise NotFetched(f"{shown(str(url))} redirects: {error}") from None


def _content_type(header: str) -> tuple[str, str]:
    """The kind and the charset of a Content-Type header, both "" where it does not say."""
    kind, *parameters = header.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return kind.strip().lower(), value.strip(" \t\"'").lower()
    return kind.strip().lower(), ""


def _validator(reply: Reply, name: str) -> str:
    """A header to send back another time, when it is one that can be sent."""
    value = str(reply.headers.get(name, "")).strip()
    return value if len(value) <= 500 and value.isascii() and value.isprintable() else ""


def _in_words(seconds: float) -> str:
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            number = round(seconds / length)
            return f"{number:,} {unit}{'' if number == 1 else 's'}"
    return f"{round(seconds)} seconds"
