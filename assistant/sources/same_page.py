"""From an address to what is the same for every address that leads to one article.

The address itself stays as it is: what is made here only compares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.sources.metadata import canonical

_HOSTS = re.compile(r"^(?:www\d?|amp|m|mobile|touch|print)\.(?=[^.]+\.)")
# Caches of AMP pages: https://www.google.com/amp/s/HOST/PATH, https://X.cdn.ampproject.org/c/s/...
_CACHED = re.compile(
    r"https?://(?:www\.google\.[a-z.]+/amp/|[\w-]+\.cdn\.ampproject\.org/[cv]/)(?P<https>s/)?"
    r"(?P<rest>[^/]+\.[^/].*)"
)
_FORMS = {"amp", "print", "printable", "printview", "printer-friendly", "print-version"}
_ENDS = re.compile(r"(?:[._-](?:amp|print))(?=(?:\.\w{3,5})?$)|\.amp(?=\.html?$)", re.I)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.I)
# Of a query: in which form the page is shown ...
_SHOWN = re.compile(
    r"(?:amp|print|printable|printview|outputType|output|view|format|mode|variant)(?:=(?:1|true|yes|"
    r"amp|print|printable|printer|mobile)?)?",
    re.I,
)
# ... and who followed which link to it.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|mkt_tok"
    r"|_ga|gad_source|srsltid|ref|ref_src|referrer|cmp|cmpid|cmp_id|s_cid|smid|smtyp|ocid|ito|ncid"
    r"|wt_\w+|xtor|at_\w+|ns_\w+|hss_channel|spm|ftag|sr_share|share|mbid|icid|taid|sfmc_id)(?:=.*)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class SamePage:
    """What all addresses of one article have in common, `name`; "" where it may be of several.

    `is_copy`: this address shows it in another form, for phones or printers.
    """

    name: str = ""
    is_copy: bool = False


def same_page(url: str) -> SamePage:
    """What the address is compared by. A site's front page is many articles' address."""
    address = canonical(url)
    if cached := _CACHED.fullmatch(address):
        inner = same_page(f"https://{cached['rest']}")
        return SamePage(inner.name, is_copy=True)
    parts = urlsplit(address)
    host = (parts.netloc or "").lower()
    plain_host = _HOSTS.sub("", host)
    segments = parts.path.strip("/").split("/")
    kept = [one for one in segments if one.lower() not in _FORMS] or segments
    path = _ENDS.sub("", "/" + "/".join(kept))
    asked = [one for one in parts.query.split("&") if one and not _TRACKING.fullmatch(one)]
    query = sorted(one for one in asked if not _SHOWN.fullmatch(one))
    path = _INDEX.sub("", path).rstrip("/")
    if not host or not (path or query):
        return SamePage()
    is_copy = (
        host.startswith(("amp.", "m.", "mobile.", "touch.", "print."))
        or len(kept) < len(segments)
        or path != _INDEX.sub("", "/" + "/".join(kept)).rstrip("/")
        or len(query) < len(asked)
    )
    return SamePage(plain_host + path + ("?" + "&".join(query) if query else ""), is_copy)
