"""Measure HTTP over TCP: an image behind a tap, and CPython and MicroPython on Linux behind a veth
pair, each in a network namespace; the client on one processor, the server on the other.

python -m tests.bench.network [--seconds N] [--rounds N]
"""

from __future__ import annotations

import argparse
import os
import re
import select
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mirage_py import catalog
from mirage_py.tender.choose import choose
from tests.bench import micropython
from tests.bench.report import Figure
from tests.support.network import Network
from tests.support.unikernel import Unikernels

MAC = "02:00:00:00:00:02"
HANDLER = """
async def serve(reader, writer):
    keep = True
    while keep:
        line = await reader.readline()
        if not line:
            break
        while line != b"\\r\\n":
            if line == b"Connection: close\\r\\n":
                keep = False
            line = await reader.readline()
        writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 6\\r\\n\\r\\nhello\\n")
        await writer.drain()
    writer.close()
    await writer.wait_closed()
"""
CONFIG = """\
from mirage_py import *
register("web", [main("unikernel.start", stackv4v6 >> job)(generic_stackv4v6(default_network))])
"""
GUEST = f"""\
{HANDLER}
async def start(stack):
    server = await stack.tcp.listen(80, serve)
    await server.wait_closed()
"""
OTHERS = f"""\
import asyncio
{HANDLER}
async def main():
    await asyncio.start_server(serve, "0.0.0.0", 80)
    await asyncio.sleep(100_000)
asyncio.run(main())
"""
"""The program of CPython and of MicroPython on Linux."""
GOAL_FIRST_BYTE, GOAL_BYTES, GOAL_MEM = 3, 430_000, 4


@dataclass(frozen=True)
class Rate:
    """What a server did in one round."""

    requests: float
    """A second."""
    cpu: float
    """Microseconds of the server's processor for each."""


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


def rate(
    network: Network, server: subprocess.Popen[bytes], address: str, seconds: int, *more: str
) -> Rate:
    """wrk's requests of 16 connections."""
    ticks = os.sysconf("SC_CLK_TCK")

    def used() -> float:
        fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / ticks

    before = used()
    words = pinned(0, "wrk", "-t1", "-c16", f"-d{seconds}", *more, f"http://{address}/")
    said = network.run(*words, timeout=seconds + 60).stdout
    count = re.search(r"(\d+) requests in", said)
    each = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not count or not each or count[1] == "0":
        raise RuntimeError(said)
    return Rate(float(each[1]), (used() - before) / int(count[1]) * 1e6)


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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="of each round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        parser.exit(1, "error: wrk is missing: tests/setup installs it\n")
    with tempfile.TemporaryDirectory(prefix="mirage-py-bench.") as name, Network() as network:
        folder = Path(name)
        image = Unikernels(folder, {}).build({"config.py": CONFIG, "unikernel.py": GUEST}, "spt")
        tender = tender_of("spt")
        network.ip("neigh", "replace", "10.0.0.2", "lladdr", MAC, "dev", "tap0", "nud", "permanent")

        def command(mem: int) -> list[str | Path]:
            return [tender, f"--mem={mem}", "--net:service=tap0", f"--net-mac:service={MAC}",
                    image.path]  # fmt: skip

        served = folder / "served.py"
        served.write_text(OTHERS)
        peer = f"{network.name}-peer"
        subprocess.run(["ip", "netns", "add", peer], check=True)
        try:
            network.ip("link", "add", "veth0", "type", "veth", "peer", "name", "veth1",
                       "netns", peer)  # fmt: skip
            network.ip("addr", "add", "10.0.1.1/24", "dev", "veth0")
            network.ip("link", "set", "veth0", "up")
            for words in (("addr", "add", "10.0.1.2/24", "dev", "veth1"),
                          ("link", "set", "veth1", "up")):  # fmt: skip
                subprocess.run(["ip", "-n", peer, *words], check=True)
            servers = {
                "asyncio streams, image on spt": ("10.0.0.2", command(16)),
                "asyncio streams, MicroPython": (
                    "10.0.1.2", ["ip", "netns", "exec", peer, micropython.build(folder), served],
                ),
                "asyncio streams, CPython": (
                    "10.0.1.2", ["ip", "netns", "exec", peer, sys.executable, served],
                ),
            }  # fmt: skip
            for title, more in (("keep-alive", []), ("close", ["-H", "Connection: close"])):
                for label, (address, words) in servers.items():
                    with running(network, *words) as server:
                        until_open(network, address)
                        rounds = [
                            rate(network, server, address, options.seconds, *more)
                            for _ in range(options.rounds)
                        ]
                    median = statistics.median(one.requests for one in rounds)
                    best = max(rounds, key=lambda one: one.requests)
                    line = f"{label:32} {title:11} {median:9,.0f} requests/s, best "
                    line += f"{best.requests:9,.0f}, {best.cpu:5.1f} us of its processor each"
                    print(line)
        finally:
            subprocess.run(["ip", "netns", "del", peer], check=True)
        times = [first_byte(network, *command(4)) for _ in range(20)]
        figures = [
            Figure("exec to first HTTP byte, least of 20", min(times), GOAL_FIRST_BYTE, "ms"),
            Figure("the same, median", statistics.median(times), GOAL_FIRST_BYTE, "ms"),
            Figure("dual-stack HTTP image", image.path.stat().st_size, GOAL_BYTES, "bytes"),
            Figure("its least --mem", least_memory(network, command), GOAL_MEM, "MB"),
        ]
        for figure in figures:
            print("  ".join(figure.line()))


if __name__ == "__main__":
    main()
