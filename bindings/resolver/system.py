"""The resolver of the host: names of its /etc/hosts, else of the name servers of its
/etc/resolv.conf. Both are read once, when the image starts."""

import _direct
from mirage import happy_eyeballs
from mirage.dns import Client, Server, message
from mirage.dns.servers import is_address
from mirage.resolver import Resolver

if False:  # for type checkers
    from mirage.stack import Stack

HOSTS, SERVERS = "/etc/hosts", "/etc/resolv.conf"
_FAMILIES = {message.KINDS["A"]: False, message.KINDS["AAAA"]: True}
_MOST = 1 << 20  # bytes of a file that are read


class HostClient(Client):
    """A client of the DNS that knows some names itself: `hosts`, to addresses."""

    def __init__(self, stack: Stack, servers: list[Server], hosts: dict[str, list[str]]) -> None:
        super().__init__(stack, servers)
        self.hosts = hosts

    def _look_up(self, name, kind):
        known = self.hosts.get(name.rstrip(".").lower())
        if known is not None and kind in _FAMILIES:
            return [one for one in known if (":" in one) == _FAMILIES[kind]]
        return (yield from super()._look_up(name, kind))


def servers_of(text: str) -> list[Server]:
    """The name servers of a resolv.conf(5); if it names none, the host itself is one."""
    named = [words[1] for words in _lines(text) if words[0] == "nameserver" and len(words) > 1]
    return [Server(one.lower()) for one in named if is_address(one)] or [Server("127.0.0.1")]


def hosts_of(text: str) -> dict[str, list[str]]:
    """The addresses of each name of a hosts(5)."""
    found: dict[str, list[str]] = {}
    for address, *names in _lines(text):
        for name in names if is_address(address) else ():
            found.setdefault(name.lower(), []).append(address.lower())
    return found


def _lines(text):
    """The words of each line that has some, without comments."""
    lines = [line.split("#")[0].split() for line in text.split("\n")]
    return [words for words in lines if words and words[0][0] != ";"]


def _read(path):
    """A file of the host as text, an empty one if it cannot be read."""
    try:
        data = bytearray(min(_direct.status(path)[1], _MOST))
        return str(data[: _direct.read(path, 0, data)], "utf-8")
    except (OSError, UnicodeError):
        return ""


def connect(stack: Stack) -> Resolver:
    """The host's resolver, over `stack`."""
    eyes = happy_eyeballs.HappyEyeballs(stack)
    client = HostClient(stack, servers_of(_read(SERVERS)), hosts_of(_read(HOSTS)))
    eyes.inject(client, spare=True)
    return Resolver(eyes, client)
