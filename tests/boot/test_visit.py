"""Images that are used while they run: the bench's clients and servers (tests/support/visit.py)."""

from __future__ import annotations

import pytest

from mirage_py import catalog
from tests.support.bench import Bench, Tap
from tests.support.visit import Visit, Visited

SERVER = [
    "dnsmasq", "--no-daemon", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--user=",
    "--group=", "--listen-address=127.0.0.1", "--bind-interfaces", "--pid-file=",
]  # fmt: skip
TARGETS = sorted(catalog.targets(catalog.share()))


@pytest.mark.parametrize("target", TARGETS)
def test_clients_run_while_the_image_does(bench: Bench, target: str) -> None:
    """The client sees what the image has written, which sleeps for good, and is ended."""
    visit = Visit(
        ready="sleeping",
        servers=[SERVER],
        clients=[["cat", "keep/image.out"], ["sh", "-c", "echo wrong >&2; exit 3"]],
    )
    ran = bench.run(bench.programs(target).image("sleeps"), taps={}, visit=visit)
    assert isinstance(ran, Visited)
    assert ran.console == ran.clients[0].console == "sleeping\n"
    assert (ran.clients[1].status, ran.clients[1].messages) == (3, "wrong\n")
    assert "dnsmasq: started" in ran.servers[0].messages


@pytest.mark.parametrize("target", TARGETS)
def test_the_taps_are_there_for_clients(bench: Bench, target: str) -> None:
    """An image with a network, and the kernel's addresses at its other end."""
    image = bench.programs(target).image("echo", service="net")
    show = ["cat", "/proc/net/fib_trie"]
    ran = bench.run(image, taps={"service": Tap("10.7.0.1/24")}, visit=Visit("1500", [show]))
    assert isinstance(ran, Visited)
    assert "10.7.0.1" in ran.clients[0].console
