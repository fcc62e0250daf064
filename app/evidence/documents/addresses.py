"""Which web addresses are fetched, and which machines may be connected to."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx2

from app.evidence.documents.document import Refusal

_UNICAST = IPv6Network("2000::/3")
_NOT_PLACES = (
    IPv6Network("2001::/23"),  # protocol assignments, Teredo among them
    IPv6Network("2002::/16"),  # 6to4: carries any IPv4 address
    IPv6Network("3fff::/20"),  # documentation
)
_NAT64 = IPv6Network("64:ff9b::/96")
_RELAYS = "192.88.99."
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?")
_LONGEST = 2_000


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address lies on the public internet, also when it carries another address inside."""
    if isinstance(address, IPv4Address):
        special = address.is_multicast or address.is_reserved or str(address).startswith(_RELAYS)
        return address.is_global and not special
    if address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(address.packed[-4:]))
    return address in _UNICAST and address.is_global and not any(address in network for network in _NOT_PLACES)


def parse_address(written: str) -> httpx2.URL:
    """The address that a person wrote, ``https://`` added if it is missing and any fragment dropped.

    Refuses ``bad-address`` what is no http or https address with a host name and without a name and password.
    """
    written = written.strip()
    if _BARE.fullmatch(written):
        written = f"https://{written}"
    try:
        url = httpx2.URL(written[: _LONGEST + 1]).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        raise _bad("This is not a web address.") from error
    return check_address(url)


def check_address(url: httpx2.URL) -> httpx2.URL:
    """The address itself if it may be fetched, as far as its wording tells; refuses ``bad-address``."""
    if url.scheme not in ("http", "https") or not url.host:
        raise _bad("Only addresses that begin with http:// or https:// can be fetched.")
    if "%" in url.host or (url.port or 0) > 65535:
        raise _bad("This is not a web address.")
    if url.userinfo:
        raise _bad("The address holds a user name or password, which are not passed on.")
    if len(str(url)) > _LONGEST:
        raise _bad("The address is too long.")
    return url


def parse_host(text: str) -> IPv4Address | IPv6Address:
    """An IP address as the resolver writes it, a zone dropped."""
    return ip_address(text.partition("%")[0])


def _bad(what: str) -> Refusal:
    return Refusal("bad-address", f"{what} Copy the article's address from your browser, or paste its text.")
