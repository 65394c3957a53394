"""Many addresses at once: several hosts side by side, each host's pages one after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from urllib.parse import urlsplit

from assistant.adding import Item
from assistant.fetching import pages
from assistant.fetching.web import Web
from assistant.store import Store

_HOSTS = 8  # asked at the same time
_WINDOW = 200  # addresses looked at together, so that few articles wait in memory


def fetch_all(web: Web, urls: Iterable[str], store: Store) -> Iterator[Item]:
    """Yield what is at each address, in the order given; ends the waits when it is closed."""
    urls = iter(urls)
    while window := list(islice(urls, _WINDOW)):
        yield from _window(web, window, store)


def _window(web: Web, urls: list[str], store: Store) -> Iterator[Item]:
    results: list[Future[Item]] = [Future() for _ in urls]
    lanes: defaultdict[str, list[int]] = defaultdict(list)
    for place, url in enumerate(urls):
        lanes[_host(url)].append(place)

    def drive(places: list[int]) -> None:
        for place in places:
            result = results[place]
            if not result.set_running_or_notify_cancel():
                continue
            try:
                result.set_result(pages.fetch(web, urls[place], store))
            except BaseException as error:  # raised again where it is waited for
                result.set_exception(error)

    pool = ThreadPoolExecutor(min(_HOSTS, len(lanes)), thread_name_prefix="fetching")
    try:
        for places in lanes.values():
            pool.submit(drive, places)
        for result in results:
            yield result.result()
    finally:
        for result in results:
            result.cancel()
        pool.shutdown()


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
