"""The interpreter's `socket`, and what it lacks of CPython's: names, addresses as bytes, and connecting
by name. There are no socket pairs, and no names of services or of hosts but by `getaddrinfo`."""

import usocket as _base
from usocket import *

_NATIVE = ("IPPROTO_UDP", "SO_ERROR", "socket", "getaddrinfo", "gaierror", "timeout", "error")
socket = SocketType = _base.socket
error = OSError
timeout = TimeoutError
has_ipv6 = True
SOMAXCONN = 4096
AF_UNSPEC, AF_UNIX = 0, 1
SOCK_RAW = 3
IPPROTO_IP, IPPROTO_UDP, IPPROTO_IPV6 = 0, 17, 41
IPV6_V6ONLY, TCP_MAXSEG = 26, 2
SO_TYPE, SO_SNDBUF, SO_RCVBUF = range(0x10000, 0x10003)  # which no socket has
SHUT_RD, SHUT_RDWR = 0, 2
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_ADDRCONFIG, AI_NUMERICSERV = 1, 2, 4, 32, 1024
NI_NUMERICHOST, NI_NUMERICSERV = 1, 2
EAI_AGAIN, EAI_FAIL, EAI_FAMILY, EAI_NONAME, EAI_SERVICE = -3, -4, -6, -2, -8
MSG_PEEK, MSG_DONTWAIT, MSG_NOSIGNAL = 2, 64, 0x4000
INADDR_ANY = 0
_GLOBAL_DEFAULT_TIMEOUT = object()
_default = None


class AddressFamily(int):
    AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6


class SocketKind(int):
    SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = SOCK_STREAM, SOCK_DGRAM, SOCK_RAW


class herror(OSError):
    """An address could not be found."""


def getdefaulttimeout():
    return _default


def setdefaulttimeout(seconds):
    """What `create_connection` sets where it is told no timeout."""
    global _default
    _default = seconds


def create_connection(
    address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False
):
    """A socket that is connected to (host, port). Raises OSError."""
    seconds = _default if timeout is _GLOBAL_DEFAULT_TIMEOUT else timeout
    last = None
    for family, kind, _, _, where in getaddrinfo(address[0], address[1], 0, SOCK_STREAM):
        made = socket(family, kind)
        try:
            if seconds is not None:
                made.settimeout(seconds)
            if source_address:
                made.bind(source_address)
            made.connect(where)
            return made
        except OSError as error:
            made.close()
            last = error
    raise last or OSError("getaddrinfo returns an empty list")


def create_server(address, *, family=AF_INET, backlog=None, **_):
    """A socket that listens at (host, port)."""
    made = socket(family, SOCK_STREAM)
    made.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    made.bind(address)
    made.listen() if backlog is None else made.listen(backlog)
    return made


def has_dualstack_ipv6():
    return False


def gethostname():
    return "mirage"


def getfqdn(name=""):
    return name or gethostname()


def gethostbyname(host):
    """The first address of a host, as text."""
    return getaddrinfo(host, 0, AF_INET)[0][-1][0]


def getnameinfo(address, flags):
    return str(address[0]), str(address[1])


def getservbyname(name, protocol="tcp"):
    try:
        return {"http": 80, "https": 443, "domain": 53, "ntp": 123}[name]
    except KeyError:
        raise OSError("service/proto not found") from None


def gethostbyaddr(_):
    raise herror(1, "Unknown host")


def socketpair(*_):
    raise OSError(95, "an image has no socket pairs")


fromfd = fromshare = if_nametoindex = socketpair


def _as_in_c(text):
    base = 16 if text[:2] in ("0x", "0X") else 8 if text[:1] == "0" else 10
    return int(text, base)


def inet_aton(text):
    """The bytes of an IPv4 address of one to four numbers (inet_aton(3)). Raises OSError."""
    try:
        *parts, last = [_as_in_c(one) for one in text.split(".")]
        return bytes(parts) + last.to_bytes(4 - len(parts), "big")
    except (ValueError, OverflowError):
        raise OSError("illegal IP address string passed to inet_aton") from None


def inet_ntoa(data):
    return inet_ntop(AF_INET, data)


def htons(value):
    return (value & 255) << 8 | value >> 8 & 255


def htonl(value):
    return htons(value) << 16 | htons(value >> 16)


ntohs, ntohl = htons, htonl
