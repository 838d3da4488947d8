"""Which hosts may be asked, and a connection to exactly the address that was looked up and checked.

A page or a feed may name any host, and a name server may answer with any address. Unless the user allows a host by its
name, only addresses that all the world can reach are connected to: not this machine, not its network, not the place
where a cloud hands out its secrets. Between the check and the connection nothing is looked up again.
"""

import os
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

ALLOWED = "QUOTH_ALLOW_HOSTS"  # setting: hosts that are asked wherever they are, parted by commas
KEPT = "QUOTH_KEEP_PAGES"  # setting: a folder in which pages are kept
OPTION = "--allow-host"

Place = tuple[object, ...]  # what a connection is made to: an address of IPv4 or IPv6, a port, what belongs to it
Resolver = Callable[..., Iterable[tuple[int, int, int, str, Place]]]  # as `socket.getaddrinfo`
Dialler = Callable[[int, Place, float | None], socket.socket]

#: Names that stand for this machine or its network, whatever a name server makes of them (RFC 6761, 6762, 8375, 9476).
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".intranet", ".localdomain")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")
#: Where a cloud hands out its secrets that lies in no private range (Azure).
_METADATA = IPv4Address("168.63.129.16")
_NAT64 = IPv6Network("64:ff9b::/96")  # how an IPv6-only network reaches IPv4: the last 32 bits are what counts
_NOBODYS = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
)  # of protocols; relays that nobody runs any more


class HostRefused(Exception):
    """A host that is not asked; the words complete `ADDRESS: ...`."""


def dialled(family: int, place: Place, time_out: float | None) -> socket.socket:
    """A connection to an address; no name is looked up."""
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.settimeout(time_out)
        made.connect(place)
    except BaseException:
        made.close()
        raise
    return made


@dataclass(frozen=True, slots=True)
class Access:
    """What may be fetched, and what becomes of it.

    Attributes:
        hosts: names and addresses of hosts that are asked though they are on this machine or in its network.
        keep: a folder in which every page is kept as it was retrieved, a WARC file each; None for none.
        look_up: the resolver.
        dial: makes a connection to an address.
    """

    hosts: frozenset[str] = field(default_factory=frozenset)
    keep: str | None = None
    look_up: Resolver = socket.getaddrinfo
    dial: Dialler = dialled

    def dial_name(self, place: tuple[str, int], time_out: float | None) -> socket.socket:
        """A connection to a host that the user set (a proxy), wherever it is."""
        return connected(*place, time_out, replace(self, hosts=frozenset({_plain(place[0])})))


def settings() -> Access:
    """What the settings `QUOTH_ALLOW_HOSTS` and `QUOTH_KEEP_PAGES` say."""
    return Access(host_names(os.environ.get(ALLOWED, "").split(",")), os.environ.get(KEPT) or None)


def host_names(given: Iterable[str]) -> frozenset[str]:
    """Names of hosts as they are compared: in lower case, without brackets and the last full stop."""
    return frozenset(plain for one in given if (plain := _plain(one)))


def _plain(host: str) -> str:
    return host.strip().strip("[]").rstrip(".").lower()


def check_spelling(host: str, access: Access) -> None:
    """Refuse a host by its spelling alone, before any name server is asked.

    Raises:
        HostRefused: it is an address written in an unusual way, of no public host, or a name of a local network.
    """
    name = _plain(host)
    if name in access.hosts:
        return
    try:
        address = ip_address(name)
    except ValueError:
        if _NUMBER.fullmatch(name.rpartition(".")[2]):
            what = "a number in a spelling that is not followed"
        elif "." not in name or name.endswith(_LOCAL_NAMES):
            what = "a name of this machine or its network"
        else:
            return
    else:
        what = why_not(address) or ""
    if what:
        raise HostRefused(f"the host {host} is {what}; {_how(host)}")


def connected(host: str, port: int, time_out: float | None, access: Access) -> socket.socket:
    """A connection to a host: looked up once, every address checked, and one of exactly these connected to.

    Raises:
        HostRefused: it is not to be asked.
        OSError: there is no such host, or none of its addresses answers.
    """
    check_spelling(host, access)
    found = [(family, place) for family, _, _, _, place in access.look_up(host, port, type=socket.SOCK_STREAM)]
    if _plain(host) not in access.hosts:
        for _, place in found:
            address = ip_address(str(place[0]))
            if what := why_not(address):
                raise HostRefused(f"the host {host} leads to {address}, {what}; {_how(host)}")
    last: OSError = OSError("no address of it is known")
    for family, place in found:
        try:
            return access.dial(family, place, time_out)
        except OSError as error:
            last = error
    raise last


def why_not(address: IPv4Address | IPv6Address) -> str | None:
    """What an address is that is not asked; None for one that all the world can reach."""
    for one in _meant(address):
        if one.is_unspecified or one.is_loopback:
            return "an address of this machine"
        if one.is_link_local or one == _METADATA:
            return "a link-local address, or one where a cloud keeps its secrets"
        if one.is_multicast or one.is_reserved or any(one in network for network in _NOBODYS):
            return "an address of no single host"
        if one.is_private or not one.is_global or (isinstance(one, IPv6Address) and one.is_site_local):
            return "an address of a private network"
    return None


def _meant(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """An address and those of IPv4 that it stands for or leads through."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            yield IPv4Address(int(address) & 0xFFFFFFFF)
            return
        for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())):
            if one is not None:
                yield one
    yield address


def _how(host: str) -> str:
    return f"such hosts are only asked if you allow them ({OPTION} {_plain(host)})"
