"""The host's network, on targets whose images are its programs: guest package `mirage.sockets`."""

from mirage_py.devices.ip import argument
from mirage_py.devices.stack import Stack, stackv4v6
from mirage_py.dsl import Impl, impl, typ

__all__ = ["socket_stackv4v6"]


class Module:
    """What the module `socket` of an image is made of, in place of the interpreter's."""


_module = impl(
    "socket",
    typ(Module),
    connect="None",
    imports=["mirage.sockets"],
    files={"usocket.py": "from mirage.sockets import *\n"},
)


def socket_stackv4v6(*, group: str | None = None) -> Impl[Stack]:
    """The host's sockets, as a stack: the image needs no network device. What listens on no address
    of its own listens on that of the boot argument `--ipv4` or `--ipv6`, which is any unless one is
    given."""
    return impl(
        "socket_stack",
        stackv4v6,
        connect=lambda _, *values: f"mirage.sockets.stack.connect({', '.join(values)})",
        imports=["mirage.sockets.stack"],
        extra_deps=[_module],
        requires=["sockets"],
        runtime_args=[
            argument("ipv4", "ipv4_prefix", "The IPv4 address to listen on.", group, "0.0.0.0/0"),
            argument("ipv6", "ipv6_prefix", "The IPv6 address to listen on.", group),
            argument("ipv4-only", bool, "Leave IPv6 out.", group, False),
            argument("ipv6-only", bool, "Leave IPv4 out.", group, False),
        ],
    )
