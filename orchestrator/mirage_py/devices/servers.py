"""Name servers that config.py names, as boot arguments name them."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__: list[str] = []

PLACE = re.compile(
    r"(?:(?:udp|tcp):)?(?:\[(?P<ipv6>[^]]+)\]|(?P<host>[^\[\]]+?))(?::(?P<port>\d+))?"
)


def name_servers(argument: str, values: Sequence[str]) -> str | None:
    """The value of a boot argument for these name servers, None for none. Raises ValueError, which
    names the `argument` of the device's."""
    for one in values:
        if not is_server(one):
            raise ValueError(f"{argument}: {one!r} is no name server, as `udp:10.0.0.1` is one")
    return ",".join(values) or None


def is_server(text: str) -> bool:
    """Whether it is `udp:ADDRESS[:PORT]`, `tcp:[ADDRESS]:PORT`, or an address alone."""
    plain = text.partition(":")[2] if text.startswith(("udp:", "tcp:")) else text
    if is_address(plain):
        return True
    found = PLACE.fullmatch(text)
    if found is None or not is_address(found["ipv6"] or found["host"]):
        return False
    return found["port"] is None or 0 < int(found["port"]) < 1 << 16


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
