"""What a monitor gets of an image, and says to it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.support.network import TIMEOUT, Guest, Network, can_make_namespaces, eventually
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
FILES = {
    "config.py": """\
from mirage_py import *
stack = generic_stackv4v6(default_network)
register("watched", [main("unikernel.start", job), monitoring(stack)])
""",
    "unikernel.py": """\
import asyncio
from mirage import log, metrics

noise = log.source("noise")
metrics.source("a shop", lambda: {"name": 'of "A\\\\B"', "open": True, "stock": 3, "rate": 0.5},
               {"town": "x=y, z"})

async def start():
    while True:
        noise.debug("quiet")
        noise.warning("loud")
        await asyncio.sleep(0.05)
""",
}


@dataclass(frozen=True)
class Watched:
    network: Network
    guest: Guest
    monitor: socket.socket

    def ask(self, command: str) -> str:
        """What port 2323 answers."""
        with self.network.inside():
            made = socket.create_connection(("10.0.0.2", 2323), timeout=TIMEOUT)
        with made:
            made.sendall(command.encode())
            return made.makefile().read()


@pytest.fixture(scope="module")
def watched(unikernels: Unikernels) -> Iterator[Watched]:
    image = unikernels.build(FILES, "spt").path
    with Network() as network:
        with network.inside():
            monitor = socket.create_server(("10.0.0.1", 8094))
        with monitor:
            monitor.settimeout(TIMEOUT)
            args = ("--monitor=10.0.0.1", "--monitor-interval=2", "--name=lab")
            yield Watched(network, network.start(image, args=args), monitor)


def test_figures(watched: Watched) -> None:
    """They come at once, and two seconds later, of the sources that are still enabled."""
    shop, memory, network = figures(watched)
    assert shop == (
        r"a\ shop,vm=lab,town=x\=y\,\ z "
        r'name="of \"A\\B\"",open=true,rate=0.5,stock=3i'
    )
    assert re.fullmatch(
        r"memory,vm=lab heap_free=\d+i,heap_used=\d+i,network_total=\d+i,network_used=\d+i", memory
    )
    sent = re.fullmatch(
        r"network,vm=lab,device=service "
        r"dropped=\d+i,received=\d+i,received_bytes=\d+i,sent=(\d+)i,sent_bytes=\d+i",
        network,
    )
    assert sent, network
    assert int(sent[1]) > 0
    assert watched.ask("Mmemory:off") == "ok"
    while len(again := figures(watched)) == 3:  # they had left already
        pass
    assert again[0] == shop
    assert again[1].startswith("network,")
    assert len(again) == 2


def figures(watched: Watched) -> list[str]:
    """The lines that a monitor gets next."""
    came, _ = watched.monitor.accept()
    came.settimeout(TIMEOUT)
    with came, came.makefile() as lines:
        return lines.read().splitlines()


def test_log_levels(watched: Watched) -> None:
    """They change while the image runs."""
    assert watched.ask("l") == "ok: *:info"
    assert "quiet" not in "".join(watched.guest.lines)
    assert watched.ask("Lnoise:debug\n") == "ok"
    watched.guest.wait("[DEBUG] [noise] quiet")
    assert watched.ask("l") == "ok: *:info,noise:debug"
    assert watched.ask("L*:warning") == "ok"
    assert watched.ask("lnoise,netif") == "ok: noise:warning,netif:warning"
    # What was written before may be read only now, but never twice `loud` without `quiet`.
    assert eventually(lambda: all("loud" in line for line in watched.guest.lines[-2:]))


def test_choosing_figures(watched: Watched) -> None:
    assert watched.ask("M*:on") == "ok"
    assert watched.ask("Mnetwork:disable") == "ok"
    assert watched.ask("m") == "ok: *:enabled,network:disabled"
    assert watched.ask("m*") == "ok: *:enabled,a shop:enabled,memory:enabled,network:disabled"


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("x", "error: unknown command"),
        ("Lloud", "error: unknown level: loud"),
        ("lnobody", "error: unknown source: nobody"),
        ("mnobody", "error: unknown source: nobody"),
        ("Mmemory:perhaps", "error: couldn't decode 'enable' or 'disable': perhaps"),
    ],
)
def test_refused(watched: Watched, command: str, answer: str) -> None:
    assert watched.ask(command) == answer


def test_without_a_monitor(watched: Watched, unikernels: Unikernels) -> None:
    with Network() as network:
        guest = network.start(unikernels.build(FILES, "spt").path)
        guest.wait("[WARNING] [monitoring] no monitor specified, not outputting statistics")
