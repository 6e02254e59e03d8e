"""A program that computes without a pause does not keep others waiting for the network."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator

import pytest

from tests.support.network import Guest, Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
MOST = 50.0
"""Milliseconds that an answer may be late, as docs/network.md promises."""
SO_TIMESTAMPNS = 35  # asm-generic/socket.h: when the kernel got a packet
FILES = {
    "config.py": """\
from mirage_py import *
stack = generic_stackv4v6(default_network)
register("computing", [main("unikernel.start", stackv4v6 >> job)(stack)])
""",
    "unikernel.py": """\
from mirage import args

step = args.add("--step", default="light")

def light():
    return 1

def heavy(text="x" * 1000000):
    return text.count("y")  # a call that takes a while: time counts, not calls

async def start(stack):
    print("computing")
    compute = heavy if step() == "heavy" else light
    while True:
        for _ in range(20):
            compute()
""",
}


@pytest.mark.parametrize("step", ["light", "heavy"])
@pytest.mark.parametrize("target", ["spt", "unix"])
def test_a_busy_loop_answers(target: str, step: str, unikernels: Unikernels) -> None:
    """Pings of a peer that must ask for the address first are all answered, nine of ten before the
    image has computed for another 50 ms."""
    image = unikernels.build(FILES, target)
    with Network() as network:
        guest = network.start(image.path, "--mem=16", args=("--ipv4-only", f"--step={step}"))
        guest.wait("computing")
        network.ip("neigh", "flush", "dev", "tap0")
        late = sorted(pings(network, guest))
        assert late[int(len(late) * 0.9)] < MOST, late
        assert guest.alive()


def pings(network: Network, guest: Guest) -> Iterator[float]:
    """How many milliseconds the image ran before it answered each ping: on the processor, as a
    busy host lets it wait, or on the clock, where that is less, as a busy host lets us wait."""
    with network.inside():
        line = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    with line:
        line.settimeout(30)
        line.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        for number in range(30):
            request = struct.pack("!BBHHH", 8, 0, 0xF7FF - 1 - number, 1, number)
            began, used = time.time_ns(), on_processor(guest)
            line.sendto(request, ("10.0.0.2", 0))
            answer, ancillary = b"", []
            while answer[20:] != struct.pack("!BBHHH", 0, 0, 0xFFFF - 1 - number, 1, number):
                answer, ancillary, _, _ = line.recvmsg(2000, 100)
            seconds, nanoseconds = struct.unpack("qq", ancillary[0][2])
            took = seconds * 10**9 + nanoseconds - began
            yield min(took, on_processor(guest) - used) / 1e6


def on_processor(guest: Guest) -> int:
    """Nanoseconds that an image has run so far: another process's clock, as clock_getcpuclockid(3)
    names it."""
    return time.clock_gettime_ns(~guest.image << 3 | 2)
