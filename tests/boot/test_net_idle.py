"""A stack that has nothing to do does not wake: the timers of TCP/IP run when they are due."""

from __future__ import annotations

import pytest

from tests.support.network import Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
FILES = {
    "config.py": """\
from mirage_py import *
app = main("unikernel.start", stackv4v6 >> job)
register("idle", [app(generic_stackv4v6(default_network))])
""",
    "unikernel.py": """\
import asyncio
from mirage import hooks

waits = 0


def waited():
    global waits
    waits += 1


async def start(stack):
    await stack.ip.ipv6.ready()
    hooks.at_leave_iter(waited)
    for _ in range(8):
        before = waits
        await asyncio.sleep(0.5)
        print("waits", waits - before)
""",
}


def test_an_idle_stack_sleeps(unikernels: Unikernels) -> None:
    image = unikernels.build(FILES, "spt").path
    with Network() as network:
        guest = network.start(image, "--mem=16")
        assert guest.ended() == 0
    waits = [int(line.removeprefix("waits ")) for line in guest.lines if "waits" in line]
    assert len(waits) == 8
    # One is the sleep itself. Routers are still asked for, once in four seconds, and what others
    # send as the interface comes up is answered; a timer of lwIP's that was polled came five times.
    assert min(waits) == 1
    assert sum(waits) <= 24, waits
