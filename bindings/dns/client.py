"""Names and what the Domain Name System has of them."""

import errno
import socket

from _hooks import gaierror
from mirage.dns import message
from mirage.dns.cache import MOST, Cache
from mirage.dns.exchange import ask, wait
from mirage.dns.servers import Server, Silence, is_address
from mirage.dns.together import together, together_here

if False:  # for type checkers
    from collections.abc import Iterable
    from typing import Any

    from mirage.stack import Stack

_FAMILIES = ((socket.AF_INET, "A"), (socket.AF_INET6, "AAAA"))
_ALIASES = 16
_AGAIN, _NONAME, _FAMILY, _ADDRFAMILY = -3, -2, -6, -9  # EAI_AGAIN and so on
_PATIENCE = 50  # milliseconds that one family's addresses wait for the other's (RFC 8305, 3)
_LATE = 10  # seconds for which a family that came later is not asked for


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
        self._late: Cache = Cache(size)

    async def resolve(self, name: str, kind: str = "A") -> list[Any]:
        """The records of a name.

        A, AAAA          addresses, str
        CNAME, NS, PTR   names, str
        MX               (preference, name)
        SRV              (priority, weight, port, name)
        TXT              tuples of bytes

        Raises NotFound; TimeoutError if no server answers in time; OSError if all refuse to;
        ValueError for what is no name."""
        return await wait(self._records_of(name, kind))

    async def gethostbyname(self, name: str) -> str:
        """An IPv4 address of a host. Raises what `resolve` does."""
        return name if is_address(name) else (await self.resolve(name, "A"))[0]

    async def gethostbyname6(self, name: str) -> str:
        """An IPv6 address of a host. Raises what `resolve` does."""
        return name if is_address(name) else (await self.resolve(name, "AAAA"))[0]

    async def getaddrinfo(self, host: str, port: int, family: int = 0, kind: int = 0) -> list[Any]:
        """What `socket.getaddrinfo` answers for a name, while the others go on: IPv4 addresses,
        then those of IPv6, unless `family` says which, as far as the stack has both. What has not
        come 50 ms after the others is left out. Raises `socket.gaierror`."""
        records = self._wanted(host, family)
        several = [self._records_of(host, record) for _, record in records]
        results = await together(several, _PATIENCE)
        return self._told(host, port, kind, records, results)

    def getaddrinfo_here(self, host: str, port: int, family: int = 0, kind: int = 0) -> list[Any]:
        """The same without `await`: nothing else in the image runs meanwhile."""
        records = self._wanted(host, family)
        several = [self._records_of(host, record) for _, record in records]
        results = together_here(several, _PATIENCE)
        return self._told(host, port, kind, records, results)

    def _wanted(self, host, family):
        """The families to ask for, with their kinds of records: none of an address."""
        if family not in (0, socket.AF_INET, socket.AF_INET6):
            raise gaierror(_FAMILY, "ai_family not supported")
        if is_address(host):
            if family not in (0, _family_of(host)):
                raise gaierror(_ADDRFAMILY, "Address family for hostname not supported")
            return []
        if family:
            return [one for one in _FAMILIES if one[0] == family]
        ip = self.stack.ip
        any_known = ip.ipv4 or ip.ipv6  # a stack of the host's sockets does not say
        there = {socket.AF_INET: ip.ipv4, socket.AF_INET6: ip.ipv6}
        known = [one for one in _FAMILIES if there[one[0]] or not any_known]
        return [one for one in known if not self._late.get((host, one[0]))] or known

    def _told(self, host, port, kind, records, results):
        """What `socket.getaddrinfo` answers by what the questions came to."""
        kind = kind or socket.SOCK_STREAM
        if not records:
            return [(_family_of(host), kind, 0, "", (host, port))]
        found, errors = [], []
        for number, (family, _) in enumerate(records):
            result = results[number]
            if result is None:
                self._late.put((host, family), True, _LATE)
            elif isinstance(result, (OSError, ValueError)):
                errors.append(result)
            elif isinstance(result, Exception):
                raise result
            else:
                found += [(family, kind, 0, "", (address, port)) for address in result]
        if not found:
            raise no_address(errors, "%s: %s" % (host, errors[-1].args[-1]))
        return found

    def _records_of(self, name, kind):
        """What `resolve` answers."""
        number = message.KINDS.get(kind)
        if number is None:
            raise ValueError("no kind of record: %s (%s)" % (kind, ", ".join(message.KINDS)))
        values = yield from self._look_up(name, number)
        if values is None:
            raise NotFound("there is no name " + name)
        if not values:
            raise NotFound("%s has no %s record" % (name, kind))
        return values

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


def _family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET
