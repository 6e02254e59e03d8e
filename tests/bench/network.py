"""What an HTTP server is as an image: its bytes, the memory that it must have, and the time from
exec to its first byte, on spt.

python -m tests.bench.network
"""

from __future__ import annotations

import argparse
import os
import select
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mirage_py import catalog
from mirage_py.tender.choose import choose
from tests.bench.report import Figure, goals
from tests.support.network import Network
from tests.support.unikernel import Unikernels

MAC = "02:00:00:00:00:02"
CONFIG = """\
from mirage_py import *
link = ethif(default_network)
kinds = {
    "dual": tcpv4v6_of_stackv4v6(generic_stackv4v6(default_network)),
    "static": direct_tcp(ipv4v6_of_ipv4(create_ipv4(link, arp(link)))),
}
register("web", [main("unikernel.start", tcpv4v6 >> job)(kinds["KIND"])])
"""
GUEST = """\
from mirage import http

async def handler(request):
    return http.Response("hello\\n")

async def start(tcp):
    await http.Server(handler).serve(80, tcp)
"""
KINDS = {"dual": ("generic dual-stack", 430_000), "static": ("static IPv4", 340_000)}
GOAL_FIRST_BYTE, GOAL_MEM = 3, 4


def pinned(cpu: int, *words: str | Path) -> list[str]:
    """The command on one processor, if there are two."""
    several = (os.cpu_count() or 1) > 1
    return [*(["taskset", "-c", str(cpu)] if several else []), *map(str, words)]


@contextmanager
def on_processor(number: int) -> Iterator[None]:
    """What this thread starts meanwhile runs on that processor, if there are two."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {number} & before or before)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def running(network: Network, *words: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server, inside; the process is the server itself."""
    with network.inside(), on_processor(1):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def tender_of(target: str) -> Path:
    """The tender that `mirage-py run` chooses."""
    return choose(catalog.targets(catalog.share())[target], None)


def until_open(network: Network, address: str) -> None:
    """Wait until the server takes connections."""
    for _ in range(400):
        with network.inside(), suppress(OSError):
            socket.create_connection((address, 80), timeout=1).close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on {address}")


def first_byte(network: Network, *words: str | Path) -> float:
    """Milliseconds from exec to the first byte of an answer. The station of the address is known
    beforehand; a connection is tried ten times a millisecond until one is taken."""
    waiting: list[socket.socket] = []
    start = time.perf_counter()
    with running(network, *words), network.inside():
        try:
            while time.perf_counter() - start < 5:
                client = socket.socket()
                client.setblocking(False)
                client.connect_ex(("10.0.0.2", 80))
                waiting.append(client)
                _, ready, _ = select.select([], waiting, [], 0.0001)
                for one in ready:
                    if one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                        waiting.remove(one)
                        one.close()
                        continue
                    one.setblocking(True)
                    one.sendall(b"GET / HTTP/1.1\r\n\r\n")
                    one.recv(1)
                    return (time.perf_counter() - start) * 1e3
        finally:
            for one in waiting:
                one.close()
    raise RuntimeError("no answer in five seconds")


def least_memory(network: Network, command: Callable[[int], list[str | Path]]) -> int:
    """The least --mem with which the image answers."""
    for mem in range(2, 65):
        with running(network, *command(mem)) as process:
            time.sleep(0.3)
            if process.poll() is None:
                with suppress(OSError), network.inside():
                    socket.create_connection(("10.0.0.2", 80), timeout=2).close()
                    return mem
    raise RuntimeError("it does not answer with 64 MB")


def main() -> None:
    argparse.ArgumentParser(prog="tests.bench.network", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory(prefix="mirage-py-bench.") as name, Network() as network:
        network.ip("neigh", "replace", "10.0.0.2", "lladdr", MAC, "dev", "tap0", "nud", "permanent")
        unikernels = Unikernels(Path(name))
        figures = []
        for kind, (words, most) in KINDS.items():
            files = {"config.py": CONFIG.replace("KIND", kind), "unikernel.py": GUEST}
            image = unikernels.build(files, "spt").path

            def command(mem: int, image: Path = image) -> list[str | Path]:
                return [tender_of("spt"), f"--mem={mem}", "--net:service=tap0",
                        f"--net-mac:service={MAC}", image]  # fmt: skip

            memory = least_memory(network, command)
            figures += [
                Figure(f"HTTP image, {words}", image.stat().st_size, most, "bytes"),
                Figure("its least --mem", memory, GOAL_MEM, "MB"),
            ]
        times = [first_byte(network, *command(4)) for _ in range(20)]
        figures += [
            Figure("exec to its first HTTP byte, least of 20", min(times), GOAL_FIRST_BYTE, "ms"),
            Figure("the same, median", statistics.median(times), GOAL_FIRST_BYTE, "ms"),
        ]
    print(goals(figures))


if __name__ == "__main__":
    main()
