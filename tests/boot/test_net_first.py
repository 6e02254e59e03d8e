"""What comes while an image starts waits until it can be answered."""

from __future__ import annotations

import select
import socket
import subprocess

import pytest

from tests.fuzz.frames import is_pong, ping, station
from tests.support.network import TIMEOUT
from tests.support.unikernel import COMMAND, Unikernels

FILES = {
    "config.py": """\
from mirage_py import *
slow = impl(
    "slow", network >> network, connect=lambda one: f"slow.connect({one})", imports=["slow"]
)
app = main("unikernel.start", stackv4v6 >> job)
register("first", [app(generic_stackv4v6(slow(default_network)))])
""",
    "slow.py": """\
def connect(network):
    for _ in range(1_000_000):  # more than 50 ms, in which the network is looked after
        pass
    return network
""",
    "unikernel.py": """\
import asyncio

async def start(stack):
    await asyncio.sleep(1000)
""",
}
BEFORE = 10
"""As many as may wait for who sent them to tell his Ethernet address."""


@pytest.mark.parametrize("target", ["spt", "unix"])
def test_pings_before_it_starts(target: str, unikernels: Unikernels) -> None:
    """Those that were sent before exec are all answered, in their order."""
    image = unikernels.build(FILES, target).path
    here, end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    device = (f"--net:service=@{end.fileno()}", "--net-mac:service=02:00:00:00:00:02")
    for number in range(BEFORE):
        here.send(ping(number))
    with (
        here,
        subprocess.Popen(
            [*COMMAND, "run", "-q", image, *device, "--", "-l", "quiet"], pass_fds=[end.fileno()]
        ) as process,
    ):
        end.close()
        try:
            answered = []
            while len(answered) < BEFORE:
                assert select.select([here], [], [], TIMEOUT)[0], answered
                frame = here.recv(65536)
                if answer := station(frame):
                    here.send(answer)
                answered += [number for number in range(BEFORE) if is_pong(frame, number)]
            assert answered == list(range(BEFORE))
        finally:
            process.terminate()
