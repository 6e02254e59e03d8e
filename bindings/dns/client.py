"""Names and what the Domain Name System has of them."""

import errno
import socket

from _hooks import gaierror
from mirage.dns import message
from mirage.dns.cache import MOST, Cache
from mirage.dns.exchange import ask, wait, wait_here
from mirage.dns.servers import Server, Silence, is_address

if False:  # for type checkers
    from collections.abc import Iterable
    from typing import Any

    from mirage.stack import Stack

_A = message.KINDS["A"]
_AAAA = message.KINDS["AAAA"]
_ALIASES = 16
_AGAIN, _NONAME = -3, -2  # EAI_AGAIN, EAI_NONAME


class NotFound(gaierror):
    """There is no such name, or it has no such record."""

    def __init__(self, text: str) -> None:
        super().__init__(_NONAME, text)


def no_address(errors: Iterable[Exception], text: str) -> gaierror:
    """What is raised of a name that led to no address, by what was told of it: that there is none,
    or that it may be asked for again."""
    known = all(isinstance(error, (NotFound, ValueError)) for error in errors)
    return gaierror(_NONAME if known else _AGAIN, text)


class Client:
    """Asks name servers over `stack`.

    servers       those to ask; if there are none, those that DHCP or a router has named
    milliseconds  how long a question may take, all servers and attempts together
    size          how many answers are remembered
    """

    def __init__(
        self, stack: Stack, servers: list[Server], *, milliseconds: int = 5000, size: int = 32
    ) -> None:
        self.stack = stack
        self.servers = servers
        self.milliseconds = milliseconds
        self.cache: Cache = Cache(size)
        self.silence: Silence = Silence()

    async def resolve(self, name: str, kind: str = "A") -> list[Any]:
        """The records of a name.

        A, AAAA          addresses, str
        CNAME, NS, PTR   names, str
        MX               (preference, name)
        SRV              (priority, weight, port, name)
        TXT              tuples of bytes

        Raises NotFound; TimeoutError if no server answers in time; OSError if all refuse to;
        ValueError for what is no name."""
        return _found(name, kind, await wait(self._look_up(name, message.KINDS[kind])))

    async def gethostbyname(self, name: str) -> str:
        """An IPv4 address of a host. Raises what `resolve` does."""
        return name if is_address(name) else (await self.resolve(name, "A"))[0]

    async def gethostbyname6(self, name: str) -> str:
        """An IPv6 address of a host. Raises what `resolve` does."""
        return name if is_address(name) else (await self.resolve(name, "AAAA"))[0]

    async def getaddrinfo(self, host: str, port: int, family: int = 0, kind: int = 0) -> list[Any]:
        """What `socket.getaddrinfo` answers for a name, while the others go on: IPv4 addresses,
        then those of IPv6, unless `family` says which. Raises `socket.gaierror`."""
        return await wait(self._addresses(host, port, family, kind))

    def getaddrinfo_here(self, host: str, port: int, family: int = 0, kind: int = 0) -> list[Any]:
        """The same without `await`: nothing else in the image runs meanwhile."""
        return wait_here(self._addresses(host, port, family, kind))

    def _addresses(self, host, port, family, kind):
        found, errors = [], []
        for one, record in ((socket.AF_INET, "A"), (socket.AF_INET6, "AAAA")):
            if family not in (0, one):
                continue
            try:
                values = yield from self._look_up(host, message.KINDS[record])
                found += [
                    (one, kind or socket.SOCK_STREAM, 0, "", (address, port))
                    for address in _found(host, record, values)
                ]
            except (OSError, ValueError) as failure:
                errors.append(failure)
                if not isinstance(failure, NotFound):
                    break  # of who does not answer no more is asked
        if not found:
            raise no_address(errors, "%s: %s" % (host, errors[-1].args[-1]))
        return found

    def _look_up(self, name, kind):
        """The values of a kind, a list. What is not there is an empty one; None says that there
        is no such name."""
        key = message.encode(name).lower(), kind
        values = self.cache.get(key)
        if values is not None:
            return values[0]
        seconds = MOST
        for _ in range(_ALIASES):
            ip = self.stack.ip
            servers = self.servers or [Server(address) for address in ip.name_servers()]
            if not servers:
                raise OSError(errno.EHOSTUNREACH, "no name server is known: see --dns-servers")
            answer = yield from ask(ip, servers, name, kind, self.milliseconds, self.silence)
            values, name, lasts = gathered(answer, kind)
            seconds = min(seconds, lasts)
            if values or name == answer.name or answer.code or answer.authority:
                break  # else it is an alias, which the server did not follow
        else:
            raise OSError(errno.EIO, "aliases of aliases")
        if not values:
            seconds = min(seconds, absence(answer))
            if answer.code == message.NAME_ERROR:
                values = None
        self.cache.put(key, (values,), seconds)
        return values


def gathered(answer: message.Message, kind: int) -> tuple[list[Any], str, int]:
    """What an answer has of a kind: the values, the name whose they are, which is not the one that
    was asked for if that is an alias, and how many seconds they may be remembered."""
    name = answer.name
    seconds = MOST
    for _ in range(_ALIASES):
        records = _records(answer, name, kind)
        if records:
            return [one.value for one in records], name, min(seconds, *_seconds(records))
        aliases = _records(answer, name, message.CNAME)
        if not aliases:
            break
        seconds = min(seconds, *_seconds(aliases))
        name = aliases[0].value
    return [], name, seconds


def absence(answer: message.Message) -> int:
    """For how many seconds it may be remembered that something is not there (RFC 2308, 5)."""
    return min(
        [min(one.ttl, one.value) for one in answer.authority if one.kind == message.SOA] or [0]
    )


def _records(answer, name, kind):
    return [one for one in answer.answers if one.name == name and one.kind == kind]


def _seconds(records):
    return [one.ttl for one in records]


def _found(name, kind, values):
    if values is None:
        raise NotFound("there is no name " + name)
    if not values:
        raise NotFound("%s has no %s record" % (name, kind))
    return values
