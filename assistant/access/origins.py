"""Where a request comes from: the address behind a proxy, and the site whose page sent it.

Ours, since headers may be made up: uvicorn takes for an address whatever a proxy passes on, and
puts it in the place of the proxy's own, by which a name in a header is believed.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.settings import Network

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def is_loopback(host: str) -> bool:
    """Whether nobody but this computer reaches the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_within(address: str, networks: tuple[Network, ...]) -> bool:
    """Whether the address is of one of the networks."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in network for network in networks)


def peer(scope: Scope) -> str:
    """The address at the other end of the connection; "" when it has none."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def follow(scope: Scope, proxies: tuple[Network, ...]) -> str:
    """The address of whoever asks. Of a proxy of ours it is what that proxy says, and `scope` gets
    the scheme that it was asked with. What others say of themselves is not believed."""
    address, headers = peer(scope), Headers(scope=scope)
    if not is_within(address, proxies):
        return address
    if headers.get("x-forwarded-proto", "").rpartition(",")[2].strip() == "https":
        scope["scheme"] = "https"
    # From the right: each proxy has written down who spoke to it, the first ones may be made up.
    for one in reversed(",".join(headers.getlist("x-forwarded-for")).split(",")):
        try:
            told = str(ipaddress.ip_address(one.strip()))
        except ValueError:
            return address
        address = told
        if not is_within(told, proxies):
            break
    return address


def neighbourhood(address: str) -> str:
    """What one subscriber has: of IPv6 addresses a whole /64."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address


def names_this_computer(scope: Scope) -> bool:
    """Whether the browser believes to be at this computer.

    A page elsewhere can have its own name resolve to 127.0.0.1, and would then read along.
    """
    return is_loopback(_hostname(Headers(scope=scope).get("host", "")))


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_foreign(scope: Scope, allowed: frozenset[str], *, must_say: bool) -> bool:
    """Whether a page of another site sent this; `must_say`: also when nothing says so.

    Every browser says it with whatever changes something.
    """
    headers = Headers(scope=scope)
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin in allowed:
        return False
    if site is not None:
        return site not in ("same-origin", "none")
    if origin is not None:
        return urlsplit(origin).netloc != headers.get("host", "") if "://" in origin else True
    return must_say
