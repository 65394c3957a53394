"""Many addresses at once: several hosts side by side, each host's pages one after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit

from assistant.sources.build_article import Item
from assistant.sources.listed_pages import Entry
from assistant.sources.stored import Stored
from assistant.sources.web import fetch_article, text_in_feed
from assistant.sources.web.web_client import Web

_HOSTS = 8  # asked at the same time
_WINDOW = 200  # addresses looked at together, so that few articles wait in memory


def fetch_all(web: Web, urls: Iterable[str | Entry | Item], stored: Stored) -> Iterator[Item]:
    """Yield what is at each address, in the order given; ends the waits when it is closed.

    An address may come with what a feed says of its page; what is an `Item` already stays so.
    """
    urls = iter(urls)
    while window := list(islice(urls, _WINDOW)):
        yield from _window(web, window, stored)


def _window(web: Web, urls: list[str | Entry | Item], stored: Stored) -> Iterator[Item]:
    results: list[Future[Item]] = [Future() for _ in urls]
    lanes: defaultdict[str, list[int]] = defaultdict(list)
    for place, url in enumerate(urls):
        if isinstance(url, str | Entry):
            lanes[_host(url)].append(place)
        else:
            results[place].set_result(url)

    def drive(places: list[int]) -> None:
        for place in places:
            result = results[place]
            if not result.set_running_or_notify_cancel():
                continue
            try:
                result.set_result(_fetched(web, urls[place], stored))
            except BaseException as error:  # raised again where it is waited for
                result.set_exception(error)

    pool = ThreadPoolExecutor(max(1, min(_HOSTS, len(lanes))), thread_name_prefix="fetching")
    try:
        for places in lanes.values():
            pool.submit(drive, places)
        for result in results:
            yield result.result()
    except BaseException:
        web.close()  # nobody waits for the rest
        raise
    finally:
        for result in results:
            result.cancel()
        pool.shutdown()


def _fetched(web: Web, asked: str | Entry | Item, stored: Stored) -> Item:
    if isinstance(asked, str):
        return fetch_article.fetch(web, asked, stored)
    if not isinstance(asked, Entry):
        return asked
    found = fetch_article.fetch(
        web,
        asked.url,
        stored,
        title=asked.title,
        publisher=asked.named or asked.outlet,
        author=asked.author,
        published=asked.published,
    )
    found = text_in_feed.completed(found, asked, web, stored)
    if not asked.named or not isinstance(found, tuple):
        return found
    where, article = found
    return where, replace(article, source=replace(article.source, publisher=asked.named))


def _host(asked: str | Entry) -> str:
    url = asked if isinstance(asked, str) else asked.url
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
