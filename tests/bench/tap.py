"""What a tap interface can do at most, with an image in C behind it; what the host's TCP leaves of
that, with one that does the least that TCP asks for; and what our TCP makes of it.

python -m tests.bench.tap [--seconds N] [--rounds N]
"""

from __future__ import annotations

import argparse
import contextlib
import re
import socket
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.network import MAC, pinned, running, tender_of, until_open
from tests.bench.report import table
from tests.support.network import Network
from tests.support.programs import build_image, cc
from tests.support.unikernel import Unikernels

HERE = Path(__file__).parent
FULL = 1514
GOAL = 0.7
"""Of the frames in C."""
FILES = {
    "config.py": """\
from mirage_py import *
register("bulk", [main("unikernel.start", stackv4v6 >> job)(generic_stackv4v6(default_network))])
""",
    "unikernel.py": """\
import asyncio

async def take(reader, writer):
    buffer = bytearray(16384)
    while await reader.readinto(buffer):
        pass

async def give(reader, writer):
    data = bytes(16384)
    while True:
        writer.write(data)
        await writer.drain()

async def start(stack):
    await stack.tcp.listen(9, take)
    await stack.tcp.listen(19, give)
    await stack.tcp.listen(80, take)
    await asyncio.sleep(100_000)
""",
}


def frames(network: Network, client: Path, mode: str, seconds: int) -> float:
    """Frames a second (frames_client.c)."""
    said = network.run(*pinned(0, client, "tap0", mode, str(seconds)), timeout=seconds + 60)
    return float(said.stdout)


def bulk(network: Network, port: int, seconds: int) -> float:
    """Bytes a second over one connection, to the image's port 9 or from its port 19. The image in C
    sends nothing again: what a busy host loses ends the round."""
    data, buffer, count = bytes(1 << 20), bytearray(1 << 20), 0
    with network.inside():
        made = socket.create_connection(("10.0.0.2", port), timeout=10)
    start = time.perf_counter()
    with made, contextlib.suppress(TimeoutError):
        while time.perf_counter() < start + seconds:
            count += made.send(data) if port == 9 else made.recv_into(buffer)
    return count / (time.perf_counter() - start)


def round_trip(network: Network) -> float:
    """Microseconds that a ping takes: the median of what ping tells of a thousand."""
    said = network.run("ping", "-c", "1000", "-i", "0.001", "10.0.0.2", timeout=120).stdout
    times = sorted(float(one) for one in re.findall(r"time=([\d.]+)", said))
    return times[len(times) // 2] * 1000


def best(rounds: int, measured: Callable[..., float], *arguments: object) -> float:
    """The most that came out of so many rounds."""
    return max(measured(*arguments) for _ in range(rounds))


def measure(folder: Path, rounds: int, seconds: int) -> list[list[str]]:
    """A table: frames in C, segments in C, TCP in Python, and that as a part of the others."""
    client = folder / "client"
    cc("-O2", HERE / "frames_client.c", "-o", client)
    limit = build_image(folder / "frames.spt", HERE / "frames.c", "spt", "-s", service="net")
    least = build_image(folder / "answers.spt", HERE / "answers.c", "spt", "-s", service="net")
    image = Unikernels(folder).build(FILES, "spt").path
    lines = [
        ["best of rounds", "frames in C", "TCP in C", "TCP in Python", "of frames", "of TCP", ""]
    ]
    with Network() as network:
        network.ip("link", "set", "tap0", "address", "02:00:00:00:00:01")
        network.ip("neigh", "replace", "10.0.0.2", "lladdr", MAC, "dev", "tap0", "nud", "permanent")
        devices = ["--net:service=tap0", f"--net-mac:service={MAC}"]
        with running(network, tender_of("spt"), "--mem=2", *devices, limit):
            time.sleep(0.5)
            most = {one: best(rounds, frames, network, client, one, seconds) for one in "etf"}
        with running(network, tender_of("spt"), "--mem=2", *devices, least):
            until_open(network, "10.0.0.2")
            best_tcp = {port: best(rounds, bulk, network, port, seconds) / 1e6 for port in (9, 19)}
        lines.append(["150-byte frames sent back, a second", f"{most['e']:,.0f}", *[""] * 5])
        with running(network, tender_of("spt"), "--mem=16", *devices, image):
            until_open(network, "10.0.0.2")
            for name, port, limited in (("MB/s to the image", 9, "t"), ("MB/s from it", 19, "f")):
                ours = best(rounds, bulk, network, port, seconds) / 1e6
                whole = most[limited] * FULL / 1e6
                goal = f"{GOAL} of frames {'reached' if ours >= GOAL * whole else 'missed'}"
                megabytes = [f"{one:,.0f}" for one in (whole, best_tcp[port], ours)]
                ratios = [f"{ours / one:.2f}" for one in (whole, best_tcp[port])]
                lines.append([name, *megabytes, *ratios, goal])
            lines.append(["ping, median us", "", "", f"{round_trip(network):.0f}", "", "", ""])
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.tap", description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="of each round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mirage-py-bench.") as folder:
        print(table(measure(Path(folder), options.rounds, options.seconds)))


if __name__ == "__main__":
    main()
