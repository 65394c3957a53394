"""From an address to the machines it may be asked of: none that only this computer can see.

By hand, because libraries that do the same (httpx-secure, drawbridge) let through some addresses
that lead inside, and cannot open a network of one's own without a cloud's metadata service.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
from tld import get_tld

from assistant.errors import NotFetched

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]

_NAMED = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*", re.I)
_LONGEST = 2_000  # no page has a longer address
_MOST_MACHINES = 8  # tried for one name
_V6_IN_USE = ipaddress.IPv6Network("2000::/3")  # everything else is special
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # an IPv4 address in its last four bytes
# Where clouds tell a machine its keys, besides the link-local addresses.
_METADATA = [
    ipaddress.ip_address(each) for each in ("fd00:ec2::254", "100.100.100.200", "168.63.129.16")
]
_ALLOW = "add --allow-private (or set ASSISTANT_FETCH_PRIVATE) if it is your own"


def is_address(name: str) -> bool:
    """Is this an address, and not a path? Also one that cannot be fetched, such as ftp://."""
    return _NAMED.match(name) is not None


def parse(address: str) -> httpx.URL:
    """The address without its fragment; raises `NotFetched` for one that is never fetched."""
    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
        is_host = bool(url.host and _HOST.fullmatch(url.raw_host.decode("ascii")))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise NotFetched(f"{shown(address)} is no web address: check how it is written") from None
    if url.scheme not in ("http", "https"):
        raise NotFetched(
            f"{shown(address)} begins with {url.scheme}://: only http and https are fetched"
        )
    if url.userinfo:
        raise NotFetched(
            f"the address at {url.host} holds a user name or password: give it without, "
            "or save the page as .html and add the file"
        )
    if not is_host or not 0 < (80 if url.port is None else url.port) < 65_536:
        raise NotFetched(f"{shown(address)} names no host and port: check how it is written")
    if len(str(url)) > _LONGEST:
        raise NotFetched(
            f"{shown(address)} is longer than {_LONGEST:,} characters: save the page as .html"
        )
    return url


def shown(address: str) -> str:
    """The address as a message may hold it: on one line, not too long, without a password."""
    words = "".join(letter if letter.isprintable() else "?" for letter in address)
    words = re.sub(r"//[^/?#]*@", "//", words)
    return words if len(words) <= 200 else words[:200] + "…"


def resolve(host: str, port: int) -> list[str]:
    """The machines that a host's name stands for, as the operating system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def checked(machines: list[str], host: str, *, allow_private: bool) -> list[str]:
    """The machines, when every one may be asked; raises `NotFetched` when one may not.

    One forbidden machine among others is how a name is made to lead inside: then none is asked.
    """
    for machine in machines:
        if told := refusal(machine, allow_private=allow_private):
            which = "" if machine == host else f" {machine},"
            raise NotFetched(f"{shown(host)} is{which} {told}")
    return machines[:_MOST_MACHINES]


def refusal(machine: str, *, allow_private: bool) -> str:
    """Why this IP address is not asked, and what to do; "" when it may be.

    `allow_private` opens this computer and networks of one's own, never a cloud's metadata service
    (and the other link-local addresses), which holds keys and no articles.
    """
    try:
        address = ipaddress.ip_address(machine)
    except ValueError:
        return "not an IP address: check the name"
    everything = [address, *_inside(address)]
    if any(_is_never(one) for one in everything):
        return "an address where no article can be; it is never asked"
    if allow_private or all(_is_public(one) for one in everything):
        return ""
    return f"a private address, not on the public web; {_ALLOW}"


def _inside(address: IP) -> list[IP]:
    """The IPv4 addresses that an IPv6 address wraps."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[IP] = [one for one in (address.ipv4_mapped, address.sixtofour) if one]
    found += address.teredo or ()
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def _is_never(address: IP) -> bool:
    return (
        address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or address in _METADATA
        or address == ipaddress.IPv4Address("255.255.255.255")
    )


def _is_public(address: IP) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address in _NAT64:
            return True  # what it wraps decides
        return address in _V6_IN_USE and (
            address.is_global or bool(address.sixtofour or address.teredo)
        )
    return address.is_global and not address.is_reserved


def same_site(one: str, other: str) -> bool:
    """Do two addresses belong to one outlet: the same registered name, or the same machine?"""
    return bool(site(one)) and site(one) == site(other)


def site(address: str) -> str:
    """The registered name of an address ("paper.co.uk" of www.paper.co.uk), "" for none.

    By the Public Suffix List with its private part: two blogs at one host are two sites.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if not host or "." not in host or _is_ip(host):
        return f"{host}:{port}" if host else ""
    found = get_tld(f"http://{host}", as_object=True, search_private=True, fail_silently=True)
    if found is not None and not isinstance(found, str):
        return found.fld or host
    # A suffix that is not listed: an intranet's own, or the name is itself a suffix.
    return ".".join(host.split(".")[-2:])


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
