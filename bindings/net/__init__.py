"""Network devices: Ethernet frames, sent and received.

A `Network` is what `netif` in config.py gives to `start`, and what an Ethernet stack stands on.
"""

import asyncio.core
import select

import _net
import uio as io
from mirage import log

if False:  # for type checkers
    from collections.abc import Awaitable, Callable

_log = log.source("netif")
_POLL = 3  # MP_STREAM_POLL, py/stream.h


class Network:
    """A network device of the image's manifest."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.handle: int = _net.acquire(name)
        address = bytearray(6)
        _net.mac(self.handle, address)
        self.mac: bytes = bytes(address)
        self.mtu: int = _net.mtu(self.handle)
        """Bytes that a frame carries, its header of 14 not counted."""

    def write(self, frame: bytes | bytearray | memoryview) -> None:
        """Send `frame`, header included. Raises OSError if it is too long."""
        _net.write(self.handle, frame)

    async def read(self) -> bytes:
        """The next frame for this device, or for all. OSError if a stack stands on the device."""
        frame = bytearray(self.mtu + 14)
        _net.listen(self.handle)
        await until(lambda: _net.waiting(self.handle))
        return bytes(frame[: _net.read(self.handle, frame)])

    def statistics(self) -> tuple[int, ...]:
        """Frames received, their bytes, frames sent, their bytes, and frames dropped."""
        return tuple(_net.statistic(self.handle, which) for which in range(5))


networks: list[Network] = []
"""Those that are connected."""


def connect(name: str) -> Network:
    """The device that the tender attached under that name. Raises OSError if there is none."""
    network = Network(name)
    networks.append(network)
    _log.info("Plugging into %s with mac %s mtu %d", name, text(network.mac), network.mtu)
    return network


def text(mac: bytes) -> str:
    """An Ethernet address as it is written."""
    return ":".join("%02x" % byte for byte in mac)


class _Condition(io.IOBase):
    """A stream that is readable when a condition holds."""

    def __init__(self, condition):
        self.condition = condition

    def ioctl(self, request, argument):
        if request == _POLL:
            return argument & select.POLLIN if self.condition() else 0
        return -1


def until(condition: Callable[[], object]) -> Awaitable[None]:
    """Wait until `condition()` is true of something that the network changes: it is looked at
    whenever a frame has come or a timer of the network has expired. To be awaited."""
    while not condition():
        yield asyncio.core._io_queue.queue_read(_Condition(condition))


_COUNTED = (
    "tcp sent",
    "tcp received",
    "tcp dropped",
    "tcp wrong",
    "tcp connections",
    "tcp listeners",
    "tcp time-wait",
    "udp sent",
    "udp received",
    "udp dropped",
)


def statistics() -> dict[str, int]:
    """What all stacks count together: segments and datagrams sent, received and dropped, segments
    among these that were wrong, connections, ports that are listened on, and connections that have
    ended and are kept in mind (TIME-WAIT)."""
    return {name: _net.transport_statistic(which) for which, name in enumerate(_COUNTED)}
