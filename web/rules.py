"""What the guard allows, as plain values. Knows no requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rules:
    """Who may call under which names, how often, how much and how slowly.

    `hosts` are names under which this server is reached, beside addresses, localhost and the machine's own name.
    `origins` are web sites that may frame and call it. `proxies` are addresses or networks whose X-Forwarded-* headers
    are believed. `calls_per_minute` is what one open page may ask for; an address may `readers_per_address` times that,
    for a whole school comes from one. `scripts` are inline scripts that the page may bring in, beside those of a page
    as it is served. `shared` are beginnings of paths that other sites may call, by rules of their own. `long_bodies`
    are paths that take more than the `longest_body`, in bytes.
    """

    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    calls_per_minute: int = 30
    readers_per_address: int = 40
    longest_body: int = 64 * 1024  # bytes; a question has 500 characters
    slowest_body_s: float = 10.0
    scripts: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    long_bodies: Mapping[str, int] = field(default_factory=dict)
