"""The address by which pupils reach this server, for the link and the QR code. Knows no sessions and no requests.

Which addresses the machine has is asked of the machine itself: nothing is sent anywhere.
"""

import socket
import struct
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

_FAR = "192.0.2.1"  # of no machine (RFC 5737): the way there tells which of its addresses this machine is known by
_ADDRESS_OF_INTERFACE = 0x8915  # SIOCGIFADDR, Linux


@dataclass(frozen=True)
class Place:
    """What the settings say: the address that pupils use, if any, and the one that the server listens on."""

    public_url: str = ""
    listens_on: str = ""


@dataclass(frozen=True)
class Door:
    """Where pupils come in, what else may lead there, and the name of the sentence about what is wrong with it."""

    origin: str
    others: tuple[str, ...] = ()
    problem: str = ""


def door(opened: str, place: Place, addresses: Callable[[], Sequence[str]]) -> Door:
    """The door to show to who has `opened` a page; 'localhost' leads every device to itself.

    Example: 'http://localhost:7860', one address '192.168.1.7' -> Door('http://192.168.1.7:7860', (), 'opened_here')
    """
    if place.public_url:
        return Door(place.public_url.rstrip("/"))
    parts = urlsplit(opened)
    if not _leads_home(parts.hostname or ""):
        return Door(opened)
    if _leads_home(place.listens_on):
        return Door(opened, problem="only_here")
    port = f":{parts.port}" if parts.port else ""
    origins = tuple(f"{parts.scheme}://{address}{port}" for address in addresses())
    return Door(origins[0], origins[1:], "opened_here") if origins else Door(opened, problem="no_network")


def own_addresses() -> list[str]:
    """The IPv4 addresses by which others reach this machine, the likeliest first; none where there is no network."""
    known = dict.fromkeys([*_on_the_way(), *_of_interfaces(), *_of_the_name()])
    return [address for address in known if not _leads_home(address) and not ip_address(address).is_link_local]


def _leads_home(host: str) -> bool:
    """Whether a host is the machine that asks for it. Example: '127.0.0.1' -> True"""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")


def _on_the_way() -> list[str]:
    """The address of the interface that leads outside: a datagram socket that is connected sends nothing."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((_FAR, 9))
        return [str(probe.getsockname()[0])]
    return []  # no way outside, as in a classroom without internet


def _of_interfaces() -> list[str]:
    """Of every network interface; on Linux only."""
    if sys.platform != "linux":
        return []
    from fcntl import ioctl  # which other systems do not have

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # an interface without an address
                told = ioctl(probe.fileno(), _ADDRESS_OF_INTERFACE, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(told[20:24]))
    return found


def _of_the_name() -> list[str]:
    """Of the machine's name, where its network knows it."""
    with suppress(OSError):
        return [str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return []
